// Dialogs: the browser's own, with a heading, named by it; the focus goes back to where it came from.
import {h, button} from "./dom.js";

/**
 * Show a dialog and return {element, body, foot, close}. `buttons`: [label, what pressing it gives, classes]; `done(value)` runs
 * once, with null when it was closed otherwise.
 * @param {Page} ui
 * @param {{title: string, content?: any, buttons?: any[][], done?: (value: any) => void, wide?: boolean, refocus?: boolean}} options
 */
export function dialog(ui, {title, content = [], buttons = [], done = () => {}, wide = false, refocus = true}) {
  const before = document.activeElement;
  const heading = h("h3.dti-ed-heading", {text: title, tabindex: "-1", id: ui.id(`dialog-${ui.serial()}`)});
  const body = h("div.dti-ed-dialogbody", {}, content);
  const foot = h("div.dti-buttons", {});
  const element = h("dialog.dti-ed-dialog", {class: wide ? "is-wide" : "", "aria-labelledby": heading.id}, heading, body, foot);
  let open = true;
  const close = (/** @type {any} */ value = null) => {
    if (!open) return;
    open = false;
    element.close();
    element.remove();
    if (refocus) ui.focusBack(before);
    done(value);
  };
  const listed = buttons.length ? buttons : [[ui.words.close, null, ""]];
  foot.append(...listed.map(([label, value, classes = ""]) => button(label, () => close(value), {class: `dti-button ${classes}`.trim()})));
  element.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation(); // the editor's own dialog around us stays
    close();
  });
  ui.dialogs.append(element);
  element.showModal();
  heading.focus();
  return {element, body, foot, close, heading};
}

/**
 * Ask; `buttons` as in `dialog`. Resolves to what was pressed, null when it was closed.
 * @param {Page} ui @param {string} title @param {any} content @param {any[][]} buttons
 */
export function ask(ui, title, content, buttons) {
  return new Promise((resolve) => {
    dialog(ui, {title, content, buttons, done: resolve});
  });
}
