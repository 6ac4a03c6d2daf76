// The pledge editor's page: what all its views share, and the ways to change the pledge.
import {fill} from "../studio/dom.js";
import {freeId, nextId, slug} from "../studio/ids.js";
import {Page, lineAt} from "../studio/page.js";
import {confirmVersion} from "./confirm.js";
import {addQuestion, addStatement, move, remove, setId} from "./edit.js";
import {questionOf, read, statementOf} from "./pledge.js";

/** @type {Record<string, string>} */
const STEMS = {affirmation: "statement", field: "question"};
/** @type {Record<string, string>} */
const ADDED = {affirmation: "affirmation", field: "field"};

/** @extends {Page<Pledge>} */
export class PledgePage extends Page {
  /** @param {HTMLElement} root @param {EditorWords} words @param {any} data @param {Session<Pledge>} session */
  constructor(root, words, data, session) {
    super(root, words, data, session);
    this.checked = data.checked ? {...data.checked, text: session.text} : null; // the last answer of the server, and for which text
    this.format = {read, titleOf: (/** @type {Entry} */ entry) => this.title(entry), ordered: true};
  }

  /** An entry in words. @param {Entry} entry */
  title(entry) {
    const {words} = this;
    if (entry.kind === "affirmation") return this.short(statementOf(entry.piece)) || fill(words.affirmationNumber, {n: entry.number + 1});
    if (entry.kind === "field") return this.short(questionOf(entry.piece).label) || fill(words.fieldNumber, {n: entry.number + 1});
    return entry.kind === "other" ? fill(words.otherElement, {name: entry.id}) : words[entry.kind];
  }

  /** @param {any} place */
  info(place) {
    return {heading: place.heading ?? this.title(place)};
  }

  /** The problems as the server last said them; `at` is what one is about: an entry, {heading, setting}, or null. */
  problems() {
    if (this.session.broken) return [];
    return (this.checked?.problems ?? []).map((/** @type {ServerProblem} */ problem) => ({...problem, at: this.#about(problem)}));
  }

  /** @param {any} at */
  entryOf(at) {
    return at;
  }

  /** @param {Entry} entry */
  problemsOf(entry) {
    return this.problems().filter((/** @type {ServerProblem} */ problem) => problem.at?.key === entry.key);
  }

  /** @param {{where: string, line?: number, field?: string}} problem */
  #about({where, line, field}) {
    if (field) return {heading: where, setting: field};
    const {story, text} = this.session;
    const named = story.entries.filter((entry) => `${entry.kind} ${entry.id}`.trim() === where);
    if (named.length < 2 || this.checked.text !== text) return named[0] ?? null;
    return named.find((entry) => lineAt(text, story.span(entry.index).start) === line) ?? named[0];
  }

  // -- changes ---------------------------------------------------------------------------------------------------------------------

  /** Add a statement or question at the end of its list. @param {string} kind */
  add(kind) {
    const {story} = this.session;
    const make = kind === "field" ? addQuestion : addStatement;
    const {pledge, key} = this.markNew(make(story, nextId(story.ids(kind), STEMS[kind])));
    this.act(fill(this.words.added, {title: this.words[ADDED[kind]]}), () => pledge);
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
    this.act(fill(this.words.removed, {title}), (pledge) => remove(pledge, key), "", true);
  }

  useStarter() {
    const {session, words, data} = this;
    session.replaceAll(data.starter, session.settings, {label: words.usedStarter});
    this.offerUndo(words.usedStarter);
    this.panel.focus("preamble");
  }

  /** The id of a question follows its label while it is new. @param {Scope} scope @param {string} label */
  nameAfter(scope, label) {
    const {story} = this.session;
    const made = slug(label);
    const base = /^[a-z]/.test(made) ? made : made && `q-${made}`;
    const entry = story.entry(scope.key);
    if (!base || !entry || base === entry.id || !this.isFresh(scope.key)) return;
    this.#rename(scope, freeId(this.#taken(entry), base));
  }

  /** Give a question another id; returns a sentence when it cannot have it. @param {Scope} scope @param {string} id */
  nameIt(scope, id) {
    const entry = this.session.story.entry(scope.key);
    if (!/^[a-z][a-z0-9-]{0,49}$/.test(id)) return this.words.unusableId;
    if (this.#taken(entry).has(id)) return this.words.takenId;
    this.#rename(scope, id);
    return "";
  }

  /** @param {Entry} entry */
  #taken(entry) {
    const ids = this.session.story.ids("field");
    ids.delete(entry.id);
    return ids;
  }

  /** @param {Scope} scope @param {string} id */
  #rename(scope, id) {
    this.rename(this.words.renamed, (story) => {
      const {pledge, key} = setId(story, scope.key, id);
      return {story: pledge, key};
    }, scope);
  }

  // -- saving and going to places --------------------------------------------------------------------------------------------------

  /** See `Keeper`: what the author says to a new version of the wording. @param {any} asked */
  confirm(asked) {
    return confirmVersion(this, asked);
  }

  /** The place of a line of the saved text; null where the text is another by now. @param {string} text @param {number} line */
  atLine(text, line) {
    const place = this.placeOfLine(text, line);
    return place && {at: place.entry, line};
  }

  /** Go to a field of the settings. One that is hidden stands behind the list to choose from. @param {string} name */
  showSetting(name) {
    this.tabs.show("settings");
    const field = this.form.elements[name];
    const shown = field?.getClientRects().length ? field : this.form.querySelector("[data-control=gate]");
    shown?.focus();
  }

  /** Go to a field, or where there is none, to a line of the text. @param {{at: any, line: number}} options */
  goTo({at, line}) {
    if (at?.setting) return this.showSetting(at.setting);
    if (!at || at.kind === "other") return this.showLine(line);
    this.showVisual();
    return this.panel.focusRow(at.key);
  }
}
