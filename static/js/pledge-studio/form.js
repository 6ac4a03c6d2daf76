// The pledge as one form, in the order in which signers read it.
import {button, h} from "../studio/dom.js";
import {Prose} from "../studio/prose-part.js";
import {dragRows} from "../studio/drag.js";
import {Other} from "../studio/row.js";
import {setProse} from "./edit.js";
import {Question, Statement} from "./rows.js";

export class Form {
  #rows = new Map(); // by key
  /** @type {Record<string, number>} */
  #serials = {};

  /** @param {PledgePage} ui */
  constructor(ui) {
    this.ui = ui;
    const {words} = ui;
    this.preamble = new Prose(ui, "preamble", 4, (pledge, xml) => setProse(pledge, "preamble", xml));
    this.closing = new Prose(ui, "closing", 3, (pledge, xml) => setProse(pledge, "closing", xml));
    this.heading = h("h3.dti-ed-heading", {tabindex: "-1", text: words.wordingTitle});
    this.blank = h("div.dti-ed-empty", {hidden: true}, h("p", {}, h("strong", {text: words.blankTitle})), h("p", {text: words.blankHelp}),
      button(words.useStarter, () => ui.useStarter(), {"data-control": "useStarter"}));
    /** @type {Record<string, HTMLElement>} */
    this.lists = {affirmation: this.#list(), field: this.#list(), other: h("ul.dti-cls-list", {hidden: true})};
    /** @type {Record<string, HTMLElement>} */
    this.none = {affirmation: h("p.dti-help", {text: words.noAffirmations}), field: h("p.dti-help", {text: words.noFields})};
    /** @type {Record<string, HTMLElement>} */
    this.adds = {
      affirmation: button(words.addAffirmation, () => ui.add("affirmation"), {"data-control": "addAffirmation"}),
      field: button(words.addField, () => ui.add("field"), {"data-control": "addField"}),
    };
    /** @param {string} kind @param {string} title @param {string} help */
    const section = (kind, title, help) => h("section.dti-ed-section", {}, h("h4", {text: title}), h("p.dti-ed-note", {text: help}),
      this.none[kind], this.lists[kind], h("div.dti-ed-adds", {}, this.adds[kind]));
    this.element = h("div.dti-ed-form", {}, this.heading, this.blank, this.preamble.element,
      section("affirmation", words.affirmationsTitle, words.affirmationsHelp), this.closing.element,
      section("field", words.questionsTitle, words.questionsHelp), this.lists.other);
  }

  #list() {
    const list = h("ol.dti-cls-list");
    dragRows(list, {
      place: (key) => this.ui.session.story.entry(key)?.number ?? -1,
      drop: (key, to) => this.ui.moveTo(key, to),
      ended: () => this.update({story: true}),
    });
    return list;
  }

  /** React to a change of the session. @param {SessionEvent} event */
  update(event) {
    if (event.renamed) this.#renamed(event.renamed);
    if (event.story || event.broken) this.#show(event.origin === "typing");
    if (event.story || event.checked) this.showProblems();
    if (event.focus) this.focus(event.focus);
  }

  /** @param {{from: string, to: string}} options */
  #renamed({from, to}) {
    const row = this.#rows.get(from);
    if (!row) return;
    this.#rows.delete(from);
    row.key = to;
    this.#rows.set(to, row);
  }

  /** @param {boolean} typing */
  #show(typing) {
    const {story} = this.ui.session;
    this.preamble.show();
    this.closing.show();
    this.blank.hidden = story.entries.length > 0;
    for (const key of [...this.#rows.keys()]) if (!story.entry(key)) this.#rows.delete(key);
    const kinds = {affirmation: Statement, field: Question, other: Other};
    for (const [kind, Kind] of Object.entries(kinds)) {
      const list = this.lists[kind];
      if (list.classList.contains("is-dragging")) continue; // it comes again when the row is dropped
      const had = list.contains(document.activeElement) ? document.activeElement : null;
      const entries = story.of(kind);
      const rows = entries.map((entry) => {
        if (!this.#rows.has(entry.key)) this.#rows.set(entry.key, new Kind(this.ui, kind, entry.key, this.#serial(kind)));
        const row = this.#rows.get(entry.key);
        row.show(entry, entries.length, typing);
        return row.element;
      });
      if (rows.length !== list.children.length || rows.some((row, index) => row !== list.children[index])) list.replaceChildren(...rows);
      if (had?.isConnected && document.activeElement !== had) had.focus();
      list.hidden = !rows.length;
      if (this.none[kind]) this.none[kind].hidden = rows.length > 0;
    }
  }

  /** @param {any} kind */
  #serial(kind) {
    this.#serials[kind] = (this.#serials[kind] ?? 0) + 1;
    return this.#serials[kind];
  }

  showProblems() {
    const {story} = this.ui.session;
    const problems = this.ui.problems();
    for (const [key, row] of this.#rows) row.showProblems(story.entry(key) ? problems.filter((/** @type {ServerProblem} */ {at}) => at?.key === key) : []);
  }

  /** Take the statement or question of a row away; the next row's button gets the focus. @param {any} row */
  removeRow(row) {
    const {kind} = row;
    const rows = [...this.lists[kind].children];
    const at = rows.indexOf(row.element);
    this.ui.remove(row.key);
    const next = this.lists[kind].children[Math.min(at, rows.length - 2)];
    (next?.querySelector("[data-control$='.remove']") ?? this.adds[kind] ?? this.heading).focus();
  }

  /** Put the focus on what the entry `key` is written in. @param {Key} key */
  focusRow(key) {
    const row = this.#rows.get(key);
    const kind = this.ui.session.story.entry(key)?.kind;
    if (row) row.focus();
    else this.focus(kind ?? "heading");
  }

  /** Put the focus on the heading or the control `key`. @param {Key} key */
  focus(key) {
    const control = [...this.element.querySelectorAll("[data-control]")].find((one) => one.dataset.control === key);
    const target = control ?? this.heading;
    this.ui.reveal(target);
    target.focus();
    target.scrollIntoView?.({block: "nearest"});
  }
}
