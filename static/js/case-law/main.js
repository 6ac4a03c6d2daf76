// The case-law reader: goes from screen to screen without leaving the page, searches while one types, marks selected words.
// Everything works without this script: links lead to pages of their own, forms post.
import {bringIntoSight} from "../screen/beside.js";
import {fields, takeOver} from "../screen/forms.js";
import {Reader, focusOn, plainAddress, searched} from "./reader.js";

const PAUSE = 200; // ms after the last letter before the server is asked
const LINKS = "a[data-dti-go], a[data-dti-ref], a[data-dti-jump], a[data-dti-link]";

/**
 * Where an address's fragment leads: {screen, slug, paragraph, query}. Screens: "list", "case", "find", "notes", "packet"; null where
 * the fragment is none of ours. "?case=graham-v-connor" is for links through pages that drop the fragment. "#find?q=…" is for links
 * that authors write; where a learner's own search stands in the address, that is "#find" alone.
 */
export function placeOf(hash, search = "") {
  const text = hash.replace(/^#/, "");
  const linked = new URLSearchParams(search).get("case") ?? "";
  const name = text || (/^[a-z0-9-]+$/.test(linked) ? `case-${linked}` : "");
  const match = /^case-([a-z0-9]+(?:-[a-z0-9]+)*)(?:--([a-z-]+-\d+))?$/.exec(name);
  if (match) return {screen: "case", slug: match[1], paragraph: match[2] ? name : ""};
  if (["notes", "packet", "find"].includes(name)) return {screen: name};
  if (name.startsWith("find?")) return {screen: "find", query: name.slice("find?".length)};
  return name === "" ? {screen: "list"} : null;
}

/** Where a form asks, and what is filled in. */
export function questionOf(form) {
  return {url: form.getAttribute("action"), pairs: fields(form).filter(([, value]) => value !== "")};
}

// The readers of this page, which share one address. `active` is the one that was used last.
const readers = [];
let active = null;

/** Which of `all` an address means: the list that has its authority, else the one that was used last, else the first. */
export function meant(place, all, last) {
  const having = place.screen === "case" ? all.filter((list) => list.slugs.includes(place.slug)) : [];
  return (having.length ? having : all).find((list) => list === last) ?? having[0] ?? all[0];
}

/** Show what the page's address means, where that is for `reader`. */
function route(reader) {
  const {here, addresses} = reader;
  const place = placeOf(location.hash, location.search);
  const all = readers.filter((one) => one.root.isConnected);
  if (!place || (place.screen !== "list" && meant(place, all, active) !== reader)) return;
  if (place.screen === "case") {
    const target = here?.dataset.dtiSlug === place.slug && document.getElementById(place.paragraph || `reader-${place.slug}`);
    if (target) bringIntoSight(target);
    else if (here?.dataset.dtiSlug !== place.slug) reader.go(`${addresses.read}?ref=${place.slug}`, {paragraph: place.paragraph});
    return;
  }
  if (place.screen === here?.dataset.dtiCaseLaw && place.screen !== "find") return;
  if (place.screen === "find") goFinding(reader, place.query);
  else reader.go({list: addresses.contents, notes: addresses.notes, packet: addresses.packet}[place.screen]);
}

/** The results of a search: of the words in a link, or of those that the browser remembers for this place in its history. */
function goFinding(reader, query) {
  const pairs = query === undefined ? history.state?.dtiFind ?? [] : [...new URLSearchParams(query)];
  if (query !== undefined) history.replaceState(searched(pairs), "", `${plainAddress()}#find`);
  reader.go(reader.addresses.find, {pairs});
}

// -- search while typing: only the results are replaced, so that the words and the focus stay where they are

async function search(reader, form, typing) {
  const {url, pairs} = questionOf(form);
  const results = reader.screen.querySelector("[data-dti-results]") && form.closest("[data-dti-case-law]")?.querySelector("[data-dti-results]");
  if (!results) {
    if (pairs.length || !typing) await searchAnew(reader, form, {url, pairs, typing});
    return;
  }
  const answer = await reader.get(url, pairs);
  if (answer.stale) return;
  reader.showError(answer.error ?? "", !typing);
  if (answer.error) return;
  results.replaceChildren(...answer.parsed.querySelector("[data-dti-results]").childNodes);
  takeFilters(form, answer.parsed);
  const kind = form.closest("[data-dti-case-law]").dataset.dtiCaseLaw;
  if (kind === "find") history.replaceState(searched(pairs), "", `${plainAddress()}#find`);
  else history.replaceState(null, "", `${plainAddress()}#notes`);
  reader.ready();
}

/** Go to the screen of results, on which the reader goes on typing where they were. */
async function searchAnew(reader, form, {url, pairs, typing}) {
  const asked = form.elements.q.value;
  let typed = asked;
  const before = () => (typed = form.elements.q.value); // the reader has gone on typing meanwhile
  if (!(await reader.go(url, {pairs, hash: "find", typing, before}))) return;
  const input = reader.screen.querySelector("[data-dti-find] input[type=search]");
  if (input) {
    if (input.value !== typed) input.value = typed;
    input.focus();
    input.setSelectionRange(typed.length, typed.length);
  }
  if (typed !== asked) search(reader, reader.screen.querySelector("[data-dti-find]"), true);
}

/** The counts of the filters change with the words; what is chosen and open stays. */
function takeFilters(form, parsed) {
  for (const select of form.querySelectorAll("select")) {
    const fresh = parsed.querySelector(`select[name="${select.name}"]`);
    if (!fresh) continue;
    const chosen = select.value;
    select.replaceChildren(...fresh.childNodes);
    select.value = chosen;
  }
}

/** More results below those that stand; focus goes to the first new one. */
async function more(reader, form) {
  const {screen} = reader;
  const {url, pairs} = questionOf(form);
  const before = screen.querySelectorAll("[data-dti-hit]").length;
  const answer = await reader.get(url, pairs);
  if (answer.stale) return;
  reader.showError(answer.error ?? "");
  if (answer.error) return;
  screen.querySelector("[data-dti-results]").replaceChildren(...answer.parsed.querySelector("[data-dti-results]").childNodes);
  history.replaceState(searched(pairs), "", `${plainAddress()}#find`);
  screen.querySelectorAll("[data-dti-hit]")[before]?.focus();
}

function watchSearch(reader) {
  const {root} = reader;
  let waiting = 0;
  root.addEventListener("input", ({target}) => {
    const form = target.closest("[data-dti-find]");
    if (!form) return;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => search(reader, form, true), target.matches("select") ? 0 : PAUSE);
  });
  root.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.dtiConfirm;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (!form.matches("[data-dti-find], [data-dti-more], [data-dti-anew]")) return;
    event.preventDefault();
    window.clearTimeout(waiting);
    if (form.matches("[data-dti-more]")) more(reader, form);
    else if (form.matches("[data-dti-anew]")) reader.go(questionOf(form).url, {pairs: questionOf(form).pairs, hash: "find", near: form});
    else search(reader, form, false);
  }, true);
}

