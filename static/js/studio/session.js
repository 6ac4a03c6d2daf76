// What is being edited: the story, the settings, what is selected, and all that was before. Views listen and draw.
import {History} from "./history.js";
import {XmlError} from "./xml.js";

/** @param {any} one @param {any} other */
const sameSettings = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** @template {Pieces} [S=any] */
export class Session {
  /** @type {((event: SessionEvent) => void)[]} */
  #listeners = [];
  /** @type {string[]} */
  #order = [];
  /** @type {any} */
  #dropped = null; // broken text that undo took back; redo brings it again
  #read;
  #carried;

  /**
   * `format` is the kind of content: `read(text, previous)` makes the story of a text; `carried(pending, before, after)`, where fields
   * may hold text that is no XML, gives their places in a changed story.
   * @param {string} content @param {Settings} settings @param {{read: Format["read"], carried?: Format["carried"]}} format
   */
  constructor(content, settings, {read, carried = (pending) => pending}) {
    this.#read = read;
    this.#carried = carried;
    /** @type {{text: string, error: XmlError} | null} */
    this.broken = null; // OLX that is no XML: {text, error}; the story is then the last one that was
    this.pending = new Map(); // fields whose text is no XML, and so is not in the story: "entry key|field" -> text
    /** @type {Selected} */
    this.selection = {key: null, choice: null};
    let story = read("");
    try {
      story = read(content);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      this.broken = {text: content, error};
    }
    this.history = new History({story, settings});
    this.saved = {text: content, settings};
    this.#choose(story.start?.key ?? null);
  }

  /** @returns {S} */
  get story() {
    return this.history.state.story;
  }

  get settings() {
    return this.history.state.settings;
  }

  /** The OLX as it would be saved. */
  get text() {
    return this.broken ? this.broken.text : this.story.text;
  }

  get dirty() {
    return this.pending.size > 0 || this.text !== this.saved.text || !sameSettings(this.settings, this.saved.settings);
  }

