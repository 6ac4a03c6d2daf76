// Ids and OLX are out of sight until an author asks for them. This browser remembers the answer; the style sheet does the rest.
import {BrowserStore} from "./browser-store.js";
import {button} from "./dom.js";

const EVERYWHERE = "all"; // not one block's

/**
 * The switch: {element, reveal(target): bring it into sight where `target` is among what is hidden}. What stands in `.dti-ed-advanced` is
 * what it hides. `off()` runs when it is switched off.
 * @param {Page} ui @param {Storage | null} store @param {() => void} off
 */
export function advancedSwitch(ui, store, off) {
  const kept = new BrowserStore(store, EVERYWHERE);
  const element = button(ui.words.advanced, () => {
    const on = !ui.root.classList.contains("is-advanced");
    set(on);
    kept.put("advanced", on || null);
    if (!on) off();
  }, {"data-control": "advanced", title: ui.words.advancedHelp});
  /** @param {boolean} on */
  const set = (on) => {
    ui.root.classList.toggle("is-advanced", on);
    element.setAttribute("aria-pressed", String(on));
  };
  set(kept.get("advanced") === true);
  return {
    element,
    /** @param {Element} target */
    reveal(target) {
      if (target.closest(".dti-ed-advanced") && !target.getClientRects().length) set(true);
    },
  };
}
