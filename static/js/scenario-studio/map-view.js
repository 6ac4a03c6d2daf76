// The frame of the map: it scrolls and zooms, and knows nothing of boxes and arrows.
import {h} from "../studio/dom.js";

export const EDGE = 24; // room around the boxes
const ZOOM = {least: 0.08, most: 2, step: 1.25};
const FAR = 0.7; // below this, small print is left out, and titles are larger
export const READABLE = 0.5;

export class MapView {
  #extent = {width: 0, height: 0};

  /** `arrows` (an SVG) lie under `boxes`. @param {SVGElement} arrows @param {HTMLElement} boxes */
  constructor(arrows, boxes) {
    this.arrows = arrows;
    this.zoom = 1;
    this.canvas = h("div.dti-canvas", {}, arrows, boxes);
    this.sizer = h("div.dti-sizer", {}, this.canvas);
    this.frame = h("div.dti-map", {}, this.sizer);
  }

  get rightToLeft() {
    return getComputedStyle(this.frame).direction === "rtl";
  }

  /** The whole drawing is so large, at life size. @param {number} width @param {number} height */
  size(width, height) {
    this.#extent = {width, height};
    Object.assign(this.canvas.style, {inlineSize: `${width}px`, blockSize: `${height}px`});
    this.arrows.setAttribute("viewBox", `${-EDGE} ${-EDGE} ${width} ${height}`);
    this.arrows.setAttribute("width", String(width));
    this.arrows.setAttribute("height", String(height));
    this.#scale();
  }

  #scale() {
    const {width, height} = this.#extent;
    this.canvas.style.transform = `scale(${this.zoom})`;
    this.canvas.classList.toggle("is-far", this.zoom < FAR);
    Object.assign(this.sizer.style, {inlineSize: `${width * this.zoom}px`, blockSize: `${height * this.zoom}px`});
  }

  /**
   * Scroll so that a point is in the middle of the frame's height, at its beginning where the drawing begins.
   * @param {number} x @param {number} y
   */
  center(x, y) {
    this.frame.scrollTop = y * this.zoom - this.frame.clientHeight / 2;
    const left = Math.max(0, x * this.zoom - this.frame.clientWidth / 2);
    this.frame.scrollLeft = this.rightToLeft ? -left : left;
  }

  /**
   * Zoom by a factor, keeping the point of the frame at `at` ({x, y} in the frame; its middle by default) where it is.
   * @param {number} factor @param {Point | null} [at]
   */
  zoomBy(factor, at = null) {
    const before = this.zoom;
    this.zoom = Math.min(ZOOM.most, Math.max(ZOOM.least, before * factor));
    if (this.zoom === before) return;
    const point = at ?? {x: this.frame.clientWidth / 2, y: this.frame.clientHeight / 2};
    const sign = this.rightToLeft ? -1 : 1;
    const [left, top] = [this.frame.scrollLeft * sign, this.frame.scrollTop];
    const x = this.rightToLeft ? this.frame.clientWidth - point.x : point.x;
    this.#scale();
    const ratio = this.zoom / before;
    this.frame.scrollLeft = ((left + x) * ratio - x) * sign;
    this.frame.scrollTop = (top + point.y) * ratio - point.y;
  }

  zoomIn() {
    this.zoomBy(ZOOM.step);
  }

  zoomOut() {
    this.zoomBy(1 / ZOOM.step);
  }

  /** The whole drawing in the frame, never larger than life, nor smaller than `least`: of what is larger a part is seen. @param {number} least */
  fit(least) {
    const {clientWidth, clientHeight} = this.frame;
    if (!clientWidth || !clientHeight) return;
    const {width, height} = this.#extent;
    this.zoom = Math.max(least, Math.min(1, clientWidth / width, clientHeight / height));
    this.#scale();
  }
}
