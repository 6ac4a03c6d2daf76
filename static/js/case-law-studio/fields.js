// Fields of an authority. In one of the library a field shows the library's text until it is changed; then the library's stands beside
// it, with a way back.
import {button, fill, h} from "../studio/dom.js";
import {field, sayAt} from "../studio/fields.js";
import {setCheck, setItems, setText} from "./edit.js";
import {CHECK, ITEMS, dataOf, oneLine} from "./entry.js";

const LONG = new Set([
  "in_brief", "facts", "question", "holding", "rule", "on_the_street", "outcome", "later_treatment", "duty", "who_it_covers",
  "reporting_and_retaliation", "consequence", "training", "key_words", "who_stood_by", "claim", "sample", "figures", "limits", "treatment_note",
  "verified_note",
]);
const NEVER_EMPTY = ["caption", "citation"]; // a list that is empty is none, and so the library's
const GROWS = globalThis.CSS?.supports?.("field-sizing", "content") ?? false;
/** @param {string} text */
const itemsOf = (text) => text.split("\n").map(oneLine).filter(Boolean);
/** @param {any} one @param {any} other */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * What a form works on: `scope.key` is the entry, `scope.library` the library's texts, null for the author's own.
 * @param {CaseLawPage} ui @param {Scope} scope
 */
const dataIn = (ui, scope) => dataOf(ui.session.story.entry(scope.key).piece);

const LAW = new Set(["duty", "who_it_covers", "reporting_and_retaliation"]); // beside lists of points
const FREE = [...LONG].filter((name) => name !== "treatment_note"); // of that one a sentence is asked

/** @param {CaseLawPage} ui @param {string} name */
function helpOf(ui, name) {
  const {words} = ui;
  const lists = ["elements", "penalties_remedies"].map((list) => words.labels[list]).join("”, “");
  return [words.fieldHelp[name], FREE.includes(name) && words.oneParagraph, LAW.has(name) && fill(words.pointsInLists, {lists})].filter(Boolean).join(" ");
}

/**
 * At a field that shows the library's text and cannot be without one: say so while it is empty, and put the text back (`restore`)
 * when the author leaves. Returns what has to run when something was typed. `controls` are one value.
 * @param {CaseLawPage} ui @param {HTMLElement} wrapper @param {any[]} controls @param {string} label @param {() => void} restore
 */
function neverEmpty(ui, wrapper, controls, label, restore) {
  const empty = () => controls.every((control) => !oneLine(control.value));
  const say = () => {
    const now = empty();
    if (!now && !wrapper.dataset.own) return;
    wrapper.dataset.own = now ? "true" : "";
    sayAt(wrapper, now ? ui.words.cannotBeEmpty : "");
    if (now) ui.announce(ui.words.cannotBeEmpty);
  };
  for (const control of controls) {
    control.addEventListener("blur", (/** @type {FocusEvent} */ {relatedTarget}) => {
      if (!empty() || controls.includes(relatedTarget)) return;
      ui.afterPointerUp(() => { // what is said here goes, and all below moves
        if (!empty() || controls.includes(document.activeElement)) return;
        restore();
        say();
        ui.announce(fill(ui.words.usedLibrary, {what: label}));
      });
    });
  }
  return say;
}

/**
 * The library's words beside a field that was changed. `show()` says whether it was.
 * @param {CaseLawPage} ui @param {{label: string, theirs: any, back: any}} options
 */
function beside(ui, {label, theirs, back}) {
  const {words} = ui;
  const texts = theirs.length ? theirs.map((/** @type {string} */ text) => h("p", {text, dir: "auto"})) : [h("p.dti-help", {text: words.libraryHasNone})];
  return h("div.dti-cls-theirs", {hidden: true}, h("span.dti-cls-badge.dti-cls-flag", {text: words.changedHere}),
    h("p.dti-help", {text: words.libraryText}), texts,
    button(words.useLibrary, back, {"aria-label": fill(words.named, {what: words.useLibrary, title: label})}));
}

/** @param {boolean} long @param {string} value @param {number} rows at least, of a long one */
function textControl(long, value, rows) {
  if (!long) return h("input", {type: "text", value, autocomplete: "off", dir: "auto", spellcheck: "false"});
  const control = h("textarea", {value, autocomplete: "off", dir: "auto", spellcheck: "true"});
  control.rows = GROWS ? rows : Math.min(16, Math.max(rows, Math.ceil(value.length / 60) + value.split("\n").length));
  return control;
}

/**
 * A text or a list of an authority.
 * @param {CaseLawPage} ui @param {Scope} scope @param {string} name @param {{done?: (value: any) => void}} [options]
 */
