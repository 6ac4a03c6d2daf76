// The map by keyboard: one tab stop; arrow keys follow the story's arrows and go to neighbours.
import {neighbourOf} from "./layout.js";
import {READABLE} from "./map-view.js";

const STEP = 24;

export class MapKeys {
  /** @param {StoryMap} map */
  constructor(map) {
    this.map = map;
    map.boxes.addEventListener("keydown", (event) => this.press(event));
  }

  /** @param {AnyEvent} event */
  press(event) {
    const {map} = this;
    const key = map.keyOf(event.target);
    if (!key || event.altKey || event.ctrlKey || event.metaKey) return;
    const done = this.#arrows(event, key) || this.#acts(event, key);
    if (done) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /** @param {AnyEvent} event @param {Key} key */
  #arrows(event, key) {
    const {map} = this;
    const [on, back] = map.view.rightToLeft ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
    const direction = {[on]: "on", [back]: "back", ArrowDown: "down", ArrowUp: "up"}[event.key];
    if (!direction) return false;
    if (event.shiftKey) {
      const {x, y} = map.places.get(key);
      const [dx, dy] = /** @type {Record<string, number[]>} */ ({on: [STEP, 0], back: [-STEP, 0], down: [0, STEP], up: [0, -STEP]})[direction];
      map.place(key, x + dx, y + dy);
      map.settlePlaces();
      map.reveal(key);
      return true;
    }
    const next = neighbourOf(map.graph, map.places, key, direction, (one) => map.height(one));
    if (next) map.visit(next);
    return true;
  }

  /** @param {AnyEvent} event @param {Key} key */
  #acts(event, key) {
    const {map} = this;
    const {ui} = map;
    /** @type {Record<string, () => void>} */
    const acts = {
      Home: () => map.visit(map.graph.start),
      End: () => map.visit(map.graph.nodes.at(-1).key),
      Enter: () => ui.session.select(key, null, "heading"),
      " ": () => ui.session.select(key, null, "heading"),
      Delete: () => ui.remove(key, true),
      Backspace: () => ui.remove(key, true),
      "+": () => map.view.zoomIn(),
      "=": () => map.view.zoomIn(),
      "-": () => map.view.zoomOut(),
      0: () => map.ui.showSelection(READABLE),
      n: () => ui.addScene(key),
      e: () => ui.addEnding(),
      p: () => ui.play(key),
      t: () => map.tidy(),
      "?": () => ui.help(),
      "/": () => ui.find(),
    };
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) act();
    return Boolean(act);
  }
}
