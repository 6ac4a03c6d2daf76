// The editor's dialogs: help, find, starting from another scenario, questions.
import {dialog} from "../studio/dialog.js";
import {find} from "./find.js";
import {goTo} from "./problem-list.js";
import {h, button, fill, later} from "../studio/dom.js";
import {LISTS} from "./story.js";

/** @param {ScenarioPage} ui */
export function helpDialog(ui) {
  const {words} = ui;
  const rows = words.shortcuts.map((/** @type {[string, string]} */ [keys, what]) => h("tr", {}, h("th", {scope: "row"}, keys.split(" / ").flatMap((key, index) => [index ? " / " : "", h("kbd", {text: key})])), h("td", {text: what})));
  /** @param {any} from @param {any} to @param {string} caption */
  const table = (from, to, caption) => h("table", {}, h("caption", {text: caption}), h("tbody", {}, rows.slice(from, to)));
  dialog(ui, {title: words.help, wide: true, content: [
    h("p", {text: words.helpMap}),
    table(0, words.shortcutsOnMap, words.shortcutsMapTitle),
    table(words.shortcutsOnMap, undefined, words.shortcutsAllTitle),
    h("h4", {text: words.proseTitle}),
    h("p", {text: words.proseHelp}),
  ]});
}

/** @param {ScenarioPage} ui */
export function findDialog(ui) {
  const {words, session} = ui;
  const list = h("ul.dti-ed-found");
  const status = h("p.dti-help", {role: "status"});
  const input = h("input", {type: "search", id: ui.id("find"), autocomplete: "off"});
  /** @type {any} */
  let shown = null;
  /** @param {any} hit */
  const go = (hit) => {
    shown.close();
    goTo(ui, {key: hit.key, at: hit.choice === undefined ? null : {choice: hit.choice}, field: Object.values(LISTS).includes(hit.kind) ? "title" : hit.choice === undefined ? "" : `choice.${hit.choice}.summary`});
  };
  const look = later(() => {
    const hits = find(session.story, input.value);
    list.replaceChildren(...hits.map((hit) => h("li", {}, button(hit.title || words[hit.kind] || hit.kind, () => go(hit), {class: "dti-ed-link"}), " ", h("span", {text: hit.excerpt}))));
    status.textContent = input.value.trim() ? fill(words.found, {n: hits.length}) : "";
  }, 120);
  input.addEventListener("input", look);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    look.now();
    list.querySelector("button")?.click();
  });
  shown = dialog(ui, {title: words.find, refocus: true, content: [
    h("div.dti-field", {}, h("label", {for: input.id, text: words.findLabel}), input, h("p.dti-help", {text: words.findHelp})), status, list,
  ]});
  input.focus();
}

/** What each starter is, each with a button. @param {ScenarioPage} ui @param {(starter: any) => void} choose */
export function starterList(ui, choose) {
  return h("ul.dti-ed-starters", {}, ui.data.starters.map((/** @type {any} */ starter) => h("li", {},
    button(starter.title, () => choose(starter), {class: "dti-ed-starter", "data-starter": starter.id}),
    h("span.dti-help", {text: ui.words.starterHelp[starter.id] ?? ""}))));
}

/** @param {ScenarioPage} ui */
export function starterDialog(ui) {
  const shown = dialog(ui, {title: ui.words.startFrom, content: [
    ui.session.story.entries.length ? h("p", {text: ui.words.startFromReplaces}) : null,
    starterList(ui, (starter) => {
      shown.close();
      ui.startFrom(starter);
    }),
  ], buttons: [[ui.words.cancel, null, "dti-secondary"]]});
}
