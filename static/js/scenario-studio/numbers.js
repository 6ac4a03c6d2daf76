// The story's numbers, in a fold-out.
import {statisticsOf} from "./statistics.js";
import {h, fill} from "../studio/dom.js";

export class Numbers {
  /** @param {ScenarioPage} ui */
  constructor(ui) {
    this.ui = ui;
    this.list = h("dl.dti-ed-numbers");
    this.element = h("details.dti-ed-foldout", {}, h("summary", {}, h("h3", {text: ui.words.numbers})), this.list);
    this.element.addEventListener("toggle", () => this.update());
  }

  update() {
    if (!this.element.open) return;
    const {words, session} = this.ui;
    const found = statisticsOf(session.story, session.settings.score_by || "choices");
    const longest = found.longest === null ? words.none : found.exact ? found.longest : fill(words.atLeastNumber, {n: found.longest});
    const rows = [
      [words.scenes, found.scenes],
      [words.choices, found.choices],
      [words.endings, fill(words.endingsReached, {n: found.endings, reached: found.reachedEndings})],
      [words.wordsCount, found.words.toLocaleString(document.documentElement.lang || undefined)],
      [words.shortestPath, found.shortest ?? words.none],
      [words.longestPath, longest],
      [words.pointsPossible, found.points ?? words.pointsAtSave],
    ];
    this.list.replaceChildren(...rows.map(([term, value]) => h("div", {}, h("dt", {text: term}), h("dd", {text: String(value)}))));
  }
}
