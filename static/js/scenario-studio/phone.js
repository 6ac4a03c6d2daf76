// The scene in hand as learners will see it on a phone: the server's own screen of the unsaved story, in a frame as wide as a phone, with
// the learners' style sheets and nothing of Studio's. Nothing in it can be used: it is there to be read.
import {h, button, fill, later} from "../studio/dom.js";
import {inert} from "../studio/inert.js";
import {post} from "../studio/post.js";

const WAIT = 400;

export class Phone {
  #asked = 0;
  #html = "";
  #due;

  /** @param {ScenarioPage} ui @param {(on: boolean) => void} switched */
  constructor(ui, switched) {
    this.ui = ui;
    const {words, data} = ui;
    this.on = false;
    this.button = button(words.phone, () => {
      this.on = !this.on;
      this.#show();
      switched(this.on);
      if (this.on) this.#ask();
    }, {"data-control": "phone", "aria-pressed": "false", title: words.phoneHelp});
    this.note = h("p.dti-help", {role: "status"});
    this.screen = h("div.dti.dti-scenario", {tabindex: "0", role: "region"}, h("div", {data: {dtiScreen: ""}}));
    const {lang, dir} = document.documentElement;
    const text = new XMLSerializer();
    const sheets = data.sheets.map((/** @type {string} */ sheet) => text.serializeToString(h("link", {rel: "stylesheet", href: sheet}))).join("");
    // no scripts, no forms; of this page's origin, so that we can write into it
    this.frame = h("iframe.dti-ed-phone", {title: words.phone, sandbox: "allow-same-origin", srcdoc: `<!doctype html><html><head><meta name="viewport" content="width=device-width">${sheets}</head><body></body></html>`});
    this.frame.addEventListener("load", () => {
      const page = this.frame.contentDocument;
      if (!page) return;
      Object.assign(page.documentElement, {lang, dir});
      page.body.style.cssText = "margin: 0; padding: 12px";
      page.body.append(this.screen);
    });
    this.element = h("div.dti-ed-phoneview", {hidden: true}, this.note, this.frame);
    this.#due = later(() => this.#ask(), WAIT);
  }

  /** The session has changed. @param {SessionEvent} event */
  update(event) {
    if (this.on && (event.story || event.selection || event.settings || event.broken)) this.#due();
  }

  #show() {
    this.button.setAttribute("aria-pressed", String(this.on));
    this.element.hidden = !this.on;
  }

  async #ask() {
    this.#due.drop();
    const {ui} = this;
    const {session, words, data} = ui;
    this.#asked += 1;
    const number = this.#asked;
    const entry = session.selection.key && !session.broken ? session.story.entry(session.selection.key) : null;
    if (!entry || !["scene", "ending"].includes(entry.kind)) return this.#tell(session.broken ? words.phoneBroken : words.phoneNothing);
    const body = {content: session.text, settings: session.settings, score_by: session.settings.score_by ?? "choices", start: entry.id, decisions: [], choice: ""};
    const answer = await post(data.play, body, {form: ui.form, fetcher: window.fetch.bind(window), cookies: document.cookie});
    if (number !== this.#asked || !ui.root.isConnected) return undefined;
    if (!answer.ok || typeof answer.body.html !== "string") return this.#tell(answer.message || words[answer.error ?? ""] || words.failed);
    const title = ui.dataOf(entry.piece).title || entry.id;
    this.#tell(fill(words.phoneOf, {title}));
    this.screen.setAttribute("aria-label", title);
    const parsed = new DOMParser().parseFromString(answer.body.html, "text/html"); // our own server's template; scripts stay inert
    const made = inert(parsed.body, "shown");
    const markup = made.innerHTML;
    if (markup === this.#html) return undefined;
    this.#html = markup;
    this.screen.firstElementChild?.replaceChildren(...made.childNodes);
    return undefined;
  }

  /** @param {string} text */
  #tell(text) {
    if (this.note.textContent !== text) this.note.textContent = text;
  }
}
