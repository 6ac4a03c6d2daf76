// Puts the editor together: takes the server's form apart into tabs, builds the views, listens to the session, saves.
import {collect} from "../studio.js?v=0.1.0";
import {Drafts} from "./draft.js?v=0.1.0";
import {h, later} from "./dom.js?v=0.1.0";
import {makeTabs} from "./tabs.js?v=0.1.0";
import {Keeper} from "./keeper.js?v=0.1.0";
import {Numbers} from "./numbers.js?v=0.1.0";
import {browserStore, keepInSight, shortcut, showSettings} from "./page.js?v=0.1.0";
import {Panel} from "./panel.js?v=0.1.0";
import {ProblemList} from "./problem-list.js?v=0.1.0";
import {Session} from "./session.js?v=0.1.0";
import {starterList} from "./dialogs.js?v=0.1.0";
import {StoryMap} from "./map.js?v=0.1.0";
import {TextView} from "./text-view.js?v=0.1.0";
import {mapTools, storyTools, topTools} from "./toolbar.js?v=0.1.0";
import {Ui} from "./ui.js?v=0.1.0";

/** Take over the form in `root`. Throws when that fails; the form is then as it was. */
export function startEditor(root, words, runtime) {
  const form = root.querySelector("form");
  const data = JSON.parse(root.querySelector("[data-dti-data]").textContent);
  const {settings, content} = collect(form);
  const session = new Session(content, settings);
  const ui = new Ui(root, words, data, session);
  const drafts = new Drafts(browserStore(), data.block);

  const text = new TextView(ui, form.querySelector("[data-dti-text]"));
  ui.flush = () => text.flush();
  ui.panel = new Panel(ui);
  ui.map = new StoryMap(ui, {places: drafts.readPlaces(), last: {}, write() {
    drafts.writePlaces(this.places);
  }});
  const problems = new ProblemList(ui);
  const numbers = new Numbers(ui);
  const top = topTools(ui);
  const tools = storyTools(ui);
  const keeper = new Keeper(ui, drafts, runtime);

  const starters = h("section.dti-ed-empty", {hidden: true}, h("h3", {text: words.startFrom}), starterList(ui, (starter) => ui.startFrom(starter)));
  const broken = h("div.dti-ed-broken", {hidden: true}, h("p", {text: words.storyBroken}), h("div.dti-buttons", {},
    h("button.dti-ed-button", {type: "button", text: words.goToMistake, on: {click: () => {
      tabs.show("text");
      text.toMistake();
    }}}),
    h("button.dti-ed-button", {type: "button", text: words.dropText, on: {click: () => {
      session.dropBroken();
      ui.panel.focus("heading");
    }}})));
  const authorities = h("datalist", {id: ui.id("authorities")}, data.authorities.map((slug) => h("option", {value: slug})));
  const left = h("div.dti-ed-left", {},
    tools.element, starters,
    h("p.dti-sr", {id: ui.id("map-help"), text: words.mapHelp}),
    ui.map.element, mapTools(ui, ui.map), problems.element, numbers.element);
  const workspace = h("div.dti-ed-workspace", {}, left, ui.panel.element);
  const storyPanel = h("div.dti-ed-story", {}, broken, workspace, authorities);
  const settingsPanel = h("div.dti-ed-settings", {}, form.querySelector("[data-dti-settings]"));
  const tabs = makeTabs(ui, [["story", words.story, storyPanel], ["text", words.textTab, text.element], ["settings", words.settings, settingsPanel]], (name, before) => {
    if (before === "text") {
      const entry = text.entry();
      text.hide();
      if (entry && name === "story" && ["scene", "ending"].includes(entry.kind) && entry.key !== session.hand.key) session.select(entry.key);
    }
    if (name === "text") text.show(session.story.entry(session.hand.key));
    if (name === "story") ui.map.reveal(session.hand.key);
  });
  ui.showStory = () => tabs.show("story");
  ui.showText = (entry) => {
    tabs.show("text");
    text.area.focus();
    if (entry) text.mark(session.story.span(entry.index).start, session.story.span(entry.index).end);
  };

  // the form's own parts find their places; from here on nothing may fail
  const foot = form.querySelector("[data-dti-foot]");
  root.classList.add("is-started");
  form.querySelector("[data-dti-server-problems]").remove();
  // a heading of the page's dialog or unit is above us; ours start below it, at h3
  form.prepend(h("h2.dti-sr", {text: words.editorTitle}), h("div.dti-ed-top", {}, tabs.element, top.element), ui.notice);
  foot.before(storyPanel, text.element, settingsPanel);
  foot.append(keeper.state);
  root.append(ui.voice, ui.dialogs);

  const slowly = later(() => numbers.update(), 300);
  session.listen((event) => {
    text.update(event);
    broken.hidden = !session.broken;
    workspace.inert = Boolean(session.broken);
    starters.hidden = session.story.entries.length > 0 || Boolean(session.broken);
    left.classList.toggle("is-empty", !starters.hidden);
    if (event.story || event.hand || event.settings || event.broken) {
      ui.map.update(event);
      problems.update();
      tools.refresh();
      slowly();
    }
    ui.panel.update(event);
    if (event.hand && !event.focus) ui.map.reveal(session.hand.key);
    if (event.settings && event.origin !== "settings") showSettings(form, session.settings);
    top.refresh();
    keeper.changed();
  });

  settingsPanel.addEventListener("input", (event) => {
    if (!event.target.name) return;
    session.setSettings(collect(form).settings, {label: words.editedSettings, merge: `settings|${event.target.name}`, origin: "settings"});
  });
  settingsPanel.addEventListener("focusout", () => session.history.settle());
  root.addEventListener("keydown", (event) => shortcut(event, ui, keeper));
  keepInSight(ui, foot);

  tabs.show(session.broken ? "text" : "story");
  session.tell({story: true, hand: true, settings: true, broken: true});
  ui.map.fit(0.7);
  ui.map.center(session.hand.key);
  keeper.start();
  return ui;
}
