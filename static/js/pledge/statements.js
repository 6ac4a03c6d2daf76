// On a narrow screen the statements come one at a time: affirm it, go on. Without this script they stand below each other.

const NARROW = "(max-width: 40rem)";

/**
 * Lead through the statements in `group` while the screen is narrow and they are not all affirmed. The rest of the form follows
 * when the last is done. `narrow` is a media query list.
 * @param {HTMLElement} group @param {HTMLElement} after @param {MediaQueryList} narrow
 */
export function leadThrough(group, after, narrow = window.matchMedia(NARROW)) {
  const rows = [...group.querySelectorAll("label")];
  const boxes = rows.map((row) => row.querySelector("input"));
  const [walk, count, back, next] = ["walk", "count", "back", "next"].map((name) => group.querySelector(`[data-dti-${name}]`));
  const goOn = next.textContent;
  let place = 0;
  let done = boxes.every((box) => box.checked);

  function show() {
    const leading = narrow.matches && !done;
    group.classList.toggle("dti-pledge-walking", leading);
    rows.forEach((row, number) => {
      row.hidden = leading && number !== place;
    });
    walk.hidden = !leading;
    after.hidden = leading;
    count.textContent = count.getAttribute("data-dti-words").replace("{number}", place + 1).replace("{total}", rows.length);
    back.hidden = place === 0;
    next.textContent = place < rows.length - 1 ? goOn : next.getAttribute("data-dti-last");
    return leading;
  }

  /** @param {number} number */
  function go(number) {
    place = number;
    show();
    boxes[place].focus();
  }

  function onward() {
    if (!boxes[place].reportValidity()) return; // the browser says that the box is to be checked
    const open = boxes.findIndex((box, number) => number > place && !box.checked);
    if (place < rows.length - 1) {
      go(open < 0 ? place + 1 : open);
      return;
    }
    const missing = boxes.findIndex((box) => !box.checked);
    if (missing >= 0) {
      go(missing);
      return;
    }
    done = true;
    show();
    after.scrollIntoView({block: "start"});
    after.querySelector("legend").focus({preventScroll: true});
  }

  next.addEventListener("click", onward);
  back.addEventListener("click", () => go(place - 1));
  group.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !boxes.includes(event.target) || !narrow.matches || done) return;
    event.preventDefault(); // it would send the form, most of which is not to be seen yet
    onward();
  });
  narrow.addEventListener("change", () => {
    const open = boxes.findIndex((box) => !box.checked);
    done = open < 0;
    place = Math.max(open, 0);
    show();
  });
  show();
}
