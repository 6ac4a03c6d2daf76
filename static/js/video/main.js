// The film: forms are sent without leaving the page, and the player stays in it while what stands below is replaced.
import {takeOver} from "../screen/forms.js";
import {Player} from "./player.js";

/** Put the parts of the answer `parsed` in the place of those of `screen`. @param {any} screen @param {ParentNode} parsed */
export function swapParts(screen, parsed) {
  for (const part of screen.querySelectorAll("[data-dti-part]")) {
    const fresh = parsed.querySelector(`[data-dti-part="${part.dataset.dtiPart}"]`);
    if (fresh) part.replaceWith(fresh);
  }
}

export function start(root, words) {
  /** @type {Player | null} */
  let player = null;

  function onScreen(screen, form) {
    const film = screen.querySelector("[data-dti-film]");
    if (player && player.film === film) {
      player.answered(form);
      return;
    }
    player?.leave();
    player = film ? new Player(root, film, words) : null;
  }

  // Before the page goes from the film to the stills, they are told where the film is.
  root.addEventListener("submit", ({target}) => {
    const now = target.querySelector("[data-dti-now]");
    if (!now || !player) return;
    now.value = player.film.currentTime.toFixed(1);
    player.pause();
  }, true);
  takeOver(root, words, onScreen, (parsed) => {
    const [here, there] = [root.querySelector("[data-dti-film]"), parsed.querySelector("[data-dti-film]")];
    if (!here || !there) return false;
    swapParts(root, parsed);
    return true;
  });
}
