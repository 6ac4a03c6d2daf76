// Moving rows with a mouse, a pen or a finger. The keyboard has its buttons in the rows.

/**
 * `place(key)` is the number of a row among those that can be moved, `drop(key, number)` moves it there, `ended` runs after each drag.
 * While one goes on the list has the class `is-dragging`, and its rows have to stay as they are.
 * @param {any} list
 * @param {{place: (key: string) => number, drop: (key: string, number: number) => void, ended: () => void}} options
 */
export function dragRows(list, {place, drop, ended}) {
  list.addEventListener("pointerdown", (/** @type {AnyEvent} */ event) => {
    const grip = event.target.closest(".dti-cls-grip");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    drag(list, grip, event, {place, drop, ended});
  });
}

/**
 * @param {any} list the list element @param {HTMLElement} grip @param {any} start
 * @param {{place: (key: string) => number, drop: (key: string, number: number) => void, ended: () => void}} options
 */
function drag(list, grip, start, {place, drop, ended}) {
  const row = grip.closest("[data-key]");
  const {key} = row.dataset;
  const from = place(key);
  let to = from;
  grip.setPointerCapture(start.pointerId);
  row.classList.add("is-dragged");
  list.classList.add("is-dragging");

  /** @param {any} target */
  const mark = (target) => {
    for (const one of list.children) one.classList.remove("is-before", "is-after");
    const other = [...list.children].find((one) => place(one.dataset.key) === target);
    if (other && target !== from) other.classList.add(target < from ? "is-before" : "is-after");
  };
  /** @type {number | null} */
  let y = null;
  const aim = () => {
    to = targetAt([...list.children].map((one) => ({number: place(one.dataset.key), ...box(one)})), y, from);
    mark(to);
  };
  /** @param {AnyEvent} event */
  const moved = (event) => {
    y = event.clientY;
    aim();
  };
  // a list that is longer than its window goes along while the pointer waits at an edge
  const along = setInterval(() => {
    if (!list.isConnected) clearInterval(along); // the dialog around us is gone
    else if (y !== null && scrollAlong(list, y)) aim();
  }, 16);
  /** @param {AnyEvent} event */
  const end = (event) => {
    clearInterval(along);
    for (const [name, listener] of listeners) grip.removeEventListener(name, listener);
    document.removeEventListener("keydown", escape, true);
    row.classList.remove("is-dragged");
    list.classList.remove("is-dragging");
    mark(from);
    if (event.type === "pointerup" && to !== from) drop(key, to);
    else ended();
  };
  /** @param {AnyEvent} event */
  const escape = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation(); // the dialog around us stays open
    end(event);
  };
  /** @type {[string, (event: any) => void][]} */
  const listeners = [["pointermove", moved], ["pointerup", end], ["pointercancel", end]];
  for (const [name, listener] of listeners) grip.addEventListener(name, listener);
  document.addEventListener("keydown", escape, true);
}

/** @param {any} element */
function box(element) {
  const {top, bottom} = element.getBoundingClientRect();
  return {top, bottom};
}

/**
 * Scroll what `list` scrolls in, from the inside out, when `y` is at an edge of it. Returns whether anything moved.
 * @param {any} list the list element @param {number} y
 */
function scrollAlong(list, y) {
  const foot = list.closest("form")?.querySelector("[data-dti-foot]");
  const end = foot ? Math.min(window.innerHeight, box(foot).top) : window.innerHeight;
  for (let one = list; one; one = one.parentElement) {
    const root = one === document.scrollingElement;
    if (!root && !/auto|scroll/.test(getComputedStyle(one).overflowY)) continue;
    const {top, bottom} = root ? {top: 0, bottom: end} : box(one);
    const before = one.scrollTop;
    one.scrollTop += edgePull(y, Math.max(top, 0), Math.min(bottom, end));
    if (one.scrollTop !== before) return true;
  }
  return false;
}

const EDGE = 48;

/**
 * By how much to scroll at a time with the pointer at `y` in a window from `top` to `bottom`: more, the nearer to an edge.
 * @param {number} y @param {number} top @param {number} bottom
 */
export function edgePull(y, top, bottom) {
  const near = Math.min(EDGE, (bottom - top) / 3);
  /** @param {number} distance */
  const pull = (distance) => Math.ceil(Math.min(near, Math.max(0, near - distance)) / 4);
  return pull(bottom - y) - pull(y - top) || 0;
}

/**
 * The number that a row dragged from number `from` gets at height `y`; `rows` are {number, top, bottom}, -1 for what cannot move.
 * @param {{number: number, top: number, bottom: number}[]} rows @param {any} y @param {any} from
 */
export function targetAt(rows, y, from) {
  let target = from;
  for (const {number, top, bottom} of rows) {
    if (number < 0) continue;
    const middle = (top + bottom) / 2;
    if (number < from && y < middle) return Math.min(target, number);
    if (number > from && y > middle) target = number;
  }
  return target;
}
