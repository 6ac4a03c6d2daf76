// The review editor's page: its problems, and the ways to what they are about.
import {fill} from "../studio/dom.js";
import {Page} from "../studio/page.js";
import {read} from "./review.js";

/** @extends {Page<Pieces>} */
export class ReviewPage extends Page {
  /** @param {HTMLElement} root @param {EditorWords} words @param {any} data @param {Session} session */
  constructor(root, words, data, session) {
    super(root, words, data, session);
    this.checked = data.checked ? {...data.checked, text: session.text} : null; // the last answer of the server, and for which text
    this.format = {read, titleOf: (/** @type {Entry} */ entry) => this.info(entry).heading, ordered: true};
  }

  /** An entry in words. @param {Entry} entry */
  info(entry) {
    return {heading: entry.kind === "prompt" ? this.words.prompt : fill(this.words.otherElement, {name: entry.piece.element.name})};
  }

  /** The problems as the server last said them; `at` is the entry at their line, null for none. */
  problems() {
    const {session, checked} = this;
    if (session.broken || !checked) return [];
    return checked.problems.map((/** @type {ServerProblem} */ problem) => ({...problem, at: problem.line ? this.placeOfLine(checked.text, problem.line)?.entry ?? null : null}));
  }

  /** @param {any} at */
  entryOf(at) {
    return at;
  }

  /** The place of a line of the saved text; null where the text is another by now. @param {string} text @param {number} line */
  atLine(text, line) {
    const place = this.placeOfLine(text, line);
    return place && {at: place.entry, line};
  }

  /** Go to the question, or where a problem is of something else, to its line. @param {{at: any, line: number}} options */
  goTo({at, line}) {
    if (line && at?.kind !== "prompt") return this.showLine(line);
    this.showVisual();
    return this.panel.focus("prompt");
  }
}
