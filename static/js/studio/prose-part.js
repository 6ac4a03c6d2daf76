// A field for a text of prose that is an element of its own, such as an introduction.
import {button, h} from "./dom.js";
import {GROWS, field} from "./fields.js";
import {lineAt} from "./page.js";
import {olx, shorthand} from "./prose.js";

/** The inside of an element; "" for none. @param {Entry | null} entry */
export function innerOf(entry) {
  if (!entry) return "";
  const {element, raw} = entry.piece;
  return raw.slice(element.openEnd, element.innerEnd);
}

/** The text of the one element of a kind. Where the shorthand cannot say what stands there it is left to the Text tab. */
export class Prose {
  /** @type {string | null} */
  #known = null; // the OLX that is shown
  /** @type {any} */
  #short = null;

  /**
   * `words[kind]` is the label, `words[kind + "Help"]` the help; `set(story, xml)` gives the story with another inside, none for "".
   * @param {any} ui @param {string} kind @param {number} rows @param {(story: any, xml: string) => any} set
   */
  constructor(ui, kind, rows, set) {
    this.ui = ui;
    this.set = set;
    this.kind = kind;
    this.rows = rows;
    const {words} = ui;
    this.key = kind; // of the steps that typing makes
    this.control = h("textarea", {rows, spellcheck: "true", dir: "auto"});
    this.field = field(ui, {key: kind, label: words[kind], control: this.control, help: `${words[`${kind}Help`]} ${words.proseHelp}`, wide: true});
    this.note = h("div.dti-ed-note", {hidden: true}, h("p", {text: words.onlyOlx}), button(words.editInText, () => this.#toText(), {"data-control": `${kind}.text`}));
    this.element = h("div", {}, this.field, this.note);
    this.control.addEventListener("input", () => this.#write());
  }

  show() {
    const raw = innerOf(this.#entry());
    if (raw === this.#known) return;
    this.#known = raw;
    this.#short = shorthand(raw);
    this.note.hidden = Boolean(this.#short);
    this.control.readOnly = !this.#short;
    this.control.classList.toggle("dti-ed-olx", !this.#short);
    this.control.value = this.#short ? this.#short.text : raw;
    if (!GROWS) this.control.rows = Math.min(16, Math.max(this.rows, Math.ceil(this.control.value.length / 60) + this.control.value.split("\n").length));
  }

  #write() {
    const xml = this.control.value.trim() ? olx(this.control.value, this.#short.layout) : "";
    this.#known = xml;
    this.ui.type(this, "prose", (/** @type {any} */ story) => this.set(story, xml));
  }

  #toText() {
    const {text, story} = this.ui.session;
    this.ui.showLine(lineAt(text, story.span(this.#entry().index).start));
  }

  #entry() {
    return this.ui.session.story.of(this.kind)[0] ?? null;
  }
}
