// The activity as one form: its kind, what to do, and the parts that the kind has.
import {button, h} from "../studio/dom.js";
import {dragRows} from "../studio/drag.js";
import {field, text} from "../studio/fields.js";
import {pictureButton} from "../studio/pictures.js";
import {Prose} from "../studio/prose-part.js";
import {Other} from "../studio/row.js";
import {attributeOf} from "./activity.js";
import {AreaBoard} from "./areas.js";
import {setPicture, setProse} from "./edit.js";
import {CardRow, GroupRow} from "./rows.js";

/** @type {Record<string, any>} */
const ROWS = {group: GroupRow, card: CardRow, other: Other};

export class Form {
  #rows = new Map(); // by key
  #serial = 0;
  #shownKind = "";

  /** @param {any} ui */
  constructor(ui) {
    this.ui = ui;
    const {words} = ui;
    this.heading = h("h3.dti-ed-heading", {tabindex: "-1", text: words.formTitle});
    this.kind = this.#kinds();
    this.task = new Prose(ui, "task", 3, (activity, xml) => setProse(activity, "task", xml));
    this.after = new Prose(ui, "after", 2, (activity, xml) => setProse(activity, "after", xml));
    /** @type {Record<string, HTMLElement>} */
    this.lists = {group: this.#list(), card: this.#list(), other: h("ul.dti-cls-list", {hidden: true})};
    /** @type {Record<string, HTMLElement>} */
    this.none = {group: h("p.dti-help", {text: words.noGroups}), card: h("p.dti-help", {text: words.noCards})};
    /** @type {Record<string, HTMLElement>} */
    this.adds = {
      group: button(words.addGroup, () => ui.add("group"), {"data-control": "addGroup"}),
      card: button(words.addCard, () => ui.add("card"), {"data-control": "addCard"}),
    };
    this.cardsHelp = h("p.dti-ed-note");
    /** @param {string} kind @param {string} title @param {HTMLElement} note */
    const section = (kind, title, note) => h("section.dti-ed-section", {}, h("h4", {text: title}), note, this.none[kind], this.lists[kind],
      h("div.dti-ed-adds", {}, this.adds[kind]));
    this.groups = section("group", words.groupsTitle, h("p.dti-ed-note", {text: words.groupsHelp}));
    this.cards = section("card", words.cardsTitle, this.cardsHelp);
    this.picture = this.#pictureFields();
    this.areas = new AreaBoard(ui);
    this.element = h("div.dti-ed-form", {}, this.heading, field(ui, {key: "kind", label: words.kindLabel, control: this.kind}),
      this.task.element, this.picture.element, this.areas.element, this.groups, this.cards, this.after.element, this.lists.other);
  }

  /** The kinds, as the settings have them. */
  #kinds() {
    const {ui} = this;
    const listed = ui.form.querySelector("select[name=activity]");
    const control = h("select", {}, [...(listed?.options ?? [])].map((one) => h("option", {value: one.value, text: one.textContent})));
    control.addEventListener("change", () => ui.become(control.value));
    return control;
  }

  #pictureFields() {
    const {ui} = this;
    const {words} = ui;
    /** @param {string} name @param {string} label @param {string} help @param {HTMLElement[]} [beside] */
    const one = (name, label, help, beside = []) => text(ui, {key: `picture.${name}`, label, help, beside, value: "",
      set: (value) => ui.type({key: "picture"}, name, (/** @type {any} */ activity) => setPicture(activity, name, value.trim()))});
    const src = one("src", words.pictureSrc, words.pictureSrcHelp, [pictureButton(ui, {
      key: "picture.src",
      label: "",
      now: () => ({src: attribute("src"), alt: attribute("alt")}),
      take: ({src: file, alt: told}, label) => ui.act(label, (/** @type {any} */ activity) => setPicture(setPicture(activity, "src", file), "alt", told), "picture.src.pick"),
      described: () => "",
    })]);
    const alt = one("alt", words.pictureAlt, words.pictureAltHelp);
    /** @param {string} name */
    const attribute = (name) => {
      const entry = ui.session.story.of("picture")[0];
      return entry ? attributeOf(entry.piece, name) : "";
    };
    const show = () => {
      for (const [name, wrapper] of /** @type {[string, HTMLElement][]} */ ([["src", src], ["alt", alt]])) {
        const control = /** @type {HTMLInputElement} */ (wrapper.querySelector("input"));
        if (document.activeElement !== control) control.value = attribute(name);
      }
    };
    return {element: h("section.dti-ed-section", {}, h("h4", {text: words.picture}), src, alt), show};
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

