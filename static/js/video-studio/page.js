// The film editor's page: what is selected, its problems, and the ways to what they are about.
import {fill} from "../studio/dom.js";
import {nextId} from "../studio/ids.js";
import {Page} from "../studio/page.js";
import {words as wordsOf} from "../studio/xml.js";
import {stillXml, inserted, nextLanguage, questionXml, remove, setAttribute, tapeXml} from "./edit.js";
import {attributeOf, clockText, named, read, timeOf} from "./film.js";

const TAPE = 10; // seconds of a new tape

/** The words of an element, "" for none. @param {string} raw @param {XmlNode | undefined} node */
const said = (raw, node) => (node ? wordsOf(raw, node).trim().replace(/\s+/g, " ") : "");

/** @extends {Page<import("./film.js").Film>} */
export class VideoPage extends Page {
  /** @param {HTMLElement} root @param {EditorWords} words @param {any} data @param {Session<import("./film.js").Film>} session */
  constructor(root, words, data, session) {
    super(root, words, data, session);
    this.checked = data.checked ? {...data.checked, text: session.text} : null; // the last answer of the server, and for which text
    this.format = {read, titleOf: (/** @type {Entry} */ entry) => this.title(entry), ordered: true};
  }

  /** An entry in words. @param {Entry} entry */
  title(entry) {
    const {words} = this;
    if (entry.kind === "other") return fill(words.otherElement, {name: entry.piece.element.name});
    if (entry.kind === "film") return words.film;
    if (entry.kind === "captions") return fill(words.captionsNamed, {lang: entry.id || "?"});
    return fill(words.mark, {what: this.nameOf(entry), time: clockText(timeOf(entry.piece.element, "at"))});
  }

  /** The same without its time. @param {Entry} entry */
  nameOf(entry) {
    const {raw, element} = entry.piece;
    const shown = entry.kind === "still" ? attributeOf(entry, "alt") : said(raw, named(element, "prompt")[0]);
    return shown ? `${this.words[entry.kind]}: ${this.short(shown, 40)}` : this.words[entry.kind];
  }

  /** @param {Entry} entry */
  info(entry) {
    return {heading: this.title(entry)};
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

  /** Go to what a problem is about: its form, or where there is none, its line. @param {{at: any, line: number}} options */
  goTo({at, line}) {
    if (!at || at.kind === "other") return this.showLine(line);
    this.showVisual();
    return this.session.select(at.key, null, "heading");
  }

  // -- changes ---------------------------------------------------------------------------------------------------------------------

  /** Put a question, tape or still at `time`, a language's captions, or the film. @param {string} kind @param {number} time */
  add(kind, time) {
    const {story} = this.session;
    const {words} = this;
    const end = story.seconds || time + TAPE;
    const makers = /** @type {Record<string, () => string>} */ ({
      question: () => questionXml(nextId(story.ids, "question"), time, words),
      tape: () => tapeXml(nextId(story.ids, "tape"), Math.min(time, Math.max(0, end - 1)), Math.min(end, time + TAPE), words),
      still: () => stillXml(time),
      captions: () => `<captions lang="${nextLanguage(story)}" src="/static/"/>`,
      film: () => '<film src="/static/" seconds="60"/>',
    });
    const made = this.markNew(inserted(story, kind, makers[kind]()));
    this.act(fill(words.added, {title: words[kind]}), () => made.film, "heading", false, {key: made.key});
  }

  /** @param {Key} key */
  remove(key) {
    const title = this.title(this.session.story.entry(key));
    this.act(fill(this.words.removed, {title}), (film) => remove(film, key), "list", true);
  }

  /** Give a question or tape another id; returns a sentence when it cannot have it. @param {Scope} scope @param {string} id */
  nameIt(scope, id) {
    const {story} = this.session;
    const ids = story.ids;
    ids.delete(story.entry(scope.key).id);
    if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(id)) return this.words.unusableId;
    if (ids.has(id)) return this.words.takenId;
    const {kind} = story.entry(scope.key);
    this.rename(this.words.renamed, (film) => ({story: setAttribute(film, scope.key, [], "id", id), key: `${kind}:${id}`}), scope);
    return "";
  }
}
