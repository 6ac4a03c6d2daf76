// The map: boxes over arrows, in a frame that scrolls. Only what has changed is drawn anew.
import {dataOf} from "./scene.js";
import {counts} from "./problems.js";
import {graphOf} from "./graph.js";
import {h, svg} from "../studio/dom.js";
import {showAround, showIn} from "../studio/sight.js";
import {BOX, freePlace, heightOf, layout} from "./layout.js";
import {arrowPath, fillBox, newBox} from "./map-box.js";
import {MapKeys} from "./map-keys.js";
import {MapPointer} from "./map-pointer.js";
import {EDGE, MapView} from "./map-view.js";


export class StoryMap {
  #drawn = new Map(); // key -> {element, piece, problems, graphMark, place, height}
  #lines = new Map(); // key -> {list, paths}
  /** @type {string | null} */
  #selected = null;
  /** @type {string | null} */
  #active = null;

  /**
   * `kept` remembers where boxes stand: {places: {id: [x, y]}, last: {key: {x, y}} of what was deleted, write()}.
   * @param {ScenarioPage} ui @param {import("./map-places.js").MapPlaces} kept
   */
  constructor(ui, kept) {
    this.ui = ui;
    this.kept = kept;
    this.places = new Map();
    this.arrows = svg("svg", {"aria-hidden": "true", focusable: "false", class: "dti-arrows"});
    this.draft = svg("path", {class: "dti-arrow is-draft"});
    this.arrows.append(this.draft);
    this.boxes = h("div.dti-boxes", {role: "listbox", "aria-label": ui.words.map, "aria-describedby": ui.id("map-help")});
    this.view = new MapView(this.arrows, this.boxes);
    this.element = this.view.frame;
    this.keys = new MapKeys(this);
    this.pointer = new MapPointer(this);
  }

  /** @param {Key} key */
  height(key) {
    return this.#drawn.get(key)?.height ?? BOX.head;
  }

  /** @param {Key} key */
  box(key) {
    return this.#drawn.get(key)?.element ?? null;
  }

  /** @param {any} element */
  keyOf(element) {
    const box = element?.closest?.(".dti-box");
    return box ? box.dataset.key : null;
  }

  /** The box that the keyboard is on. */
  get active() {
    return this.#active;
  }

  update(event = /** @type {SessionEvent} */ ({})) {
    const {session} = this.ui;
    if (event.renamed) this.#carry(event.renamed);
    const graph = graphOf(session.story);
    this.graph = graph;
    const problems = counts(this.ui.problems());
    const moved = this.#settle(graph);
    const gone = [...this.#drawn.keys()].filter((key) => !graph.arrows.has(key));
    for (const key of gone) this.#remove(key);
    const titles = this.#titleMark(session.story);
    let before = null;
    for (const entry of graph.nodes) {
      this.#draw(entry, graph, problems.get(entry.key) ?? 0, titles, moved);
      const {element} = this.#drawn.get(entry.key);
      const next = before ? before.nextSibling : this.boxes.firstChild;
      if (next !== element && !element.contains(document.activeElement)) this.boxes.insertBefore(element, next);
      before = element;
    }
    this.#drawArrows(graph, moved);
    this.#showSelection(session.selection);
    this.#size();
  }

  /** What all names on the map depend on beside their own piece: titles of levels and of targets. @param {Story} story */
  #titleMark(story) {
    return story.of("level").map((entry) => entry.piece.raw).join("");
  }

