// The list of problems, each a link to the place it is about.
import {dataOf} from "./scene.js";
import {LISTS} from "./story.js";
import {h, button, fill} from "../studio/dom.js";

const SHOWN = 100;

/**
 * The sentence of a problem found in the browser.
 * @param {ScenarioPage} ui @param {{code: string, values: Record<string, any>}} options
 */
export function problemText(ui, {code, values}) {
  const {problems} = ui.words;
  return fill(problems[`${code}.${values.part ?? ""}`] ?? problems[code] ?? code, values);
}

/**
 * Where a problem is, in words: the title of the scene, and the choice.
 * @param {ScenarioPage} ui @param {any} options
 */
function placeText(ui, {key, at}) {
  const entry = key ? ui.session.story.entry(key) : null;
  if (!entry) return ui.words.wholeStory;
  const data = dataOf(entry.piece);
  const title = data.title || entry.id || ui.words[entry.kind] || entry.kind;
  const choice = at?.choice === undefined ? null : data.choices[at.choice];
  return choice ? fill(ui.words.placeChoice, {title, choice: choice.id || at.choice + 1}) : title;
}

/**
 * The server's problems in `text` in the words of the form: those that the browser finds, too, at the same place.
 * @param {ScenarioPage} ui @param {ServerProblem[]} problems @param {string} text
 */
export function worded(ui, problems, text) {
  const found = ui.problems();
  return problems.map((problem) => {
    const place = problem.line ? ui.atLine(text, problem.line) : null;
    const same = found.filter(({code, key, at}) => code === problem.code && (key ?? null) === (place?.key ?? null) && (at?.choice ?? null) === (place?.at?.choice ?? null));
    const own = same.find((one) => !one.values.part || problem.message.includes(`<${one.values.part}>`)) ?? same[0];
    return own ? {...problem, where: placeText(ui, own), message: problemText(ui, own)} : problem;
  });
}

/** Go to what a problem is about. @param {ScenarioPage} ui @param {{key: string, at: any, field: string}} options */
export function goTo(ui, {key, at, field}) {
  const entry = key ? ui.session.story.entry(key) : null;
  if (!entry || entry.kind === "other") return ui.showEntry(entry);
  ui.showVisual();
  const list = Object.keys(LISTS).find((name) => LISTS[name] === entry.kind);
  if (!list) return ui.session.select(entry.key, at?.choice ?? null, field || "heading");
  const number = ui.session.story.of(entry.kind).indexOf(entry);
  return ui.session.select(list, null, `${entry.kind}.${number}.${field || "title"}`);
}

export class ProblemList {
  #shown = "";

  /** @param {ScenarioPage} ui */
  constructor(ui) {
    this.ui = ui;
    this.count = h("span.dti-ed-count");
    this.list = h("ol.dti-ed-problems");
    this.note = h("p.dti-help", {text: ui.words.noProblems});
    this.summary = h("summary", {}, h("h3", {text: ui.words.problemsTitle}), " ", this.count);
    this.element = h("details.dti-ed-foldout", {open: true}, this.summary, this.note, this.list);
  }

  update() {
    const {ui} = this;
    const problems = ui.problems();
    const rows = problems.slice(0, SHOWN).map((problem) => [problem, placeText(ui, problem), problemText(ui, problem)]);
    const shown = `${problems.length}\n${rows.map(([problem, place, text]) => `${problem.key}|${problem.field}|${place}|${text}`).join("\n")}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.count.textContent = String(problems.length);
    this.count.classList.toggle("is-none", !problems.length);
    this.note.hidden = problems.length > 0;
    const index = this.list.contains(document.activeElement) ? [...this.list.querySelectorAll("button")].indexOf(document.activeElement) : -1;
    this.list.replaceChildren(...rows.map(([problem, place, text]) => h("li", {class: problem.severity === "warning" ? "is-warning" : ""},
      button(place, () => goTo(ui, problem), {class: "dti-ed-link"}), " ", h("span", {text}))));
    if (problems.length > SHOWN) this.list.append(h("li", {text: fill(ui.words.moreProblems, {n: problems.length - SHOWN})}));
    if (index >= 0) (this.list.querySelectorAll("button")[index] ?? this.list.querySelector("button") ?? this.summary).focus();
  }
}
