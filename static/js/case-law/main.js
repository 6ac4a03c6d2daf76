// The case-law reader: goes from screen to screen without leaving the page, searches while one types, marks selected words.
// Everything works without this script: links lead to pages of their own, forms post.
import {failure, takeOver} from "./screen.js?v=0.1.0";
import {follow as followPacket} from "./case-law-packets.js?v=0.1.0";
import {carryDrafts, keepDrafts, watchSelection} from "./case-law-marks.js?v=0.1.0";

const PATIENCE = 200; // ms after the last letter before the server is asked
const READING = 8000; // ms that an authority is open before its end, in sight, counts as read
const END_IN_SIGHT = 1000; // ms

/**
 * Where an address's fragment leads: {screen, slug, paragraph, query}. Screens: "list", "case", "find", "notes", "packet"; null where
 * the fragment is none of ours. "?case=graham-v-connor" is for links through pages that drop the fragment.
 */
export function placeOf(hash, search = "") {
  const text = hash.replace(/^#/, "");
  const linked = new URLSearchParams(search).get("case") ?? "";
  const name = text || (/^[a-z0-9-]+$/.test(linked) ? `case-${linked}` : "");
  const match = /^case-([a-z0-9]+(?:-[a-z0-9]+)*)(?:--([a-z-]+-\d+))?$/.exec(name);
  if (match) return {screen: "case", slug: match[1], paragraph: match[2] ? name : ""};
  if (name === "notes" || name === "packet") return {screen: name};
  if (name.startsWith("find?")) return {screen: "find", query: name.slice("find?".length)};
  return name === "" ? {screen: "list"} : null;
}

/** The address of a GET form with what is filled in, and its query alone. */
export function addressOf(form) {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== "")).toString();
  return {url: `${form.getAttribute("action")}${query ? `?${query}` : ""}`, query};
}

// The reading lists of this page, which share one address: {slugs, root}. `active` is the one that was used last.
const lists = [];
let active = null;

/** Which of `all` an address means: the list that has its authority, else the one that was used last, else the first. */
export function meant(place, all, last) {
  const having = place.screen === "case" ? all.filter((list) => list.slugs.includes(place.slug)) : [];
  return (having.length ? having : all).find((list) => list === last) ?? having[0] ?? all[0];
}

