// Puts the pledge editor together: takes the server's form apart into tabs, builds the views, listens to the session, saves.
import {collect} from "../studio.js?v=0.1.0";
import {button, h} from "../editor/dom.js?v=0.1.0";
import {Drafts} from "../editor/draft.js?v=0.1.0";
import {Keeper} from "../editor/keeper.js?v=0.1.0";
import {browserStore, keepInSight, shortcut, showSettings} from "../editor/page.js?v=0.1.0";
import {Session} from "../editor/session.js?v=0.1.0";
import {makeTabs} from "../editor/tabs.js?v=0.1.0";
import {TextView} from "../editor/text-view.js?v=0.1.0";
import {fullScreen, historyTools} from "../editor/toolbar.js?v=0.1.0";
import {ProblemList} from "../case-law-studio/problems.js?v=0.1.0";
import {Checker} from "./check.js?v=0.1.0";
import {Form} from "./form.js?v=0.1.0";
import {gateChooser} from "./gate.js?v=0.1.0";
import {PledgePage} from "./page.js?v=0.1.0";
import {read} from "./pledge.js?v=0.1.0";
import {Preview} from "./preview.js?v=0.1.0";

/** Take over the form in `root`. Throws when that fails; the form is then as it was. */
export function startEditor(root, words, runtime) {
  const form = root.querySelector("form");
  const data = JSON.parse(root.querySelector("[data-dti-data]").textContent);
  const {settings, content} = collect(form);
  const session = new Session(content, settings, read);
  const ui = new PledgePage(root, words, data, session);
  const drafts = new Drafts(browserStore(), data.block);
  const checker = new Checker(ui);

  const text = new TextView(ui, form.querySelector("[data-dti-text]"));
  ui.flush = () => text.flush();
  const body = new Form(ui);
  ui.panel = body;
  const preview = new Preview(ui);
  const problems = new ProblemList(ui, checker);
  const history = historyTools(ui);
  const keeper = new Keeper(ui, drafts, runtime);

  const broken = h("div.dti-ed-broken", {hidden: true}, h("p", {text: words.pledgeBroken}), h("div.dti-buttons", {},
    button(words.goToMistake, () => {
      tabs.show("text");
      text.toMistake();
    }),
    button(words.dropText, () => {
      session.dropBroken();
      body.focus("heading");
    })));
  const left = h("div.dti-pls-left", {}, h("div.dti-ed-group", {}, problems.jump), body.element, problems.element);
  const workspace = h("div.dti-ed-workspace.dti-pls-workspace", {}, left, preview.element);
  const visualPanel = h("div", {}, broken, workspace);
  const settingsPanel = h("div.dti-ed-settings", {}, form.querySelector("[data-dti-settings]"));
  const tabs = makeTabs(ui, [["visual", words.visual, visualPanel], ["text", words.textTab, text.element], ["settings", words.settings, settingsPanel]], (name, before) => {
    if (before === "text") text.hide();
    if (name === "text") text.show(null);
  });
  ui.showList = () => tabs.show("visual");
  ui.showStory = ui.showList;
  ui.showSetting = (name) => {
    tabs.show("settings");
    const field = form.elements[name];
    const shown = field?.getClientRects().length ? field : form.querySelector("[data-control=gate]");
    shown?.focus();
  };
  ui.showText = (line) => {
    tabs.show("text");
    text.area.focus();
    if (!line) return;
    const start = session.text.split("\n").slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    text.mark(start, start + (session.text.slice(start).split("\n")[0] ?? "").length);
  };

  // the form's own parts find their places; from here on nothing may fail
  const refreshGate = gateChooser(ui, settingsPanel.querySelector("[name=gate_block]"), data.gates);
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
    body.update(event);
    problems.update();
    preview.update();
    if (event.settings && event.origin !== "settings") {
      showSettings(form, session.settings);
      refreshGate();
    }
    if (event.checked) return;
    checker.update(event);
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
  session.tell({story: true, settings: true, broken: true});
  keeper.start();
  return ui;
}
