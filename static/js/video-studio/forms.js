// The form of what is selected: the film, captions, a still, a question or a tape.
import {button, fill, h} from "../studio/dom.js";
import {checkbox, finished, sayAt, text} from "../studio/fields.js";
import {pictureButton} from "../studio/pictures.js";
import {attribute, inner} from "../studio/xml.js";
import {addChild, choiceXml, nodeAt, removeChild, setAttribute, setInner, wayXml} from "./edit.js";
import {KINDS, clockText, named, readTime, writeTime} from "./film.js";
import {proseField} from "./prose-field.js";
import {nextId} from "../studio/ids.js";

/** What builds one form: `scope.key` is the entry's, and changes with its id. */
export class Builder {
  /** @param {import("./page.js").VideoPage} ui @param {Scope} scope @param {{seek: (time: number) => void, length: () => number}} player */
  constructor(ui, scope, player) {
    this.ui = ui;
    this.words = ui.words;
    this.scope = scope;
    this.player = player;
  }

  get entry() {
    return this.ui.session.story.entry(this.scope.key);
  }

  /** The fields of the entry. @returns {Node[]} */
  build() {
    const makers = /** @type {Record<string, () => any[]>} */ ({
      film: () => this.film(), captions: () => this.captions(), still: () => this.still(), question: () => this.question(), tape: () => this.tape(),
    });
    return makers[this.entry.kind]?.() ?? [];
  }

  /** @param {any[]} path @param {string} name */
  value(path, name) {
    const node = nodeAt(this.entry.piece.element, path);
    return node ? attribute(node, name) : "";
  }

  /** @param {any[]} path @param {string} name */
  key(path, name) {
    return [...path, name].join(".");
  }

  /** Typing in a field: one step of the history. @param {any[]} path @param {string} name @param {string} value */
  type(path, name, value) {
    this.ui.type(this.scope, this.key(path, name), (film) => setAttribute(film, this.scope.key, path, name, value));
  }

  /** A field for an attribute. @param {any[]} path @param {string} name @param {string} label @param {any} [more] */
  attribute(path, name, label, more = {}) {
    return text(this.ui, {key: this.key(path, name), label, value: this.value(path, name), set: (/** @type {string} */ value) => this.type(path, name, value), ...more});
  }

  /** A field for a time. What is no time is not taken. @param {any[]} path @param {string} name @param {string} label @param {any} [more] */
  time(path, name, label, more = {}) {
    const time = readTime(this.value(path, name));
    /** @type {any} */
    const wrapper = text(this.ui, {
      key: this.key(path, name),
      label,
      value: time === null ? this.value(path, name) : clockText(time),
      inputmode: "decimal",
      dir: "ltr",
      ...more,
      set: (/** @type {string} */ value) => {
        const read = readTime(value);
        sayAt(wrapper, read === null ? this.words.badTime : "");
        if (read !== null) (more.take ?? ((/** @type {number} */ at) => this.type(path, name, writeTime(at))))(read);
      },
    });
    return wrapper;
  }

  /** A field for the prose in the element at `path`. @param {any[]} path @param {string} label @param {{rows?: number, inlineOnly?: boolean}} [more] */
  prose(path, label, more = {}) {
    const {raw, element} = this.entry.piece;
    const node = nodeAt(element, path);
    const key = this.key(path, "prose");
    return proseField(this.ui, {
      key,
      label,
      raw: node ? inner(raw, node) : "",
      ...more,
      set: (xml) => this.ui.type(this.scope, key, (film) => setInner(film, this.scope.key, path, xml)),
      toText: () => {
        const {start} = this.ui.session.story.span(this.entry.index);
        this.ui.showSpan({start: start + (node?.start ?? 0), end: start + (node?.end ?? raw.length)});
      },
    });
  }

  /** Buttons that add to or take from the entry. @param {string} label @param {string} control @param {(film: any) => any} edit @param {string} focus @param {boolean} [gone] */
  button(label, control, edit, focus, gone = false) {
    return button(label, () => this.ui.act(label, edit, focus, gone), {"data-control": control, class: gone ? "dti-ed-danger" : ""});
  }

  // -- one for each kind -----------------------------------------------------------------------------------------------------------

