// Sends a block's forms without leaving the page, and swaps in the screen that the server renders.
import {say} from "./beside.js";

const WAITS = [1000, 3000, 8000]; // ms before the second, third and fourth try of a form that is safe to send again
const PATIENCE = 20000; // ms after which an answer counts as lost, for such a form
const PASSING = [502, 503, 504]; // what a proxy says while the server behind it is away

/**
 * The CSRF token: the cookie that the platform sets, or the form's own. After signing in again in another tab only the cookie's is
 * valid, and what stands in the form must not be lost for that. @param {Form} form @param {string} cookies
 */
export function csrfToken(form, cookies) {
  const match = /(?:^|;\s*)csrftoken=([^;]*)/.exec(cookies);
  if (match && match[1]) return decodeURIComponent(match[1]);
  const field = form.querySelector("input[name=csrfmiddlewaretoken]");
  return field ? field.value : "";
}

/**
 * The fields of `form` that are to be sent, as [name, value]; the token goes in a header. @param {any} form @param {Button} [submitter]
 * @returns {[string, string][]}
 */
export function fields(form, submitter = null) {
  const all = /** @type {any} */ ([...new FormData(form, submitter || undefined)]);
  return all.filter((/** @type {[string, string]} */ [name]) => name !== "csrfmiddlewaretoken");
}

/**
 * What `fetch` needs to send fields by POST. They go as JSON: the platform's log has the fields of forms, and not these.
 * @param {[string, string][]} pairs @param {string} token
 */
export function posted(pairs, token) {
  return {
    method: "POST",
    credentials: /** @type {RequestCredentials} */ ("same-origin"),
    headers: {Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token},
    body: JSON.stringify(pairs),
  };
}

/** The sentence for a failed answer: the server's own when it sent one. @param {Response} response @param {Words} words */
export async function failure(response, words) {
  try {
    const body = await response.json();
    if (body.error) return body.error;
  } catch {
    // not our JSON: a proxy's page, or the platform's sign-in page
  }
  return response.status === 401 || response.status === 403 ? words.signedOut : words.failed;
}

/**
 * Send `form`, with `pairs` where its fields were read before; resolves to {html} or {error}. Never rejects. `fetcher` is `fetch`.
 * `lost` is set beside an error where the server may or may not have heard: no answer came, or a proxy's.
 * @param {Form} form @param {Button} submitter @param {Words} words @param {Fetcher} fetcher @param {string} cookies
 * @param {[string, string][]} [pairs] @returns {Promise<any>}
 */
export async function send(form, submitter, words, fetcher, cookies, pairs = fields(form, submitter)) {
  const again = form.hasAttribute("data-dti-retry");
  let response;
  try {
    response = await fetcher(form.getAttribute("action") ?? "", {
      ...posted(pairs, csrfToken(form, cookies)),
      ...(again && AbortSignal.timeout ? {signal: AbortSignal.timeout(PATIENCE)} : {}),
    });
  } catch {
    return {error: words.offline, lost: true};
  }
  if (!response.ok) return {error: await failure(response, words), ...(PASSING.includes(response.status) ? {lost: true} : {})};
  try {
    return await response.json();
  } catch (error) {
    // The connection went while the answer was on its way, or this is not our JSON.
    if (again && !(error instanceof SyntaxError)) return {error: words.offline, lost: true};
    return {error: response.redirected ? words.signedOut : words.failed};
  }
}

/** `ms` from now, or as soon as the browser is connected again. @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve(undefined);
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
  });
}

/**
 * Take over the forms marked `data-dti-form` below `root`. After each answer the new screen stands in the page, focus is on
 * its `data-dti-focus` element, and `onScreen(screen, form)` runs (also once at the start, without a form). `keeps(parsed, form)` may
 * say that the screen in the page is still the one. What a form says by its attributes: docs/decisions/0002-server-rendered-screens.md
 * @param {HTMLElement} root @param {Words} words @param {OnScreen} [onScreen] @param {Keeps} [keeps]
 */
export function takeOver(root, words, onScreen = () => {}, keeps = () => false) {
  const screen = root.querySelector("[data-dti-screen]");
  const status = root.querySelector("[data-dti-status]");
  const alertBox = root.querySelector("[data-dti-error]");
  let busy = false;
  /** @type {any} */
  let comeBack = null; // what waits for the connection

  /** @param {string} message @param {Form} form */
  function showError(message, form) {
    alertBox.textContent = message;
    alertBox.hidden = false;
    if (form.isConnected && form.hasAttribute("data-dti-error-here")) form.after(alertBox);
    alertBox.focus();
  }

  /** @param {(() => void) | null} action */
  function waitForConnection(action) {
    if (comeBack) window.removeEventListener("online", comeBack);
    comeBack = action;
    if (action) window.addEventListener("online", action, {once: true});
  }

  /** @param {Form} form @param {Button} submitter */
  async function persist(form, submitter) {
    const pairs = fields(form, submitter); // as they were decided; the form stays open to changes meanwhile
    const retry = form.getAttribute("data-dti-retry");
    for (const wait of [...(retry ? WAITS : []), 0]) {
      const answer = await send(form, submitter, words, window.fetch.bind(window), document.cookie, pairs);
      if (!answer.lost || !wait) return answer;
      if (!form.hasAttribute("data-dti-beside")) say(status, retry ?? "", submitter);
      await pause(wait);
    }
  }

  /** @param {Form} form @param {Button} submitter @returns {Promise<void>} */
  async function submit(form, submitter) {
    const beside = form.hasAttribute("data-dti-beside");
    if (busy && !beside) return; // a second click while the first is on its way
    if (!beside) {
      busy = true;
      waitForConnection(null);
      form.setAttribute("aria-busy", "true");
      alertBox.hidden = true;
      say(status, words.saving, submitter);
    }
    const answer = await persist(form, submitter);
    if (!beside) {
      busy = false;
      form.removeAttribute("aria-busy");
      say(status, "");
    }
    if (answer.error || typeof answer.html !== "string") {
      showError(answer.error || words.failed, form); // JSON of somebody else's, a proxy's say, is no screen
      if (answer.lost && form.hasAttribute("data-dti-retry")) {
        waitForConnection(() => form.isConnected && submit(form, submitter));
      }
      return;
    }
    const parsed = new DOMParser().parseFromString(answer.html, "text/html"); // our own server's template; scripts stay inert
    if (!keeps(parsed, form)) {
      const quiet = form.hasAttribute("data-dti-auto");
      const [left, top] = [window.scrollX, window.scrollY];
      if (screen.contains(alertBox)) screen.before(alertBox);
      screen.replaceChildren(...parsed.body.childNodes);
      const wanted = form.getAttribute("data-dti-then");
      const target = quiet ? null : ((wanted && screen.querySelector(wanted)) || screen.querySelector("[data-dti-focus]"));
      say(status, target || quiet ? "" : words.updated, null, true); // where focus moves, the new heading is read out anyway
      if (target) {
        if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
        target.focus({preventScroll: form.hasAttribute("data-dti-stay")});
      }
      if (form.hasAttribute("data-dti-stay")) window.scrollTo(left, top); // the page was shorter for a moment
    }
    onScreen(screen, form);
  }

  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-dti-form]")) return undefined;
    event.preventDefault();
    return submit(form, event.submitter);
  });
  onScreen(screen);
}
