// The scene read aloud: by its recordings where it has them, else by a voice of the browser. Off until somebody switches it on,
// which this device remembers; any press ends what is being read, and nothing begins by itself when a page is loaded.

const KEPT = "dti.voice";

/**
 * What is to be read on `screen`, in order: words, and the address of a recording of them, "" where there is none.
 * @param {HTMLElement} screen @returns {{text: string, audio: string, lang: string}[]}
 */
export function pieces(screen) {
  return [...screen.querySelectorAll("[data-dti-read]")].flatMap((part) => {
    const lang = part.closest("[lang]")?.getAttribute("lang") ?? "";
    const audio = part.dataset.dtiAudio;
    const told = audio ? [part] : [...part.children].filter((child) => !child.matches("figure, [data-dti-confirm]"));
    return told.map((one) => ({text: spoken(one), audio: audio ?? one.dataset.dtiAudio ?? "", lang})).filter((one) => one.text || one.audio);
  });
}

/** The words of an element without its signs. @param {HTMLElement} element */
function spoken(element) {
  const copy = /** @type {HTMLElement} */ (element.cloneNode(true));
  for (const sign of copy.querySelectorAll("[aria-hidden=true], figure")) sign.remove();
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}

export class Voice {
  /** @type {HTMLAudioElement | null} */
  #sound = null;
  #turn = 0; // what was begun before is told apart from what is being read now
  #on = false;

  /**
   * `speech` is the window's SpeechSynthesis, null where there is none; `store` is localStorage or null.
   * @param {{speech: any, store: any, utter: (text: string) => any, sound: (address: string) => any}} options
   */
  constructor({speech, store, utter, sound}) {
    this.speech = speech;
    this.store = store;
    this.utter = utter;
    this.sound = sound;
    this.#on = this.#remembered();
  }

  get on() {
    return this.#on;
  }

  set on(value) {
    this.#on = value;
    try {
      this.store?.setItem(KEPT, value ? "on" : "off");
    } catch {
      // full or forbidden: it holds for this page
    }
  }

  #remembered() {
    try {
      return this.store?.getItem(KEPT) === "on";
    } catch {
      return false;
    }
  }

  /** Is there anything that could read `list`? @param {{audio: string}[]} list */
  can(list) {
    return list.some((one) => one.audio) || (list.length > 0 && Boolean(this.speech?.getVoices().length));
  }

  /** Read `list` from the start. @param {{text: string, audio: string, lang: string}[]} list */
  async read(list) {
    this.stop();
    const turn = this.#turn;
    for (const one of list) {
      if (turn !== this.#turn) return;
      if (!one.audio || !(await this.#play(one.audio))) await this.#say(one, turn);
    }
  }

  stop() {
    this.#turn += 1;
    this.#sound?.pause();
    this.#sound = null;
    this.speech?.cancel();
  }

  /** True when the recording was played to its end, or stopped. @param {string} address @returns {Promise<boolean>} */
  #play(address) {
    return new Promise((resolve) => {
      const sound = this.sound(address);
      this.#sound = sound;
      sound.addEventListener("ended", () => resolve(true));
      sound.addEventListener("pause", () => resolve(true));
      sound.addEventListener("error", () => resolve(false));
      sound.play().catch(() => resolve(this.#sound !== sound)); // no such file, or the browser wants a press first
    });
  }

  /** @param {{text: string, lang: string}} one @param {number} turn @returns {Promise<void>} */
  #say(one, turn) {
    return new Promise((resolve) => {
      if (!this.speech || !one.text || turn !== this.#turn) {
        resolve();
        return;
      }
      const words = this.utter(one.text);
      if (one.lang) words.lang = one.lang;
      words.onend = words.onerror = () => resolve();
      this.speech.speak(words);
    });
  }
}

/** The voice of this browser. @param {Window & typeof globalThis} page */
function voiceOf(page) {
  let store = null;
  try {
    store = page.localStorage;
  } catch {
    // forbidden, as in a private window: nothing is remembered
  }
  return new Voice({
    speech: page.speechSynthesis ?? null,
    store,
    utter: (text) => new page.SpeechSynthesisUtterance(text),
    sound: (address) => new page.Audio(address),
  });
}

/** The switch and its voice for the block `root`. Returns what is to be called with each new screen. @param {HTMLElement} root */
export function startVoice(root, voice = voiceOf(window)) {
  /** @type {HTMLElement} */
  let screen = root;
  const sign = () => {
    const button = screen.querySelector("[data-dti-voice]");
    if (!button) return;
    button.hidden = !voice.can(pieces(screen));
    button.setAttribute("aria-pressed", String(voice.on));
  };
  for (const press of ["click", "keydown"]) document.addEventListener(press, () => voice.stop(), {capture: true});
  window.addEventListener("pagehide", () => voice.stop());
  voice.speech?.addEventListener?.("voiceschanged", sign); // they may come after the page
  root.addEventListener("click", (event) => {
    if (!event.target.closest("[data-dti-voice]")) return;
    voice.on = !voice.on;
    sign();
    if (voice.on) voice.read(pieces(screen));
  });
  return (/** @type {HTMLElement} */ now, /** @type {boolean} */ pressed) => {
    voice.stop();
    screen = now;
    sign();
    if (pressed && voice.on && voice.can(pieces(screen))) voice.read(pieces(screen));
  };
}
