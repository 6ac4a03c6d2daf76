// Statements and questions, a row for each.
import {fill, h} from "../studio/dom.js";
import {checkbox, field, finished, sayAt, text} from "../studio/fields.js";
import {Row, area} from "../studio/row.js";
import {LONGEST, fits, sound} from "./masks.js";
import {setOptions, setQuestion, setRequired, setStatement} from "./edit.js";
import {oneLine, questionOf, statementOf} from "./pledge.js";

export class Statement extends Row {
  /** @param {Entry} entry */
  build(entry) {
    const {ui} = this;
    const control = area(statementOf(entry.piece), 2);
    control.addEventListener("input", () => this.type("text", (pledge) => setStatement(pledge, this.key, control.value)));
    this.first = control;
    const wrapper = field(ui, {key: `${this.name}.text`, label: " ", control, wide: true});
    this.label = wrapper.querySelector("label");
    control.setAttribute("aria-describedby", this.problem.id);
    return [wrapper];
  }

  /** @param {number} n */
  number(n) {
    this.label.textContent = fill(this.ui.words.affirmationNumber, {n});
  }
}

export class Question extends Row {
  /** @param {Entry} entry */
  build(entry) {
    const {ui} = this;
    const {words} = ui;
    const said = questionOf(entry.piece);
    /** @param {any} part */
    const name = (part) => `${this.name}.${part}`;
    this.heading = h("h5");
    const label = text(ui, {key: name("label"), label: words.label, value: said.label, help: words.labelHelp,
      set: (value) => this.type("label", (pledge) => setQuestion(pledge, this.key, "label", value))});
    this.first = label.querySelector("input");
    this.first.addEventListener("change", () => ui.nameAfter(this, this.first.value));
    const required = checkbox(ui, {key: name("required"), label: words.required, value: said.required, help: words.requiredHelp,
      set: (/** @type {boolean} */ value) => this.#step("required", (pledge) => setRequired(pledge, this.key, value))});
    const hint = text(ui, {key: name("hint"), label: words.hint, value: said.hint, help: words.hintHelp,
      set: (value) => this.type("hint", (pledge) => setQuestion(pledge, this.key, "hint", value))});
    const mask = this.#mask(said, name);
    const options = this.#options(said, name);
    const kind = this.#kind(said, name, mask, options);
    const id = finished(ui, {key: name("id"), label: words.id, value: entry.id, help: words.idHelp, advanced: true, set: (/** @type {string} */ value) => ui.nameIt(this, value)});
    this.id = id.querySelector("input");
    return [this.heading, label, required, kind, mask.element, options.element, hint, id];
  }

  /** @param {number} n */
  number(n) {
    if (this.heading) this.heading.textContent = fill(this.ui.words.fieldNumber, {n});
    const {id} = this.ui.session.story.entry(this.key);
    if (document.activeElement !== this.id && this.id.value !== id && this.id.getAttribute("aria-invalid") !== "true") this.id.value = id;
  }

  /** A change by one press: a step of its own. @param {any} what @param {(story: any) => any} edit */
  #step(what, edit) {
    this.ui.session.history.settle();
    this.type(what, edit);
    this.ui.session.history.settle();
  }

  /** @param {any} said @param {any} name @param {any} mask @param {any} options */
  #kind(said, name, mask, options) {
    const {ui} = this;
    const {words} = ui;
    const control = h("select", {}, [["text", words.kindText], ["mask", words.kindMask], ["options", words.kindOptions]].map(([value, label]) => h("option", {value, text: label})));
    control.value = said.options.length ? "options" : said.mask ? "mask" : "text";
    const show = () => {
      mask.element.hidden = control.value !== "mask";
      options.element.hidden = control.value !== "options";
    };
    control.addEventListener("change", () => {
      show();
      // what was typed for another kind waits in its field, and counts again when the author comes back
      this.#step("kind", (pledge) => setOptions(
        setQuestion(pledge, this.key, "format", control.value === "mask" ? mask.value() : ""), this.key, control.value === "options" ? options.value() : []));
    });
    show();
    return field(ui, {key: name("kind"), label: words.kind, control});
  }

  /** @param {any} said @param {any} name */
  #mask(said, name) {
    const {ui} = this;
    const {words} = ui;
    const trial = h("input", {type: "text", autocomplete: "off", dir: "ltr"});
    const verdict = h("p.dti-pls-verdict", {role: "status"});
    const mask = text(ui, {key: name("mask"), label: words.mask, value: said.mask, help: words.maskHelp, set: (value) => {
      this.type("mask", (pledge) => setQuestion(pledge, this.key, "format", value));
      judge();
    }});
    const control = mask.querySelector("input");
    control.dir = "ltr";
    mask.dataset.own = "true";
    const judge = () => {
      const form = oneLine(control.value);
      const usable = !form || sound(form);
      sayAt(mask, usable ? "" : fill(words.maskBroken, {n: LONGEST}));
      const answer = oneLine(trial.value);
      verdict.textContent = answer && form && usable ? fill(fits(answer, form) ? words.fits : words.fitsNot, {answer}) : "";
    };
    trial.addEventListener("input", judge);
    judge();
    const element = h("div.dti-pls-mask", {}, mask, field(ui, {key: name("trial"), label: words.tryOut, control: trial, help: words.tryOutHelp}), verdict);
    return {element, value: () => control.value};
  }

  /** @param {any} said @param {any} name */
  #options(said, name) {
    const {ui} = this;
    const control = area(said.options.join("\n"), 3);
    const value = () => control.value.split("\n").map(oneLine).filter(Boolean);
    control.addEventListener("input", () => this.type("options", (pledge) => setOptions(pledge, this.key, value())));
    return {element: field(ui, {key: name("options"), label: ui.words.optionsLabel, control, help: ui.words.optionsHelp, wide: true}), value};
  }
}
