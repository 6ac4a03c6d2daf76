// The shell of every editor: takes the server's form apart into tabs, listens to the session, saves. A kind of block adds its views.
import {advancedSwitch} from "./advanced.js";
import {localStore} from "./browser-store.js";
import {button, h} from "./dom.js";
import {Drafts} from "./draft.js";
import {holdFoot} from "./foot.js";
import {collect, ready} from "./form.js";
import {Keeper} from "./keeper.js";
import {pickersIn} from "./pictures.js";
import {keepInSight, shortcut, showSettings} from "./page.js";
import {Session} from "./session.js";
import {followRoom} from "./sight.js";
import {makeTabs} from "./tabs.js";
import {TextView} from "./text-view.js";
import {fullScreen, historyTools} from "./toolbar.js";

/**
 * Take over the form in `root`; returns the page. Throws when that fails; the form is then as it was.
 * 
 * `kind`: `format`, see `Session`; `Page`, a subclass of `Page`; `tab`, the name of the first tab; `labels(words)`, its {label, broken: what
 * stands above the views while the text is no XML}; `tools(ui)`, optional: {first, last}, its buttons above the tabs; and `views(ui, store)`,
 * which builds the views, sets `ui.panel` and returns
 *   {workspace, others: elements of the tab, update(event), and as far as it needs them: shown(name, entry): another tab shows,
 *    `entry` is what the caret was in if that was the text; settingsShown(): the settings are others; started(): all stands in the page}.
 * @param {HTMLElement} root @param {EditorWords} words @param {Runtime} runtime @param {EditorKind} kind
 */
export function makeEditor(root, words, runtime, kind) {
  const form = root.querySelector("form");
  const data = JSON.parse(root.querySelector("[data-dti-data]").textContent);
  const {settings, content} = collect(form);
  const session = new Session(content, settings, kind.format);
  const ui = new kind.Page(root, words, data, session);
  const store = localStore();
  const text = new TextView(ui, form.querySelector("[data-dti-text]"));
  const views = kind.views(ui, store);
  const history = historyTools(ui);
  const {first = [], last = []} = kind.tools?.(ui) ?? {};
  const keeper = new Keeper(ui, new Drafts(store, data.block), runtime);

  const {label, broken: sentence} = kind.labels(words);
  const broken = brokenNote(ui, text, sentence);
  const visual = h("div", {}, broken, views.workspace, views.others ?? []);
  const settingsPanel = h("div.dti-ed-settings", {}, form.querySelector("[data-dti-settings]"));
  /** @type {[string, string, HTMLElement][]} */
  const panels = [[kind.tab, label, visual], ["text", words.textTab, text.element], ["settings", words.settings, settingsPanel]];
  const advanced = advancedSwitch(ui, store, () => {
    if (tabs.shown === "text" && !session.broken) ui.showVisual();
  });
  const tabs = makeTabs(ui, panels, (name, before) => {
    const caret = before === "text" ? text.entry() : null;
    if (before === "text") text.hide();
    if (name === "text") text.show(session.selection.key ? session.story.entry(session.selection.key) : null);
    views.shown?.(name, caret);
  });
  tabs.tab("text").classList.add("dti-ed-advanced");
  ui.attach({tabs, text, visual: kind.tab, reveal: advanced.reveal});

  // the form's own parts find their places; from here on nothing may fail
  const foot = form.querySelector("[data-dti-foot]");
  root.classList.add("is-started");
  form.querySelector("[data-dti-server-problems]").remove();
  // a heading of the page's dialog or unit is above us; ours start below it, at h3
  const tools = h("div.dti-ed-toptools", {}, history.buttons, first, fullScreen(ui), advanced.element, last);
  form.prepend(h("h2.dti-sr", {text: words.editorTitle}), h("div.dti-ed-top", {}, tabs.element, tools), keeper.draftNote);
  foot.before(visual, text.element, settingsPanel);
  foot.append(...keeper.messages);
  root.append(ui.voice, ui.dialogs);

  session.listen((event) => {
    text.update(event);
    broken.hidden = !session.broken;
    views.workspace.inert = Boolean(session.broken);
    views.update(event);
    if (event.settings && event.origin !== "settings") {
      showSettings(form, session.settings);
      views.settingsShown?.();
    }
    if (event.checked || event.left) return; // nothing that could be saved or taken back has changed
    history.refresh();
    keeper.changed();
  });
  watchSettings(settingsPanel, form, ui);
  if (data.pictures) pickersIn(ui, settingsPanel);
  root.addEventListener("keydown", (event) => shortcut(event, ui, keeper));
  keepInSight(ui, foot);

  tabs.show(session.broken ? "text" : kind.tab);
  session.emit({story: true, selection: true, settings: true, broken: true});
  followRoom(root);
  holdFoot(form, foot);
  views.started?.();
  keeper.start();
  ready(form);
  return ui;
}

/**
 * What stands above the views while the text is no XML: they show the last content that could be read.
 * @param {Page} ui @param {any} text @param {string} sentence
 */
function brokenNote(ui, text, sentence) {
  const {words, session} = ui;
  return h("div.dti-ed-broken", {hidden: true}, h("p", {text: sentence}), h("div.dti-buttons", {},
    button(words.goToMistake, () => {
      ui.tabs.show("text");
      text.toMistake();
    }),
    button(words.dropText, () => {
      session.dropBroken();
      ui.panel.focus("heading");
    })));
}

/** @param {HTMLElement} panel @param {HTMLFormElement} form @param {{session: Session, words: EditorWords}} options */
function watchSettings(panel, form, {session, words}) {
  panel.addEventListener("input", ({target}) => {
    if (!target.name) return;
    session.setSettings(collect(form).settings, {label: words.editedSettings, merge: `settings|${target.name}`, origin: "settings"});
  });
  panel.addEventListener("focusout", () => session.history.settle());
}
