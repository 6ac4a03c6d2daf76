// The list of problems, each a link to what it is about. The server finds them, by the rules by which it judges what is saved.
import {button, fill, h} from "./dom.js";

const SHOWN = 100;

export class ProblemList {
  #shown = "";

  /** @param {any} ui the page @param {{failed: boolean}} checker */
  constructor(ui, checker) {
    this.ui = ui;
    this.checker = checker;
    this.count = h("span.dti-ed-count");
    this.list = h("ol.dti-ed-problems");
    this.note = h("p.dti-help");
    this.summary = h("summary", {}, h("h3", {text: ui.words.problemsTitle}), " ", this.count);
    this.jump = button("", () => {
      this.element.open = true;
      this.summary.focus();
      this.element.scrollIntoView({block: "nearest"});
    }, {class: "dti-ed-link", hidden: true, "data-control": "problems"});
    this.element = h("details.dti-ed-foldout", {open: true}, this.summary, this.note, this.list);
  }

  update() {
    const {ui} = this;
    const {words} = ui;
    const problems = ui.problems();
    const stale = ui.checked?.text !== ui.session.text && !this.checker.failed && !ui.session.broken;
    this.list.setAttribute("aria-busy", String(stale));
    const rows = problems.slice(0, SHOWN).map((/** @type {ServerProblem} */ problem) => ({problem, place: this.#place(problem)}));
    this.note.textContent = this.checker.failed ? words.notChecked : words.noProblems;
    this.note.hidden = problems.length > 0 && !this.checker.failed;
    const shown = JSON.stringify([problems.length, rows]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.count.textContent = String(problems.length);
    this.jump.textContent = fill(words.problemCount, {n: problems.length});
    this.jump.hidden = !problems.length;
    this.count.classList.toggle("is-none", !problems.length);
    const buttons = () => [...this.list.querySelectorAll("button")];
    const index = this.list.contains(document.activeElement) ? buttons().indexOf(document.activeElement) : -1;
    this.list.replaceChildren(...rows.map((/** @type {{problem: ServerProblem, place: string}} */ {problem, place}) => h("li", {class: problem.severity === "warning" ? "is-warning" : ""},
      button(place, () => ui.goTo({...problem, key: ui.entryOf(problem.at)?.key}), {class: "dti-ed-link"}), " ", h("span", {text: problem.message}), " ", h("small", {text: `(${problem.code})`}))));
    if (problems.length > SHOWN) this.list.append(h("li", {text: fill(words.moreProblems, {n: problems.length - SHOWN})}));
    if (index >= 0) (buttons()[index] ?? buttons()[0] ?? this.summary).focus();
  }

  /** @param {{at?: any, line?: number}} problem */
  #place({at, line}) {
    const {words} = this.ui;
    const entry = this.ui.entryOf(at);
    if (entry) return this.ui.info(entry).heading;
    return line ? fill(words.lineNumber, {n: line}) : words.wholeList;
  }
}
