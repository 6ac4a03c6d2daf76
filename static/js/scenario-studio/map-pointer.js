// The map by mouse, pen and finger: choose and drag boxes, lead a choice somewhere else, move the map, zoom with the wheel.
import {setValue} from "./edit.js";
import {BOX} from "./layout.js";
import {EDGE} from "./map-view.js";

const SLIP = 4; // px that a click may move

export class MapPointer {
  /** @type {any} */
  #drag = null;

  /** @param {StoryMap} map */
  constructor(map) {
    this.map = map;
    const {frame} = map.view;
    frame.addEventListener("pointerdown", (event) => this.down(event));
    frame.addEventListener("pointermove", (event) => this.move(event));
    frame.addEventListener("pointerup", (event) => this.up(event));
    frame.addEventListener("pointercancel", () => this.cancel());
    frame.addEventListener("wheel", (event) => this.wheel(event), {passive: false});
    frame.addEventListener("dblclick", (event) => {
      const key = map.keyOf(event.target);
      if (key) map.ui.session.select(key, null, "heading");
    });
  }

  /** @param {AnyEvent} event */
  down(event) {
    if (event.button !== 0) return;
    const {map} = this;
    const key = map.keyOf(event.target);
    const start = {x: event.clientX, y: event.clientY, id: event.pointerId};
    if (!key) {
      // a finger scrolls the frame by itself
      if (event.pointerType === "mouse" && !this.#onScrollbar(event)) {
        this.#drag = {...start, kind: "pan", left: map.view.frame.scrollLeft, top: map.view.frame.scrollTop};
        map.view.frame.classList.add("is-panning");
      }
      return;
    }
    const row = event.target.closest(".dti-box-row");
    const choice = row ? Number(row.dataset.choice) : null;
    const linking = Boolean(event.target.closest(".dti-port"));
    const touch = event.pointerType !== "mouse";
    if (linking) this.#drag = {...start, kind: "link", key, choice, moved: false};
    // a finger drags only the selected box, otherwise it scrolls
    else if (!touch || map.ui.session.selection.key === key) this.#drag = {...start, kind: "box", key, choice, place: map.places.get(key), moved: false};
    else this.#drag = {...start, kind: "tap", key, choice, moved: false};
  }

  /** @param {AnyEvent} event */
  #onScrollbar(event) {
    const box = this.map.view.frame.getBoundingClientRect();
    return event.clientX - box.left > this.map.view.frame.clientWidth + this.map.view.frame.clientLeft || event.clientY - box.top > this.map.view.frame.clientHeight + this.map.view.frame.clientTop;
  }

  /** @param {AnyEvent} event */
  move(event) {
    const drag = this.#drag;
    if (!drag || event.pointerId !== drag.id) return;
    const {map} = this;
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.moved && Math.hypot(dx, dy) < SLIP) return;
    if (!drag.moved) {
      drag.moved = true;
      if (drag.kind !== "tap") map.view.frame.setPointerCapture(event.pointerId); // not earlier: a captured click is nobody's double click
    }
    if (drag.kind === "pan") {
      map.view.frame.scrollLeft = drag.left - dx;
      map.view.frame.scrollTop = drag.top - dy;
    } else if (drag.kind === "box") {
      const sign = map.view.rightToLeft ? -1 : 1;
      map.box(drag.key).classList.add("is-dragged");
      map.place(drag.key, drag.place.x + (sign * dx) / map.view.zoom, drag.place.y + dy / map.view.zoom);
    } else if (drag.kind === "link") this.#drawLink(drag, event);
  }

  /** @param {any} drag @param {AnyEvent} event */
  #drawLink(drag, event) {
    const {map} = this;
    const from = map.places.get(drag.key);
    const box = map.view.canvas.getBoundingClientRect();
    const across = map.view.rightToLeft ? box.right - event.clientX : event.clientX - box.left;
    const [x, y] = [across / map.view.zoom - EDGE, (event.clientY - box.top) / map.view.zoom - EDGE];
    map.draft.setAttribute("d", `M${from.x + BOX.width} ${from.y + BOX.head + BOX.row * (drag.choice + 0.5)}L${x} ${y}`);
    const over = this.#boxAt(event);
    for (const one of map.boxes.querySelectorAll(".is-target")) if (one !== over) one.classList.remove("is-target");
    over?.classList.add("is-target");
  }

  /** @param {AnyEvent} event */
  #boxAt(event) {
    return document.elementFromPoint(event.clientX, event.clientY)?.closest(".dti-box") ?? null;
  }

  /** @param {AnyEvent} event */
  up(event) {
    const drag = this.#drag;
    if (!drag || event.pointerId !== drag.id) return;
    const {map} = this;
    const over = drag.kind === "link" ? this.#boxAt(event) : null;
    this.cancel();
    if (drag.kind === "pan") return;
    if (!drag.moved) {
      map.visit(drag.key);
      map.ui.session.select(drag.key, drag.choice);
    } else if (drag.kind === "box") map.settlePlaces();
    else if (over) this.#retarget(drag.key, drag.choice, over.dataset.key);
  }

  /** @param {string} key @param {number} choice @param {string} targetKey */
  #retarget(key, choice, targetKey) {
    const {ui} = this.map;
    const target = ui.session.story.entry(targetKey);
    ui.act(ui.words.retargeted, (story) => setValue(story, key, {choice}, "to", target.id), "", false, {key, choice});
  }

  cancel() {
    const {map} = this;
    map.view.frame.classList.remove("is-panning");
    for (const one of map.boxes.querySelectorAll(".is-target, .is-dragged")) one.classList.remove("is-target", "is-dragged");
    map.draft.setAttribute("d", "");
    this.#drag = null;
  }

  /** @param {AnyEvent} event */
  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = this.map.view.frame.getBoundingClientRect();
    this.map.view.zoomBy(Math.exp(-event.deltaY / 400), {x: event.clientX - box.left, y: event.clientY - box.top});
  }
}
