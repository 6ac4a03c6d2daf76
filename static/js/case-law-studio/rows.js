// The list, a row for each authority. Rows stay the same elements while they move, so the focus can stay on their buttons.
import {button, fill, h} from "../studio/dom.js";
import {dragRows} from "../studio/drag.js";

/** The citation of a row, as far as its heading does not say it. @param {{heading: string, citation: string}} options */
export function citationBeside({heading, citation}) {
  const text = citation.startsWith(`${heading}, `) ? citation.slice(heading.length + 2) : citation;
  return text && text !== heading ? h("span.dti-cls-citation", {text, dir: "auto"}) : null;
}

/**
 * What sort of law it is, and what to know before using it.
 * @param {EditorWords} words @param {{kind: string, flags: string[]}} options
 */
export function badges(words, {kind, flags}) {
  const made = [words.kinds[kind] && h("span.dti-cls-badge", {text: words.kinds[kind]}), ...flags.map((flag) => h("span.dti-cls-badge.dti-cls-flag", {text: words.flags[flag] ?? flag}))];
  return made.some(Boolean) ? h("span.dti-cls-badges", {}, made) : null;
}

export class Rows {
  #made = new Map(); // key -> {row, said}

  /** @param {CaseLawPage} ui */
  constructor(ui) {
    this.ui = ui;
    this.list = h("ol.dti-cls-list");
    this.empty = h("p.dti-ed-empty", {text: ui.words.emptyList});
    this.count = h("span.dti-help");
    this.element = h("div", {}, this.empty, this.list);
    dragRows(this.list, {
      place: (key) => ui.session.story.entry(key)?.number ?? -1,
      drop: (key, to) => ui.moveTo(key, to),
      ended: () => this.update(),
    });
  }

  update() {
    if (this.list.classList.contains("is-dragging")) return; // it comes again when the row is dropped
    const {ui} = this;
    const {entries, authorities} = ui.session.story;
    const had = this.#focused();
    const flagged = new Map();
    for (const problem of ui.problems()) {
      const entry = ui.entryOf(problem.at);
      const {key} = entry ?? {};
      if (key && !ui.isTooSoon(problem, entry)) flagged.set(key, [...(flagged.get(key) ?? []), problem.message]);
    }
    const rows = entries.map((entry) => this.#row(entry, flagged.get(entry.key) ?? [], authorities.length));
    for (const key of [...this.#made.keys()]) if (!ui.session.story.entry(key)) this.#made.delete(key);
    if (rows.length !== this.list.children.length || rows.some((row, index) => row !== this.list.children[index])) this.list.replaceChildren(...rows);
    this.empty.hidden = rows.length > 0;
    this.list.hidden = !rows.length;
    this.count.textContent = fill(ui.words.listCount, {n: authorities.length});
    if (had) this.#focusAgain(had);
  }

  /** Put the focus on a button of a row. @param {Key} key @param {any} control */
  focus(key, control) {
    this.#made.get(key)?.row.querySelector(`[data-control^="${control}:"]`)?.focus();
  }

  /** @param {Entry} entry @param {ServerProblem[]} problems @param {number} all */
  #row(entry, problems, all) {
    const {ui} = this;
    const info = ui.info(entry);
    const places = ui.data.used[entry.id] ?? [];
    const selected = ui.session.selection.key === entry.key;
    const said = JSON.stringify([info, entry.number, all, problems, selected]);
    const made = this.#made.get(entry.key) ?? {row: h("li.dti-cls-row", {data: {key: entry.key}}), said: ""};
    this.#made.set(entry.key, made);
    if (made.said === said) return made.row;
    made.said = said;
    const had = made.row.contains(document.activeElement) ? document.activeElement.dataset.control : null;
    made.row.classList.toggle("is-hand", selected);
    made.row.classList.toggle("is-other", entry.kind !== "authority");
    made.row.replaceChildren(...this.#parts(entry, info, places, problems, all));
    if (had) [...made.row.querySelectorAll("[data-control]")].find((one) => one.dataset.control === had)?.focus();
    return made.row;
  }

  /** @param {Entry} entry @param {Row} info @param {string[]} places @param {ServerProblem[]} problems @param {number} all */
  #parts(entry, info, places, problems, all) {
    const {ui} = this;
    const {words} = ui;
    const notes = [
      info.modules.length ? fill(words.taughtIn, {modules: info.modules.join(", ")}) : "",
      places.length ? fill(words.usedIn, {places: places.join("; ")}) : "",
    ].filter(Boolean);
    return [
      entry.kind === "authority" ? h("span.dti-cls-grip", {"aria-hidden": "true", title: words.drag}) : null,
      h("div.dti-cls-rowtext", {},
        h("span.dti-cls-title", {text: info.heading, dir: "auto"}),
        citationBeside(info),
        badges(words, info),
        notes.map((text) => h("span.dti-help", {text})),
        problems.slice(0, 3).map((text) => h("span.dti-ed-problem", {text}))),
      this.#tools(entry, info, all),
    ].filter(Boolean);
  }

  /** @param {Entry} entry @param {Row} info @param {number} all */
  #tools(entry, info, all) {
    const {ui} = this;
    const {words} = ui;
    /** @param {string} name @param {any} sign @param {string} label @param {(event?: any) => unknown} press @param {any} [props] */
    const control = (name, sign, label, press, props = {}) => button(sign, press, {
      "aria-label": fill(words.named, {what: label, title: info.heading}), title: label, "data-control": `${name}:${entry.key}`, ...props,
    });
    const gone = () => this.#remove(entry);
    if (entry.kind !== "authority") return h("div.dti-ed-tools", {}, control("remove", "×", words.remove, gone, {class: "dti-ed-tool dti-ed-danger"}));
    /** @param {number} by */
    const step = (by) => () => {
      ui.moveTo(entry.key, ui.session.story.entry(entry.key).number + by);
    };
    return h("div.dti-ed-tools", {},
      control("up", "↑", words.moveUp, step(-1), {class: "dti-ed-tool", "aria-disabled": String(entry.number === 0)}),
      control("down", "↓", words.moveDown, step(1), {class: "dti-ed-tool", "aria-disabled": String(entry.number === all - 1)}),
      control("change", words.change, words.change, () => ui.session.select(entry.key, null, "heading")),
      control("remove", "×", words.remove, gone, {class: "dti-ed-tool dti-ed-danger"}));
  }

  /** @param {Entry} entry */
  #remove(entry) {
    const {ui} = this;
    const {entries} = ui.session.story;
    const at = entries.findIndex((one) => one.key === entry.key);
    ui.removeEntry(entry.key);
    const next = ui.session.story.entries[Math.min(at, entries.length - 2)];
    if (next) this.focus(next.key, "remove");
    else ui.panel.focus("search");
  }

  #focused() {
    const active = document.activeElement;
    return this.list.contains(active) ? {key: active.closest("[data-key]")?.dataset.key, control: active.dataset.control} : null;
  }

  /** @param {{key: string, control: any}} options */
  #focusAgain({key, control}) {
    if (this.list.contains(document.activeElement) || !control) return;
    const name = control.slice(0, control.indexOf(":"));
    this.focus(key, name);
  }
}
