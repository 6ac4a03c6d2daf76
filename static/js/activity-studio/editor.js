// The activity editor: the form of the activity, and beside it the page as learners will see it.
import {h} from "../studio/dom.js";
import {Checker} from "../studio/check.js";
import {inert} from "../studio/inert.js";
import {makeEditor} from "../studio/editor.js";
import {ProblemList} from "../studio/problem-list.js";
import {read} from "./activity.js";
import {Form} from "./form.js";
import {ActivityPage} from "./page.js";

/** Take over the form in `root`, see `makeEditor`. @param {HTMLElement} root @param {EditorWords} words @param {Runtime} runtime */
export function startEditor(root, words, runtime) {
  return makeEditor(root, words, runtime, {
    format: {read},
    Page: ActivityPage,
    tab: "visual",
    /** @param {EditorWords} words */
    labels: (words) => ({label: words.visual, broken: words.activityBroken}),
    views,
  });
}

/** @param {any} ui */
function views(ui) {
  const checker = new Checker(ui);
  const form = new Form(ui);
  const preview = new Preview(ui);
  const problems = new ProblemList(ui, checker);
  ui.panel = form;
  const left = h("div.dti-pls-left", {}, h("div.dti-ed-group", {}, problems.jump), form.element, problems.element);
  return {
    workspace: h("div.dti-ed-workspace.dti-ed-read", {}, left, preview.element),
    /** @param {SessionEvent} event */
    update(event) {
      form.update(event);
      problems.update();
      preview.update();
      if (!event.checked) checker.update(event);
    },
  };
}

/** The page as learners will see it, from the server's own template. Nothing in it can be used: it is there to be read. */
class Preview {
  #html = "";

  /** @param {any} ui */
  constructor(ui) {
    this.ui = ui;
    const heading = h("h3.dti-ed-heading", {text: ui.words.preview, id: ui.id("preview")});
    this.none = h("p.dti-ed-note", {text: ui.words.noPreview, hidden: true});
    this.page = h("div.dti-ed-preview");
    this.element = h("section.dti-ed-panel", {"aria-labelledby": heading.id, tabindex: "0"}, heading, h("p.dti-ed-note", {text: ui.words.previewHelp}), this.none, this.page);
  }

  update() {
    const html = this.ui.checked?.preview ?? "";
    this.none.hidden = Boolean(html);
    this.page.hidden = !html;
    if (!html || html === this.#html) return;
    this.#html = html;
    const parsed = new DOMParser().parseFromString(html, "text/html"); // our own server's template; scripts stay inert
    this.page.replaceChildren(...inert(parsed.body, this.ui.id("shown")).childNodes);
  }
}
