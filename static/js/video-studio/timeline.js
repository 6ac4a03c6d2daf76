// The film over a line of time: marks that are moved by keys or by pointer, and what is added where the film stands.
import {button, fill, h} from "../studio/dom.js";
import {moveMark} from "./edit.js";
import {clockText, marksOf, timeOf, windowAt} from "./film.js";

const STEPS = /** @type {Record<string, number>} */ ({ArrowLeft: -0.1, ArrowRight: 0.1, ArrowDown: -0.1, ArrowUp: 0.1, PageDown: -5, PageUp: 5});
const BY_SHIFT = 10;
const KINDS = ["still", "question", "tape"];
const TARGET = 24; // pixels: what a pointer can hit (WCAG 2.2, 2.5.8)

export class Timeline {
  #address = "";
  /** @type {{control: HTMLElement, at: number}[]} */
  #marks = [];
  /** A mark is held: it must stay where it is, whatever there is to show meanwhile. */
  #held = false;
  #late = false;

  /** @param {import("./page.js").VideoPage} ui */
  constructor(ui) {
    this.ui = ui;
    const {words} = ui;
    this.film = h("video.dti-vds-film", {controls: true, preload: "metadata", playsinline: true});
    this.none = h("p.dti-ed-note", {text: words.noFilm});
    this.hand = h("span.dti-vds-hand", {"aria-hidden": "true"});
    this.line = h("div.dti-vds-line", {role: "group", "aria-label": words.timeline, "aria-describedby": ui.id("timeline-help")});
    this.now = h("p.dti-vds-now", {role: "status"});
    /** @param {string} kind @param {string} label */
    const add = (kind, label) => button(label, () => ui.add(kind, this.time), {"data-control": `add.${kind}`});
    this.element = h("div.dti-vds-stage", {}, this.film, this.none, this.line, this.now,
      h("p.dti-help", {id: ui.id("timeline-help"), text: words.timelineHelp}),
      h("div.dti-ed-adds", {}, add("question", words.addQuestion), add("tape", words.addTape), add("still", words.addStill), add("captions", words.addCaptions)));
    this.film.addEventListener("timeupdate", () => this.#follow());
    this.film.addEventListener("loadedmetadata", () => this.show());
    new ResizeObserver(() => this.#spread()).observe(this.line);
    this.line.addEventListener("pointerdown", (event) => {
      if (event.target === this.line) this.seek(this.#timeAt(event.clientX));
    });
  }

  /** Where the film stands, to a tenth. */
  get time() {
    return Math.round(this.film.currentTime * 10) / 10;
  }

  /** How long the file is; 0 while that is not known. */
  get length() {
    return Number.isFinite(this.film.duration) ? this.film.duration : 0;
  }

  /** What the whole line is, in seconds. */
  get span() {
    return Math.max(this.ui.session.story.seconds, this.length, 1);
  }

  /** @param {number} time */
  seek(time) {
    this.film.currentTime = time;
    this.#follow();
  }

  /** Play the film from the entry that is selected. @param {Entry} entry */
  playFrom(entry) {
    this.seek(timeOf(entry.piece.element, "at"));
    this.film.play()?.catch(() => {});
    this.film.focus();
  }

  /** Show the film and the marks as they now are. */
  show() {
    if (this.#held) {
      this.#late = true;
      return;
    }
    const address = this.ui.checked?.film ?? this.#address;
    if (address !== this.#address) {
      this.#address = address;
      if (address) this.film.src = address;
      else this.film.removeAttribute("src");
    }
    this.film.hidden = !address;
    this.none.hidden = Boolean(address);
    const had = this.line.contains(document.activeElement) ? document.activeElement.dataset.control : null;
    const entries = this.ui.session.story.of(...KINDS);
    this.#marks = [];
    this.line.replaceChildren(this.#end(), ...entries.flatMap((entry) => this.#entry(entry)), this.hand);
    this.#spread();
    if (had) [...this.line.querySelectorAll("[data-control]")].find((one) => one.dataset.control === had)?.focus();
    this.#follow();
  }

  /** Put marks that would cover each other into rows, so that each can be hit by itself. */
  #spread() {
    const width = this.line.clientWidth;
    /** @type {number[]} */
    const last = []; // where the last mark of each row stands, in pixels
    for (const {control, at} of [...this.#marks].sort((one, other) => one.at - other.at)) {
      const place = (width * Math.min(at, this.span)) / this.span;
      const free = last.findIndex((before) => place - before >= TARGET);
      const row = free < 0 ? last.length : free;
      last[row] = place;
      control.style.setProperty("--dti-row", String(row));
    }
    this.line.style.setProperty("--dti-rows", String(Math.max(1, last.length)));
  }

  /** Where the part that counts ends. */
  #end() {
    const end = h("span.dti-vds-end", {"aria-hidden": "true"});
    this.#place(end, this.ui.session.story.seconds);
    return end;
  }

  /** The marks of an entry, and for a tape the bands of its windows. @param {Entry} entry */
  #entry(entry) {
    const marks = marksOf(entry);
    const bands = marks.slice(1).map((mark, index) => {
      const band = h("span.dti-vds-band", {"aria-hidden": "true", class: `dti-vds-${mark.window}`});
      this.#place(band, marks[index].at);
      band.style.inlineSize = `${(100 * Math.max(0, mark.at - marks[index].at)) / this.span}%`;
      return band;
    });
    return [...bands, ...marks.map((mark) => this.#mark(entry, mark))];
  }

  /** @param {Entry} entry @param {{name: string, at: number, window: string, index: number}} mark */
  #mark(entry, mark) {
    const {ui} = this;
    const {words} = ui;
    const end = mark.window ? fill(words.end, {window: words.window[mark.window] ?? mark.window}) : "";
    const label = end ? fill(words.mark, {what: `${end} (${ui.nameOf(entry)})`, time: clockText(mark.at)}) : ui.title(entry);
    const control = h("button.dti-vds-mark", {
      type: "button",
      class: `dti-vds-of-${entry.kind}${mark.index < 0 ? "" : " is-end"}${ui.session.selection.key === entry.key ? " is-selected" : ""}`,
      "aria-label": label,
      title: label,
      data: {control: `mark.${entry.key}.${mark.index}`},
    });
    this.#place(control, mark.at);
    this.#marks.push({control, at: mark.at});
    control.addEventListener("click", () => {
      ui.session.select(entry.key);
      this.seek(mark.at);
    });
    control.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      this.#move(entry.key, mark, mark.at + step * (event.shiftKey ? BY_SHIFT : 1));
    });
    control.addEventListener("pointerdown", (event) => this.#drag(event, control, entry.key, mark));
    return control;
  }

  /** @param {any} event @param {HTMLElement} control @param {Key} key @param {any} mark */
  #drag(event, control, key, mark) {
    const from = event.clientX;
    let time = mark.at;
    let moved = false;
    this.#held = true;
    control.setPointerCapture(event.pointerId);
    const follow = (/** @type {any} */ {clientX}) => {
      moved ||= Math.abs(clientX - from) > 3;
      if (!moved) return;
      time = this.#timeAt(clientX);
      this.#place(control, time);
      this.seek(time);
    };
    const end = () => {
      control.removeEventListener("pointermove", follow);
      this.#held = false;
      if (moved) this.#move(key, mark, time);
      if (this.#late) this.show();
      this.#late = false;
    };
    control.addEventListener("pointermove", follow);
    control.addEventListener("pointerup", end, {once: true});
    control.addEventListener("pointercancel", end, {once: true});
  }

  /** @param {Key} key @param {any} mark @param {number} time */
  #move(key, mark, time) {
    const {ui} = this;
    const film = moveMark(ui.session.story, key, mark, time);
    ui.session.commit(film, {label: ui.words.movedMark, merge: `${key}|mark.${mark.index}`, origin: "timeline", select: {key}});
    const at = marksOf(film.entry(key))[mark.index + 1].at;
    this.seek(at);
    ui.announce(fill(ui.words.movedTo, {what: mark.window ? fill(ui.words.end, {window: ui.words.window[mark.window] ?? mark.window}) : ui.words.start, time: clockText(at)}));
  }

  /** @param {HTMLElement} element @param {number} time */
  #place(element, time) {
    element.style.insetInlineStart = `${(100 * Math.min(time, this.span)) / this.span}%`;
  }

  /** @param {number} x */
  #timeAt(x) {
    const box = this.line.getBoundingClientRect();
    return Math.round(Math.max(0, Math.min(1, (x - box.left) / box.width)) * this.span * 10) / 10;
  }

  /** The hand of the line, and what the film is in. */
  #follow() {
    const {words, session} = this.ui;
    this.#place(this.hand, this.film.currentTime);
    const tape = session.story.of("tape").find((entry) => windowAt(entry, this.time));
    const what = tape ? words.window[windowAt(tape, this.time)] : "";
    const text = fill(what ? words.nowIn : words.now, {time: clockText(Math.floor(this.film.currentTime)), what});
    if (this.now.textContent !== text) this.now.textContent = text;
  }
}
