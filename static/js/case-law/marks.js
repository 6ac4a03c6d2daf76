// Marking words in an authority: what is selected becomes a passage of the form below the text.
import {say, standBy} from "../screen/beside.js";

const ASIDE = "[data-dti-aside]"; // references to notes stand in a paragraph without being of its text

/** The number of characters (code points) of a paragraph's own text before `offset` in `node`. */
export function offsetIn(paragraph, node, offset) {
  const walker = paragraph.ownerDocument.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const limit = paragraph.ownerDocument.createRange();
  limit.setStart(paragraph, 0);
  limit.setEnd(node, offset);
  let count = 0;
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (text.parentElement.closest(ASIDE)) continue;
    if (text === node) return count + length(text.data.slice(0, offset));
    if (limit.comparePoint(text, 0) > 0) break; // beyond the point, which lies between elements
    count += length(text.data);
  }
  return count;
}

/** Characters as the server counts them: a surrogate pair is one. */
export function length(text) {
  return [...text].length;
}

/**
 * The passages that `range` selects, one for each paragraph, as the form names them: {value: "section:paragraph:start:end", text,
 * id}. None where no words of a paragraph are selected.
 */
export function passagesOf(range, brief) {
  const found = [];
  for (const paragraph of brief.querySelectorAll("[data-dti-paragraph]")) {
    if (!range.intersectsNode(paragraph)) continue;
    const start = paragraph.contains(range.startContainer) ? offsetIn(paragraph, range.startContainer, range.startOffset) : 0;
    const whole = textOf(paragraph);
    const end = paragraph.contains(range.endContainer) ? offsetIn(paragraph, range.endContainer, range.endOffset) : length(whole);
    const text = [...whole].slice(start, end).join("").trim();
    if (text) found.push({value: `${paragraph.dataset.dtiParagraph}:${start}:${end}`, text, id: paragraph.id});
  }
  return found;
}

function textOf(paragraph) {
  const walker = paragraph.ownerDocument.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let text = "";
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(ASIDE)) text += walker.currentNode.data;
  return text;
}

/** Remember what is being written in the notes of `screen`, less those of `sent`, a form that has been saved. */
export function keepDrafts(screen, drafts, sent = null) {
  const slug = screen.querySelector("[data-dti-slug]")?.dataset.dtiSlug;
  for (const field of slug ? screen.querySelectorAll("textarea[name=note]") : []) {
    const name = `${slug} ${field.id}`;
    if (field.form !== sent && field.value !== field.defaultValue) {
      const chosen = field.form.querySelector("[data-dti-chosen]");
      drafts.set(name, {text: field.value, passage: field.form.elements.passage?.value, chosen: chosen?.textContent});
    } else {
      drafts.delete(name);
    }
  }
}

/** Put back what was being written, into the screen that now stands. */
export function carryDrafts(screen, drafts) {
  const slug = screen.querySelector("[data-dti-slug]")?.dataset.dtiSlug;
  for (const field of slug ? screen.querySelectorAll("textarea[name=note]") : []) {
    const draft = drafts.get(`${slug} ${field.id}`);
    if (!draft) continue;
    field.value = draft.text;
    field.closest("details").open = true;
    const select = field.form.elements.passage;
    if (!select || !draft.passage) continue;
    if (draft.chosen) chooseIn(select, draft.passage, draft.chosen);
    select.value = draft.passage;
  }
}

function chooseIn(select, value, text) {
  select.querySelector("[data-dti-chosen]")?.remove();
  const option = document.createElement("option");
  option.dataset.dtiChosen = "";
  option.value = value;
  option.textContent = text;
  select.prepend(option);
  select.value = value;
}

function newKey() {
  const numbers = crypto.getRandomValues(new Uint32Array(4));
  return [...numbers].map((number) => number.toString(16).padStart(8, "0")).join("");
}

/** Hidden fields `passage` in `form`, one for each of `passages`. */
function fillPassages(form, passages) {
  for (const old of form.querySelectorAll("input[type=hidden][name=passage]")) old.remove();
  for (const passage of passages) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "passage";
    field.value = passage.value;
    form.append(field);
  }
}

/** Where the eye is when `selection` is made: at the end that was drawn, as far as that is in `brief`; and whether that end is its first. */
function drawnEnd(selection, brief) {
  const range = selection.getRangeAt(0).cloneRange();
  if (!brief.contains(range.startContainer)) range.setStart(brief, 0);
  if (!brief.contains(range.endContainer)) range.setEnd(brief, brief.childNodes.length);
  const first = range.comparePoint(selection.focusNode, selection.focusOffset) < 0 ||
    (selection.focusNode === range.startContainer && selection.focusOffset === range.startOffset);
  const lines = [...range.getClientRects()].filter((line) => line.width && line.height);
  return {line: lines.at(first ? 0 : -1), first};
}

/**
 * Offer to mark whatever words are selected in the brief of `here`, beside them; `status` says there what came of it. Returns a function
 * that stops it.
 */
export function watchSelection(here, words, status) {
  const brief = here.querySelector("[data-dti-brief]");
  const form = here.querySelector("[data-dti-mark-form]");
  const highlight = here.querySelector("[data-dti-highlight]");
  if (!brief || !form || !highlight) return undefined;
  const tools = document.createElement("div");
  tools.className = "dti-cl-tools";
  tools.setAttribute("role", "group");
  tools.setAttribute("aria-label", words.tools);
  const said = document.createElement("p");
  said.className = "dti-sr";
  said.setAttribute("role", "status");
  tools.hidden = true;
  let passages = [];
  let timer = 0;

  function button(label, action) {
    const node = document.createElement("button");
    node.type = "button";
    node.className = "dti-button";
    node.textContent = label;
    node.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
    node.addEventListener("click", () => {
      if (!passages.length) return;
      const {top, bottom, left, right} = tools.getBoundingClientRect();
      tools.hidden = true;
      action({top, bottom, left, right});
    });
    tools.append(node);
  }

  button(words.highlight, (place) => {
    say(status, words.saving);
    standBy(status, {...place, bottom: place.top});
    fillPassages(highlight, passages);
    highlight.elements.key.value = newKey();
    highlight.dataset.dtiThen = `#${passages[0].id}`;
    highlight.requestSubmit();
  });
  button(words.writeNote, () => {
    const [first, ...rest] = passages;
    const text = passages.map((passage) => passage.text).join(" … ");
    chooseIn(form.elements.passage, first.value, words.chosen.replace("{words}", text.length > 80 ? `${text.slice(0, 80)} …` : text));
    fillPassages(form, rest);
    form.closest("details").open = true;
    form.elements.note.focus();
  });
  brief.after(tools, said);
  const forget = () => fillPassages(form, []);
  form.querySelector("select").addEventListener("change", forget);

  function look() {
    const selection = document.getSelection();
    const range = selection && selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const found = range && range.intersectsNode(brief) ? passagesOf(range, brief) : [];
    if (found.length || !tools.contains(document.activeElement)) {
      said.textContent = found.length ? words.selected : "";
      passages = found;
      tools.hidden = !found.length;
      const {line, first} = found.length ? drawnEnd(selection, brief) : {};
      if (line) standBy(tools, line, first);
    }
  }
  const later = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, 250);
  };
  const atOnce = () => {
    window.clearTimeout(timer);
    look();
  };
  document.addEventListener("selectionchange", later);
  window.addEventListener("resize", atOnce); // on a narrower page they would stand out of it
  return () => {
    window.clearTimeout(timer);
    document.removeEventListener("selectionchange", later);
    window.removeEventListener("resize", atOnce);
    tools.remove();
    said.remove();
  };
}
