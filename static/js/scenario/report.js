// The staff report of a scenario: loaded into the page when it is opened. Without this the same links lead to a page of its own.
import {csrfToken, failure, fields, posted} from "../screen/forms.js";

/** The address of a part of the report, asked for as a piece of this page. */
export function pieceOf(address, base) {
  const url = new URL(address, base);
  url.searchParams.set("inside", "1");
  return url.href;
}

/**
 * The report's HTML as {html}, or {error}. Never rejects, but with null when `signal` ends it. `fetcher` is `fetch`, `form` what
 * `posted` makes of a search, which the address does not have. @param {any} [form]
 */
export async function load(address, words, fetcher, signal, form = null) {
  let response;
  try {
    response = await fetcher(address, {credentials: "same-origin", headers: {Accept: "application/json"}, ...form, signal});
  } catch {
    return signal && signal.aborted ? null : {error: words.offline};
  }
  if (!response.ok) return {error: await failure(response, words)};
  try {
    const answer = await response.json();
    return typeof answer.html === "string" ? answer : {error: words.failed};
  } catch {
    return {error: response.redirected ? words.signedOut : words.failed};
  }
}

/** Bring the report's stylesheet into `report`, once; resolves when it counts, or cannot be had. */
function styled(report, parsed) {
  const sheet = parsed.querySelector("link[rel=stylesheet]");
  if (!sheet || report.querySelector("link[rel=stylesheet]")) {
    if (sheet) sheet.remove();
    return null;
  }
  return new Promise((done) => {
    sheet.addEventListener("load", done);
    sheet.addEventListener("error", done);
    report.append(sheet);
  });
}

/** Where the map is wider than its window, begin with the start in the middle. */
function showStart(view) {
  const box = view.querySelector("[data-dti-report-start]");
  if (!box) return;
  const [here, there] = [view.getBoundingClientRect(), box.getBoundingClientRect()];
  view.scrollLeft += there.left + there.width / 2 - here.left - here.width / 2;
}

/** Serve the reports below `root`, now and after the block's screen has been replaced. */
export function start(root, words) {
  let asked = null; // the request on its way

  /** @param {any} [form] */
  async function show(report, address, moveFocus, form = null) {
    if (asked) asked.abort();
    asked = new AbortController();
    const {signal} = asked;
    const body = report.querySelector("[data-dti-report-body]");
    const status = report.querySelector("[data-dti-report-status]");
    const alertBox = report.querySelector("[data-dti-report-error]");
    body.setAttribute("aria-busy", "true");
    status.classList.remove("dti-sr");
    status.textContent = report.dataset.loading;
    alertBox.hidden = true;
    const answer = await load(address, words, window.fetch.bind(window), signal, form);
    if (answer === null) return; // another part was asked for meanwhile
    const parsed = new DOMParser().parseFromString(answer.html || "", "text/html"); // our server's template; scripts stay inert
    await styled(report, parsed);
    if (signal.aborted) return;
    body.removeAttribute("aria-busy");
    status.textContent = "";
    if (answer.error) {
      alertBox.textContent = answer.error;
      alertBox.hidden = false;
      alertBox.focus();
      return;
    }
    report.dataset.shown = "";
    body.replaceChildren(...parsed.body.childNodes);
    for (const view of body.querySelectorAll("[data-dti-report-view]")) showStart(view);
    const heading = body.querySelector("[data-dti-report-heading]");
    if (moveFocus && heading) heading.focus();
    else {
      status.classList.add("dti-sr"); // who sees the report need not be told
      status.textContent = report.dataset.loaded;
    }
  }

  function opened(report) {
    if (report.open && report.dataset.shown === undefined) show(report, pieceOf(report.dataset.dtiReport, location.href), false);
  }

  root.addEventListener("toggle", (event) => event.target.matches("[data-dti-report]") && opened(event.target), true);
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dti-report-link]");
    const report = link && link.closest("[data-dti-report]");
    if (!report || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(report, pieceOf(link.getAttribute("href"), location.href), true);
  });
  root.addEventListener("submit", (event) => {
    const form = event.target;
    const report = form.matches("[data-dti-report-search]") && form.closest("[data-dti-report]");
    if (!report) return;
    event.preventDefault();
    const search = posted(fields(form, event.submitter), csrfToken(form, document.cookie));
    show(report, pieceOf(form.getAttribute("action"), location.href), true, search);
  });
  for (const report of root.querySelectorAll("[data-dti-report]")) opened(report); // opened before the script was there
}
