// One reading list in the page: fetches its screens, shows them, keeps what was begun, and serves the buttons of each.
import {bringIntoSight, say} from "../screen/beside.js";
import {csrfToken, failure, posted} from "../screen/forms.js";
import {carryDrafts, keepDrafts, watchSelection} from "./marks.js";

const READING = 8000; // ms that an authority is open before its end, in sight, counts as read
const END_IN_SIGHT = 1000; // ms

export class Reader {
  #asked = 0; // the newest question to the server: an older answer that comes later is dropped
  #kept = false; // whether the answer just heard has left the screen as it is
  #stop = () => {};
  #drafts = new Map(); // notes that were begun and not saved, by the authority and the field

  /** `onShow(reader)` runs when a screen that was asked for is shown. */
  constructor(root, words, onShow) {
    this.root = root;
    this.words = words;
    this.onShow = onShow;
    this.screen = root.querySelector("[data-dti-screen]");
    this.status = root.querySelector("[data-dti-status]");
    this.alertBox = root.querySelector("[data-dti-error]");
    this.addresses = {...root.querySelector("[data-dti-addresses]").dataset};
    this.slugs = [...this.screen.querySelectorAll("li[id^=case-]")].map((row) => row.id.slice("case-".length));
    this.lastHit = "x"; // the result that was followed last, as a selector: where the reader comes back to
  }

  /** The element of the screen that shows; its `data-dti-case-law` says which one it is. */
  get here() {
    return this.screen.querySelector("[data-dti-case-law]");
  }

  /**
   * What the server has at `url`, for the fields `pairs` where they are given: {parsed} or {error}, and `stale` where something else
   * was asked for meanwhile.
   */
  async get(url, pairs = null) {
    const turn = ++this.#asked;
    const answer = await this.#fetched(url, pairs);
    return {...answer, stale: turn !== this.#asked};
  }

  async #fetched(url, pairs) {
    const {root, words} = this;
    try {
      const sent = pairs && posted(pairs, csrfToken(root, document.cookie));
      const response = await fetch(url, sent ?? {credentials: "same-origin", headers: {Accept: "application/json"}});
      if (!response.ok) return {error: await failure(response, words)};
      const {html} = await response.json();
      return typeof html === "string" ? {parsed: new DOMParser().parseFromString(html, "text/html")} : {error: words.failed};
    } catch (error) {
      return {error: error instanceof SyntaxError ? words.signedOut : words.offline}; // the platform's sign-in page is no JSON
    }
  }

  showError(message, focus = true) {
    this.alertBox.textContent = message;
    this.alertBox.hidden = !message;
    if (message && focus) this.alertBox.focus();
  }