export function textField(ui, scope, name, {done} = {}) {
  const label = ui.words.labels[name];
  const list = name in ITEMS;
  const library = scope.library?.[name] ?? (list ? [] : "");
  /** @param {any} value */
  const shown = (value) => (list ? value.join("\n") : value);
  const start = dataIn(ui, scope).fields[name] ?? library;
  const long = list || LONG.has(name);
  const control = textControl(long, shown(start), list ? 3 : 2);
  /** @type {FieldElement} */
  const wrapper = field(ui, {key: name, label, control, help: helpOf(ui, name), wide: long});
  const write = () => {
    if (list) {
      const items = itemsOf(control.value);
      ui.type(scope, name, (story) => setItems(story, scope.key, name, scope.library && same(items, library) ? [] : items));
      return;
    }
    const text = oneLine(control.value);
    const nothing = scope.library ? text === library || (!text && NEVER_EMPTY.includes(name)) : !text;
    ui.type(scope, name, (story) => setText(story, scope.key, name, nothing ? null : text));
  };
  const kept = scope.library && shown(library) && (list || NEVER_EMPTY.includes(name)) ? neverEmpty(ui, wrapper, [control], label, () => {
    control.value = shown(library);
  }) : () => {};
  control.addEventListener("input", () => {
    write();
    refresh();
    kept();
  });
  if (done) control.addEventListener("change", () => done(oneLine(control.value)));
  const theirs = scope.library && beside(ui, {label, theirs: list ? library : [library].filter(Boolean), back: () => {
    control.value = shown(library);
    ui.session.history.settle();
    write();
    refresh();
    kept();
    control.focus();
    ui.announce(fill(ui.words.usedLibrary, {what: label}));
  }});
  const refresh = () => {
    if (theirs) theirs.hidden = !(name in dataIn(ui, scope).fields);
  };
  if (theirs) wrapper.append(theirs);
  refresh();
  wrapper.refresh = refresh;
  return wrapper;
}

/**
 * A choice among `options` ([value, label]).
 * @param {CaseLawPage} ui @param {Scope} scope @param {string} name @param {any[][]} options
 */
export function choiceField(ui, scope, name, options) {
  const {words} = ui;
  const label = words.labels[name];
  const library = scope.library?.[name] ?? "";
  const start = dataIn(ui, scope).fields[name] ?? library;
  const unlisted = [...new Set([start, library])].filter((value) => !options.some(([known]) => known === value));
  const listed = [...unlisted.map((value) => [value, fill(words.missingOption, {id: value})]), ...options];
  const control = h("select", {}, listed.map(([value, text]) => h("option", {value, text})));
  control.value = start;
  /** @type {FieldElement} */
  const wrapper = field(ui, {key: name, label, control, help: helpOf(ui, name)});
  const write = () => {
    const {value} = control;
    const nothing = scope.library ? value === library : !value;
    ui.session.history.settle();
    ui.type(scope, name, (story) => setText(story, scope.key, name, nothing ? null : value));
    ui.session.history.settle();
    refresh();
  };
  control.addEventListener("change", write);
  const theirs = scope.library && beside(ui, {label, theirs: [listed.find(([value]) => value === library)[1]], back: () => {
    control.value = library;
    write();
    control.focus();
    ui.announce(fill(words.usedLibrary, {what: label}));
  }});
  const refresh = () => {
    if (theirs) theirs.hidden = !(name in dataIn(ui, scope).fields);
  };
  if (theirs) wrapper.append(theirs);
  refresh();
  return wrapper;
}

/** The check question: four fields that are one value. @param {CaseLawPage} ui @param {Scope} scope */
export function checkFields(ui, scope) {
  const {words} = ui;
  const library = scope.library?.check ?? null;
  /** @param {any} check @param {any} part */
  const shown = (check, part) => (part === "wrong" ? (check?.wrong ?? []).join("\n") : check?.[part] ?? "");
  const start = dataIn(ui, scope).check ?? library;
  /** @type {Record<string, any>} */
  const controls = {};
  const write = () => {
    const check = Object.fromEntries(CHECK.map((part) => [part, part === "wrong" ? itemsOf(controls.wrong.value) : oneLine(controls[part].value)]));
    const empty = !check.question && !check.right && !check.wrong.length && !check.why;
    ui.type(scope, "check", (story) => setCheck(story, scope.key, empty || same(check, library) ? null : check));
    refresh();
    kept();
  };
  const wrappers = CHECK.map((part) => {
    const control = h("textarea", {value: shown(start, part), dir: "auto", spellcheck: "true", on: {input: write}});
    control.rows = part === "wrong" ? 2 : 1;
    controls[part] = control;
    return field(ui, {key: `check.${part}`, label: words.labels[`check.${part}`], control, help: words.fieldHelp[`check.${part}`] ?? "", wide: true});
  });
  const restore = () => {
    for (const part of CHECK) controls[part].value = shown(library, part);
  };
  const kept = library ? neverEmpty(ui, wrappers[0], Object.values(controls), words.checkQuestion, restore) : () => {};
  const theirs = scope.library && beside(ui, {label: words.checkQuestion, theirs: library ? [library.question, library.right, ...library.wrong, library.why].filter(Boolean) : [], back: () => {
    restore();
    ui.session.history.settle();
    write();
    controls.question.focus();
    ui.announce(fill(words.usedLibrary, {what: words.checkQuestion}));
  }});
  const refresh = () => {
    if (theirs) theirs.hidden = !dataIn(ui, scope).check;
  };
  refresh();
  return [...wrappers, theirs].filter(Boolean);
}
