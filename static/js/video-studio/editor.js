// The film editor: the film over its timeline, a list of all that is in it, and the form of what is selected.
import {button, fill, h} from "../studio/dom.js";
import {Checker} from "../studio/check.js";
import {makeEditor} from "../studio/editor.js";
import {ProblemList} from "../studio/problem-list.js";
import {read, timeOf} from "./film.js";
import {Builder} from "./forms.js";
import {VideoPage} from "./page.js";
import {Timeline} from "./timeline.js";

/** Take over the form in `root`, see `makeEditor`. @param {HTMLElement} root @param {EditorWords} words @param {Runtime} runtime */
export function startEditor(root, words, runtime) {
  return makeEditor(root, words, runtime, {
    format: {read},
    Page: VideoPage,
    tab: "visual",
    /** @param {EditorWords} words */
    labels: (words) => ({label: words.visual, broken: words.filmBroken}),
    views,
  });
}

/** @param {VideoPage} ui */
function views(ui) {
  const checker = new Checker(ui);
  const timeline = new Timeline(ui);
  const list = new List(ui);
  const panel = new Panel(ui, timeline);
  const problems = new ProblemList(ui, checker);
  ui.panel = {
    /** @param {string} key */
    focus: (key) => (key === "list" ? list : panel).focus(key),
  };
  const left = h("div.dti-vds-left", {}, h("div.dti-ed-group", {}, problems.jump), timeline.element, list.element, problems.element);
  return {
    workspace: h("div.dti-ed-workspace.dti-ed-read", {}, left, panel.element),
    /** @param {SessionEvent} event */
    update(event) {
      if (event.story || event.selection || event.checked || event.broken) timeline.show();
      if (event.story || event.selection || event.broken) list.show();
      panel.update(event);
      problems.update();
      if (event.focus) ui.panel.focus(event.focus);
      if (!event.checked) checker.update(event);
    },
    started: () => timeline.show(),
  };
}

/** All that is in the film, in its order. */
class List {
  /** @param {VideoPage} ui */
  constructor(ui) {
    this.ui = ui;
    this.heading = h("h3.dti-ed-heading", {tabindex: "-1", text: ui.words.moments});
    this.rows = h("ol.dti-vds-list");
    this.begin = button(ui.words.addFilm, () => ui.add("film", 0), {"data-control": "add.film"});
    this.element = h("section", {}, this.heading, this.begin, this.rows);
  }

  show() {
    const {session} = this.ui;
    const {story} = session;
    const had = this.rows.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const timed = story.of("still", "question", "tape").sort((one, other) => timeOf(one.piece.element, "at") - timeOf(other.piece.element, "at"));
    this.begin.hidden = story.of("film").length > 0;
    this.rows.replaceChildren(...[...story.of("film", "captions"), ...timed].map((entry) => h("li", {}, button(this.ui.title(entry), () => session.select(entry.key, null, "heading"), {
      class: `dti-vds-row dti-vds-of-${entry.kind}`, "aria-current": entry.key === session.selection.key ? "true" : null, data: {key: entry.key},
    }))));
    if (had) [...this.rows.querySelectorAll("button")].find((one) => one.dataset.key === had)?.focus();
  }

  focus() {
    this.heading.focus();
  }
}

/** The form of what is selected. It is made anew when that changes, or is changed from elsewhere. */
class Panel {
  /** @type {Scope} */
  #scope = {key: null};

  /** @param {VideoPage} ui @param {Timeline} timeline */
  constructor(ui, timeline) {
    this.ui = ui;
    this.timeline = timeline;
    this.heading = h("h3.dti-ed-heading", {tabindex: "-1"});
    this.tools = h("div.dti-ed-tools");
    this.body = h("div");
    this.element = h("section.dti-ed-panel.dti-ed-form", {}, this.heading, this.tools, this.body);
  }

  /** @param {SessionEvent} event */
  update(event) {
    const {session} = this.ui;
    const {key} = session.selection;
    if (event.renamed && event.renamed.from === this.#scope.key) this.#scope.key = event.renamed.to;
    const entry = session.story.entry(key);
    const known = this.#scope.key === key;
    const typing = known && event.origin === "typing";
    const cues = event.checked && entry?.kind === "captions";
    if (!event.renamed && !typing && (event.story || event.selection || event.broken || cues)) this.#build(entry);
    this.heading.textContent = entry ? this.ui.title(entry) : this.ui.words.filmTitle;
  }

  /** @param {Entry | null} entry */
  #build(entry) {
    const {ui, timeline} = this;
    const {words} = ui;
    const had = this.body.contains(document.activeElement) ? document.activeElement.dataset.control : null;
    this.#scope = {key: entry?.key ?? null};
    const player = {seek: (/** @type {number} */ time) => timeline.seek(time), length: () => timeline.length};
    const timed = entry && ["still", "question", "tape"].includes(entry.kind);
    this.tools.replaceChildren(...(entry ? [
      timed ? button(words.playHere, () => timeline.playFrom(ui.session.story.entry(this.#scope.key)), {"data-control": "play"}) : null,
      button(words.remove, () => ui.remove(this.#scope.key), {class: "dti-ed-danger", "data-control": "remove", "aria-label": fill(words.removeThis, {what: ui.title(entry)})}),
    ] : []).filter((one) => one !== null));
    this.body.replaceChildren(...(entry ? new Builder(ui, this.#scope, player).build() : []));
    if (had) this.#control(had)?.focus();
  }

  /** @param {string} key @returns {HTMLElement | undefined} */
  #control(key) {
    return [...this.element.querySelectorAll("[data-control]")].find((one) => one.dataset.control === key);
  }

  /** Put the focus on the heading or a control. @param {string} key */
  focus(key) {
    (this.#control(key) ?? this.heading).focus();
  }
}
