// The panel beside the map: the form of what is selected. It is built anew when something else is selected or the story changes
// from elsewhere, and left alone while the author types in it. The focus stays where it was.
import {dataOf} from "./scene.js";
import {problemText} from "./problem-list.js";
import {h, fill} from "../studio/dom.js";
import {sayAt} from "../studio/fields.js";
import {choiceSummary} from "./choice-form.js";
import {introductionForm, levelsForm, metersForm, peopleForm} from "./parts-form.js";
import {LISTS} from "./story.js";
import {sceneForm} from "./scene-form.js";

const FOCUSABLE = "button, input, select, textarea, summary, [tabindex]";

export class Panel {
  /** @type {Scope} */
  #scope = {key: null};
  /** @type {Scope[]} */
  #scopes = [];
  #open = new Set();
  /** @type {{focus?: string} | null} */
  #due = null;

  /** @param {ScenarioPage} ui */
  constructor(ui) {
    this.ui = ui;
    this.heading = h("h3.dti-ed-heading", {tabindex: "-1"});
    this.body = h("div.dti-ed-form");
    this.element = h("section.dti-ed-panel", {"aria-labelledby": ui.id("panel")}, this.heading, this.body);
    this.heading.id = ui.id("panel");
  }

  /** React to a change of the session. @param {SessionEvent} event */
  update(event) {
    if (event.renamed) this.#carry(event.renamed);
    const mine = event.origin === "typing" && !event.selection;
    if (event.renamed && mine) this.#later(event.focus);
    else if (event.selection || event.story || event.broken || event.chosen) {
      if (mine) this.refresh();
      else this.build(event.focus, Boolean(event.selection));
    } else if (event.focus) this.focus(event.focus);
  }

  build(focus = "", fresh = false) {
    this.#due = null;
    const {session} = this.ui;
    const {key, choice} = session.selection;
    const had = this.element.contains(document.activeElement) ? this.#placeOfFocus() : null;
    const opened = [...this.body.querySelectorAll("details[data-more][open]")].map((one) => one.dataset.more);
    const kept = !fresh && this.#scope.key === key;
    this.#scope = {key};
    this.#scopes = [this.#scope];
    const entry = key ? session.story.entry(key) : null;
    if (entry && typeof choice === "number") {
      const data = dataOf(entry.piece);
      if (data.choices?.[choice]) this.#open.add(`${key}|${data.choices[choice].id}`);
    }
    this.body.replaceChildren(...this.#content(key, entry).flat().filter(Boolean));
    if (kept) for (const more of opened) for (const one of this.body.querySelectorAll("details[data-more]")) if (one.dataset.more === more) one.open = true;
    this.refresh();
    if (focus) this.focus(focus);
    else if (had) this.#focusAgain(had);
  }

  /** @param {any} key @param {Entry} entry */
  #content(key, entry) {
    const {ui} = this;
    const {words} = ui;
    /** @type {Record<string, any>} */
    const lists = {introduction: [words.introduction, introductionForm], people: [words.people, peopleForm], levels: [words.levels, levelsForm], meters: [words.meters, metersForm]};
    const list = key === "introduction" || entry?.kind === "introduction" ? lists.introduction : lists[key];
    if (list) {
      this.heading.textContent = list[0];
      return list[1](ui, this.#scopes);
    }
    if (!entry) {
      this.heading.textContent = words.nothingInHand;
      return [h("p.dti-help", {text: words.nothingInHandHelp})];
    }
    return sceneForm(ui, this.#scope, entry, this.#open);
  }

  /** Problems, summaries and the heading as they now are; nothing is built anew. */
  refresh() {
    const {ui} = this;
    const entry = this.#scope.key ? ui.session.story.entry(this.#scope.key) : null;
    if (entry && entry.kind !== "introduction") {
      const data = dataOf(entry.piece);
      const words = entry.kind === "scene" ? ui.words.sceneHeading : ui.words.endingHeading;
      this.heading.textContent = fill(words, {title: data.title || entry.id || "…"});
      for (const summary of this.body.querySelectorAll("summary[data-summary]")) {
        const choice = data.choices[Number(summary.dataset.summary)];
        if (choice) summary.firstChild.textContent = choiceSummary(ui, choice, Number(summary.dataset.summary));
      }
    }
    const fields = new Map();
    const rest = [];
    const wrappers = new Map([...this.body.querySelectorAll("[data-field]")].map((one) => [one.dataset.field, one]));
    for (const problem of ui.problems()) {
      const field = this.#fieldOf(problem, wrappers);
      if (field === null) continue;
      if (field) fields.set(field, [...(fields.get(field) ?? []), problemText(ui, problem)]);
      else rest.push(problem);
    }
    for (const [key, wrapper] of wrappers) if (!wrapper.dataset.own || fields.has(key)) sayAt(wrapper, (fields.get(key) ?? []).join(" "));
    const here = this.body.querySelector(".dti-ed-here");
    if (here) {
      here.hidden = !rest.length;
      here.replaceChildren(...rest.map((problem) => h("li", {text: problemText(ui, problem)})));
    }
    this.#flag(entry);
  }

  /**
   * The key of the field at which a problem is said; "" for the top of the form, null when it is not about what is selected.
   * @param {Problem} problem @param {Map<string, HTMLElement>} wrappers
   */
  #fieldOf(problem, wrappers) {
    const {key} = this.#scope;
    if (problem.key === key && problem.key) {
      if (problem.field && wrappers.has(problem.field)) return problem.field;
      if (problem.at?.choice !== undefined && wrappers.has(`choice.${problem.at.choice}`)) return `choice.${problem.at.choice}`;
      return "";
    }
    const kind = LISTS[key ?? ""];
    if (!kind || !problem.key?.startsWith(`${kind}:`)) return null;
    const number = this.#scopes.slice(1).findIndex((scope) => scope.key === problem.key);
    const field = `${kind}.${number}.${problem.field || ""}`;
    return wrappers.has(field) ? field : `${kind}.${number}.`;
  }

  /** @param {Entry} entry */
  #flag(entry) {
    for (const details of this.body.querySelectorAll("details.dti-ed-choice")) {
      const number = Number(details.querySelector("summary").dataset.summary);
      const count = this.ui.problems().filter((one) => one.key === entry?.key && one.at?.choice === number).length;
      const flag = details.querySelector(".dti-ed-flag");
      flag.hidden = !count;
      flag.textContent = count ? fill(this.ui.words.problemCount, {n: count}) : "";
    }
  }

