// The scenario in the page. Forms and screens are the server's (see screen.js); this adds what plain HTML cannot do: what came
// of a decision is read out, and stands at the top of the window, although focus is on the next scene's heading.
import {takeOver} from "./screen.js?v=0.1.0";

/** What came of the decision just made, as one text to be read out; empty when there is none. */
export function consequence(screen) {
  return [...screen.querySelectorAll("[data-dti-announce]")].map((part) => part.textContent.trim().replace(/\s+/g, " ")).join(" ");
}

const SPOKEN = 20000; // ms that the copy stays for screen readers that are still busy reading

export function start(root, words) {
  const voice = document.createElement("div");
  voice.className = "dti-sr";
  voice.setAttribute("aria-live", "polite");
  root.append(voice);
  let shown = false;
  let timer = 0;
  takeOver(root, words, (screen) => {
    if (shown) {
      // The copy is to be heard once: who reads on finds the text in the page, and not again after it.
      clearTimeout(timer);
      voice.textContent = consequence(screen);
      if (voice.textContent) {
        timer = setTimeout(() => {
          voice.textContent = "";
        }, SPOKEN);
      }
      // Focus is on the new scene's heading; for the eyes the page starts with what led to it.
      const feedback = screen.querySelector("[data-dti-feedback]");
      if (feedback) feedback.scrollIntoView({block: "start"});
    }
    shown = true;
  });
}
