// The buttons around the map and above the tabs.
import {h, button, fill} from "./dom.js?v=0.1.0";

/** Undo and redo. `refresh` shows what can be done now. */
export function historyTools(ui) {
  const {words} = ui;
  const undo = button(words.undo, () => ui.undo(), {"data-control": "undo"});
  const redo = button(words.redo, () => ui.redo(), {"data-control": "redo"});
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

/** The button for the whole screen; null where the browser has none. */
export function fullScreen(ui) {
  return document.fullscreenEnabled
    ? button(ui.words.fullScreen, () => (document.fullscreenElement ? document.exitFullscreen() : ui.root.requestFullscreen()), {class: "dti-ed-wideonly"})
    : null;
}

/** Undo, redo, find, files, full screen. `refresh` shows what can be done now. */
export function topTools(ui) {
  const {words} = ui;
  const {buttons, refresh} = historyTools(ui);
  return {
    element: h("div.dti-ed-toptools", {}, buttons, button(words.find, () => ui.find(), {"data-control": "find"}), fileMenu(ui), fullScreen(ui), button(words.helpShort, () => ui.help(), {"data-control": "help"})),
    refresh,
  };
}

function fileMenu(ui) {
  const {words} = ui;
  const close = () => {
    menu.open = false;
  };
  const summary = h("summary", {class: "dti-ed-button", text: words.file, data: {control: "file"}});
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
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close();
  });
  return menu;
}

/** Above the map: add, and what belongs to the whole story. */
export function storyTools(ui) {
  const {words} = ui;
  const parts = [["introduction", words.introduction], ["levels", words.levels], ["meters", words.meters]];
  const chips = parts.map(([key, label]) => button(label, () => ui.session.select(key === "introduction" ? ui.introductionKey() : key, null, "heading"), {"data-part": key}));
  return {
    element: h("div.dti-ed-storytools", {},
      h("div.dti-ed-group", {}, button(words.addScene, () => ui.addScene(), {"data-control": "addScene"}), button(words.addEnding, () => ui.addEnding(), {"data-control": "addEnding"})),
      h("div.dti-ed-group", {role: "group", "aria-label": words.wholeStory}, chips)),
    refresh() {
      const {story, hand} = ui.session;
      chips.forEach((chip, index) => {
        const [key, label] = parts[index];
        const count = key === "introduction" ? null : story.of(key.slice(0, -1)).length;
        chip.textContent = count === null ? label : fill(words.withCount, {what: label, n: count});
        chip.setAttribute("aria-pressed", String(hand.key === key || (key === "introduction" && Boolean(hand.key?.startsWith("introduction")))));
      });
    },
  };
}

/** Below the map: zoom, tidy up, and moving a box without dragging. */
export function mapTools(ui, map) {
  const {words} = ui;
  const sign = (text, label, press) => button(text, press, {class: "dti-ed-tool", "aria-label": label, title: label});
  const step = (dx, dy) => () => {
    const key = map.box(ui.session.hand.key) ? ui.session.hand.key : map.active;
    if (!key) return;
    const {x, y} = map.places.get(key);
    map.place(key, x + dx, y + dy);
    map.settlePlaces();
    map.reveal(key);
  };
  const sideways = (amount) => () => step(map.rightToLeft ? -amount : amount, 0)();
  return h("div.dti-ed-maptools", {},
    h("div.dti-ed-group", {role: "group", "aria-label": words.zoom},
      sign("−", words.zoomOut, () => map.zoomOut()), sign("+", words.zoomIn, () => map.zoomIn()), button(words.fit, () => map.fit())),
    h("div.dti-ed-group", {role: "group", "aria-label": words.moveBox},
      sign("←", words.moveLeft, sideways(-24)), sign("→", words.moveRight, sideways(24)), sign("↑", words.moveUpwards, step(0, -24)), sign("↓", words.moveDownwards, step(0, 24))),
    button(words.tidy, () => map.tidy()));
}