  /** Put the focus on a field by its key ("heading": on the form's heading); what hides it is opened. @param {string} key */
  focus(key) {
    const choice = /^choice\.(\d+)\.(?!summary$)/.exec(key);
    if (choice) this.body.querySelector(`[data-summary="${choice[1]}"]`)?.parentElement.build();
    const target = key === "heading" ? this.heading : this.control(key) ?? this.body.querySelector(`[data-field="${CSS.escape(key)}"]`) ?? this.heading;
    this.ui.reveal(target);
    for (let parent = target.closest("details"); parent; parent = parent.parentElement.closest("details")) {
      if (target.tagName !== "SUMMARY" || target.parentElement !== parent) parent.open = true;
    }
    const focusable = target.matches(FOCUSABLE) ? target : target.querySelector(FOCUSABLE) ?? this.heading;
    // at the end of a list a button to move on is off: the one beside it takes the focus
    const able = focusable.disabled ? [...focusable.parentElement.querySelectorAll("button")].find((one) => !one.disabled) ?? this.heading : focusable;
    able.focus();
  }

  /** @param {string} key */
  control(key) {
    return this.body.querySelector(`[data-control="${CSS.escape(key)}"]`);
  }

  /** @param {any} focus */
  #later(focus) {
    this.#due = {focus};
    this.ui.afterPointerUp(() => {
      if (this.#due) this.build(this.#due.focus);
    });
  }

  /** @param {{from: string, to: string}} options */
  #carry({from, to}) {
    for (const scope of this.#scopes) if (scope.key === from) scope.key = to;
    for (const mark of [...this.#open]) if (mark.startsWith(`${from}|`)) this.#open.add(to + mark.slice(from.length));
  }

  #placeOfFocus() {
    const active = document.activeElement;
    return {
      key: active.dataset?.control ?? "",
      index: [...this.element.querySelectorAll(FOCUSABLE)].indexOf(active),
      caret: active.tagName === "TEXTAREA" || active.type === "text" ? [active.selectionStart, active.selectionEnd] : null,
    };
  }

  /** @param {any} options */
  #focusAgain({key, index, caret}) {
    const all = [...this.element.querySelectorAll(FOCUSABLE)].filter((one) => !one.disabled);
    const target = (key && this.control(key)) || all[Math.min(index, all.length - 1)] || this.heading;
    target.focus();
    if (document.activeElement !== target) this.heading.focus(); // hidden in a closed part, or disabled now
    if (caret && target.setSelectionRange && ["text", "textarea"].includes(target.type)) target.setSelectionRange(...caret);
  }
}