  /** @param {Graph} graph */
  #settle(graph) {
    const moved = new Set();
    const fresh = graph.nodes.filter((node) => !this.places.has(node.key));
    if (!fresh.length) return moved;
    const first = fresh.length === graph.nodes.length && !graph.nodes.some((node) => this.kept.places[node.id]);
    const laid = first ? layout(this.ui.session.story, (key) => dataOf(this.ui.session.story.entry(key).piece).choices.length) : null;
    for (const node of fresh) {
      const stored = this.kept.places[node.id];
      const height = heightOf(dataOf(node.piece).choices.length);
      if (stored) this.places.set(node.key, {x: stored[0], y: stored[1]});
      else if (this.kept.last[node.key]) this.places.set(node.key, this.kept.last[node.key]);
      else if (laid) this.places.set(node.key, laid.get(node.key));
      else {
        const from = graph.into.get(node.key).map((arrow) => arrow.from).find((key) => this.places.has(key)) ?? (this.places.has(this.#selected) ? this.#selected : null);
        const taken = [...this.places].map(([key, place]) => ({...place, height: this.height(key)}));
        this.places.set(node.key, freePlace(from ? this.places.get(from) : null, taken, height));
      }
      moved.add(node.key);
    }
    return moved;
  }

  /** @param {Entry} entry @param {Graph} graph @param {ServerProblem[]} problems @param {string} titles @param {Set<string>} moved */
  #draw(entry, graph, problems, titles, moved) {
    let drawn = this.#drawn.get(entry.key);
    if (!drawn) {
      drawn = {element: newBox(this.ui), piece: null, mark: null, height: 0};
      drawn.element.dataset.key = entry.key;
      this.#drawn.set(entry.key, drawn);
      this.boxes.append(drawn.element);
      moved.add(entry.key);
    }
    const start = graph.start === entry.key;
    const arrows = graph.arrows.get(entry.key);
    const named = arrows.map((arrow) => (arrow.to ? dataOf(this.ui.session.story.entry(arrow.to).piece).title : "")).join("|");
    const mark = `${problems}|${start}|${graph.reached.has(entry.key)}|${named}|${titles}`;
    if (drawn.piece !== entry.piece || drawn.mark !== mark) {
      fillBox(this.ui, drawn.element, entry, {graph, problems, start});
      drawn.piece = entry.piece;
      drawn.mark = mark;
      const height = heightOf(dataOf(entry.piece).choices.length);
      if (height !== drawn.height) {
        drawn.height = height;
        drawn.element.style.blockSize = `${height}px`;
        moved.add(entry.key);
      }
    }
    if (moved.has(entry.key)) this.#stand(entry.key);
  }