  film() {
    const {words, ui} = this;
    const poster = pictureButton(/** @type {any} */ (ui), {
      key: "poster",
      label: words.poster,
      now: () => ({src: this.value([], "poster"), alt: ""}),
      take: ({src}) => ui.act(words.poster, (film) => setAttribute(film, this.scope.key, [], "poster", src), "poster"),
    });
    const take = button(words.readLength, () => {
      const length = this.player.length();
      if (length) ui.act(words.seconds, (film) => setAttribute(film, this.scope.key, [], "seconds", writeTime(Math.floor(length * 10) / 10)), "seconds");
    }, {"data-control": "readLength"});
    return [
      this.attribute([], "src", words.src, {help: words.srcHelp, dir: "ltr", wide: true}),
      this.time([], "seconds", words.seconds, {help: words.secondsHelp, beside: [take]}),
      this.attribute([], "poster", words.poster, {dir: "ltr", beside: [poster], wide: true}),
    ];
  }

  captions() {
    const {words, ui} = this;
    const cues = ui.checked?.captions?.[this.value([], "src")];
    return [
      h("div.dti-ed-pair", {},
        this.attribute([], "lang", words.lang, {help: words.langHelp, dir: "ltr"}),
        this.attribute([], "src", words.captionsSrc, {help: words.captionsSrcHelp, dir: "ltr"})),
      cues ? h("p.dti-ed-note", {text: fill(words.cueCount, {n: cues.length})}) : null,
      cues ? h("ol.dti-vds-cues", {lang: this.value([], "lang")}, cues.map((/** @type {[number, number, string]} */ [start, , said]) => h("li", {}, button(clockText(start), () => this.player.seek(start), {class: "dti-ed-link"}), " ", h("span", {text: said, dir: "auto"})))) : null,
    ].filter(Boolean);
  }

  still() {
    const {words, ui} = this;
    const pick = pictureButton(/** @type {any} */ (ui), {
      key: "src",
      label: words.picture,
      now: () => ({src: this.value([], "src"), alt: this.value([], "alt")}),
      take: ({src}) => ui.act(words.picture, (film) => setAttribute(film, this.scope.key, [], "src", src), "src"),
    });
    return [
      this.time([], "at", words.at),
      this.attribute([], "src", words.picture, {dir: "ltr", beside: [pick], wide: true}),
      this.attribute([], "alt", words.alt, {help: words.altHelp, wide: true}),
      this.prose([], words.stillText, {rows: 3}),
    ];
  }

