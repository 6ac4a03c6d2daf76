// Forms of a block, sent without leaving the page. The server renders every screen; this swaps it in.

/** The CSRF token: the form's own, or the cookie that the platform sets. */
export function csrfToken(form, cookies) {
  const field = form.querySelector("input[name=csrfmiddlewaretoken]");
  if (field && field.value) return field.value;
  const match = /(?:^|;\s*)csrftoken=([^;]*)/.exec(cookies);
  return match ? decodeURIComponent(match[1]) : "";
}

/** The sentence for a failed answer: the server's own when it sent one. */
export async function failure(response, words) {
  try {
    const body = await response.json();
    if (body.error) return body.error;
  } catch {
    // not our JSON: a proxy's page, or the platform's sign-in page
  }
  return response.status === 401 || response.status === 403 ? words.signedOut : words.failed;
}

/** Send `form`; resolves to {html} or {error}. Never rejects. `fetcher` is `fetch`. */
export async function send(form, submitter, words, fetcher, cookies) {
  const body = new URLSearchParams(new FormData(form, submitter || undefined));
  let response;
  try {
    response = await fetcher(form.getAttribute("action"), {
      method: "POST",
      credentials: "same-origin",
      headers: {Accept: "application/json", "X-CSRFToken": csrfToken(form, cookies)},
      body,
    });
  } catch {
    return {error: words.offline};
  }
  if (!response.ok) return {error: await failure(response, words)};
  try {
    return await response.json();
  } catch {
    return {error: response.redirected ? words.signedOut : words.failed};
  }
}

/**
 * Take over the forms marked `data-dti-form` below `root`. After each answer the new screen stands in the page, focus is on
 * its `data-dti-focus` element, and `onScreen(screen)` runs (also once at the start).
 */
export function takeOver(root, words, onScreen = () => {}) {
  const screen = root.querySelector("[data-dti-screen]");
  const status = root.querySelector("[data-dti-status]");
  const alertBox = root.querySelector("[data-dti-error]");
  let busy = false;

  function showError(message) {
    alertBox.textContent = message;
    alertBox.hidden = false;
    alertBox.focus();
  }

  root.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-dti-form]")) return;
    event.preventDefault();
    if (busy) return; // a second click while the first is on its way
    busy = true;
    form.setAttribute("aria-busy", "true");
    alertBox.hidden = true;
    status.textContent = words.saving;
    const answer = await send(form, event.submitter, words, window.fetch.bind(window), document.cookie);
    busy = false;
    form.removeAttribute("aria-busy");
    status.textContent = "";
    if (answer.error || typeof answer.html !== "string") {
      showError(answer.error || words.failed); // JSON of somebody else's, a proxy's say, is no screen
      return;
    }
    const parsed = new DOMParser().parseFromString(answer.html, "text/html"); // our own server's template; scripts stay inert
    screen.replaceChildren(...parsed.body.childNodes);
    const target = screen.querySelector("[data-dti-focus]");
    status.textContent = target ? "" : words.updated; // where focus moves, the new heading is read out anyway
    if (target) {
      if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
      target.focus();
    }
    onScreen(screen);
  });
  onScreen(screen);
}
