// The form of one authority: the author's own in full, or what is changed of one of the library.
import {button, fill, h} from "../studio/dom.js";
import {field, finished, sayAt} from "../studio/fields.js";
import {hasTexts, dataOf, PARTS} from "./entry.js";
import {setAttribute, unchanged} from "./edit.js";
import {checkFields, choiceField, textField} from "./fields.js";
import {citationForms, preview} from "./preview.js";

/** The title of the form of `entry`. @param {CaseLawPage} ui @param {Entry} entry */
export function formTitle(ui, entry) {
  const {ref} = dataOf(entry.piece);
  return fill(ref ? ui.words.changeHeading : ui.words.ownHeading, {title: ui.info(entry).heading});
}

/**
 * The form's parts. `scope`: {key, library (the library's texts, null for the author's own, undefined while they are not known)}.
 * Returns {parts, refresh(about)}; `refresh` shows what the server says of the entry.
 * @param {CaseLawPage} ui @param {Scope} scope
 */
export function entryForm(ui, scope) {
  const {words} = ui;
  const entry = ui.session.story.entry(scope.key);
  const {ref, kind: own} = dataOf(entry.piece);
  const back = button(words.backToLibrary, () => {
    ui.session.select(null);
    ui.panel.focus("search");
  }, {"data-control": "back"});
  /** @param {...any} more */
  const top = (...more) => h("div.dti-ed-tools", {}, back, more);
  if (ref && scope.library === null) return {parts: [top(), h("p.dti-ed-note", {text: words.unknownHelp})], refresh() {}};
  if (ref && scope.library === undefined) return {parts: [top(), h("p.dti-ed-note", {role: "status", text: words.loading})], refresh() {}};

  const kind = own || scope.library?.kind || "case";
  /** @param {string} name @param {{done?: (value: string) => void}} [more] */
  const text = (name, more) => textField(ui, scope, name, more);
  const all = button(words.useLibraryAll, () => {
    ui.act(words.usedLibraryAll, (story) => unchanged(story, scope.key), "heading", true);
  }, {"data-control": "useLibraryAll"});
  const forms = citationForms(ui);
  const shown = preview(ui);
  /** @param {string} title @param {...any} parts */
  const section = (title, ...parts) => h("section.dti-ed-section", {}, h("h4", {text: title}), parts);
  /** @param {string} name @param {Record<string, string>} labels */
  const choice = (name, labels) => choiceField(ui, scope, name, [["", words.nothingChosen], ...Object.entries(labels)]);
  /** @type {Record<string, () => any[]>} */
  const particulars = {
    case: () => [text("court"), choiceField(ui, scope, "circuit", [["", words.noCircuit], ...ui.data.circuits.map((/** @type {string} */ name) => [name, name])]), text("decided")],
    account: () => [text("court"), text("published")],
    study: () => [text("published"), choice("reliance", words.reliance)],
  };
  const about = (particulars[kind] ?? (() => [text("state"), choice("strength", words.strengths), text("in_force")]))();
  const parts = [
    top(ref ? all : null),
    h("p.dti-ed-note", {text: ref ? words.changeHelp : words.ownHelp}),
    h("ul.dti-ed-here", {hidden: true}),
    section(words.whatItIs,
      ref ? null : kindField(ui, scope, own),
      text("caption", {/** @param {string} caption */
      done: (/** @type {string} */ caption) => ui.nameAfter(scope, caption)}),
      text("citation"), forms.element,
      h("div.dti-ed-grid", {}, about),
      text("official_url")),
    section(words.theBrief, h("p.dti-ed-note", {text: words.italicsHelp}), text("in_brief"), (PARTS[kind] ?? PARTS.law).map((name) => text(name))),
    section(words.checkQuestion, checkFields(ui, scope)),
    section(words.laterLaw,
      choiceField(ui, scope, "treatment", [["", words.noTreatment], ["limited", words.limited], ["superseded", words.superseded]]),
      text("treatment_by"), text("treatment_note")),
    section(words.sources, text("topics"), text("read_with"), text("sources_seen"), h("div.dti-ed-grid", {}, text("checked"), ref ? null : nameField(ui, scope)), text("verified_note")),
    shown.element,
  ];
  /** @param {any} said */
  const refresh = (said) => {
    const now = ui.session.story.entry(scope.key);
    all.hidden = !now || !hasTexts(dataOf(now.piece));
    forms.show(said?.citation ?? null);
    shown.show(said?.preview ?? null);
  };
  return {parts, refresh};
}

/**
 * Say at each field what is wrong with it, and on top what is wrong with the whole.
 * @param {HTMLElement} body @param {ServerProblem[]} problems
 */
export function showProblems(body, problems) {
  const wrappers = new Map([...body.querySelectorAll("[data-field]")].map((one) => [one.dataset.field, one]));
  const said = new Map();
  const rest = [];
  for (const problem of problems) {
    const name = problem.field === "check" ? "check.question" : problem.field;
    if (wrappers.has(name)) said.set(name, [...(said.get(name) ?? []), problem.message]);
    else rest.push(problem.message);
  }
  for (const [name, wrapper] of wrappers) if (!wrapper.dataset.own || said.has(name)) sayAt(wrapper, (said.get(name) ?? []).join(" "));
  const here = body.querySelector(".dti-ed-here");
  if (!here) return;
  here.hidden = !rest.length;
  here.replaceChildren(...rest.map((message) => h("li", {text: message})));
}

/** @param {CaseLawPage} ui @param {Scope} scope @param {string} kind */
function kindField(ui, scope, kind) {
  const {words} = ui;
  const known = Object.entries(words.kinds);
  const options = kind in words.kinds ? known : [[kind, kind ? fill(words.missingOption, {id: kind}) : words.nothingChosen], ...known];
  const control = h("select", {}, options.map(([value, name]) => h("option", {value, text: name})));
  control.value = kind;
  control.addEventListener("change", () => ui.act(words.edited, (story) => setAttribute(story, scope.key, "kind", control.value).list, "kind"));
  return field(ui, {key: "kind", label: words.labels.kind, control});
}

/** @param {CaseLawPage} ui @param {Scope} scope */
function nameField(ui, scope) {
  const {words} = ui;
  const wrapper = finished(ui, {key: "slug", label: words.id, advanced: true, value: dataOf(ui.session.story.entry(scope.key).piece).slug, help: words.fieldHelp.slug, set: (/** @type {string} */ name) => ui.nameIt(scope, name)});
  wrapper.querySelector("input").dataset.follows = "name";
  return wrapper;
}
