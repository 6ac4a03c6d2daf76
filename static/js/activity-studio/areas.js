// The areas of what is to be spotted, drawn on the picture: with a mouse, a finger or the arrow keys. Numbers are percent of the picture.
import {button, fill, h} from "../studio/dom.js";
import {attributeOf} from "./activity.js";
import {setAttribute} from "./edit.js";

const LEAST = 2; // percent that an area is wide and high; less is a slip of the hand
const CORNER = 24; // px of it that change its size
const MIDDLE = {x: 40, y: 40, width: 20, height: 20};
/** @type {Record<string, [number, number]>} */
const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

/** @typedef {{x: number, y: number, width: number, height: number}} Area */
/** @typedef {{x: number, y: number}} Point */

/** @param {number} value @param {number} lowest @param {number} highest */
const within = (value, lowest, highest) => Math.min(Math.max(value, lowest), highest);
/** @param {number} value */
const tenth = (value) => Math.round(value * 10) / 10;

/** The area that is written in `text`, null for none. @param {string} text @returns {Area | null} */
export function areaIn(text) {
  const numbers = text.trim().split(/\s+/).map(Number);
  if (!text.trim() || numbers.length !== 4 || !numbers.every(Number.isFinite)) return null;
  const [x, y, width, height] = numbers;
  return {x, y, width, height};
}

/** As it is written. @param {Area} area */
export const written = ({x, y, width, height}) => [x, y, width, height].map(tenth).join(" ");

/** Moved, as far as the picture goes. @param {Area} area @param {number} right @param {number} down @returns {Area} */
export const moved = ({x, y, width, height}, right, down) => ({x: within(x + right, 0, 100 - width), y: within(y + down, 0, 100 - height), width, height});

/** Made wider and higher, or less so. @param {Area} area @param {number} wider @param {number} higher @returns {Area} */
export const sized = ({x, y, width, height}, wider, higher) => ({x, y, width: within(width + wider, LEAST, 100 - x), height: within(height + higher, LEAST, 100 - y)});

/** The area between two points; null where there is next to nothing between them. @param {Point} one @param {Point} other @returns {Area | null} */
export function between(one, other) {
  const [left, right] = [one.x, other.x].map((value) => within(value, 0, 100)).sort((a, b) => a - b);
  const [top, bottom] = [one.y, other.y].map((value) => within(value, 0, 100)).sort((a, b) => a - b);
  if (right - left < LEAST || bottom - top < LEAST) return null;
  return {x: left, y: top, width: right - left, height: bottom - top};
}

export class AreaBoard {
  /** @type {Map<Key, HTMLElement>} */
  #areas = new Map();
  /** @type {{key: Key, way: "draw" | "move" | "size", from: Point, before: Area | null, now: Area | null} | null} */
  #drag = null;

