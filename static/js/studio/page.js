// What the pages of our editors share: words, ids, ways to make a change, to say what was done and to take it back.
import {fill, h, button, takesKeys} from "./dom.js";
import {placeOf} from "./xml.js";

/** A page gets `panel` (the form, with `focus(key)`) with its views, and the rest by `attach`. @template {Pieces} [S=any] */
export class Page {
  #serial = 0;
  #fresh = new Set();
  #pressed = false;
  /** @type {(() => void)[]} */
  #waiting = [];

  /** @param {HTMLElement} root @param {EditorWords} words @param {any} data @param {Session<S>} session */
  constructor(root, words, data, session) {
    this.root = root;
    this.words = words;
    this.data = data;
    this.session = session;
    /** @type {any} */
    this.panel = null;
    /** @type {any} */
    this.tabs = null;
    /** @type {any} */
    this.text = null;
    this.visual = "";
    /** @type {(target: Element) => void} */
    this.reveal = () => {};
    /** @type {any} */
    this.format = null; // a `Format`, with what entries are called
    /** @type {HTMLFormElement} */
    this.form = root.querySelector("form");
    this.uid = this.form.querySelector("textarea").id.replace(/-content$/, "");
    this.dialogs = h("div");
    this.voice = h("div.dti-sr", {"aria-live": "polite"});
    this.notice = h("span.dti-ed-notice", {role: "status"});
    const released = () => {
      this.#pressed = false;
      if (this.#waiting.length) setTimeout(() => this.#waiting.splice(0).forEach((work) => work()));
    };
    root.addEventListener("pointerdown", () => {
      this.#pressed = true;
      for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, released, {once: true, capture: true});
    }, true);
    session.listen((event) => {
      if (event.renamed && this.#fresh.has(event.renamed.from)) this.#fresh.add(event.renamed.to);
    });
  }

  /**
   * Do `work` soon, but not while a button is being pressed: what moves under the pointer is no longer clicked.
   * @param {() => void} work
   */
  afterPointerUp(work) {
    if (this.#pressed) this.#waiting.push(work);
    else setTimeout(work);
  }

  /**
   * The tabs and the view of the text stand: `visual` is the name of the other tab with content; `reveal` shows what is for the
   * advanced.
   * @param {{tabs: ReturnType<typeof import("./tabs.js").makeTabs>, text: import("./text-view.js").TextView, visual: string, reveal: (target: Element) => void}} options
   */
  attach({tabs, text, visual, reveal}) {
    this.tabs = tabs;
    this.reveal = reveal;
    this.text = text;
    this.visual = visual;
  }

  /** What was typed a moment ago counts now. */
  flush() {
    this.text.flush();
  }

  showVisual() {
    this.tabs.show(this.visual);
  }

  /**
   * Go to the text, and mark what stands from `start` to `end`; null marks nothing.
   * @param {{start: number, end: number} | null} span
   */
  showSpan(span) {
    this.tabs.show("text");
    this.text.area.focus();
    if (span) this.text.mark(span.start, span.end);
  }

  /** Go to a line of the text; without a number to the text as it is. @param {number} line */
  showLine(line) {
    this.showSpan(line ? spanOfLine(this.session.text, line) : null);
  }

  /**
   * Where a line of the saved text stands, and the entry in it, as {start, end, entry}; null where the text is another by now.
   * @param {string} text @param {number} line
   */
  placeOfLine(text, line) {
    if (text !== this.session.text) return null;
    const {start, end} = spanOfLine(text, line);
    return {start, end, entry: this.session.story.entryAt(end - 1)};
  }

  /** Problems that the server found in `text`, in words of the form's own. @param {ServerProblem[]} problems @param {string} _text */
  worded(problems, _text) {
    return problems;
  }

  /** @param {string} name */
  id(name) {
    return `${this.uid}-${name.replace(/[^\w-]/g, "_")}`;
  }

  serial() {
    this.#serial += 1;
    return this.#serial;
  }

  /** @param {string} text @param {number} [most] */
  short(text, most = 60) {
    return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
  }

  /** @param {string} text @param {XmlError} error */
  xmlMessage(text, error) {
    const {line, column} = placeOf(text, error.offset);
    return fill(this.words.xml[error.code] ?? this.words.xml.tag, {name: error.about, line, column});
  }

  /** @param {string} text */
  announce(text) {
    this.voice.textContent = "";
    setTimeout(() => {
      this.voice.textContent = text;
    }, 50);
  }

  /** Say what was done, with a button that takes it back. @param {string} text */
  offerUndo(text) {
    this.notice.replaceChildren(h("span", {text: this.short(text, 90)}), button(this.words.undo, () => {
      this.undo();
    }));
  }

  // -- changes ---------------------------------------------------------------------------------------------------------------------

  /**
   * A change by typing in the field `field`: steps of the same field are one. `edit(story)` gives the new story.
   * @param {Scope} scope @param {any} field @param {(story: any) => any} edit
   */
  type(scope, field, edit) {
    this.session.commit(edit(this.session.story), {label: this.words.edited, merge: `${scope.key}|${field}`, origin: "typing"});
  }

  /**
   * A change by a button. `gone`: something was deleted, offer to take it back.
   * @param {string} label @param {(story: any) => any} edit @param {string} [focus] @param {any} [gone]
   * @param {any} [select]
   */
  act(label, edit, focus = "", gone = false, select = null) {
    this.session.history.settle();
    this.notice.replaceChildren();
    const done = this.session.commit(edit(this.session.story), {label, select, origin: "form", focus});
    if (!done) return;
    if (gone) this.offerUndo(label);
    else this.announce(label);
  }

  /**
   * An id has changed: `edit(story)` gives {story, key}. The form goes on under the new key.
   * @param {string} label @param {(story: any) => any} edit @param {Scope} scope
   */
  rename(label, edit, scope) {
    const {story, key} = edit(this.session.story);
    const from = scope.key;
    this.session.commit(story, {label, origin: "typing", renamed: {from, to: key}});
    this.announce(label);
  }

  /** Remember that an entry was made in this sitting. @param {any} result */
  markNew(result) {
    this.#fresh.add(result.key);
    return result;
  }

  /** @param {Key} key */
  isFresh(key) {
    return this.#fresh.has(key);
  }

  undo() {
    this.#travelled(this.session.undo(this.words.editedText), this.words.undone, this.words.nothingToUndo);
  }

  redo() {
    this.#travelled(this.session.redo(), this.words.redone, this.words.nothingToRedo);
  }

  /** @param {any} step @param {string} done @param {string} nothing */
  #travelled(step, done, nothing) {
    const inNotice = this.notice.contains(document.activeElement);
    this.notice.replaceChildren();
    this.announce(step ? fill(done, {what: step.label}) : nothing);
    if (inNotice) this.panel.focus("heading");
  }

  /** @param {any} before */
  focusBack(before) {
    if (before?.isConnected && before !== document.body && before.getClientRects().length) before.focus();
    else this.panel.focus("heading");
  }
}

/** The number of the line in which `offset` stands, from 1. @param {string} text @param {number} offset */
export function lineAt(text, offset) {
  return text.slice(0, offset).split("\n").length;
}

/** @param {string} text @param {number} line */
function spanOfLine(text, line) {
  let start = 0;
  for (let number = 1; number < line; number += 1) start = text.indexOf("\n", start) + 1;
  const end = text.indexOf("\n", start);
  return {start, end: end < 0 ? text.length : end};
}

/**
 * Scroll what gets the focus out from behind `foot`, which sticks to the end of the window: a browser takes it for free space.
 * @param {Page} ui @param {HTMLElement} foot
 */
export function keepInSight(ui, foot) {
  ui.root.addEventListener("focusin", ({target}) => {
    if (foot.contains(target) || target.closest("dialog")) return;
    ui.afterPointerUp(() => {
      const box = target.getBoundingClientRect();
      const end = foot.getBoundingClientRect().top;
      if (document.activeElement !== target || box.bottom <= end) return;
      if (box.height < end - 40) target.scrollIntoView({block: "nearest"}); // the style sheet's scroll-margin is for this
      else if (box.top > end - 40) target.scrollIntoView({block: "start"});
    });
  });
}

/** Show the values of `settings` in the form. @param {HTMLFormElement} form @param {Settings} settings */
export function showSettings(form, settings) {
  for (const [name, value] of Object.entries(settings)) {
    const field = form.elements[name];
    if (!field) continue;
    if (field.type === "checkbox") field.checked = Boolean(value);
    else if (field.value !== String(value ?? "")) field.value = value ?? "";
  }
}

/** Keys that work everywhere on the page. @param {AnyEvent} event @param {Page} ui @param {import("./keeper.js").Keeper} keeper */
export function shortcut(event, ui, keeper) {
  const {target} = event;
  // a line break in a field of a form would send it
  if (event.key === "Enter" && target.tagName === "INPUT" && !["submit", "button", "file"].includes(target.type)) event.preventDefault();
  if (event.key === "Escape" && ui.session.dirty) event.stopPropagation(); // Studio's dialog stays open over unsaved work
  if (!(event.ctrlKey || event.metaKey) || event.altKey || target.closest("dialog")) return;
  const key = event.key.toLowerCase();
  const undo = key === "z" && !event.shiftKey;
  const redo = key === "y" || (key === "z" && event.shiftKey);
  const typing = takesKeys(target) && target.tagName !== "SELECT";
  if ((undo || redo) && !typing) {
    event.preventDefault();
    if (undo) ui.undo();
    else ui.redo();
  } else if (key === "s") {
    event.preventDefault();
    keeper.save();
  }
}
