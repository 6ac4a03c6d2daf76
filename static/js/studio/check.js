// How the content stands by the server's rules, and how it will look: asked a moment after each change. An answer that a newer question
// has overtaken is dropped.
import {later} from "./dom.js";
import {post} from "./post.js";

const WAIT = 600;

export class Checker {
  #asked = 0;
  #due;

  /** @param {any} ui the page: its `data.check` is where to ask, its `checked` the last answer and for which `text` @param {Fetcher} [fetcher] */
  constructor(ui, fetcher = (...all) => window.fetch(...all)) {
    this.ui = ui;
    this.fetcher = fetcher;
    this.failed = false;
    this.#due = later(() => this.ask(), WAIT);
  }

  /** The session has changed. @param {SessionEvent} event */
  update(event) {
    if (this.ui.session.broken) this.#due.drop();
    else if (event.story || event.settings || event.savedState) this.#due();
  }

  async ask() {
    const {ui} = this;
    const {session} = ui;
    if (session.broken || !ui.root.isConnected) return;
    this.#due.drop();
    this.#asked += 1;
    const number = this.#asked;
    const {text, settings} = session;
    const answer = await post(ui.data.check, {content: text, settings}, {form: ui.form, fetcher: this.fetcher, cookies: document.cookie});
    if (number !== this.#asked) return;
    this.failed = !(answer.ok && Array.isArray(answer.body.problems) && typeof answer.body.preview === "string");
    if (!this.failed) ui.checked = {...answer.body, text};
    session.emit({checked: true});
  }
}