  /** @param {any} ui */
  constructor(ui) {
    this.ui = ui;
    const {words} = ui;
    this.picture = h("img", {alt: "", draggable: "false", decoding: "async"});
    this.drawn = h("div.dti-area.is-drawn", {hidden: true});
    this.frame = h("div.dti-areas", {dir: "ltr"}, this.picture, this.drawn);
    this.whose = h("select", {id: ui.id("area-whose"), "data-control": "area.whose", on: {change: () => this.#showMiddle()}});
    this.middle = button(words.areaMiddle, () => this.#put(this.whose.value, MIDDLE, words.areaDrawn, true), {"data-control": "area.middle"});
    const help = h("p.dti-help", {id: ui.id("area-help"), text: words.areasHelp});
    this.element = h("section.dti-ed-section", {hidden: true}, h("h4", {text: words.areas}), help,
      h("div.dti-ed-field", {}, h("label", {for: this.whose.id, text: words.areaWhose}), h("div.dti-ed-beside", {}, this.whose, this.middle)), this.frame);
    this.frame.addEventListener("pointerdown", (event) => this.#begin(event));
    this.frame.addEventListener("pointermove", (event) => this.#go(event));
    this.frame.addEventListener("pointerup", () => this.#end(true));
    this.frame.addEventListener("pointercancel", () => this.#end(false));
    this.frame.addEventListener("keydown", (event) => this.#press(event));
  }

  /** @returns {Entry[]} */
  get #cards() {
    return this.ui.session.story.of("card");
  }

  /** @param {Key} key @returns {Area | null} */
  #of(key) {
    const entry = this.ui.session.story.entry(key);
    return entry ? areaIn(attributeOf(entry.piece, "area")) : null;
  }

  /** Show the picture and the areas as they are. */
  show() {
    const {ui} = this;
    const address = ui.checked?.picture ?? "";
    this.element.hidden = !ui.uses("area") || !address || !this.#cards.length;
    if (this.element.hidden) return;
    if (this.picture.getAttribute("src") !== address) this.picture.src = address;
    const chosen = this.whose.value;
    this.whose.replaceChildren(...this.#cards.map((entry) => h("option", {value: entry.key, text: ui.title(entry)})));
    if (this.#cards.some(({key}) => key === chosen)) this.whose.value = chosen;
    for (const entry of this.#cards) this.#showArea(entry);
    for (const [key, element] of this.#areas) {
      if (this.#of(key)) continue;
      element.remove();
      this.#areas.delete(key);
    }
    this.#showMiddle();
  }

  #showMiddle() {
    this.middle.hidden = Boolean(this.#of(this.whose.value));
  }

  /** @param {Entry} entry */
  #showArea(entry) {
    const {ui} = this;
    const area = this.#of(entry.key);
    if (!area) return;
    let element = this.#areas.get(entry.key);
    if (!element) {
      element = h("button.dti-area", {type: "button", "aria-describedby": ui.id("area-help"), data: {key: entry.key, control: `area.${entry.key}`}, on: {focus: () => this.#choose(entry.key)}},
        h("span.dti-area-name", {"aria-hidden": "true"}), h("span.dti-area-corner", {"aria-hidden": "true"}));
      this.#areas.set(entry.key, element);
      this.frame.append(element);
    }
    /** @type {HTMLElement} */ (element.firstElementChild).textContent = String(entry.number + 1);
    element.classList.toggle("is-no-sign", attributeOf(entry.piece, "sign") === "false");
    element.setAttribute("aria-label", fill(ui.words.areaName, {title: ui.title(entry), ...area}));
    place(element, area);
  }

  /** @param {Key} key */
  #choose(key) {
    this.whose.value = key ?? "";
    this.#showMiddle();
  }

  /** Take an area in. @param {Key} key @param {Area} area @param {string} label @param {boolean} [focus] @param {string} [merge] */
  #put(key, area, label, focus = false, merge = "") {
    const {session} = this.ui;
    if (!key) return;
    if (!merge) session.history.settle();
    session.commit(setAttribute(session.story, key, "area", written(area)), {label, merge, origin: "form"});
    this.ui.announce(this.#areas.get(key)?.getAttribute("aria-label") ?? label);
    if (focus) this.#areas.get(key)?.focus();
  }

  // -- keys --------------------------------------------------------------------------------------------------------------

  /** @param {KeyboardEvent} event */
  #press(event) {
    const key = /** @type {HTMLElement} */ (event.target).dataset.key;
    const area = key && this.#of(key);
    if (!key || !area || event.ctrlKey || event.metaKey || event.altKey) return;
    const {ui} = this;
    if (event.key === "Delete") {
      event.preventDefault();
      ui.act(ui.words.areaGone, (/** @type {any} */ activity) => setAttribute(activity, key, "area", ""), "area.whose", true);
    } else if (event.key in ARROWS) {
      event.preventDefault();
      const change = event.shiftKey ? sized : moved;
      this.#put(key, change(area, ...ARROWS[event.key]), ui.words.areaChanged, false, `area|${key}`);
    }
  }

  // -- mouse, pen, finger ------------------------------------------------------------------------------------------------

  /** @param {PointerEvent} event @returns {Point} */
  #at({clientX, clientY}) {
    const box = this.frame.getBoundingClientRect();
    return {x: (100 * (clientX - box.left)) / box.width, y: (100 * (clientY - box.top)) / box.height};
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    if (event.button !== 0 || this.ui.session.broken) return;
    const area = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("[data-key]"));
    const key = area?.dataset.key ?? this.whose.value;
    if (!key) return;
    event.preventDefault(); // no picture is dragged out, and no text is marked
    area?.focus();
    const way = !area ? "draw" : atCorner(area, event) ? "size" : "move";
    this.#drag = {key, way, from: this.#at(event), before: this.#of(key), now: null};
    this.frame.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  #go(event) {
    const drag = this.#drag;
    if (!drag) return;
    const at = this.#at(event);
    const [right, down] = [at.x - drag.from.x, at.y - drag.from.y];
    if (drag.way === "draw") drag.now = between(drag.from, at);
    else if (drag.before) drag.now = (drag.way === "move" ? moved : sized)(drag.before, right, down);
    const shown = drag.way === "draw" ? this.drawn : this.#areas.get(drag.key);
    if (drag.way === "draw") this.drawn.hidden = !drag.now;
    if (shown && drag.now) place(shown, drag.now);
  }

  /** @param {boolean} taken */
  #end(taken) {
    const drag = this.#drag;
    this.#drag = null;
    this.drawn.hidden = true;
    if (!drag) return;
    const {words} = this.ui;
    if (taken && drag.now && !(drag.before && written(drag.now) === written(drag.before))) {
      this.#put(drag.key, drag.now, drag.way === "draw" ? words.areaDrawn : words.areaChanged, true);
    } else this.show();
  }
}

/** Whether the lower right corner is pressed: in Firefox what lies in a button is not told. @param {HTMLElement} element @param {PointerEvent} event */
function atCorner(element, {clientX, clientY}) {
  const {right, bottom} = element.getBoundingClientRect();
  return right - clientX <= CORNER && bottom - clientY <= CORNER;
}

/** @param {HTMLElement} element @param {Area} area */
function place(element, {x, y, width, height}) {
  Object.assign(element.style, {left: `${x}%`, top: `${y}%`, width: `${width}%`, height: `${height}%`});
}
