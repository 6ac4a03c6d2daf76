// The library beside the list: search, filters, add one, add the set of a module.
import {button, fill, h, later} from "../studio/dom.js";
import {badges, citationBeside} from "./rows.js";
import {Finder} from "./server.js";

const WAIT = 200;
const FILTERS = ["module", "kind", "topic", "circuit", "state", "strength"];

export class Picker {
  /** @type {Row[]} */
  #rows = [];
  #buttons = new Map(); // name -> its button
  #look;

  /** @param {CaseLawPage} ui */
  constructor(ui) {
    const {words} = ui;
    this.ui = ui;
    this.finder = new Finder(ui.data.find, ui.form);
    this.started = false;
    this.#look = later(() => this.look(), WAIT);
    const id = ui.id("library-search");
    this.input = h("input", {type: "search", id, autocomplete: "off", spellcheck: "false", maxlength: "200", dir: "auto", "aria-describedby": `${id}-help`, data: {control: "search"}});
    this.status = h("p.dti-help", {role: "status"});
    this.list = h("ul.dti-cls-found");
    this.filters = Object.fromEntries(FILTERS.map((name) => [name, h("select", {id: ui.id(`filter-${name}`), data: {control: `filter.${name}`}})]));
    this.fields = Object.fromEntries(FILTERS.map((name) => [name, h("div.dti-ed-field", {hidden: true},
      h("label", {for: ui.id(`filter-${name}`), text: words.filterLabels[name]}), this.filters[name])]));
    this.input.addEventListener("input", this.#look);
    for (const select of Object.values(this.filters)) select.addEventListener("change", () => this.look());
    this.element = h("div.dti-cls-picker", {},
      h("div.dti-ed-field", {}, h("label", {for: id, text: words.searchLabel}), this.input, h("p.dti-help", {id: `${id}-help`, text: words.searchHelp})),
      h("details.dti-ed-more", {}, h("summary", {text: words.filters, data: {control: "filters"}}), h("div.dti-ed-grid", {}, Object.values(this.fields))),
      this.status, this.list, this.#sets());
  }

  /** The library is shown: search, the first time. */
  show() {
    if (this.started) return;
    this.started = true;
    this.look();
  }

  async look() {
    this.#look.drop();
    const {words} = this.ui;
    const chosen = Object.fromEntries(FILTERS.map((name) => [name, this.filters[name].value]));
    const answer = await this.finder.search(this.input.value.trim(), chosen);
    if (answer === undefined) return;
    if (answer === null) {
      this.status.textContent = words.findFailed;
      return;
    }
    this.#rows = answer.results;
    this.#facets(answer.facets ?? {});
    this.status.textContent = this.#summary(answer);
    this.#buttons = new Map();
    this.list.replaceChildren(...this.#rows.map((row) => this.#result(row)));
    this.refresh();
  }

  /** What is in the list by now says so at its button. */
  refresh() {
    const {words, session} = this.ui;
    const {names} = session.story;
    for (const [name, {control, row}] of this.#buttons) {
      const there = names.has(name);
      const what = there ? words.inList : words.add;
      if (control.textContent !== what) control.textContent = what;
      control.setAttribute("aria-label", fill(words.named, {what, title: row.heading}));
      control.setAttribute("aria-disabled", String(there)); // not disabled: the focus stays where it is
    }
  }

  /** @param {{total: number, partial: boolean, corrected: string}} options */
  #summary({total, partial, corrected}) {
    const {words} = this.ui;
    const shown = this.#rows.length;
    const values = {n: shown, all: total};
    const count = !total ? words.foundNothing : partial ? fill(words.foundPartly, values) : shown < total ? fill(words.foundShown, values) : fill(words.found, values);
    return corrected ? `${fill(words.searchedInstead, {query: corrected})} ${count}` : count;
  }

  /** @param {Row} row */
  #result(row) {
    const {ui} = this;
    const {words} = ui;
    const control = button(words.add, () => {
      if (control.getAttribute("aria-disabled") !== "true") ui.addRows([row]);
    }, {"data-control": `add:${row.name}`});
    this.#buttons.set(row.name, {control, row});
    const places = ui.data.used[row.name] ?? [];
    const notes = [
      row.topics.length ? fill(words.topics, {topics: row.topics.join(", ")}) : "",
      row.modules.length ? fill(words.taughtIn, {modules: row.modules.join(", ")}) : "",
      places.length ? fill(words.usedIn, {places: places.join("; ")}) : "",
    ].filter(Boolean);
    return h("li.dti-cls-result", {},
      h("div.dti-cls-rowtext", {},
        h("span.dti-cls-title", {text: row.heading, dir: "auto"}),
        citationBeside(row),
        badges(words, row),
        notes.map((text) => h("span.dti-help", {text}))),
      control);
  }

  /** @param {any} facets */
  #facets(facets) {
    const {words} = this.ui;
    /** @type {Record<string, (value: string) => string>} */
    const names = {module: (value) => `${words.filterLabels.module} ${value}`, kind: (value) => words.kinds[value] ?? value, strength: (value) => words.strengths[value] ?? value};
    for (const [name, select] of Object.entries(this.filters)) {
      const options = facets[name] ?? [];
      const chosen = select.value;
      const label = names[name] ?? ((value) => value);
      const listed = options.some((/** @type {any[]} */ [value]) => String(value) === chosen) || !chosen ? options : [[chosen, 0], ...options];
      select.replaceChildren(h("option", {value: "", text: words.all}),
        ...listed.map((/** @type {any[]} */ [value, n]) => h("option", {value: String(value), text: fill(words.optionCount, {what: label(value), n})})));
      select.value = chosen;
      this.fields[name].hidden = !chosen && options.length < 2;
    }
  }

  #sets() {
    const {ui} = this;
    const {words} = ui;
    const sets = Object.entries(ui.data.modules);
    if (!sets.length) return null;
    const id = ui.id("module-set");
    const choice = h("select", {id, data: {control: "moduleSet"}}, sets.map(([n, set]) => h("option", {value: n, text: fill(words.moduleOption, {n, count: set.length})})));
    const press = () => ui.addRows(ui.data.modules[choice.value].map((/** @type {[string, string]} */ [name, heading]) => ({...(ui.known.get(name) ?? {flags: [], modules: [], topics: []}), name, heading})));
    return h("div.dti-ed-field.dti-ed-section", {}, h("label", {for: id, text: words.moduleSet}),
      h("div.dti-ed-beside", {}, choice, button(words.addSet, press, {"data-control": "addSet"})));
  }
}