  /**
   * `listener(event)`: {story, selection, settings, broken: what has changed, origin, focus, renamed}.
   * @param {(event: SessionEvent) => void} listener
   */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /** @param {SessionEvent} event */
  emit(event) {
    for (const listener of this.#listeners) listener(event);
  }

  /**
   * Take a change in. `label` says what it is, in words; `merge` joins it to the step before; `select` selects an entry;
   * `origin` is who made it; `focus` the field that should have the focus afterwards; `renamed` {from, to} keys of an entry.
   * @param {Pieces} story
   * @param {any} options
   */
  commit(story, {label, merge = "", select = null, origin = "", focus = "", renamed = null}) {
    if (this.broken) return false;
    const before = this.story;
    if (story === before && !select) return false;
    this.#dropped = null;
    if (renamed) this.#carry(renamed);
    else this.pending = this.#carried(this.pending, before, story);
    if (story !== before) this.history.push({story, settings: this.settings}, {label, merge, where: select ?? this.selection});
    const moved = select ? this.#choose(select.key, select.choice ?? null) : this.#keepSelection(renamed);
    this.emit({story: story !== before, selection: moved, origin, focus, renamed});
    return true;
  }

  /** @param {Settings} settings @param {{label: string, merge?: string, origin?: string}} options */
  setSettings(settings, {label, merge = "", origin = ""}) {
    if (sameSettings(settings, this.settings)) return;
    this.history.push({story: this.story, settings}, {label, merge, where: this.selection});
    this.emit({settings: true, origin});
  }

  /**
   * The whole text anew, well-formed or not; the author types it, opens a file, or starts from another scenario.
   * @param {string} text @param {{label: string, merge?: string, origin?: string}} options
   */
  setText(text, {label, merge = "", origin = ""}) {
    const wasBroken = Boolean(this.broken);
    this.#dropped = null;
    try {
      const story = this.#read(text, this.story);
      this.broken = null;
      this.pending = this.#carried(this.pending, this.story, story);
      if (story !== this.story) this.history.push({story, settings: this.settings}, {label, merge, where: this.selection});
      this.emit({story: true, selection: this.#keepSelection(null), broken: wasBroken, origin});
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      this.broken = {text, error};
      this.emit({broken: true, origin});
    }
  }

  /**
   * Text and settings anew, as one step: an opened file, a restored draft, somebody else's version.
   * @param {string} text @param {Settings} settings @param {{label: string, pending?: any}} options
   */
  replaceAll(text, settings, {label, pending = []}) {
    if (sameSettings(settings, this.settings)) this.setText(text, {label});
    else {
      let story = this.story;
      try {
        story = this.#read(text, this.story);
        this.broken = null;
      } catch (error) {
        if (!(error instanceof XmlError)) throw error;
        this.broken = {text, error};
      }
      this.history.push({story, settings}, {label, where: this.selection});
      this.emit({story: true, settings: true, broken: true, selection: this.#keepSelection(null)});
    }
    if (pending.length) {
      this.pending = new Map(pending);
      this.emit({story: true});
    }
  }

  /** Give up text that is no XML and go back to the last story that was. */
  dropBroken() {
    this.broken = null;
    this.emit({story: true, broken: true, selection: this.#keepSelection(null)});
  }

  get canUndo() {
    return this.broken ? this.text !== this.saved.text : this.history.canUndo;
  }

  get canRedo() {
    return Boolean(this.#dropped) || this.history.canRedo;
  }

  /** Back by one step. Text that is no XML is a step of its own, `brokenLabel` its name. */
  undo(brokenLabel = "") {
    if (!this.broken) {
      const from = this.story;
      return this.#travel(this.history.undo(), from);
    }
    if (!this.canUndo) return null; // it came like that
    const dropped = this.broken;
    this.dropBroken();
    this.#dropped = {...dropped, label: brokenLabel};
    this.emit({origin: "history"});
    return {label: brokenLabel};
  }

  redo() {
    if (!this.#dropped) {
      const from = this.story;
      return this.#travel(this.history.redo(), from);
    }
    const {text, error, label} = this.#dropped;
    this.#dropped = null;
    this.broken = {text, error};
    this.emit({broken: true, origin: "history"});
    return {label};
  }

  /** The label of what undo would take back and of what redo would bring; "" for broken text. */
  get undoLabel() {
    return this.broken ? "" : this.history.steps[this.history.at].label;
  }

  get redoLabel() {
    return this.#dropped ? this.#dropped.label : this.history.steps[this.history.at + 1].label;
  }

  /** The settings that are not as they were saved. */
  get changedSettings() {
    return Object.fromEntries(Object.entries(this.settings).filter(([name, value]) => value !== this.saved.settings[name]));
  }

  /** Select an entry, or a form of the content's own. @param {Key} key @param {any} [choice] @param {string} [focus] */
  select(key, choice = null, focus = "") {
    this.history.settle();
    const moved = this.#choose(key, choice);
    this.emit({selection: moved, chosen: true, focus});
  }

  /**
   * The story was saved as it was when `text` was sent; `content` is what the server made of it, where that is different.
   * @param {string} text @param {Settings} settings @param {string} content
   */
  markSaved(text, settings, content) {
    this.saved = {text: content ?? text, settings};
    if (content !== undefined && content !== text && this.text === text) this.setText(content, {label: "", origin: "server"});
    else this.emit({savedState: true});
  }

  /** @param {string} field @param {any} text */
  setPending(field, text) {
    if (text === null) this.pending.delete(field);
    else this.pending.set(field, text);
    this.emit({pendingState: true, origin: "typing"});
  }

  /** @param {any} step @param {any} from */
  #travel(step, from) {
    if (!step) return null;
    this.broken = null;
    this.#dropped = null;
    this.pending = this.#carried(this.pending, from, this.story);
    const where = step.where?.key && this.#exists(step.where.key) ? step.where : this.selection;
    const moved = this.#exists(where.key) ? this.#choose(where.key, where.choice) : this.#keepSelection(null);
    this.emit({story: true, settings: true, broken: true, selection: moved, origin: "history"});
    return step;
  }

  /** @param {Key} key */
  #exists(key) {
    return this.story.has(key);
  }

  /** @param {Key} key @param {any} [choice] */
  #choose(key, choice = null) {
    const moved = this.selection.key !== key || this.selection.choice !== choice;
    this.selection = {key: key ?? null, choice};
    this.#order = this.story.selectable.map((entry) => entry.key);
    return moved;
  }

  /** What is selected after a change: the same, renamed, or the one that stood before what is gone. @param {any} renamed */
  #keepSelection(renamed) {
    if (renamed && this.selection.key === renamed.from) {
      this.#choose(renamed.to, this.selection.choice); // the same one under another name
      return false;
    }
    if (this.#exists(this.selection.key)) {
      this.#order = this.story.selectable.map((entry) => entry.key);
      return false;
    }
    const was = this.#order.indexOf(this.selection.key ?? "");
    const near = this.#order.slice(0, Math.max(was, 0)).reverse().find((key) => this.#exists(key));
    return this.#choose(near ?? this.story.selectable[0]?.key ?? null);
  }

  /** @param {{from: string, to: string}} options */
  #carry({from, to}) {
    for (const [field, text] of [...this.pending]) {
      if (field.startsWith(`${from}|`)) {
        this.pending.delete(field);
        this.pending.set(to + field.slice(from.length), text);
      }
    }
  }
}
