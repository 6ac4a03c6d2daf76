// Playing the unsaved story from a scene, in a dialog. The server makes the screens; nothing of it is kept.
import {dialog} from "../studio/dialog.js";
import {goTo} from "./problem-list.js";
import {h, button, fill} from "../studio/dom.js";
import {post} from "../studio/post.js";

/** @param {ScenarioPage} ui @param {Key} key */
export function playDialog(ui, key) {
  const {session, words} = ui;
  const entry = session.story.entry(key);
  if (!entry || !entry.id) return ui.announce(words.playNeedsId);
  const title = ui.dataOf(entry.piece).title || entry.id;
  const screen = h("div.dti-ed-screen.dti-scenario");
  const note = h("div.dti-error", {role: "alert", tabindex: "-1", hidden: true});
  const status = h("p.dti-status", {role: "status"});
  /** @type {string[][]} */
  let decisions = [];
  let busy = false;
  /** @type {string | null} */
  let last = null;

  /** @param {any} more */
  const ask = async (more) => {
    if (busy) return;
    busy = true;
    note.hidden = true;
    status.textContent = words.loading;
    const body = {content: session.text, settings: session.settings, score_by: session.settings.score_by ?? "choices", start: entry.id, decisions, choice: "", ...more};
    const answer = await post(ui.data.play, body, {form: ui.form, fetcher: window.fetch.bind(window), cookies: document.cookie});
    busy = false;
    status.textContent = "";
    if (!answer.ok || typeof answer.body.html !== "string") {
      note.textContent = answer.message || words[answer.error ?? ""] || words.failed;
      note.hidden = false;
      note.focus();
      return;
    }
    decisions = answer.body.decisions ?? [];
    last = answer.body.place ?? decisions.at(-1)?.[0] ?? entry.id;
    show(answer.body.html);
  };
  /** @param {string} html */
  const show = (html) => {
    const parsed = new DOMParser().parseFromString(html, "text/html"); // our own server's template; scripts stay inert
    screen.replaceChildren(...parsed.body.childNodes);
    const target = screen.querySelector("[data-dti-focus]");
    target?.setAttribute("tabindex", "-1");
    target?.focus();
    target?.scrollIntoView({block: "nearest"});
    screen.querySelector("[data-dti-feedback]")?.scrollIntoView({block: "start"});
  };
  screen.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const values = new FormData(/** @type {HTMLFormElement} */ (event.target), event.submitter ?? undefined);
    ask({choice: values.get("choice") ?? "", time_up: values.has("time_up")});
  });
  const shown = dialog(ui, {
    title: fill(words.playing, {title}),
    wide: true,
    content: [h("p.dti-help", {text: words.playHelp}), note, status, screen],
    buttons: [[words.close, null, "dti-secondary"]],
  });
  shown.foot.prepend(
    button(words.playAgain, () => {
      decisions = [];
      ask({});
    }, {class: "dti-button dti-secondary"}),
    button(words.playBack, () => {
      decisions = decisions.slice(0, -1);
      ask({});
    }, {class: "dti-button dti-secondary"}),
    button(words.playEdit, () => {
      const target = session.story.target(last);
      shown.close();
      if (target) goTo(ui, {key: target.key, at: null, field: "heading"});
    }, {class: "dti-button dti-secondary"}));
  return ask({});
}