  /**
   * Show the screen at `url`, for `pairs` as `get`, which `near` led to. Resolves to whether it is there; focus is on its heading, or
   * on `paragraph`.
   */
  async go(url, {pairs = null, hash = null, paragraph = "", typing = false, near = null, before = () => {}} = {}) {
    const {root, screen, status} = this;
    say(status, this.words.loading, near);
    const answer = await this.get(url, pairs);
    if (answer.stale) return false;
    say(status, "");
    this.showError(answer.error ?? "", !typing);
    if (!answer.parsed) return false;
    before();
    keepDrafts(screen, this.#drafts);
    screen.replaceChildren(...answer.parsed.body.childNodes); // our own server's template; scripts stay inert
    this.onShow(this);
    carryDrafts(screen, this.#drafts);
    if (hash !== null) history.pushState(searched(pairs), "", plainAddress() + (hash && `#${hash}`));
    this.ready();
    const target =
      (paragraph && document.getElementById(paragraph)) || screen.querySelector(this.lastHit) || screen.querySelector("[data-dti-focus]");
    if (target) {
      focusOn(target);
      bringIntoSight(paragraph ? target : root, paragraph ? "center" : "start");
    }
    return true;
  }

  /** Do what the screen that now stands needs. */
  ready() {
    const {here, words, status} = this;
    this.#stop();
    startCopying(here, words, status);
    for (const button of here.querySelectorAll("[data-dti-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
    const stops = [watchEnd(here), watchSelection(here, words, status), followPacket(here, (url) => this.go(url))];
    this.#stop = () => stops.forEach((stop) => stop && stop());
  }

  /**
   * What a form's answer leaves as it is: the text being read when its end was reached, and any other screen that the reader has
   * gone to meanwhile. Notes that are being written go over into the new screen.
   */
  keeps(parsed, form) {
    const {screen} = this;
    const [fresh, here] = [parsed, screen].map((place) => place.querySelector("[data-dti-slug]")?.dataset.dtiSlug);
    const end = parsed.querySelector("[data-dti-end]");
    this.#kept = !form.isConnected || form.hasAttribute("data-dti-auto");
    if (form.hasAttribute("data-dti-auto") && end && fresh === here) screen.querySelector("[data-dti-end]")?.replaceWith(end);
    if (!this.#kept) keepDrafts(screen, this.#drafts, form);
    return this.#kept;
  }

  /** A form was answered, or the page has just begun. */
  answered(form) {
    if (!this.#kept) {
      carryDrafts(this.screen, this.#drafts);
      this.ready();
      if (form?.hasAttribute("data-dti-stay")) say(this.status, this.words.highlighted, nearest(this.screen.querySelectorAll(`${form.dataset.dtiThen} mark`), this.status), true);
    }
    this.#kept = false;
  }

  /** Would anything be lost if the page were left now? */
  hasDrafts() {
    keepDrafts(this.screen, this.#drafts);
    return this.#drafts.size > 0 && this.root.isConnected;
  }

  /** The address of a part of an authority, to the clipboard and into the address bar. */
  async copyLink(link) {
    const address = new URL(link.getAttribute("href"), new URL(plainAddress(), location.href)).href;
    history.replaceState(null, "", address);
    const copied = await copy(address);
    say(this.status, copied ? this.words.linkCopied : this.words.linkInAddress, link, true);
  }
}

/**
 * What the browser remembers of a search for `pairs`, for going back to it. It stands beside the address, not in it: the platform
 * logs the whole address of its pages, fragment and all.
 */
export function searched(pairs) {
  return pairs && {dtiFind: pairs};
}

/** The page's own address, without the authority that a link named in its query: else going back would lead there again. */
export function plainAddress() {
  const query = new URLSearchParams(location.search);
  query.delete("case");
  return location.pathname + (query.size ? `?${query}` : "");
}

/** Which of `elements` ends nearest to where `spot` begins, going by height. */
function nearest(elements, spot) {
  const {top} = spot.getBoundingClientRect();
  const far = (element) => Math.abs(element.getBoundingClientRect().bottom - top);
  return [...elements].sort((one, other) => far(one) - far(other))[0] ?? null;
}

/** Put the focus on what may not take it by itself, without scrolling. */
export function focusOn(target) {
  if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
  target.focus({preventScroll: true});
}

/** Where a packet is chosen or being made: what that needs, which the other screens do not load. */
function followPacket(here, go) {
  if (!here.querySelector("[data-dti-packet-choose], [data-dti-packet-wait]")) return undefined;
  let stop = null;
  let stopped = false;
  import("./packets.js").then(({follow}) => {
    if (!stopped) stop = follow(here, go);
  }).catch((error) => console.error("Duty to Intervene: the script of the packets did not start", error));
  return () => {
    stopped = true;
    stop?.();
  };
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

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function startCopying(here, words, status) {
  if (!navigator.clipboard) return; // only on secure pages; the citation can be selected anyway
  for (const button of here.querySelectorAll("[data-dti-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const copied = await copy(button.parentElement.querySelector("[data-dti-citation]").textContent);
      status.textContent = "";
      say(status, copied ? words.copied : words.notCopied, button, true);
    });
  }
}
