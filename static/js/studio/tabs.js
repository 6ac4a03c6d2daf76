// Tabs: arrow keys go from one to the next, and what is chosen shows.
import {h} from "./dom.js";

/**
 * `tabs`: [name, label, panel element]. Returns {element, show(name), shown, tab(name)}. `onShow(name)` runs after each change.
 * @param {Page} ui @param {[string, string, HTMLElement][]} tabs @param {(name: string, before: string) => void} onShow
 */
export function makeTabs(ui, tabs, onShow) {
  const made = tabs.map(([name, label, panel]) => {
    const tab = h("button.dti-ed-tab", {type: "button", role: "tab", id: ui.id(`tab-${name}`), "aria-controls": ui.id(`panel-${name}`), text: label, on: {click: () => show(name)}});
    panel.id = ui.id(`panel-${name}`);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    return {name, tab, panel};
  });
  const element = h("div.dti-ed-tabs", {role: "tablist", "aria-label": ui.words.views}, made.map(({tab}) => tab));
  let shown = "";
  /** @param {any} name */
  function show(name) {
    const before = shown;
    shown = name;
    for (const one of made) {
      const now = one.name === name;
      one.panel.hidden = !now;
      one.tab.setAttribute("aria-selected", String(now));
      one.tab.tabIndex = now ? 0 : -1;
    }
    if (before !== name) onShow(name, before);
  }
  element.addEventListener("keydown", (event) => {
    const seen = made.filter(({tab}) => tab.getClientRects().length);
    const at = seen.findIndex(({tab}) => tab === event.target);
    const rightToLeft = getComputedStyle(element).direction === "rtl";
    const step = {ArrowRight: rightToLeft ? -1 : 1, ArrowLeft: rightToLeft ? 1 : -1}[event.key];
    const next = event.key === "Home" ? 0 : event.key === "End" ? seen.length - 1 : step ? (at + step + seen.length) % seen.length : -1;
    if (at < 0 || next < 0) return;
    event.preventDefault();
    show(seen[next].name);
    seen[next].tab.focus();
  });
  return {
    element,
    show,
    /** @param {string} name */
    tab: (name) => /** @type {HTMLElement} */ (made.find((one) => one.name === name)?.tab),
    get shown() {
      return shown;
    },
  };
}
