// The case-law reader: opening an authority marks it read, a filter over the list, citations to the clipboard, deep links.
// Everything can be read without this script.
import {send} from "./screen.js?v=0.1.0";

/** `text` for comparison: lower case, no accents, no punctuation, so that "490 us 386" finds "490 U.S. 386". */
export function plain(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f.'’]/g, "")
    .replace(/\bu s\b/g, "us")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** True when every word of `query` begins a word of `text`; both are `plain`. */
export function matches(text, query) {
  const padded = ` ${text}`;
  return query.split(" ").every((word) => padded.includes(word === "" ? "" : ` ${word}`));
}

/** `sentence` with `{name}` replaced by the values. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * The element id that an address asks for, when it is one of an authority: "#case-graham-v-connor" or "?case=graham-v-connor".
 * The second is for links through pages that drop the first, as the platform's jump_to does.
 */
export function linked(hash, query = "") {
  const slug = hash.startsWith("#case-") ? hash.slice("#case-".length) : new URLSearchParams(query).get("case") ?? "";
  return /^[a-z0-9-]+$/.test(slug) ? `case-${slug}` : "";
}

/** Take what changed from the server's new screen: progress line, "read" marks, forms that are not needed any more. */
export function adopt(list, fresh) {
  const progress = list.querySelector("[data-dti-progress]");
  const newProgress = fresh.querySelector("[data-dti-progress]");
  if (progress && newProgress) progress.replaceChildren(...newProgress.childNodes);
  for (const item of list.querySelectorAll("[data-dti-authority]")) {
    const twin = fresh.querySelector(`[data-dti-authority="${item.dataset.dtiAuthority}"]`);
    const badge = twin && twin.querySelector("[data-dti-read]");
    if (!badge) continue;
    item.querySelector("[data-dti-read]").textContent = badge.textContent;
    const form = item.querySelector("[data-dti-mark]");
    if (form && !twin.querySelector("[data-dti-mark]")) form.remove();
  }
}

function startFilter(list) {
  const box = list.querySelector("[data-dti-filter]");
  const input = box.querySelector("input");
  const count = box.querySelector("[data-dti-filter-count]");
  const none = box.querySelector("[data-dti-no-match]");
  const items = [...list.querySelectorAll("[data-dti-authority]")].map((node) => ({node, text: plain(node.textContent)}));
  let waiting = 0;

  function filter() {
    const query = plain(input.value);
    let shown = 0;
    for (const item of items) {
      const fits = matches(item.text, query);
      item.node.hidden = !fits;
      if (fits) shown += 1;
    }
    none.hidden = shown > 0;
    count.textContent = query ? fill(list.dataset.wordCount, {shown, total: items.length}) : "";
  }

  box.hidden = items.length < 2;
  input.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(filter, 150); // one announcement for a word, not for each letter
  });
  const clear = () => {
    window.clearTimeout(waiting);
    input.value = "";
    filter();
  };
  box.querySelector("[data-dti-clear]").addEventListener("click", () => {
    clear();
    input.focus(); // the button is gone
  });
  return clear;
}

function startCopying(list, status) {
  if (!navigator.clipboard) return; // only on secure pages; the citation can be selected anyway
  for (const button of list.querySelectorAll("[data-dti-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const citation = button.closest("[data-dti-authority]").querySelector("[data-dti-citation]").textContent;
      try {
        await navigator.clipboard.writeText(citation);
        status.textContent = list.dataset.wordCopied;
      } catch {
        status.textContent = list.dataset.wordNotCopied;
      }
    });
  }
}

export function start(root, words) {
  const list = root.querySelector("[data-dti-case-law]");
  if (!list) return; // a notice stands in its place
  const status = root.querySelector("[data-dti-status]");
  const alertBox = root.querySelector("[data-dti-error]");
  const showAll = startFilter(list);
  startCopying(list, status);
  let queue = Promise.resolve(); // one at a time, so that no answer is older than the one before it

  async function markRead(form) {
    if (!form.isConnected || form.dataset.sending) return;
    form.dataset.sending = "yes";
    const answer = await send(form, null, words, window.fetch.bind(window), document.cookie);
    delete form.dataset.sending;
    if (answer.error) {
      form.hidden = false; // to be tried again by hand
      alertBox.textContent = answer.error;
      alertBox.hidden = false;
      return;
    }
    alertBox.hidden = true;
    const hadFocus = form.contains(document.activeElement);
    adopt(list, new DOMParser().parseFromString(answer.html, "text/html")); // our own server's template; scripts stay inert
    if (hadFocus) form.ownerDocument.getElementById(`case-${form.elements.ref.value}`)?.querySelector("summary").focus();
  }

  const enqueue = (form) => {
    queue = queue.then(() => markRead(form));
  };
  for (const form of list.querySelectorAll("[data-dti-mark]")) {
    form.hidden = true; // opening does it
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      enqueue(form);
    });
    form.closest("details").addEventListener("toggle", (event) => {
      if (event.currentTarget.open) enqueue(form);
    });
  }

  function follow(id) {
    const details = id && list.querySelector(`#${id}`);
    if (!details) return;
    showAll();
    details.open = true;
    details.scrollIntoView();
    details.querySelector("summary").focus({preventScroll: true});
  }
  window.addEventListener("hashchange", () => follow(linked(location.hash)));
  follow(linked(location.hash, location.search));
}
