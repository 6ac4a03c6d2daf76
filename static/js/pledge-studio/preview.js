// The page as learners will see it, from the server's own template. Nothing in it can be used: it is there to be read.
import {fill, h} from "../studio/dom.js";
import {inert} from "../studio/inert.js";

export class Preview {
  /** @type {string | null} */
  #html = null;
  /** @type {any} */
  #checked = null;

  /** @param {PledgePage} ui */
  constructor(ui) {
    this.ui = ui;
    const {words} = ui;
    this.heading = h("h3.dti-ed-heading", {text: words.preview, id: ui.id("preview")});
    this.version = h("div.dti-pls-version");
    this.none = h("p.dti-ed-note", {text: words.noPreview, hidden: true});
    this.page = h("div.dti-ed-preview");
    this.element = h("section.dti-ed-panel", {"aria-labelledby": this.heading.id, tabindex: "0"}, this.version,
      this.heading, h("p.dti-ed-note", {text: words.previewHelp}), this.none, this.page);
  }

  update() {
    const {ui} = this;
    const {checked, session} = ui;
    this.none.hidden = !session.broken && Boolean(checked?.preview);
    this.page.hidden = !this.none.hidden;
    this.#showVersion(checked);
    if (!checked?.preview || checked === this.#checked) return;
    this.#checked = checked;
    const parsed = new DOMParser().parseFromString(checked.preview, "text/html"); // our own server's template; scripts stay inert
    const body = inert(parsed.body, ui.id("shown"));
    const html = body.innerHTML; // without what is another one each time, such as the form's token
    if (html === this.#html) return;
    const first = this.#html === null;
    this.#html = html;
    this.page.replaceChildren(...body.childNodes);
    if (!first) ui.announce(ui.words.previewUpdated);
  }

  /** @param {any} checked */
  #showVersion(checked) {
    const {words, session} = this.ui;
    if (!checked) return;
    const {signed, wording} = checked;
    /** @param {string} full */
    const hash = (full) => full.slice(0, 8);
    const people = !signed ? words.versionUnknown : signed.people ? fill(words.versionSigned, {...signed, hash: hash(wording.saved)}) : words.versionNobody;
    const changed = signed?.people && wording.now && wording.now !== wording.saved && checked.text === session.text;
    const texts = [people, changed ? fill(words.versionChanged, {hash: hash(wording.now)}) : "", signed?.people ? words.versionHelp : ""].filter(Boolean);
    if (this.version.dataset.said === texts.join("\n")) return;
    this.version.dataset.said = texts.join("\n");
    this.version.classList.toggle("is-signed", Boolean(signed?.people));
    this.version.replaceChildren(...texts.map((text, number) => h(`p${number === 1 && changed ? ".dti-pls-changed" : ""}`, {text})));
  }
}
