// What boards and rows have in common: a card that follows the pointer, cards that glide to their places, and what is said.

const FAR = 6; // px from which a press is a drag
const EDGE = 56; // px at the window's edges in which the page scrolls along
const GLIDE = 180; // ms

/** An element. @param {string} tag @param {string} className @param {Record<string, string>} [attributes] @param {string} [text] */
export function made(tag, className, attributes = {}, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

/** `text` with {names} replaced. @param {string} text @param {Record<string, string | number>} values */
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));

/** The words on a card, on one line and not too many. @param {HTMLElement} card */
export function nameOf(card) {
  const text = (card.querySelector(".dti-act-text")?.textContent ?? "").trim().replace(/\s+/g, " ");
  return text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text;
}

/** A line in `form` that only screen readers read. @param {HTMLElement} form */
export function teller(form) {
  const line = made("p", "dti-sr", {role: "status"});
  form.append(line);
  return (/** @type {string} */ text) => {
    line.textContent = text;
  };
}

/** Do `change`, and let the cards glide from where they were. @param {HTMLElement[]} cards @param {() => void} change */
export function glide(cards, change) {
  const before = cards.map((card) => card.getBoundingClientRect());
  change();
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  cards.forEach((card, number) => {
    const now = card.getBoundingClientRect();
    const [x, y] = [before[number].left - now.left, before[number].top - now.top];
    if (x || y) card.animate?.([{transform: `translate(${x}px, ${y}px)`}, {transform: "none"}], {duration: GLIDE, easing: "ease-out"});
  });
}

/**
 * Let `card` be dragged: with a mouse or pen by any of it that is no control, with a finger by its grip, so that a page still scrolls.
 * `over(x, y)` runs while it moves, `drop(x, y)` when it is let go, `end()` at last, `press()` for a press that was no drag.
 * @param {HTMLElement} card
 * @param {{over: (x: number, y: number) => void, drop: (x: number, y: number) => void, end: () => void, press?: () => void}} act
 */
export function draggable(card, {over, drop, end, press = () => {}}) {
  const grip = made("span", "dti-act-grip", {"aria-hidden": "true"});
  card.prepend(grip);
  card.classList.add("is-loose");
  card.addEventListener("pointerdown", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (event.button !== 0 || target.closest("select, button, label, a, .dti-act-why")) return;
    const [x0, y0] = [event.clientX, event.clientY];
    const scrolled = window.scrollY;
    const finger = event.pointerType === "touch" && target !== grip;
    let dragging = false;
    if (!finger) {
      event.preventDefault();
      card.setPointerCapture(event.pointerId); // a fast pointer is gone from the card before it has moved
    }
    /** @param {PointerEvent} moved */
    const move = (moved) => {
      const [x, y] = [moved.clientX - x0, moved.clientY - y0];
      if (!dragging) {
        if (finger || Math.hypot(x, y) < FAR) return;
        dragging = true;
        card.classList.add("is-dragged");
      }
      if (moved.clientY < EDGE) window.scrollBy(0, -12);
      else if (moved.clientY > window.innerHeight - EDGE) window.scrollBy(0, 12);
      card.style.transform = `translate(${x}px, ${y + window.scrollY - scrolled}px)`;
      over(moved.clientX, moved.clientY);
    };
    /** @param {boolean} done */
    const stop = (done) => {
      card.removeEventListener("pointermove", move);
      card.removeEventListener("pointerup", up);
      card.removeEventListener("pointercancel", cancel);
      document.removeEventListener("keydown", escape, true);
      const was = dragging;
      dragging = false;
      card.style.transform = "";
      card.classList.remove("is-dragged");
      if (was) end();
      else if (done) press();
    };
    /** @param {PointerEvent} ended */
    const up = (ended) => {
      if (dragging) drop(ended.clientX, ended.clientY);
      stop(Math.hypot(ended.clientX - x0, ended.clientY - y0) < FAR);
    };
    const cancel = () => stop(false);
    /** @param {KeyboardEvent} pressed */
    const escape = (pressed) => {
      if (pressed.key === "Escape") stop(false);
    };
    card.addEventListener("pointermove", move);
    card.addEventListener("pointerup", up);
    card.addEventListener("pointercancel", cancel);
    document.addEventListener("keydown", escape, true);
  });
}
