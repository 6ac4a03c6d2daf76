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

/**
 * Tell the style sheets how high the window is in which `root` scrolls: Studio's dialog, its frame, or the whole screen.
 * @param {HTMLElement} root
 */
export function followRoom(root) {
  const measure = () => {
    let room = window.innerHeight;
    for (let one = document.fullscreenElement === root ? null : root.parentElement; one && one !== document.scrollingElement; one = one.parentElement) {
      const clips = /auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight;
      if (clips) room = Math.min(room, one.clientHeight);
    }
    root.style.setProperty("--dti-room", `${room}px`);
  };
  /** @param {string} name @param {EventTarget} target */
  const follow = (name, target) => {
    const listener = () => (root.isConnected ? measure() : target.removeEventListener(name, listener)); // the dialog around us may be gone
    target.addEventListener(name, listener);
  };
  follow("resize", window);
  follow("fullscreenchange", document);
  measure();
}