  /** @param {Key} key */
  #stand(key) {
    const {element} = this.#drawn.get(key);
    const {x, y} = this.places.get(key);
    element.style.insetInlineStart = `${x + EDGE}px`;
    element.style.insetBlockStart = `${y + EDGE}px`;
  }

  /** @param {any} key */
  #remove(key) {
    this.#drawn.get(key).element.remove();
    this.#drawn.delete(key);
    for (const path of this.#lines.get(key)?.paths ?? []) path.remove();
    this.#lines.delete(key);
    const place = this.places.get(key);
    if (place) this.kept.last[key] = place;
    this.places.delete(key);
    if (this.#active === key) this.#active = null;
  }

  /** @param {Graph} graph @param {Set<string>} moved */
  #drawArrows(graph, moved) {
    for (const [key, list] of graph.arrows) {
      const drawn = this.#lines.get(key);
      const stale = !drawn || drawn.list !== list || moved.has(key) || list.some((arrow) => moved.has(arrow.to ?? ""));
      if (stale) this.#drawLines(key, list);
    }
  }

  /** @param {Key} key @param {Arrow[]} list */
  #drawLines(key, list) {
    const drawn = this.#lines.get(key) ?? {paths: []};
    const known = list.filter((arrow) => arrow.to && this.places.has(arrow.to));
    while (drawn.paths.length > known.length) drawn.paths.pop().remove();
    known.forEach((arrow, index) => {
      const path = drawn.paths[index] ?? this.arrows.insertBefore(svg("path", {}), this.draft);
      drawn.paths[index] = path;
      path.setAttribute("class", `dti-arrow is-${arrow.kind}${this.#isNear(arrow) ? " is-near" : ""}`);
      path.setAttribute("d", arrowPath(this.places.get(key), arrow.choice, this.places.get(arrow.to)));
    });
    this.#lines.set(key, {list, paths: drawn.paths, known});
  }

  /** @param {Arrow} arrow */
  #isNear(arrow) {
    return this.#selected !== null && (arrow.from === this.#selected || arrow.to === this.#selected);
  }

  /** @param {any} options */
  #showSelection({key, choice}) {
    const was = this.#selected;
    const now = this.#drawn.has(key) ? key : null;
    this.#selected = now;
    if (was !== now) {
      if (this.#drawn.has(was)) this.#drawn.get(was).element.setAttribute("aria-selected", "false");
      if (now) this.#drawn.get(now).element.setAttribute("aria-selected", "true");
      for (const key of [was, now]) {
        if (!key || !this.graph.arrows.has(key)) continue;
        for (const near of new Set([key, ...this.graph.into.get(key).map((/** @type {Arrow} */ arrow) => arrow.from)])) this.#markNear(near);
      }
      if (now) this.#activate(now);
    }
    for (const row of this.boxes.querySelectorAll(".dti-box-row.is-hand")) row.classList.remove("is-hand");
    if (now && choice !== null) this.#drawn.get(now).element.querySelector(`[data-choice="${choice}"]`)?.classList.add("is-hand");
    if (!this.#active || !this.#drawn.has(this.#active)) this.#activate(now ?? this.graph.start ?? this.graph.nodes[0]?.key ?? null);
  }

  /** @param {Key} key */
  #markNear(key) {
    const drawn = this.#lines.get(key);
    drawn?.known.forEach((/** @type {Arrow} */ arrow, /** @type {number} */ index) => drawn.paths[index].classList.toggle("is-near", this.#isNear(arrow)));
  }

  /** @param {Key} key */
  #activate(key) {
    if (this.#active !== key && this.#drawn.has(this.#active)) this.#drawn.get(this.#active).element.tabIndex = -1;
    this.#active = key ?? null;
    if (this.#drawn.has(key)) this.#drawn.get(key).element.tabIndex = 0;
  }

  /** @param {{from: string, to: string}} options */
  #carry({from, to}) {
    const drawn = this.#drawn.get(from);
    if (!drawn) return;
    this.#drawn.delete(from);
    this.#drawn.set(to, drawn);
    drawn.element.dataset.key = to;
    if (this.#lines.has(from)) {
      this.#lines.set(to, this.#lines.get(from));
      this.#lines.delete(from);
    }
    if (this.places.has(from)) this.places.set(to, this.places.get(from));
    this.places.delete(from);
    const [old, now] = [from, to].map((key) => key.slice(key.indexOf(":") + 1));
    if (this.kept.places[old]) this.kept.places[now] = this.kept.places[old];
    if (this.#active === from) this.#active = to;
    if (this.#selected === from) this.#selected = to;
  }

  // -- moving about ----------------------------------------------------------------------------------------------------------------

  /** The keyboard goes to a box. @param {Key} key */
  visit(key) {
    if (!this.#drawn.has(key)) return;
    this.#activate(key);
    const {element} = this.#drawn.get(key);
    element.focus({preventScroll: true});
    showAround(element);
  }

  /** Scroll the map to a box, and nothing around the map. @param {Key} key */
  reveal(key) {
    if (this.#drawn.has(key)) showIn(this.view.frame, this.#drawn.get(key).element);
  }

  /** @param {Key} key */
  center(key) {
    const place = this.places.get(key);
    if (place) this.view.center(place.x + EDGE + BOX.width / 2, place.y + EDGE + this.height(key) / 2);
  }

  /** Put a box somewhere else. @param {Key} key @param {number} x @param {number} y */
  place(key, x, y) {
    this.places.set(key, {x: Math.round(x), y: Math.round(y)});
    this.#stand(key);
    for (const from of new Set([key, ...this.graph.into.get(key).map((/** @type {Arrow} */ arrow) => arrow.from)])) this.#drawLines(from, this.graph.arrows.get(from));
  }

  /** A box has been put down: the whole map stays as it is from now on. */
  settlePlaces() {
    let [left, top] = [0, 0];
    for (const {x, y} of this.places.values()) [left, top] = [Math.min(left, x), Math.min(top, y)];
    if (left < 0 || top < 0) for (const [key, {x, y}] of [...this.places]) this.place(key, x - left, y - top);
    for (const node of this.graph.nodes) {
      const {x, y} = this.places.get(node.key);
      if (node.id) this.kept.places[node.id] = [x, y];
    }
    this.kept.write();
    this.#size();
  }

  /** Every box where the layout wants it. */
  tidy() {
    this.kept.places = {};
    this.kept.last = {};
    this.kept.write();
    this.places.clear();
    this.update();
    for (const key of this.#drawn.keys()) this.#stand(key);
    for (const [key, list] of this.graph.arrows) this.#drawLines(key, list);
    this.#size();
  }

  #size() {
    let [width, height] = [320, 160];
    for (const [key, {x, y}] of this.places) [width, height] = [Math.max(width, x + BOX.width), Math.max(height, y + this.height(key))];
    this.view.size(width + 2 * EDGE, height + 2 * EDGE);
  }
}
