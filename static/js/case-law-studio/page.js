// The case-law editor's page: what all its views share, and the ways to change the list.
import {fill} from "../studio/dom.js";
import {freeId, slug} from "../studio/ids.js";
import {Page} from "../studio/page.js";
import {add, addOwn, move, remove, setAttribute} from "./edit.js";
import {dataOf} from "./entry.js";
import {read} from "./list.js";

/** @extends {Page<List>} */
export class CaseLawPage extends Page {
  /** @type {{key: string, left: Set<string>} | null} */
  #begun = null; // the authority that was begun and is still selected: {key, left: the fields that were in use}

  /** @param {HTMLElement} root @param {EditorWords} words @param {any} data @param {Session<List>} session */
  constructor(root, words, data, session) {
    super(root, words, data, session);
    this.slugs = new Set(data.slugs);
    this.known = new Map(); // rows by name, as the server last said them
    this.library = new Map(); // the library's texts by name; null for what it has not
    /** @type {any} */
    this.checked = null; // the last answer on the whole list: {rows, problems}, and for which text: {text}
    /** @type {any} */
    this.about = null; // the last answer on the selected entry
    this.format = {read, titleOf: (/** @type {Entry} */ entry) => this.info(entry).heading, ordered: true};
    session.listen((event) => this.#follow(event));
    for (const set of Object.values(data.modules)) {
      for (const [name, heading] of set) this.known.set(name, {name, heading, citation: "", kind: "", topics: [], modules: [], flags: []});
    }
    if (data.checked) this.take({...data.checked, text: session.text});
  }

  /** Take in what the server says of the list. @param {any} checked */
  take(checked) {
    this.checked = checked;
    for (const row of checked.rows) this.known.set(row.name, row);
  }

  /** An entry as a line of the list, as far as it is known by now. @param {Entry} entry */
  info(entry) {
    if (entry.kind !== "authority") return {name: "", heading: fill(this.words.otherElement, {name: entry.id}), citation: "", kind: "", topics: [], modules: [], flags: []};
    const fresh = this.checked?.text === this.session.text ? this.checked.rows[entry.number] : null;
    const row = fresh ?? this.known.get(entry.id);
    const {fields, kind, slug: own} = dataOf(entry.piece);
    const heading = row?.heading || fields.caption || entry.id || this.words.newOwn;
    return {name: entry.id, citation: fields.citation ?? "", kind, topics: [], modules: [], flags: own ? ["own"] : [], ...row, heading};
  }

  problems() {
    return this.session.broken ? [] : this.checked?.problems ?? [];
  }

  /** The entry that the server's last answer calls number `at`; null for none. The list may be another by now. @param {any} at */
  entryOf(at) {
    const {authorities} = this.session.story;
    if (at === null || !this.checked) return null;
    if (this.checked.text === this.session.text) return authorities[at] ?? null;
    return authorities.find((entry) => entry.id === this.checked.rows[at]?.name) ?? null;
  }

  /** @param {Entry} entry */
  problemsOf(entry) {
    return this.problems().filter((/** @type {ServerProblem} */ problem) => this.entryOf(problem.at)?.key === entry.key && !this.isTooSoon(problem, entry));
  }

  /**
   * True while nobody can yet expect of an authority that was just begun what it lacks. The list of problems has it all the same.
   * @param {ServerProblem} problem @param {any} entry
   */
  isTooSoon(problem, entry) {
    return problem.code === "CL011" && this.#begun?.key === entry.key && !this.#begun?.left.has(problem.field ?? "");
  }

  /** The author was at a field of an entry and is done with it. @param {Key} key @param {string} field */
  leaveField(key, field) {
    const begun = this.#begun;
    if (!begun || begun.key !== key || begun.left.has(field)) return;
    begun.left.add(field);
    this.afterPointerUp(() => this.session.emit({left: true}));
  }

  /** @param {any} options */
  #follow({renamed, savedState}) {
    if (!this.#begun) return;
    if (renamed?.from === this.#begun.key) this.#begun.key = renamed.to;
    if (savedState || this.session.selection.key !== this.#begun.key) this.#begun = null;
  }

  // -- changes ---------------------------------------------------------------------------------------------------------------------

  /** Add findings (rows) of the library. @param {Row[]} rows */
  addRows(rows) {
    const {session, words} = this;
    const {list, added} = add(session.story, rows.map((row) => row.name));
    for (const row of rows) if (!this.known.get(row.name)?.citation) this.known.set(row.name, row);
    if (!added.length) return this.announce(words.addedNone);
    session.history.settle();
    this.notice.replaceChildren();
    const title = rows.find((row) => row.name === added[0]).heading;
    const label = added.length === 1 ? fill(words.added, {title}) : fill(words.addedSome, {n: added.length});
    session.commit(list, {label, origin: "form"});
    if (added.length > 1) return this.offerUndo(label);
    return this.announce(fill(words.addedAt, {title, n: list.authorities.length}));
  }

  writeOwn() {
    const {words} = this;
    const {list, key} = this.markNew(this.#newOwn());
    this.#begun = {key, left: new Set()};
    this.act(fill(words.added, {title: words.newOwn}), () => list, "caption", false, {key});
  }

  #newOwn() {
    const {story} = this.session;
    return addOwn(story, freeId(new Set([...story.names, ...this.slugs]), "own"), "case");
  }

  /** @param {Key} key @param {any} to */
  moveTo(key, to) {
    const {session, words} = this;
    const entry = session.story.entry(key);
    const title = this.info(entry).heading;
    const made = /** @type {List} */ (move(session.story, key, to));
    if (made === session.story) return this.announce(fill(to < entry.number ? words.firstAlready : words.lastAlready, {title}));
    session.history.settle();
    this.notice.replaceChildren();
    session.commit(made, {label: fill(words.movedLabel, {title}), origin: "form"});
    return this.announce(fill(words.moved, {title, n: made.entry(key).number + 1, all: made.authorities.length}));
  }

  /** @param {Key} key */
  removeEntry(key) {
    const title = this.info(this.session.story.entry(key)).heading;
    this.act(fill(this.words.removed, {title}), (list) => remove(list, key), "", true);
  }

  /**
   * The name under which an authority of the author's own is found follows its caption while it is new.
   * @param {Scope} scope @param {string} caption
   */
  nameAfter(scope, caption) {
    const {story} = this.session;
    const base = slug(caption).slice(0, 90);
    const entry = story.entry(scope.key);
    if (!base || !entry || base === entry.id || !this.isFresh(scope.key)) return;
    this.rename(this.words.renamed, (list) => this.#renamed(list, scope.key, freeId(this.takenNames(entry), base)), scope);
  }

  /**
   * Give an authority of the author's own another name; returns a sentence when it cannot have it.
   * @param {Scope} scope @param {string} name
   */
  nameIt(scope, name) {
    const entry = this.session.story.entry(scope.key);
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || name.length > 100) return this.words.unusableId;
    if (this.takenNames(entry).has(name)) return this.words.takenId;
    this.rename(this.words.renamed, (list) => this.#renamed(list, scope.key, name), scope);
    return "";
  }

  /** @param {Entry} entry */
  takenNames(entry) {
    const names = new Set([...this.session.story.names, ...this.slugs]);
    names.delete(entry.id);
    return names;
  }

  /** @param {List} story @param {Key} key @param {string} name */
  #renamed(story, key, name) {
    const {list, key: now} = setAttribute(story, key, "slug", name);
    return {story: list, key: now};
  }

  // -- going to places -------------------------------------------------------------------------------------------------------------

  /** The place of a line of the saved text; null where the text is another by now. @param {string} text @param {number} line */
  atLine(text, line) {
    const place = this.placeOfLine(text, line);
    return place && {key: place.entry?.kind === "authority" ? place.entry.key : null, line};
  }

  /**
   * Go to the field of an authority or, where there is none, to a line of the text.
   * @param {{key: string, field?: string, line: number}} options
   */
  goTo({key, field = "", line}) {
    if (!key) return this.showLine(line);
    this.showVisual();
    this.leaveField(key, field);
    return this.session.select(key, null, field === "check" ? "check.question" : field || "heading");
  }
}