  /** React to a change of the session. @param {any} event */
  update(event) {
    if (event.story || event.broken || event.settings) this.#show(event.origin === "typing");
    if (event.story || event.settings || event.checked) this.areas.show();
    if (event.story || event.checked) this.showProblems();
    if (event.focus) this.focus(event.focus);
  }

  /** @param {boolean} typing */
  #show(typing) {
    const {ui} = this;
    const {story} = ui.session;
    if (this.kind.value !== ui.kind) this.kind.value = ui.kind;
    this.task.show();
    this.after.show();
    this.picture.show();
    this.picture.element.hidden = !ui.uses("picture");
    this.groups.hidden = !ui.uses("groups") && !story.of("group").length;
    this.cards.hidden = !ui.uses("cards") && !story.of("card").length;
    this.cardsHelp.textContent = ui.words.cardsHelp[ui.kind] ?? "";
    for (const key of [...this.#rows.keys()]) if (!story.entry(key)) this.#rows.delete(key);
    if (this.#shownKind !== ui.kind) for (const row of this.#rows.values()) row.piece = null; // another kind has other fields
    this.#shownKind = ui.kind;
    for (const kind of Object.keys(ROWS)) this.#showList(kind, typing);
  }

  /** @param {string} kind @param {boolean} typing */
  #showList(kind, typing) {
    const {ui} = this;
    const list = this.lists[kind];
    if (list.classList.contains("is-dragging")) return; // it comes again when the row is dropped
    const had = list.contains(document.activeElement) ? document.activeElement : null;
    const entries = ui.session.story.of(kind);
    const rows = entries.map((/** @type {Entry} */ entry) => {
      if (!this.#rows.has(entry.key)) {
        this.#serial += 1;
        this.#rows.set(entry.key, new ROWS[kind](ui, kind, entry.key, this.#serial));
      }
      const row = this.#rows.get(entry.key);
      row.show(entry, entries.length, typing);
      return row.element;
    });
    if (rows.length !== list.children.length || rows.some((/** @type {any} */ row, /** @type {number} */ at) => row !== list.children[at])) list.replaceChildren(...rows);
    if (had?.isConnected && document.activeElement !== had) /** @type {HTMLElement} */ (had).focus();
    list.hidden = !rows.length;
    if (this.none[kind]) this.none[kind].hidden = rows.length > 0;
  }

  /** A group is called something else: the lists on the cards say so. */
  namesChanged() {
    for (const row of this.#rows.values()) row.names?.();
  }

  showProblems() {
    const {story} = this.ui.session;
    const problems = this.ui.problems();
    for (const [key, row] of this.#rows) row.showProblems(story.entry(key) ? problems.filter((/** @type {ServerProblem} */ {at}) => at?.key === key) : []);
  }

  /** Take the card or group of a row away; the next row's button gets the focus. @param {any} row */
  removeRow(row) {
    const {kind} = row;
    const at = [...this.lists[kind].children].indexOf(row.element);
    const count = this.lists[kind].children.length;
    this.ui.remove(row.key);
    const next = this.lists[kind].children[Math.min(at, count - 2)];
    const target = /** @type {HTMLElement} */ (next?.querySelector("[data-control$='.remove']") ?? this.adds[kind] ?? this.heading);
    target.focus();
  }

  /** Put the focus on what the entry `key` is written in. @param {Key} key */
  focusRow(key) {
    const row = this.#rows.get(key);
    const kind = this.ui.session.story.entry(key)?.kind;
    if (row) row.focus();
    else this.focus(kind === "picture" ? "picture.src" : kind ?? "heading");
  }

  /** Put the focus on the heading or the control `key`. @param {Key} key */
  focus(key) {
    const control = /** @type {HTMLElement | undefined} */ ([...this.element.querySelectorAll("[data-control]")].find((one) => /** @type {HTMLElement} */ (one).dataset.control === key));
    const target = control ?? this.heading;
    target.focus();
    target.scrollIntoView?.({block: "nearest"});
  }
}