export function start(root, words) {
  const screen = root.querySelector("[data-dti-screen]");
  if (!screen.querySelector("[data-dti-case-law]")) return; // a notice stands in its place
  const self = {root, slugs: [...screen.querySelectorAll("li[id^=case-]")].map((row) => row.id.slice("case-".length))};
  lists.push(self);
  const status = root.querySelector("[data-dti-status]");
  const alertBox = root.querySelector("[data-dti-error]");
  const addresses = {...root.querySelector("[data-dti-addresses]").dataset};
  let asked = 0; // the newest question to the server: an older answer that comes later is dropped
  let stopWatching = () => {};
  let lastHit = "x"; // the result that was followed last, as a selector: where the reader comes back to
  let kept = false; // whether the answer just heard has left the screen as it is
  const drafts = new Map(); // notes that were begun and not saved, by the authority and the field

  async function get(url) {
    const turn = ++asked;
    let message = words.offline;
    try {
      const response = await fetch(url, {credentials: "same-origin", headers: {Accept: "application/json"}});
      if (response.ok) {
        const {html} = await response.json();
        if (typeof html === "string") return {parsed: new DOMParser().parseFromString(html, "text/html"), stale: turn !== asked};
        message = words.failed;
      } else {
        message = await failure(response, words);
      }
    } catch (error) {
      if (error instanceof SyntaxError) message = words.signedOut; // the platform's sign-in page instead of our JSON
    }
    return {error: message, stale: turn !== asked};
  }

  function showError(message, focus = true) {
    alertBox.textContent = message;
    alertBox.hidden = !message;
    if (message && focus) alertBox.focus();
  }

  /** The page's own address, without the authority that a link named in its query: else going back would lead there again. */
  function plainAddress() {
    const query = new URLSearchParams(location.search);
    query.delete("case");
    return location.pathname + (query.size ? `?${query}` : "");
  }

  /** Show the screen at `url`. Resolves to whether it is there; focus is on its heading, or on `paragraph`. */
  async function go(url, {hash = null, paragraph = "", typing = false, before = () => {}} = {}) {
    status.textContent = words.loading;
    const answer = await get(url);
    if (answer.stale) return false;
    status.textContent = "";
    if (answer.error) {
      showError(answer.error, !typing);
      return false;
    }
    showError("");
    before();
    keepDrafts(screen, drafts);
    screen.replaceChildren(...answer.parsed.body.childNodes); // our own server's template; scripts stay inert
    active = self;
    carryDrafts(screen, drafts);
    if (hash !== null) history.pushState(null, "", plainAddress() + (hash && `#${hash}`));
    ready();
    const target =
      (paragraph && document.getElementById(paragraph)) || screen.querySelector(lastHit) || screen.querySelector("[data-dti-focus]");
    if (target) {
      if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
      target.focus({preventScroll: true});
      (paragraph ? target : root).scrollIntoView({block: paragraph ? "center" : "start"});
    }
    return true;
  }

  function route() {
    const place = placeOf(location.hash, location.search);
    const here = screen.querySelector("[data-dti-case-law]");
    const all = lists.filter((list) => list.root.isConnected);
    if (!place || (place.screen !== "list" && meant(place, all, active) !== self)) return undefined;
    if (place.screen === "case") {
      if (here?.dataset.dtiSlug === place.slug) {
        document.getElementById(place.paragraph || `reader-${place.slug}`)?.scrollIntoView();
        return undefined;
      }
      return go(`${addresses.read}?ref=${place.slug}`, {paragraph: place.paragraph});
    }
    if (place.screen === here?.dataset.dtiCaseLaw && place.screen !== "find") return undefined;
    return go({list: addresses.contents, notes: addresses.notes, packet: addresses.packet, find: `${addresses.find}?${place.query ?? ""}`}[place.screen]);
  }

  // -- search while typing: only the results are replaced, so that the words and the focus stay where they are

  async function search(form, typing) {
    const {url, query} = addressOf(form);
    const inPlace = screen.querySelector("[data-dti-results]") && form.closest("[data-dti-case-law]")?.querySelector("[data-dti-results]");
    if (!inPlace) {
      if (!query && typing) return;
      const asked = form.elements.q.value;
      let typed = asked;
      const before = () => (typed = form.elements.q.value); // the reader has gone on typing meanwhile
      if (!(await go(url, {hash: `find?${query}`, typing, before}))) return;
      refocus(typed);
      if (typed !== asked) search(screen.querySelector("[data-dti-find]"), true);
      return;
    }
    const answer = await get(url);
    if (answer.stale) return;
    if (answer.error) {
      showError(answer.error, !typing);
      return;
    }
    showError("");
    const fresh = answer.parsed.querySelector("[data-dti-results]");
    inPlace.replaceChildren(...fresh.childNodes);
    takeFilters(form, answer.parsed);
    const kind = form.closest("[data-dti-case-law]").dataset.dtiCaseLaw;
    history.replaceState(null, "", plainAddress() + (kind === "find" ? `#find?${query}` : "#notes"));
    ready();
  }

  /** More results below those that stand; focus goes to the first new one. */
  async function more(link) {
    const before = screen.querySelectorAll("[data-dti-hit]").length;
    const answer = await get(link.getAttribute("href"));
    if (answer.stale) return;
    showError(answer.error ?? "");
    if (answer.error) return;
    screen.querySelector("[data-dti-results]").replaceChildren(...answer.parsed.querySelector("[data-dti-results]").childNodes);
    history.replaceState(null, "", `${plainAddress()}#find?${link.getAttribute("href").split("?")[1]}`);
    screen.querySelectorAll("[data-dti-hit]")[before]?.focus();
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

  /** On the results' own screen the reader goes on typing where they were. */
  function refocus(text) {
    const input = screen.querySelector("[data-dti-find] input[type=search]");
    if (!input) return;
    if (input.value !== text) input.value = text;
    input.focus();
    input.setSelectionRange(text.length, text.length);
  }

  let waiting = 0;
  root.addEventListener("input", (event) => {
    const form = event.target.closest("[data-dti-find]");
    if (!form) return;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => search(form, true), event.target.matches("select") ? 0 : PATIENCE);
  });
  root.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.dtiConfirm;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (!form.matches("[data-dti-find]")) return;
    event.preventDefault();
    window.clearTimeout(waiting);
    search(form, false);
  }, true);

  // -- links

  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dti-go], a[data-dti-ref], a[data-dti-jump], a[data-dti-more], a[data-dti-link]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.hasAttribute("data-dti-more")) {
      more(link);
      return;
    }
    if (link.hasAttribute("data-dti-link")) {
      copyLink(link);
      return;
    }
    if (link.hasAttribute("data-dti-go")) {
      if (link.hasAttribute("data-dti-hit")) lastHit = `[data-dti-hit][data-dti-go="${link.dataset.dtiGo}"]`;
      const url = link.getAttribute("href");
      const query = url.includes("?") && url.startsWith(addresses.find) ? `find?${url.split("?")[1]}` : null;
      go(url, {hash: query ?? link.dataset.dtiGo});
      return;
    }
    const target = document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
    target.focus();
    target.scrollIntoView({block: "center"});
  });
  window.addEventListener("popstate", route);
  window.addEventListener("hashchange", route);

  // -- what each screen needs once it stands

  function ready() {
    stopWatching();
    const here = screen.querySelector("[data-dti-case-law]");
    startCopying(here, words, status);
    for (const button of here.querySelectorAll("[data-dti-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
    const stops = [watchEnd(here), watchSelection(here, words), followPacket(here, (url) => go(url))];
    stopWatching = () => stops.forEach((stop) => stop && stop());
  }

  /** The address of a part of an authority, to the clipboard and into the address bar. */
  async function copyLink(link) {
    const address = new URL(link.getAttribute("href"), new URL(plainAddress(), location.href)).href;
    history.replaceState(null, "", address);
    try {
      await navigator.clipboard.writeText(address);
      status.textContent = words.linkCopied;
    } catch {
      status.textContent = words.linkInAddress;
    }
  }

  /**
   * What a form's answer leaves as it is: the text being read when its end was reached, and any other screen that the reader has
   * gone to meanwhile. Notes that are being written go over into the new screen.
   */
  function keeps(parsed, form) {
    const [fresh, here] = [parsed, screen].map((place) => place.querySelector("[data-dti-slug]")?.dataset.dtiSlug);
    const end = parsed.querySelector("[data-dti-end]");
    kept = !form.isConnected || form.hasAttribute("data-dti-auto");
    if (form.hasAttribute("data-dti-auto") && end && fresh === here) screen.querySelector("[data-dti-end]")?.replaceWith(end);
    if (kept) return true;
    keepDrafts(screen, drafts, form);
    return false;
  }

  function answered(_screen, form) {
    if (kept) {
      kept = false;
      return;
    }
    carryDrafts(screen, drafts);
    ready();
    if (form?.hasAttribute("data-dti-stay")) status.textContent = words.highlighted;
  }

  window.addEventListener("beforeunload", (event) => {
    keepDrafts(screen, drafts);
    if (drafts.size && root.isConnected) event.preventDefault(); // the browser asks whether to leave
  });
  takeOver(root, words, answered, keeps);
  const place = placeOf(location.hash, location.search);
  // Another list of the page, not started yet, may be the one that has it.
  if (place && place.screen !== "list") window.setTimeout(route, self.slugs.includes(place.slug) ? 0 : 200);
}

/** When the end of the text has been in sight, say so: after a while, since nobody reads at the first glance. */
function watchEnd(here) {
  const form = here.querySelector("[data-dti-ended]");
  if (!form || !("IntersectionObserver" in window)) return undefined;
  const opened = Date.now();
  let timer = 0;
  const observer = new IntersectionObserver(([entry]) => {
    window.clearTimeout(timer);
    if (!entry.isIntersecting) return;
    timer = window.setTimeout(() => {
      observer.disconnect();
      if (!form.isConnected) return;
      form.setAttribute("data-dti-auto", "");
      form.setAttribute("data-dti-beside", "");
      form.requestSubmit();
    }, Math.max(END_IN_SIGHT, opened + READING - Date.now()));
  });
  observer.observe(form);
  return () => {
    window.clearTimeout(timer);
    observer.disconnect();
  };
}

function startCopying(here, words, status) {
  if (!navigator.clipboard) return; // only on secure pages; the citation can be selected anyway
  for (const button of here.querySelectorAll("[data-dti-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.parentElement.querySelector("[data-dti-citation]").textContent);
        status.textContent = "";
        status.textContent = words.copied;
      } catch {
        status.textContent = words.notCopied;
      }
    });
  }
}

