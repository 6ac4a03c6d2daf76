// Where the eye is. In a learning page our window is a frame as high as its content: its corners, and what would stick to them, are out
// of sight. So what is said or offered stands beside what it is about.

const GAP = 10; // px between the two
const PASSING = 8000; // ms that what was said stays

/**
 * Put `box` beside the rectangle `place` of the window: below it, or above it where there is room. `box` is positioned by its style sheet,
 * and stays within the width of what it is positioned in.
 * @param {HTMLElement} box @param {{top: number, bottom: number, left: number, right: number}} place @param {boolean} [above]
 */
export function standBy(box, place, above = false) {
  const around = box.offsetParent?.getBoundingClientRect();
  if (!around) return;
  const start = getComputedStyle(box).direction === "rtl" ? around.right - place.right : place.left - around.left;
  const over = place.top - around.top - box.offsetHeight - GAP;
  box.style.insetInlineStart = `${Math.max(0, Math.min(start, around.width - box.offsetWidth))}px`;
  box.style.insetBlockStart = `${above && over > 0 ? over : place.bottom - around.top + GAP}px`;
}

/** @type {WeakMap<HTMLElement, any>} */
const timers = new WeakMap();

/**
 * Say `text` in `line`, a live region, beside the element `near`, or where it stood last. What is `passing` goes after a while.
 * @param {HTMLElement} line @param {string} text @param {Element | null} [near] @param {boolean} [passing]
 */
export function say(line, text, near = null, passing = false) {
  clearTimeout(timers.get(line));
  line.textContent = text;
  const place = text && near?.isConnected ? near.getBoundingClientRect() : null;
  if (place?.width) standBy(line, place);
  if (text && passing) {
    timers.set(line, setTimeout(() => {
      if (line.textContent === text) line.textContent = "";
    }, PASSING));
  }
}

/**
 * Scroll to `element`. A learning page scrolls around our frame, where a browser may not do so by itself: it is told where to.
 * @param {Element} element @param {ScrollLogicalPosition} [block]
 */
export function bringIntoSight(element, block = "start") {
  element.scrollIntoView({block});
  if (window.parent === window) return;
  const offset = Math.round(element.getBoundingClientRect().top + window.scrollY);
  window.parent.postMessage({offset}, "*"); // a number, and what the learning page expects of its frames
}
