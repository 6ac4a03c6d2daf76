// The editor's questions to the server. An answer that a newer question has overtaken is dropped.
import {later} from "../studio/dom.js";
import {post} from "../studio/post.js";

const WAIT = 400;

/** Asks how the list stands, a moment after each change. What it hears it gives to the page and tells the session. */
export class Checker {
  #asked = 0;
  #due;

  /** @param {CaseLawPage} ui @param {Fetcher} [fetcher] */
  constructor(ui, fetcher = (...all) => window.fetch(...all)) {
    this.ui = ui;
    this.fetcher = fetcher;
    this.failed = false;
    this.#due = later(() => this.ask(), WAIT);
  }

  /** The session has changed. @param {SessionEvent} event */
  update(event) {
    const {session, checked} = this.ui;
    if (session.broken) this.#due.drop();
    else if (event.selection && session.selection.key) this.ask();
    else if (event.origin === "settings" || (event.story && (checked?.text !== session.text || this.failed))) this.#due();
  }

  async ask() {
    const {ui} = this;
    const {session} = ui;
    if (session.broken || !ui.root.isConnected) return;
    this.#due.drop();
    this.#asked += 1;
    const number = this.#asked;
    const {text} = session;
    const entry = session.selection.key ? session.story.entry(session.selection.key) : null;
    const body = {content: text, completes_by: session.settings.complete_when ?? "", about: entry?.kind === "authority" ? entry.number : null};
    const answer = await post(ui.data.check, body, {form: ui.form, fetcher: this.fetcher, cookies: document.cookie});
    if (number !== this.#asked) return;
    this.failed = !(answer.ok && Array.isArray(answer.body.rows) && Array.isArray(answer.body.problems));
    if (!this.failed) {
      const {rows, problems, about} = answer.body;
      ui.take({rows, problems, text});
      ui.about = about ?? null;
      if (about) ui.library.set(about.name, about.library);
    }
    session.emit({checked: true});
  }
}

/** Searches the library from an editor's `form`: `search(query, chosen)` resolves to the answer, null when it failed, undefined when it was overtaken. */
export class Finder {
  #asked = 0;

  /** @param {string} address @param {HTMLFormElement} form @param {Fetcher} [fetcher] */
  constructor(address, form, fetcher = (...all) => window.fetch(...all)) {
    this.address = address;
    this.form = form;
    this.fetcher = fetcher;
  }

  /** @param {string} query @param {any} [chosen] */
  async search(query, chosen = {}) {
    this.#asked += 1;
    const number = this.#asked;
    const asked = {q: query, ...Object.fromEntries(Object.entries(chosen).filter(([, value]) => value))};
    const answer = await post(this.address, asked, {form: this.form, fetcher: this.fetcher, cookies: document.cookie});
    if (number !== this.#asked) return undefined;
    return answer.ok && Array.isArray(answer.body.results) ? answer.body : null;
  }
}
