// The scenario's editor: the map and the form of what is selected on it.
import {h, later} from "../studio/dom.js";
import {makeEditor} from "../studio/editor.js";
import {starterList} from "./dialogs.js";
import {SCENARIO} from "./format.js";
import {StoryMap} from "./map.js";
import {MapPlaces} from "./map-places.js";
import {Numbers} from "./numbers.js";
import {ScenarioPage} from "./page.js";
import {Panel} from "./panel.js";
import {Phone} from "./phone.js";
import {ProblemList} from "./problem-list.js";
import {mapTools, storyTools, topTools} from "./toolbar.js";

/** Take over the form in `root`, see `makeEditor`. @param {HTMLElement} root @param {EditorWords} words @param {Runtime} runtime */
export function startEditor(root, words, runtime) {
  return makeEditor(root, words, runtime, {
    format: SCENARIO,
    Page: ScenarioPage,
    tab: "story",
    /** @param {EditorWords} words */
    labels: (words) => ({label: words.story, broken: words.storyBroken}),
    tools: topTools,
    views,
  });
}

/** @param {ScenarioPage} ui @param {Storage | null} store */
function views(ui, store) {
  const {words, session, data} = ui;
  ui.panel = new Panel(ui);
  ui.map = new StoryMap(ui, new MapPlaces(store, data.block));
  const problems = new ProblemList(ui);
  const numbers = new Numbers(ui);
  const phone = new Phone(ui, (on) => left.classList.toggle("is-phone", on));
  const tools = storyTools(ui, phone.button);
  const starters = h("section.dti-ed-empty", {hidden: true}, h("h3", {text: words.startFrom}), starterList(ui, (starter) => ui.startFrom(starter)));
  const left = h("div.dti-ed-left", {},
    tools.element, starters,
    h("p.dti-sr", {id: ui.id("map-help"), text: words.mapHelp}),
    ui.map.element, mapTools(ui, ui.map), phone.element, problems.element, numbers.element);
  const slowly = later(() => numbers.update(), 300);
  return {
    workspace: h("div.dti-ed-workspace", {}, left, ui.panel.element),
    others: [h("datalist", {id: ui.id("authorities")}, data.authorities.map((/** @type {string} */ slug) => h("option", {value: slug})))],
    /** @param {SessionEvent} event */
    update(event) {
      starters.hidden = session.story.entries.length > 0 || Boolean(session.broken);
      left.classList.toggle("is-empty", !starters.hidden);
      if (event.story || event.selection || event.settings || event.broken) {
        ui.map.update(event);
        problems.update();
        tools.refresh();
        slowly();
      }
      ui.panel.update(event);
      phone.update(event);
      if (event.selection && !event.focus) ui.map.reveal(session.selection.key);
    },
    /** @param {string} name @param {any} caret */
    shown(name, caret) {
      if (name !== "story") return;
      if (caret && ["scene", "ending"].includes(caret.kind) && caret.key !== session.selection.key) session.select(caret.key);
      ui.map.reveal(session.selection.key);
    },
    started: () => ui.showSelection(),
  };
}
