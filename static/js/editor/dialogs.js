// The editor's dialogs: help, find, starting from another scenario, questions.
import {dialog} from "./dialog.js?v=0.1.0";
import {differences, merged} from "./compare.js?v=0.1.0";
import {find} from "./find.js?v=0.1.0";
import {goTo} from "./problem-list.js?v=0.1.0";
import {h, button, fill, later} from "./dom.js?v=0.1.0";

export function helpDialog(ui) {
  const {words} = ui;
  const rows = words.shortcuts.map(([keys, what]) => h("tr", {}, h("th", {scope: "row"}, keys.split(" / ").flatMap((key, index) => [index ? " / " : "", h("kbd", {text: key})])), h("td", {text: what})));
  const table = (from, to, caption) => h("table", {}, h("caption", {text: caption}), h("tbody", {}, rows.slice(from, to)));
  dialog(ui, {title: words.help, wide: true, content: [
    h("p", {text: words.helpMap}),
    table(0, words.shortcutsOnMap, words.shortcutsMapTitle),
    table(words.shortcutsOnMap, undefined, words.shortcutsAllTitle),
    h("h4", {text: words.proseTitle}),
    h("p", {text: words.proseHelp}),
  ]});
}

export function findDialog(ui) {
  const {words, session} = ui;
  const list = h("ul.dti-ed-found");
  const status = h("p.dti-help", {role: "status"});
  const input = h("input", {type: "search", id: ui.id("find"), autocomplete: "off"});
  let shown = null;
  const go = (hit) => {
    shown.close();
    const lists = {level: "level", meter: "meter"};
    goTo(ui, {key: hit.key, at: hit.choice === undefined ? null : {choice: hit.choice}, field: lists[hit.kind] ? "title" : hit.choice === undefined ? "" : `choice.${hit.choice}.summary`});
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

/** What each starter is, each with a button. */
export function starterList(ui, choose) {
  return h("ul.dti-ed-starters", {}, ui.data.starters.map((starter) => h("li", {},
    button(starter.title, () => choose(starter), {class: "dti-ed-starter", "data-starter": starter.id}),
    h("span.dti-help", {text: ui.words.starterHelp[starter.id] ?? ""}))));
}

export function starterDialog(ui) {
  const shown = dialog(ui, {title: ui.words.startFrom, content: [
    ui.session.story.entries.length ? h("p", {text: ui.words.startFromReplaces}) : null,
    starterList(ui, (starter) => {
      shown.close();
      ui.startFrom(starter);
    }),
  ], buttons: [[ui.words.cancel, null, "dti-secondary"]]});
}

/** Ask; `buttons` as in `dialog`. Resolves to what was pressed, null when it was closed. */
export function ask(ui, title, content, buttons) {
  return new Promise((resolve) => dialog(ui, {title, content, buttons, done: resolve}));
}

/** The problems the server found in what was saved. Resolves to "close" or "keep". */
export function savedDialog(ui, problems, text) {
  const {words} = ui;
  return new Promise((resolve) => {
    let target = null;
    const items = problems.map((problem) => {
      const entry = problem.line ? entryAtLine(ui, text, problem.line) : null;
      const link = entry ? button(problem.where, () => {
        target = entry;
        shown.close("keep");
      }, {class: "dti-ed-link"}) : h("strong", {text: problem.where});
      return h("li", {class: problem.severity === "warning" ? "is-warning" : ""}, link, " ", h("span", {text: problem.message}), " ", h("small", {text: `(${problem.code})`}));
    });
    const shown = dialog(ui, {
      title: words.savedWithProblems,
      wide: true,
      content: [h("p", {text: fill(words.savedWithProblemsHelp, {n: problems.length})}), h("ol.dti-ed-problems", {}, items)],
      buttons: [[words.keepEditing, "keep", ""], [words.closeEditor, "close", "dti-secondary"]],
      done: (value) => {
        if (target) goTo(ui, {key: target.key, at: target.at, field: ""});
        resolve(value ?? "keep");
      },
    });
  });
}

function entryAtLine(ui, text, line) {
  if (text !== ui.session.text) return null;
  let offset = 0;
  for (let number = 1; number < line; number += 1) offset = text.indexOf("\n", offset) + 1;
  const end = text.indexOf("\n", offset);
  const entry = ui.session.story.entryAt((end < 0 ? text.length : end) - 1);
  if (!entry) return null;
  const {start} = ui.session.story.span(entry.index);
  const choices = ui.dataOf(entry.piece).choices ?? [];
  const within = choices.findLastIndex((choice) => start + choice.node.start <= (end < 0 ? text.length : end) && offset < start + choice.node.end);
  return {key: entry.key, at: within < 0 ? null : {choice: within}};
}

/**
 * Somebody else has saved. Resolves to "mine" (save over theirs next), "merged" with the text, "theirs", or null.
 */
export function conflictDialog(ui, {base, mine, theirs, message}) {
  const {words} = ui;
  const found = differences(base, mine, theirs);
  const both = found?.some((one) => one.status === "both");
  const together = merged(base, mine, theirs);
  const rows = (found ?? []).map((one) => h("tr", {}, h("th", {scope: "row", text: one.title || words[one.kind] || one.kind}), h("td", {text: words.conflict[one.status]})));
  const other = h("textarea", {readonly: true, rows: 10, dir: "ltr", class: "dti-ed-olx", id: ui.id("theirs"), value: theirs});
  return new Promise((resolve) => {
    const canMerge = together !== null && found.some((one) => one.status === "theirs");
    dialog(ui, {
      title: words.conflictTitle,
      wide: true,
      content: [
        h("p", {text: message}),
        h("p", {text: words.conflictHelp}),
        rows.length ? h("table", {}, h("caption", {text: words.conflictTable}), h("thead", {}, h("tr", {}, h("th", {scope: "col", text: words.conflictWhere}), h("th", {scope: "col", text: words.conflictWhat}))), h("tbody", {}, rows)) : null,
        both ? h("p.dti-ed-note", {text: words.conflictBoth}) : null,
        h("details", {}, h("summary", {text: words.conflictTheirs}), h("label.dti-sr", {for: other.id, text: words.conflictTheirs}), other),
      ],
      buttons: [
        ...(canMerge ? [[words.conflictMerge, {choice: "merged", text: together}, ""]] : []),
        [words.conflictMine, {choice: "mine"}, canMerge ? "dti-secondary" : ""],
        [words.conflictTake, {choice: "theirs"}, "dti-secondary"],
        [words.cancel, null, "dti-secondary"],
      ],
      done: resolve,
    });
  });
}
