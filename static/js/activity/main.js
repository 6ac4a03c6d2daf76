// The activity: its forms are sent without leaving the page, and cards can be moved by hand.
import {takeOver} from "../screen/forms.js";
import {Board} from "./board.js";
import {Row} from "./row.js";

let unsent = ""; // words that were tried out and not sent

/** @param {HTMLElement} root @param {Words} words */
export function start(root, words) {
  takeOver(root, words, (/** @type {HTMLElement} */ screen) => {
    for (const one of screen.querySelectorAll("[data-dti-plain]")) one.hidden = true;
    for (const one of screen.querySelectorAll("[data-dti-moving]")) one.hidden = false;
    for (const form of screen.querySelectorAll("[data-dti-board]")) new Board(form, words);
    for (const form of screen.querySelectorAll("[data-dti-order]")) new Row(form, words);
    for (const form of screen.querySelectorAll("[data-dti-spot]")) takePresses(form);
    for (const form of screen.querySelectorAll("[data-dti-say]")) hearWords(form);
    tellWords(screen);
  });
}

/** Where (x, y) is in `box`, in percent with two digits. @param {{left: number, top: number, width: number, height: number}} box @param {number} x @param {number} y */
export function inPercent(box, x, y) {
  /** @param {number} part @param {number} whole */
  const share = (part, whole) => (100 * Math.min(1, Math.max(0, part / whole))).toFixed(2);
  return [share(x - box.left, box.width), share(y - box.top, box.height)];
}

/** A press in the picture is sent: the list says the same without one. @param {HTMLFormElement} form */
function takePresses(form) {
  const picture = form.querySelector("[data-dti-picture]");
  if (!picture) return;
  picture.classList.add("is-live");
  picture.addEventListener("click", (event) => {
    const {clientX, clientY} = /** @type {MouseEvent} */ (event);
    const [x, y] = inPercent(picture.getBoundingClientRect(), clientX, clientY);
    for (const [name, value] of [["x", x], ["y", y]]) {
      form.querySelector(`input[name=${name}]`)?.remove();
      const field = document.createElement("input");
      Object.assign(field, {type: "hidden", name, value});
      form.append(field);
    }
    form.requestSubmit();
    for (const name of ["x", "y"]) form.querySelector(`input[name=${name}]`)?.remove();
  });
}

/**
 * Words that are not to be kept stay in the browser: the server hears only that there are some, and they are shown from here.
 * @param {HTMLFormElement} form
 */
function hearWords(form) {
  const text = form.querySelector("textarea");
  const keep = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=keep]"));
  const said = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=said]"));
  if (!text || !said) return;
  form.addEventListener("submit", () => {
    unsent = "";
    said.value = "";
    if (keep?.checked || !text.value.trim()) return;
    unsent = text.value.trim();
    said.value = "yes";
    text.disabled = true; // a field that is disabled is not sent
    setTimeout(() => {
      text.disabled = false;
    });
  });
}

/** Show what was said and not sent, on a screen that leaves room for it. @param {HTMLElement} screen */
function tellWords(screen) {
  const room = /** @type {HTMLElement | null} */ (screen.querySelector("[data-dti-unsaid]"));
  const words = unsent;
  unsent = "";
  if (!room || !words) return;
  const line = room.querySelector("[data-dti-said]");
  if (line) line.textContent = words;
  room.hidden = false;
  const text = screen.querySelector("textarea");
  if (text && !text.value) text.value = words;
}
