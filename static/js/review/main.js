// The review: its form is sent without leaving the page, and a counter says how much room is left near the end.
import {takeOver} from "../screen/forms.js";

const NEAR = 500; // characters before the end at which the counter speaks up

/** The text of the counter: empty while there is plenty of room. `pattern` holds `{count}`. */
export function roomLeft(length, limit, pattern) {
  const left = limit - length;
  return left > NEAR ? "" : pattern.replace("{count}", String(Math.max(0, left)));
}

function watchLength(screen) {
  const text = screen.querySelector("textarea[name=text]");
  const counter = screen.querySelector("[data-dti-counter]");
  if (!text || !counter) return;
  const look = () => {
    counter.textContent = roomLeft(text.value.length, text.maxLength, counter.dataset.pattern);
  };
  text.addEventListener("input", look);
  look();
}

export function start(root, words) {
  takeOver(root, words, watchLength);
}
