// Puts the case-law editor together: takes the server's form apart into tabs, builds the views, listens to the session, saves.
import {collect} from "../studio.js?v=0.1.0";
import {button, h} from "../editor/dom.js?v=0.1.0";
import {Drafts} from "../editor/draft.js?v=0.1.0";
import {Keeper} from "../editor/keeper.js?v=0.1.0";
import {browserStore, keepInSight, shortcut, showSettings} from "../editor/page.js?v=0.1.0";
import {Session} from "../editor/session.js?v=0.1.0";
import {makeTabs} from "../editor/tabs.js?v=0.1.0";
import {TextView} from "../editor/text-view.js?v=0.1.0";
import {fullScreen, historyTools} from "../editor/toolbar.js?v=0.1.0";
import {read} from "./list.js?v=0.1.0";
import {CaseLawPage} from "./page.js?v=0.1.0";
import {Panel} from "./panel.js?v=0.1.0";
import {ProblemList} from "./problems.js?v=0.1.0";
import {Rows} from "./rows.js?v=0.1.0";
import {Checker} from "./server.js?v=0.1.0";

/** Take over the form in `root`. Throws when that fails; the form is then as it was. */
export function startEditor(root, words, runtime) {
  const form = root.querySelector("form");
  const data = JSON.parse(root.querySelector("[data-dti-data]").textContent);
  const {settings, content} = collect(form);
  const session = new Session(content, settings, read);
  const ui = new CaseLawPage(root, words, data, session);
  const drafts = new Drafts(browserStore(), data.block);
  const checker = new Checker(ui);

  const text = new TextView(ui, form.querySelector("[data-dti-text]"));
  ui.flush = () => text.flush();
  ui.panel = new Panel(ui);
  const rows = new Rows(ui);
  const problems = new ProblemList(ui, checker);
  const history = historyTools(ui);
  const keeper = new Keeper(ui, drafts, runtime);
  const pick = () => {
    if (session.hand.key) session.select(null);
    ui.panel.focus("search");
  };

  const broken = h("div.dti-ed-broken", {hidden: true}, h("p", {text: words.listBroken}), h("div.dti-buttons", {},
    button(words.goToMistake, () => {
      tabs.show("text");
      text.toMistake();
    }),
    button(words.dropText, () => {
      session.dropBroken();
      ui.panel.focus("heading");
    })));
  const left = h("div.dti-ed-left", {},
    h("div.dti-ed-storytools", {}, h("h3.dti-cls-listhead", {text: words.listTitle}), h("div.dti-ed-group", {}, problems.jump, rows.count), h("div.dti-ed-group", {},
      button(words.addFromLibrary, pick, {"data-control": "addFromLibrary"}), button(words.writeOwn, () => ui.writeOwn(), {"data-control": "writeOwn"}))),
    rows.element, problems.element);
  const workspace = h("div.dti-ed-workspace", {}, left, ui.panel.element);
  const visualPanel = h("div", {}, broken, workspace);
  const settingsPanel = h("div.dti-ed-settings", {}, form.querySelector("[data-dti-settings]"));
  const tabs = makeTabs(ui, [["visual", words.visual, visualPanel], ["text", words.textTab, text.element], ["settings", words.settings, settingsPanel]], (name, before) => {
    if (before === "text") text.hide();
    if (name === "text") text.show(session.hand.key ? session.story.entry(session.hand.key) : null);
  });
  ui.showList = () => tabs.show("visual");
  ui.showStory = ui.showList;
  ui.showText = (line) => {
    tabs.show("text");
    text.area.focus();
    if (!line) return;
    const start = session.text.split("\n").slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    text.mark(start, start + (session.text.slice(start).split("\n")[0] ?? "").length);
  };

  // the form's own parts find their places; from here on nothing may fail
  const foot = form.querySelector("[data-dti-foot]");
  root.classList.add("is-started");
  form.querySelector("[data-dti-server-problems]").remove();
  // a heading of the page's dialog or unit is above us; ours start below it, at h3
  const tools = h("div.dti-ed-toptools", {}, history.buttons, fullScreen(ui));
  form.prepend(h("h2.dti-sr", {text: words.editorTitle}), h("div.dti-ed-top", {}, tabs.element, tools), ui.notice);
  foot.before(visualPanel, text.element, settingsPanel);
  foot.append(keeper.state);
  root.append(ui.voice, ui.dialogs);

  session.listen((event) => {
    text.update(event);
    broken.hidden = !session.broken;
    workspace.inert = Boolean(session.broken);
    if (event.story || event.hand || event.broken || event.checked || event.left) rows.update();
    problems.update();
    ui.panel.update(event);
    if (event.settings && event.origin !== "settings") showSettings(form, session.settings);
    checker.update(event);
    if (event.checked || event.left) return;
    history.refresh();
    keeper.changed();
  });

  settingsPanel.addEventListener("input", (event) => {
    if (!event.target.name) return;
    session.setSettings(collect(form).settings, {label: words.editedSettings, merge: `settings|${event.target.name}`, origin: "settings"});
  });
  settingsPanel.addEventListener("focusout", () => session.history.settle());
  root.addEventListener("keydown", (event) => shortcut(event, ui, keeper));
  keepInSight(ui, foot);

  tabs.show(session.broken ? "text" : "visual");
  session.tell({story: true, hand: true, settings: true, broken: true});
  keeper.start();
  return ui;
}
