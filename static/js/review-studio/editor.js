// The review editor: the question, and beside it the page as learners will see it.
import {h} from "../studio/dom.js";
import {Checker} from "../studio/check.js";
import {inert} from "../studio/inert.js";
import {makeEditor} from "../studio/editor.js";
import {ProblemList} from "../studio/problem-list.js";
import {Prose} from "../studio/prose-part.js";
import {ReviewPage} from "./page.js";
import {read, setPrompt} from "./review.js";

/** Take over the form in `root`, see `makeEditor`. @param {HTMLElement} root @param {EditorWords} words @param {Runtime} runtime */
export function startEditor(root, words, runtime) {
  return makeEditor(root, words, runtime, {
    format: {read},
    Page: ReviewPage,
    tab: "visual",
    /** @param {EditorWords} words */
    labels: (words) => ({label: words.visual, broken: words.reviewBroken}),
    views,
  });
}

/** @param {any} ui */
function views(ui) {
  const {words} = ui;
  const checker = new Checker(ui);
  const problems = new ProblemList(ui, checker);
  const prompt = new Prose(ui, "prompt", 5, setPrompt);
  const heading = h("h3.dti-ed-heading", {tabindex: "-1", text: words.promptTitle});
  ui.panel = {focus: (/** @type {string} */ key) => (key === "heading" ? heading : prompt.control).focus()};
  const left = h("div.dti-rvs-left", {}, h("div.dti-ed-group", {}, problems.jump), h("div.dti-ed-form", {}, heading, prompt.element), problems.element);
  const preview = new Preview(ui);
  return {
    workspace: h("div.dti-ed-workspace.dti-ed-read", {}, left, preview.element),
    /** @param {SessionEvent} event */
    update(event) {
      if (event.story || event.broken) prompt.show();
      problems.update();
      preview.update();
      if (event.focus) ui.panel.focus(event.focus);
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
    this.page = h("div.dti-ed-preview");
    this.element = h("section.dti-ed-panel", {"aria-labelledby": heading.id, tabindex: "0"}, heading, h("p.dti-ed-note", {text: ui.words.previewHelp}), this.page);
  }

  update() {
    const html = this.ui.checked?.preview ?? "";
    if (html === this.#html) return;
    this.#html = html;
    const parsed = new DOMParser().parseFromString(html, "text/html"); // our own server's template; scripts stay inert
    this.page.replaceChildren(...inert(parsed.body, this.ui.id("shown")).childNodes);
  }
}
