// Marking words in an authority: what is selected becomes a passage of the form below the text.

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
 * The passage that `range` selects, as the form names it: {value: "section:paragraph:start:end", text}; null where no words of a
 * paragraph are selected. Of a selection over several paragraphs it is what lies in the first.
 */
export function passageOf(range, brief) {
  for (const paragraph of brief.querySelectorAll("[data-dti-paragraph]")) {
    if (!range.intersectsNode(paragraph)) continue;
    const start = paragraph.contains(range.startContainer) ? offsetIn(paragraph, range.startContainer, range.startOffset) : 0;
    const whole = textOf(paragraph);
    const end = paragraph.contains(range.endContainer) ? offsetIn(paragraph, range.endContainer, range.endOffset) : length(whole);
    const text = [...whole].slice(start, end).join("");
    if (text.trim()) return {value: `${paragraph.dataset.dtiParagraph}:${start}:${end}`, text: text.trim()};
  }
  return null;
}

function textOf(paragraph) {
  const walker = paragraph.ownerDocument.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let text = "";
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(ASIDE)) text += walker.currentNode.data;
  return text;
}

/** Offer to mark whatever words are selected in the brief of `here`. Returns a function that stops it. */
export function watchSelection(here, words, status) {
  const brief = here.querySelector("[data-dti-brief]");
  const form = here.querySelector("[data-dti-mark-form]");
  if (!brief || !form) return undefined;
  const tools = document.createElement("div");
  tools.className = "dti-cl-tools";
  tools.setAttribute("role", "group");
  tools.setAttribute("aria-label", words.tools);
  tools.hidden = true;
  let passage = null;
  let timer = 0;

  function button(label, action) {
    const node = document.createElement("button");
    node.type = "button";
    node.className = "dti-button";
    node.textContent = label;
    node.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
    node.addEventListener("click", () => {
      if (passage) action();
    });
    tools.append(node);
  }

  function choose() {
    const select = form.elements.passage;
    select.querySelector("[data-dti-chosen]")?.remove();
    const option = document.createElement("option");
    option.dataset.dtiChosen = "";
    option.value = passage.value;
    option.textContent = words.chosen.replace("{words}", passage.text.length > 80 ? `${passage.text.slice(0, 80)} …` : passage.text);
    select.prepend(option);
    select.value = option.value;
    tools.hidden = true;
  }

  button(words.highlight, () => {
    choose();
    form.requestSubmit();
  });
  button(words.writeNote, () => {
    choose();
    form.closest("details").open = true;
    form.elements.note.focus();
  });
  here.append(tools);

  function look() {
    const selection = document.getSelection();
    const range = selection && selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const found = range && brief.contains(range.startContainer) ? passageOf(range, brief) : null;
    if (found && tools.hidden) status.textContent = words.selected;
    if (!found && !tools.hidden) status.textContent = "";
    if (found || !tools.contains(document.activeElement)) {
      passage = found;
      tools.hidden = !found;
    }
  }
  const later = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, 250);
  };
  document.addEventListener("selectionchange", later);
  return () => {
    window.clearTimeout(timer);
    document.removeEventListener("selectionchange", later);
    tools.remove();
  };
}
