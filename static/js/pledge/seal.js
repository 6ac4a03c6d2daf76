// A record is sealed a moment after it was signed: ask for the seal until it is there, and put it in place of what waits for it.
import {send} from "../screen/forms.js";

const WAITS = [1500, 3000, 6000, 12000, 24000]; // ms before each look

const pause = (/** @type {number} */ ms) => new Promise((resolve) => {
  setTimeout(resolve, ms);
});

/**
 * Look for the seal of the pledge on `screen`, if it has none yet. Nothing else of the page changes, so nobody loses a place in it.
 * @param {HTMLElement} screen @param {Words} words @param {(ms: number) => Promise<any>} wait
 */
export async function followSeal(screen, words, wait = pause) {
  const form = screen.querySelector("form[data-dti-look]");
  if (!form) return;
  const note = screen.querySelector("[data-dti-seal-note]");
  note.textContent = words.sealWaits;
  for (const ms of WAITS) {
    await wait(ms);
    if (!form.isConnected) return;
    const answer = await send(form, null, words, window.fetch.bind(window), document.cookie);
    if (typeof answer.html !== "string") continue;
    const parsed = new DOMParser().parseFromString(answer.html, "text/html"); // our own server's template; scripts stay inert
    if (form.isConnected && parsed.querySelector("[data-dti-part=seal]") && !parsed.querySelector("form[data-dti-look]")) {
      putInPlace(screen, parsed);
      return;
    }
  }
  note.textContent = words.sealLate;
}

/** @param {HTMLElement} screen @param {Document} parsed */
function putInPlace(screen, parsed) {
  for (const part of screen.querySelectorAll("[data-dti-part]")) {
    const fresh = parsed.querySelector(`[data-dti-part=${part.getAttribute("data-dti-part")}]`);
    if (!fresh) continue;
    const hadFocus = part.contains(document.activeElement);
    part.replaceChildren(...fresh.childNodes);
    if (hadFocus) part.focus();
  }
}
