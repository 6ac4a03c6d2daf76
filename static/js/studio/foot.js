// The foot with the button that saves stays where it is on the screen, whatever comes and goes above: a button that moves away under the
// finger is not pressed. It sticks to the end of the window; what is left is the end of the page, where something stands below it.

const MOST = 150; // px: more is no message, and the author has gone elsewhere

/** @param {HTMLElement} form @param {HTMLElement} foot */
export function holdFoot(form, foot) {
  const place = () => foot.getBoundingClientRect().top;
  let [height, top] = [form.offsetHeight, place()];
  const follow = () => {
    if (!form.isConnected) return;
    const [was, now] = [height, form.offsetHeight];
    height = now;
    const moved = place() - top;
    if (was !== now && Math.abs(moved) > 0.5 && Math.abs(moved) < MOST) scrollerOf(form).scrollTop += moved;
    top = place();
  };
  new ResizeObserver(follow).observe(form);
  const scrolled = () => (form.isConnected ? follow() : document.removeEventListener("scroll", scrolled, true)); // the dialog around us may be gone
  document.addEventListener("scroll", scrolled, {capture: true, passive: true});
}

/** What scrolls around `element`. @param {Element} element */
function scrollerOf(element) {
  for (let one = element.parentElement; one && one !== document.scrollingElement; one = one.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight) return one;
  }
  return document.scrollingElement ?? document.documentElement;
}