/** Follow a link of ours within the page. */
function followLink(reader, link) {
  const address = link.getAttribute("href");
  const {dtiGo, dtiLink, dtiHit, dtiTo} = link.dataset;
  if (dtiLink !== undefined) reader.copyLink(link);
  else if (dtiGo !== undefined) {
    if (dtiHit !== undefined) reader.lastHit = `[data-dti-hit][data-dti-go="${dtiGo}"]`;
    reader.go(address, {hash: dtiGo, near: link, paragraph: dtiTo});
  } else {
    const target = document.getElementById(address.slice(1));
    if (!target) return;
    focusOn(target);
    bringIntoSight(target, "center");
  }
}

export function start(root, words) {
  if (!root.querySelector("[data-dti-screen] [data-dti-case-law]")) return; // a notice stands in its place
  const reader = new Reader(root, words, (one) => (active = one));
  readers.push(reader);
  watchSearch(reader);
  root.addEventListener("click", (event) => {
    const link = event.target.closest(LINKS);
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    followLink(reader, link);
  });
  for (const name of ["popstate", "hashchange"]) window.addEventListener(name, () => route(reader));
  window.addEventListener("beforeunload", (event) => {
    if (reader.hasDrafts()) event.preventDefault(); // the browser asks whether to leave
  });
  takeOver(root, words, (_screen, form) => reader.answered(form), (parsed, form) => reader.keeps(parsed, form));
  const place = placeOf(location.hash, location.search);
  // Another list of the page, not started yet, may be the one that has it.
  if (place && place.screen !== "list") window.setTimeout(() => route(reader), reader.slugs.includes(place.slug) ? 0 : 200);
}
