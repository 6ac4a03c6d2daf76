// The activity editor's page: what all its views share, and the ways to change the activity.
import {fill} from "../studio/dom.js";
import {nextId} from "../studio/ids.js";
import {Page, lineAt} from "../studio/page.js";
import {words as wordsIn} from "../studio/xml.js";
import {partOf, read} from "./activity.js";
import {add, move, remove} from "./edit.js";

/** @extends {Page<any>} */
export class ActivityPage extends Page {
  /** @param {HTMLElement} root @param {EditorWords} words @param {any} data @param {Session} session */
  constructor(root, words, data, session) {
    super(root, words, data, session);
    this.checked = data.checked ? {...data.checked, text: session.text} : null; // the last answer of the server, and for which text
    this.format = {read, titleOf: (/** @type {Entry} */ entry) => this.title(entry), ordered: true};
  }

  /** The kind of the activity. @returns {string} */
  get kind() {
    return /** @type {any} */ (this.session.settings).activity;
  }

  /** Whether the kind makes something of a part of the form. @param {string} part */
  uses(part) {
    return (this.data.uses[this.kind] ?? []).includes(part);
  }

  /** An entry in words. @param {Entry} entry */
  title(entry) {
    const {words} = this;
    const {piece} = entry;
    if (entry.kind === "card") return this.short(partOf(piece, "text").replace(/<[^>]*>/g, "")) || fill(words.cardNumber, {n: entry.number + 1});
    if (entry.kind === "group") return this.short(wordsIn(piece.raw, piece.element)) || fill(words.groupNumber, {n: entry.number + 1});
    return entry.kind === "other" ? fill(words.otherElement, {name: entry.id}) : words[entry.kind];
  }

  /** @param {any} place */
  info(place) {
    return {heading: place.heading ?? this.title(place)};
  }

  /** The problems as the server last said them; `at` is the entry that one is about, or null. */
  problems() {
    if (this.session.broken) return [];
    return (this.checked?.problems ?? []).map((/** @type {ServerProblem} */ problem) => ({...problem, at: this.#about(problem)}));
  }

  /** @param {any} at */
  entryOf(at) {
    return at;
  }

  /** @param {{where: string, line?: number}} problem */
  #about({where, line}) {
    const {story, text} = this.session;
    const named = story.entries.filter((/** @type {Entry} */ entry) => `${entry.kind} ${entry.id}`.trim() === where);
    if (named.length < 2 || this.checked.text !== text) return named[0] ?? null;
    return named.find((/** @type {Entry} */ entry) => lineAt(text, story.span(entry.index).start) === line) ?? named[0];
  }

  /** Add a card or group at the end of its list. @param {string} kind */
  add(kind) {
    const {story} = this.session;
    const {row, key} = this.markNew(add(story, kind, nextId(story.ids(kind), kind)));
    this.act(fill(this.words.added, {title: this.words[kind]}), () => row);
    this.panel.focusRow(key);
  }

  /** @param {Key} key @param {any} to */
  moveTo(key, to) {
    const {session, words} = this;
    const entry = session.story.entry(key);
    const title = this.title(entry);
    const made = move(session.story, key, to);
    if (made === session.story) return this.announce(fill(to < entry.number ? words.firstAlready : words.lastAlready, {title}));
    session.history.settle();
    this.notice.replaceChildren();
    session.commit(made, {label: fill(words.movedLabel, {title}), origin: "form"});
    return this.announce(fill(words.moved, {title, n: made.entry(key).number + 1, all: made.of(entry.kind).length}));
  }

  /** @param {Key} key */
  remove(key) {
    const title = this.title(this.session.story.entry(key));
    this.act(fill(this.words.removed, {title}), (activity) => remove(activity, key), "", true);
  }

  /** Make it an activity of another kind. @param {string} kind */
  become(kind) {
    const {session, words} = this;
    session.setSettings({...session.settings, activity: kind}, {label: words.editedSettings});
  }

  /** The place of a line of the saved text; null where the text is another by now. @param {string} text @param {number} line */
  atLine(text, line) {
    const place = this.placeOfLine(text, line);
    return place && {at: place.entry, line};
  }

  /** Go to a row or field, or where there is none, to a line of the text. @param {{at: any, line: number}} options */
  goTo({at, line}) {
    if (at?.kind === "other") return this.showLine(line);
    this.showVisual();
    return at ? this.panel.focusRow(at.key) : this.panel.focus("kind");
  }
}
