// The transcript follows the film and leads to its places; captions and speed are chosen once for all films of this browser.
import {bringIntoSight} from "../screen/beside.js";

const KEY = "dti-video"; // in the browser's own store: {language, speed}

/** What was chosen before; {} where the browser keeps nothing. */
export function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

/** @param {object} change */
function keep(change) {
  try {
    localStorage.setItem(KEY, JSON.stringify({...kept(), ...change}));
  } catch {
    // the choice holds for this page
  }
}

/** The line that is spoken at `time`: the last that has begun. @param {{begin: number}[]} lines @param {number} time */
export function lineAt(lines, time) {
  let found = -1;
  for (let index = 0; index < lines.length && lines[index].begin <= time; index += 1) found = index;
  return found;
}

export class Transcript {
  #now = /** @type {any} */ (null);

  /** @param {HTMLElement} root @param {any} film @param {Words} words @param {(time: number) => void} seek */
  constructor(root, film, words, seek) {
    this.film = film;
    this.parts = [...root.querySelectorAll("[data-dti-transcript] [data-lang]")];
    this.lines = new Map(this.parts.map((part) => [part, [...part.querySelectorAll("li")].map((item) => ({item, begin: Number(item.dataset.begin)}))]));
    for (const lines of this.lines.values()) {
      for (const {item, begin} of lines) {
        const time = item.querySelector("[data-dti-when]");
        const button = document.createElement("button");
        button.type = "button";
        button.className = time.className;
        button.textContent = time.textContent;
        button.setAttribute("aria-label", words.jumpTo.replace("{time}", time.textContent));
        button.addEventListener("click", () => {
          seek(begin);
          bringIntoSight(film, "nearest");
        });
        time.replaceWith(button);
      }
    }
    this.pickLanguage(root);
    this.pickSpeed(root);
  }

  /** @param {HTMLElement} root */
  pickLanguage(root) {
    const select = root.querySelector("[data-dti-language]");
    if (!select) return;
    const wanted = kept().language;
    if (wanted !== undefined && [...select.options].some((option) => option.value === wanted)) select.value = wanted;
    const use = () => {
      for (const track of this.film.textTracks) track.mode = track.language === select.value ? "showing" : "disabled";
      const shown = select.value || select.options[0].value;
      for (const part of this.parts) part.hidden = part.dataset.lang !== shown;
    };
    select.addEventListener("change", () => {
      keep({language: select.value});
      use();
    });
    // chosen in the player's own menu
    this.film.textTracks.addEventListener?.("change", () => {
      const on = [...this.film.textTracks].find((track) => track.mode === "showing");
      const chosen = on ? on.language : "";
      if (chosen !== select.value) {
        select.value = chosen;
        keep({language: chosen});
        use();
      }
    });
    use();
  }

  /** @param {HTMLElement} root */
  pickSpeed(root) {
    const select = root.querySelector("[data-dti-speed]");
    const wanted = kept().speed;
    if (wanted && [...select.options].some((option) => option.value === wanted)) select.value = wanted;
    const use = () => {
      this.film.defaultPlaybackRate = Number(select.value);
      this.film.playbackRate = Number(select.value);
    };
    select.addEventListener("change", () => {
      keep({speed: select.value});
      use();
    });
    this.film.addEventListener("ratechange", () => {
      const fastest = Number(select.options[select.options.length - 1].value);
      if (this.film.playbackRate > fastest) this.film.playbackRate = fastest; // more cannot be told from a jump
      if ([...select.options].some((option) => Number(option.value) === this.film.playbackRate)) select.value = String(this.film.playbackRate);
    });
    use();
  }

  /** Mark the line that is spoken at `time`, and keep it in sight of the list. @param {number} time */
  follow(time) {
    const open = this.parts.find((part) => part.open && !part.hidden);
    const lines = open ? this.lines.get(open) : [];
    const line = lines[lineAt(lines, time)]?.item ?? null;
    if (line === this.#now) return;
    this.#now?.removeAttribute("aria-current");
    this.#now = line;
    if (!line) return;
    line.setAttribute("aria-current", "true");
    const list = line.parentElement;
    list.scrollTop = line.offsetTop - list.offsetTop - list.clientHeight / 3;
  }
}
