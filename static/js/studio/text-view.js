// The OLX as text, kept equal with the story both ways.
import {h, button, later} from "./dom.js";

const WAIT = 250;

export class TextView {
  #typed;

  /** `field` is the server's own field around the textarea. @param {Page} ui @param {any} field */
  constructor(ui, field) {
    this.ui = ui;
    this.area = field.querySelector("textarea");
    this.message = h("div.dti-ed-broken", {role: "status", hidden: true});
    this.say = h("p", {});
    this.message.append(this.say, h("div.dti-buttons", {},
      button(ui.words.goToMistake, () => this.toMistake()),
      button(ui.words.dropText, () => {
        ui.session.dropBroken();
        this.area.focus();
      })));
    this.element = h("div", {}, this.message, field);
    this.#typed = later(() => ui.session.setText(this.area.value, {label: ui.words.editedText, merge: "text", origin: "text"}), WAIT);
    this.area.addEventListener("input", this.#typed);
    this.area.addEventListener("blur", () => {
      this.#typed.now();
      ui.session.history.settle();
    });
    this.visible = false;
  }

  /** What was typed a moment ago counts now. */
  flush() {
    this.#typed.now();
  }

  /**
   * React to a change of the session. Only one of the text itself is shown, and never over words that were typed and do not count
   * yet: they come with the next moment, and count over it.
   * @param {SessionEvent} event
   */
  update(event) {
    const {session} = this.ui;
    this.message.hidden = !session.broken;
    if (session.broken) this.say.textContent = this.ui.xmlMessage(session.broken.text, session.broken.error);
    if (event.origin === "text" || !this.visible || !(event.story || event.broken) || this.#typed.due()) return;
    if (this.area.value !== session.text) {
      const {scrollTop} = this.area;
      this.area.value = session.text;
      this.area.scrollTop = scrollTop;
    }
  }

  /** The tab is shown: the text as it is, at what is selected. @param {Entry} entry */
  show(entry) {
    this.visible = true;
    const {session} = this.ui;
    if (this.area.value !== session.text) this.area.value = session.text;
    if (!entry || session.broken) return;
    const {start} = session.story.span(entry.index);
    this.mark(start, start + session.story.pieces[entry.index].raw.indexOf(">") + 1);
  }

  hide() {
    this.flush();
    this.visible = false;
  }

  /** The element at the caret. */
  entry() {
    return this.ui.session.broken ? null : this.ui.session.story.entryAt(this.area.selectionStart);
  }

  /** @param {number} start @param {number} end */
  mark(start, end) {
    this.area.setSelectionRange(start, end);
    const line = this.area.value.slice(0, start).split("\n").length;
    const height = parseFloat(getComputedStyle(this.area).lineHeight) || 20;
    this.area.scrollTop = Math.max(0, (line - 4) * height);
  }

  toMistake() {
    const {broken} = this.ui.session;
    if (!broken) return;
    this.area.focus();
    this.mark(broken.error.offset, Math.min(broken.error.offset + 20, this.area.value.length));
  }
}
