// The buttons above the tabs that every editor has.
import {button, fill} from "./dom.js";

/** Undo and redo. `refresh` shows what can be done now. @param {Page} ui */
export function historyTools(ui) {
  const {words} = ui;
  const undo = button(words.undo, () => ui.undo(), {"data-control": "undo"});
  const redo = button(words.redo, () => ui.redo(), {"data-control": "redo"});
  /** @param {HTMLElement} control @param {any} on @param {string} label */
  const set = (control, on, label) => {
    control.setAttribute("aria-disabled", String(!on)); // not disabled: the focus stays where it is
    control.title = label;
  };
  return {
    buttons: [undo, redo],
    refresh() {
      const {session} = ui;
      set(undo, session.canUndo, session.canUndo ? fill(words.undoWhat, {what: session.undoLabel || words.editedText}) : words.nothingToUndo);
      set(redo, session.canRedo, session.canRedo ? fill(words.redoWhat, {what: session.redoLabel}) : words.nothingToRedo);
    },
  };
}

/** The button for the whole screen; null where the browser has none. @param {Page} ui */
export function fullScreen(ui) {
  return document.fullscreenEnabled
    ? button(ui.words.fullScreen, () => (document.fullscreenElement ? document.exitFullscreen() : ui.root.requestFullscreen()), {class: "dti-ed-wideonly"})
    : null;
}
