// A row of a form: an entry of the content in its controls, with the ways to move it and to take it away. Rows stay the same elements
// while they move, so the focus can stay on their buttons.
import {button, fill, h} from "./dom.js";
import {GROWS} from "./fields.js";

/** A row. `key` is its entry's and changes with it; `name` begins the keys of its controls. */
export class Row {
  /** @param {any} ui @param {string} kind @param {Key} key @param {number} serial */
  constructor(ui, kind, key, serial) {
    this.ui = ui;
    this.kind = kind;
    this.key = key;
    /** @type {Piece | null} */
    this.piece = null;
    this.left = !ui.isFresh(key);
    this.name = `${kind}-${serial}`;
    /** @type {any} */
    this.first = null; // what gets the focus, see `build`
    this.body = h("div.dti-pls-body");
    this.problem = h("p.dti-ed-problem", {id: ui.id(`${this.name}.problems`), hidden: true});
    /** @param {any} control @param {any} sign @param {(event?: any) => unknown} press @param {string} [more] */
    const tool = (control, sign, press, more = "") => button(sign, press, {class: `dti-ed-tool ${more}`.trim(), "data-control": `${this.name}.${control}`});
    /** @param {number} by */
    const step = (by) => () => ui.moveTo(this.key, ui.session.story.entry(this.key).number + by);
    this.up = tool("up", "↑", step(-1));
    this.down = tool("down", "↓", step(1));
    this.gone = tool("remove", "×", () => ui.panel.removeRow(this), "dti-ed-danger");
    this.element = h("li.dti-cls-row.dti-pls-row", {},
      h("span.dti-cls-grip", {"aria-hidden": "true", title: ui.words.drag}), this.body, h("div.dti-ed-tools", {}, this.up, this.down, this.gone));
    this.element.addEventListener("focusout", ({relatedTarget}) => {
      if (this.left || this.element.contains(/** @type {Node | null} */ (relatedTarget))) return;
      this.left = true;
      ui.afterPointerUp(() => ui.panel.showProblems());
    });
  }

  /**
   * Show the entry as it is; its controls are made anew unless the author is `typing` in them.
   * @param {Entry} entry @param {number} all @param {boolean} typing
   */
  show(entry, all, typing) {
    const {ui} = this;
    if (this.piece !== entry.piece && !(typing && this.piece)) {
      const had = this.body.contains(document.activeElement) ? document.activeElement.dataset.control : null;
      this.body.replaceChildren(...this.build(entry), this.problem);
      if (had) [...this.body.querySelectorAll("[data-control]")].find((one) => one.dataset.control === had)?.focus();
    }
    this.piece = entry.piece;
    this.element.dataset.key = entry.key;
    this.number(entry.number + 1);
    const title = ui.title(entry);
    for (const [control, what] of [[this.up, ui.words.moveUp], [this.down, ui.words.moveDown], [this.gone, ui.words.remove]]) {
      control.setAttribute("aria-label", fill(ui.words.named, {what, title}));
      control.title = what;
    }
    this.up.setAttribute("aria-disabled", String(entry.number === 0));
    this.down.setAttribute("aria-disabled", String(entry.number === all - 1));
  }

  /** The controls of an entry. @param {Entry} _entry @returns {Node[]} */
  build(_entry) {
    throw new TypeError("each kind of row has its own");
  }

  /** Say that the row is number `n`. @param {number} _n */
  number(_n) {}

  /** @param {ServerProblem[]} problems */
  showProblems(problems) {
    const said = this.left ? problems.map(({message}) => message).join(" ") : "";
    this.problem.hidden = !said;
    if (this.problem.textContent !== said) this.problem.textContent = said;
  }

  /** A change by typing in the control `what`. @param {any} what @param {(story: any) => any} edit */
  type(what, edit) {
    this.ui.type(this, what, edit);
  }

  focus() {
    this.first.focus();
    this.element.scrollIntoView?.({block: "nearest"});
  }
}

/** @param {string} value @param {number} rows */
export function area(value, rows) {
  const control = h("textarea", {rows, value, dir: "auto", spellcheck: "true"});
  if (!GROWS) control.rows = Math.min(12, Math.max(rows, Math.ceil(value.length / 60) + value.split("\n").length - 1));
  return control;
}

/** An element that has no meaning here: it can only be taken away. */
export class Other extends Row {
  /** As that of `Row`. @param {any} ui @param {string} kind @param {Key} key @param {number} serial */
  constructor(ui, kind, key, serial) {
    super(ui, kind, key, serial);
    this.element.querySelector(".dti-cls-grip").remove();
    for (const one of [this.up, this.down]) one.remove();
  }

  /** @param {Entry} entry */
  build(entry) {
    this.first = this.gone;
    return [h("span.dti-cls-title", {text: this.ui.title(entry)})];
  }
}
