// The foot with the button that saves stays where it is on the screen, whatever comes and goes above: a button that moves away under the
// finger is not pressed. It sticks to the end of the window; what is left is the end of the page, where something stands below it.
// Nor does it come to stand over what has the focus, when messages that appear above push that down.

const MOST = 150; // px: more is no message, and the author has gone elsewhere

/** @param {HTMLElement} form @param {HTMLElement} foot */
export function holdFoot(form, foot) {
  const place = () => foot.getBoundingClientRect().top;
  let [height, top] = [form.offsetHeight, place()];
  let seen = true; // whether what has the focus was in sight when the author last went or scrolled somewhere
  const follow = () => {
    if (!form.isConnected) return;
    const [was, now] = [height, form.offsetHeight];
    height = now;
    const moved = place() - top;
    if (was !== now && Math.abs(moved) > 0.5 && Math.abs(moved) < MOST) scrollerOf(form).scrollTop += moved;
    const focused = focusedIn(form, foot);
    if (was !== now && seen && focused && isBehind(focused, foot)) focused.scrollIntoView({block: "nearest"});
    top = place();
  };
  new ResizeObserver(follow).observe(form);
  form.addEventListener("focusin", () => { seen = true; }); // the browser brings it into sight
  const scrolled = () => {
    if (!form.isConnected) return document.removeEventListener("scroll", scrolled, true); // the dialog around us may be gone
    follow();
    const focused = focusedIn(form, foot);
    seen = !focused || !isBehind(focused, foot);
  };
  document.addEventListener("scroll", scrolled, {capture: true, passive: true});
}

/** What has the focus above the foot. @param {HTMLElement} form @param {HTMLElement} foot */
function focusedIn(form, foot) {
  const one = document.activeElement;
  return one && form.contains(one) && !foot.contains(one) && !one.closest("dialog") ? one : null;
}

/** Whether the first line of `element` is behind the foot, or below the window's end. @param {Element} element @param {HTMLElement} foot */
function isBehind(element, foot) {
  const [box, bar] = [element.getBoundingClientRect(), foot.getBoundingClientRect()];
  return box.top + Math.min(box.height, 20) > bar.top;
}

/** What scrolls around `element`. @param {Element} element */
function scrollerOf(element) {
  for (let one = element.parentElement; one && one !== document.scrollingElement; one = one.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight) return one;
  }
  return document.scrollingElement ?? document.documentElement;
}
