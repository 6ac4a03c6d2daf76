// Bringing something into sight by what its author can scroll back: the window of Studio's dialog clips more than it scrolls.

/**
 * Scroll `scroller`, and nothing around it, by as little as shows `element`.
 * @param {Element} scroller @param {Element} element
 */
export function showIn(scroller, element) {
  const box = element.getBoundingClientRect();
  const all = scroller === document.scrollingElement ? {left: 0, top: 0} : scroller.getBoundingClientRect();
  const [left, top] = [all.left + scroller.clientLeft, all.top + scroller.clientTop];
  scroller.scrollTop += past(box.top, box.bottom, top, top + scroller.clientHeight);
  scroller.scrollLeft += past(box.left, box.right, left, left + scroller.clientWidth);
}

/**
 * By how much what reaches from `start` to `end` is out of a window from `from` to `to`; of what is larger the start counts.
 * @param {number} start @param {number} end @param {number} from @param {number} to
 */
export function past(start, end, from, to) {
  if (start < from) return start - from;
  return end > to ? Math.min(end - to, start - from) : 0;
}

/** Scroll all that an author can scroll around `element`, from the inside out, by as little as shows it. @param {Element} element */
export function showAround(element) {
  for (let one = element.parentElement; one; one = one.parentElement) {
    if (one === document.scrollingElement || /auto|scroll/.test(getComputedStyle(one).overflowY)) showIn(one, element);
  }
}
