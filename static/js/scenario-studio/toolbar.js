// The buttons around the map and above the tabs.
import {button, fill, h} from "../studio/dom.js";
import {READABLE} from "./map-view.js";
import {LISTS} from "./story.js";

/** Above the tabs, before and after the button for the whole screen: find, files, help. @param {ScenarioPage} ui */
export function topTools(ui) {
  const {words} = ui;
  return {
    first: [button(words.find, () => ui.find(), {"data-control": "find"}), fileMenu(ui)],
    last: [button(words.helpShort, () => ui.help(), {"data-control": "help"})],
  };
}

/** @param {ScenarioPage} ui */
function fileMenu(ui) {
  const {words} = ui;
  const close = () => {
    menu.open = false;
  };
  const summary = h("summary", {class: "dti-ed-button", text: words.file, data: {control: "file"}});
  /** @param {any} control @param {(event?: any) => unknown} press */
  const item = (control, press) => button(words[control], () => {
    close();
    summary.focus();
    press();
  }, {"data-control": control});
  const menu = h("details.dti-ed-menu", {},
    summary,
    h("div.dti-ed-menulist", {},
      item("startFrom", () => ui.chooseStarter()),
      item("openFile", () => ui.openFile()),
      item("download", () => ui.download())));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    close();
    summary.focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(/** @type {Node} */ (event.relatedTarget))) close();
  });
  return menu;
}

/** Above the map: add, how to look at it, and what belongs to the whole story. @param {ScenarioPage} ui @param {HTMLElement} phone */
export function storyTools(ui, phone) {
  const {words} = ui;
  const parts = [["introduction", words.introduction], ["people", words.people], ["levels", words.levels], ["meters", words.meters]];
  const chips = parts.map(([key, label]) => button(label, () => ui.session.select(key === "introduction" ? ui.introductionKey() : key, null, "heading"), {"data-part": key}));
  return {
    element: h("div.dti-ed-storytools", {},
      h("div.dti-ed-group", {}, button(words.addScene, () => ui.addScene(), {"data-control": "addScene"}), button(words.addEnding, () => ui.addEnding(), {"data-control": "addEnding"})),
      phone,
      h("div.dti-ed-group", {role: "group", "aria-label": words.wholeStory}, chips)),
    refresh() {
      const {story, selection} = ui.session;
      chips.forEach((chip, index) => {
        const [key, label] = parts[index];
        const count = key === "introduction" ? null : story.of(LISTS[key]).length;
        chip.textContent = count === null ? label : fill(words.withCount, {what: label, n: count});
        chip.setAttribute("aria-pressed", String(selection.key === key || (key === "introduction" && Boolean(selection.key?.startsWith("introduction")))));
      });
    },
  };
}

/** Below the map: zoom, tidy up, and moving a box without dragging. @param {ScenarioPage} ui @param {StoryMap} map */
export function mapTools(ui, map) {
  const {words} = ui;
  /** @param {string} text @param {string} label @param {(event?: any) => unknown} press */
  const sign = (text, label, press) => button(text, press, {class: "dti-ed-tool", "aria-label": label, title: label});
  /** @param {number} dx @param {number} dy */
  const step = (dx, dy) => () => {
    const key = map.box(ui.session.selection.key) ? ui.session.selection.key : map.active;
    if (!key) return;
    const {x, y} = map.places.get(key);
    map.place(key, x + dx, y + dy);
    map.settlePlaces();
    map.reveal(key);
  };
  /** @param {number} amount */
  const sideways = (amount) => () => step(map.view.rightToLeft ? -amount : amount, 0)();
  return h("div.dti-ed-maptools", {},
    h("div.dti-ed-group", {role: "group", "aria-label": words.zoom},
      sign("−", words.zoomOut, () => map.view.zoomOut()), sign("+", words.zoomIn, () => map.view.zoomIn()), button(words.fit, () => ui.showSelection(READABLE))),
    h("div.dti-ed-group", {role: "group", "aria-label": words.moveBox},
      sign("←", words.moveLeft, sideways(-24)), sign("→", words.moveRight, sideways(24)), sign("↑", words.moveUpwards, step(0, -24)), sign("↓", words.moveDownwards, step(0, 24))),
    button(words.tidy, () => map.tidy()));
}