  question() {
    const {words} = this;
    const choices = named(this.entry.piece.element, "choice");
    return [
      this.prose(["prompt", 0], words.prompt),
      h("div.dti-ed-pair", {}, this.time([], "at", words.at), this.attribute([], "points", words.points, {kind: "number", min: 0, placeholder: "1"})),
      checkbox(/** @type {any} */ (this.ui), {key: "multiple", label: words.multiple, value: this.value([], "multiple") === "true", set: (/** @type {boolean} */ on) => this.type([], "multiple", on ? "true" : "")}),
      ...choices.map((choice, number) => this.#choice(number)),
      h("div.dti-ed-adds", {}, this.button(words.addChoice, "addChoice", (film) => addChild(film, this.scope.key, [], "choice", choiceXml(this.#fresh("choice"), words)), `choice.${choices.length}.text.0.prose`)),
      this.#id(),
    ];
  }

  /** @param {number} number */
  #choice(number) {
    const {words} = this;
    const path = ["choice", number];
    const title = fill(words.choice, {n: number + 1});
    return h("fieldset.dti-vds-part", {}, h("legend", {text: title}),
      this.prose([...path, "text", 0], words.choiceText, {inlineOnly: true, rows: 1}),
      checkbox(/** @type {any} */ (this.ui), {key: this.key(path, "correct"), label: words.correct, value: this.value(path, "correct") === "true", set: (/** @type {boolean} */ on) => this.type(path, "correct", on ? "true" : "")}),
      this.prose([...path, "feedback", 0], words.feedback),
      this.button(fill(words.removeThis, {what: title}), this.key(path, "remove"), (film) => removeChild(film, this.scope.key, path), "addChoice", true));
  }

  tape() {
    const {words} = this;
    const {element} = this.entry.piece;
    const ways = named(element, "way");
    const windows = named(element, "window");
    const missing = KINDS.filter((kind) => !windows.some((window) => attribute(window, "kind") === kind));
    return [
      this.prose(["prompt", 0], words.tapePrompt),
      this.time([], "at", words.at),
      ...windows.map((window, number) => this.#window(attribute(window, "kind"), ["window", number], number === windows.length - 1)),
      h("div.dti-ed-adds", {}, missing.map((kind) => this.button(fill(words.addWindow, {window: words.window[kind]}), `add.${kind}`, (film) => this.#withWindow(film, kind), "heading"))),
      this.#window("never", ["never", 0], false),
      ...ways.map((_way, number) => this.#way(number)),
      h("div.dti-ed-adds", {}, this.button(words.addWay, "addWay", (film) => addChild(film, this.scope.key, [], "way", wayXml(this.#fresh("way"), words)), `way.${ways.length}.text.0.prose`)),
      this.#id(),
    ];
  }

  /** @param {string} kind @param {any[]} path @param {boolean} last */
  #window(kind, path, last) {
    const {words} = this;
    const never = kind === "never";
    const title = words.window[kind] ?? kind;
    const until = (/** @type {number} */ at) => this.ui.type(this.scope, this.key(path, "until"), (film) => {
      const made = setAttribute(film, this.scope.key, path, "until", writeTime(at));
      return last ? setAttribute(made, this.scope.key, [], "to", writeTime(at)) : made;
    });
    if (never && !nodeAt(this.entry.piece.element, path)) {
      return h("div.dti-ed-adds", {}, this.button(fill(words.addWindow, {window: title}), "add.never", (film) => addChild(film, this.scope.key, [], "never", "<never/>"), "heading"));
    }
    return h("fieldset.dti-vds-part", {class: `dti-vds-${kind}`}, h("legend", {text: title}),
      never ? null : h("div.dti-ed-pair", {}, this.time(path, "until", words.until, {take: until}), this.attribute(path, "points", words.points, {kind: "number", min: 0, placeholder: "0"})),
      this.prose([...path, "feedback", 0], words.feedback),
      this.prose([...path, "followed", 0], words.followed),
      this.attribute(path, "other", words.other, {dir: "ltr"}),
      never ? null : this.button(fill(words.removeThis, {what: title}), this.key(path, "remove"), (film) => removeChild(film, this.scope.key, path), "heading", true));
  }

  /** With a window of `kind` in its place, half way to the one behind it. @param {any} film @param {string} kind */
  #withWindow(film, kind) {
    const {element} = film.entry(this.scope.key).piece;
    const windows = named(element, "window");
    const place = windows.filter((window) => KINDS.indexOf(attribute(window, "kind")) < KINDS.indexOf(kind)).length;
    const end = (/** @type {number} */ number) => (number < 0 ? readTime(attribute(element, "at")) ?? 0 : readTime(attribute(windows[number], "until")) ?? 0);
    const until = place < windows.length ? (end(place - 1) + end(place)) / 2 : end(place - 1) + 2;
    const xml = `<window kind="${kind}" until="${writeTime(until)}"/>`;
    const behind = windows.slice(place).map((window) => film.entry(this.scope.key).piece.raw.slice(window.start, window.end));
    let made = film;
    for (let number = windows.length - 1; number >= place; number -= 1) made = removeChild(made, this.scope.key, ["window", number]);
    for (const one of [xml, ...behind]) made = addChild(made, this.scope.key, [], "window", one);
    return place < windows.length ? made : setAttribute(made, this.scope.key, [], "to", writeTime(until));
  }

  /** @param {number} number */
  #way(number) {
    const {words} = this;
    const path = ["way", number];
    const title = fill(words.way, {n: number + 1});
    return h("fieldset.dti-vds-part", {}, h("legend", {text: title}),
      this.prose([...path, "text", 0], words.choiceText, {inlineOnly: true, rows: 1}),
      this.attribute(path, "points", words.points, {kind: "number", min: 0, placeholder: "0"}),
      this.prose([...path, "feedback", 0], words.feedback),
      this.button(fill(words.removeThis, {what: title}), this.key(path, "remove"), (film) => removeChild(film, this.scope.key, path), "addWay", true));
  }

  /** An id for one more of `name`. @param {string} name */
  #fresh(name) {
    return nextId(new Set(named(this.entry.piece.element, name).map((one) => attribute(one, "id"))), name);
  }

  #id() {
    return h("div.dti-ed-advanced", {}, finished(/** @type {any} */ (this.ui), {
      key: "id", label: this.words.id, value: this.entry.id, help: this.words.unusableId, set: (/** @type {string} */ id) => this.ui.nameIt(this.scope, id),
    }));
  }
}

