// The panel beside the list: the library to pick from, or the form of the selected authority. The form is built anew when something else
// is selected or its text changes from elsewhere, and left alone while the author types in it.
import {h} from "../studio/dom.js";
import {dataOf} from "./entry.js";
import {entryForm, formTitle, showProblems} from "./form.js";
import {Picker} from "./picker.js";

export class Panel {
  /** @type {Scope} */
  #scope = {key: null};
  /** @type {any} */
  #form = null;
  #wanted = ""; // the field that should have the focus when the library's texts are there

  /** @param {CaseLawPage} ui */
  constructor(ui) {
    this.ui = ui;
    this.picker = new Picker(ui);
    this.heading = h("h3.dti-ed-heading", {tabindex: "-1", id: ui.id("panel")});
    this.body = h("div.dti-ed-form");
    this.body.addEventListener("focusout", (/** @type {AnyEvent} */ {target}) => {
      const field = target.closest("[data-field]")?.dataset.field;
      if (field && this.#scope.key) ui.leaveField(this.#scope.key, field);
    });
    this.element = h("section.dti-ed-panel", {"aria-labelledby": this.heading.id}, this.heading, this.body);
  }

  /** React to a change of the session. @param {SessionEvent} event */
  update(event) {
    if (event.renamed && event.renamed.from === this.#scope.key) this.#scope.key = event.renamed.to;
    const typing = event.origin === "typing" && !event.selection;
    const arrived = event.checked && this.#waits();
    if (arrived || event.selection || event.chosen || (!typing && (event.story || event.broken))) this.build(event.focus);
    else if (event.focus) this.focus(event.focus);
    if (event.story || event.checked || typing) this.refresh(event.checked ? this.ui.about : undefined);
    if (event.left) this.#showProblems();
    this.picker.refresh();
  }

  build(focus = "") {
    const {ui} = this;
    const {key} = ui.session.selection;
    const entry = key ? ui.session.story.entry(key) : null;
    const had = this.element.contains(document.activeElement) ? document.activeElement.dataset.control : null;
    const moved = this.#scope.key !== key;
    if (!entry) {
      this.#scope = {key: null};
      this.#form = null;
      this.heading.textContent = ui.words.addFromLibrary;
      if (this.body.firstChild !== this.picker.element) this.body.replaceChildren(this.picker.element);
      this.picker.show();
    } else {
      const {ref} = dataOf(entry.piece);
      const known = ui.library.has(entry.id) ? ui.library.get(entry.id) : undefined;
      this.#scope = {key, library: ref ? known : null};
      this.#form = entryForm(ui, this.#scope);
      this.body.replaceChildren(...this.#form.parts.filter(Boolean));
      this.refresh(ui.about?.name === entry.id ? ui.about : null);
    }
    const wanted = focus || (moved ? "" : this.#wanted);
    this.#wanted = this.#scope.library === undefined && this.#scope.key ? wanted : "";
    if (wanted) this.focus(wanted);
    else if (had && !moved) this.focus(had);
    else if (had && !this.element.contains(document.activeElement)) this.focus("heading");
  }

  /** The heading as it now is and, with `about`, what the server says of the selected entry. */
  refresh(about = undefined) {
    const {ui} = this;
    const entry = this.#scope.key ? ui.session.story.entry(this.#scope.key) : null;
    if (!entry || !this.#form) return;
    const title = formTitle(ui, entry);
    if (this.heading.textContent !== title) this.heading.textContent = title;
    const name = this.body.querySelector("[data-follows=name]");
    if (name && document.activeElement !== name) name.value = entry.id;
    if (about === undefined) return;
    this.#form.refresh(about);
    this.#showProblems();
  }

  #showProblems() {
    const entry = this.#scope.key ? this.ui.session.story.entry(this.#scope.key) : null;
    if (entry && this.#form) showProblems(this.body, this.ui.problemsOf(entry));
  }

  /** Put the focus on the heading or the field `key`. @param {Key} key */
  focus(key) {
    const control = key === "heading" ? null : [...this.body.querySelectorAll("[data-control]")].find((one) => one.dataset.control === key);
    const target = control ?? this.heading;
    this.ui.reveal(target);
    target.focus();
    target.scrollIntoView?.({block: "nearest"});
  }

  /** True while the library's texts of the selected entry were not known and now are. */
  #waits() {
    const entry = this.#scope.key ? this.ui.session.story.entry(this.#scope.key) : null;
    return Boolean(entry && this.#scope.library === undefined && this.ui.library.has(entry.id));
  }
}
