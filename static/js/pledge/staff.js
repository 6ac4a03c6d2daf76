// The staff pages of a pledge: tells how far the making of files is. Without this the link "Look again" does the same.
const PAUSE = 3000; // milliseconds

/** What is said of a new state: {done, said}. `state` is "waits", "ready", "failed" or "". `words` are those of the page. */
export function told(state, words) {
  if (state === "waits") return {done: false, said: ""};
  return {done: true, said: (state === "ready" ? words.wordReady : words.wordFailed) || ""};
}

/** Ask again and again until the files are ready or cannot be made. */
export function watch(box, {fetcher, later, parse}) {
  const again = box.ownerDocument.querySelector("[data-dti-staff-again]");
  const said = box.ownerDocument.querySelector("[data-dti-staff-said]");

  async function look() {
    let answer = null;
    try {
      const response = await fetcher(box.dataset.stateUrl, {credentials: "same-origin", headers: {Accept: "application/json"}});
      if (response.ok) answer = await response.json();
    } catch {
      answer = null; // the connection was lost: the next look may have it again
    }
    if (!answer || typeof answer.html !== "string") return later(look, PAUSE * 3);
    const nodes = parse(answer.html); // our server's template
    box.replaceChildren(...nodes);
    const state = box.querySelector("[data-dti-staff-state]");
    const {done, said: words} = told(state ? state.dataset.dtiStaffState : "", box.dataset);
    if (!done) return later(look, PAUSE);
    if (said) said.textContent = words;
    if (again) again.hidden = true;
    return undefined;
  }

  const state = box.querySelector("[data-dti-staff-state]");
  if (state && state.dataset.dtiStaffState === "waits") later(look, PAUSE);
}

if (typeof document !== "undefined") {
  for (const box of document.querySelectorAll("[data-dti-staff-files]")) {
    watch(box, {
      fetcher: window.fetch.bind(window),
      later: window.setTimeout.bind(window),
      parse: (html) => new DOMParser().parseFromString(html, "text/html").body.childNodes,
    });
  }
}
