// Tells the server what is watched: one report at a time, and what does not arrive goes with the next.
import {csrfToken, failure, posted} from "../screen/forms.js";
import {Spans} from "./spans.js";

const EVERY = 10000; // ms between two reports while the film plays
const OFTEN = 4000; // ms in a tape, where it matters how far the film is

export class Reports {
  #busy = false;
  #told = 0;
  #begun = false;
  #refused = false; // nothing of this person's counts here: staff who look at the course as a learner, say

  /**
   * @param {any} film the video element @param {Words} words @param {(html: string) => void} shown @param {(sentence: string) => void} say
   * @param {Fetcher} [fetcher]
   */
  constructor(film, words, shown, say, fetcher = (...all) => window.fetch(...all)) {
    this.words = words;
    this.shown = shown;
    this.say = say;
    this.fetcher = fetcher;
    this.film = film;
    this.root = film.closest("[data-dti]"); // the film may have left the page when the last report goes
    this.address = film.dataset.watch;
    this.spans = new Spans();
    this.tape = ""; // the tape that runs, until the server knows it
    this.again = false; // whether it runs for practice
    this.inTape = false;
  }

  /** The film plays: time passes from now on. */
  begin() {
    this.#begun = false;
    return this.send();
  }

  /** Called often while the film plays. */
  tick() {
    const wait = this.inTape ? OFTEN : EVERY;
    if (this.tape || performance.now() - this.#told > wait) return this.send();
    return undefined;
  }

  /** Report now. `keepalive`: the page is going. @param {boolean} [keepalive] */
  async send(keepalive = false) {
    if (this.#refused || (this.#busy && !keepalive)) return;
    const spans = this.spans.take();
    if (!spans.length && !this.tape && this.#begun) return;
    this.#busy = true;
    this.#told = performance.now();
    const tape = this.tape;
    const pairs = /** @type {[string, string][]} */ ([
      ["spans", JSON.stringify(spans)], ["position", this.film.currentTime.toFixed(1)], ["tape", tape], ["again", this.again ? "1" : ""],
    ]);
    const form = this.root.querySelector("form");
    try {
      const response = await this.fetcher(this.address, {...posted(pairs, csrfToken(form ?? document.body, document.cookie)), keepalive});
      if (response.ok) {
        this.#begun = true;
        if (tape === this.tape) this.tape = "";
        const body = await response.json();
        if (typeof body.html === "string") this.shown(body.html);
      } else if (response.status >= 500) {
        this.spans.back(spans);
        this.say(this.words.notCounted);
      } else {
        this.#refused = response.status === 403;
        this.say(await failure(response, this.words)); // said again it would be refused again
      }
    } catch {
      this.spans.back(spans);
      this.say(this.words.notCounted);
    } finally {
      this.#busy = false;
    }
  }
}
