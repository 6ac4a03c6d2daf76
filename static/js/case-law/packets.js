// Packets: the choice in the form, and waiting for a packet that is being made. Without this script the page of a packet that is
// being made loads itself again, and the form posts.

const EVERY = 1500; // ms between two looks
const SLOWER = 10000; // ms at most, when the connection is lost or it takes long
const SAID_EVERY = 0.25; // of the pages: a screen reader is told four times, not at each page

/** What to say aloud of a state: a sentence when there is something new to know, else "". `before` is the state last said. */
export function worthSaying(before, now) {
  if (!before || before.state !== now.state) return now.text;
  return Math.floor(now.share / SAID_EVERY) > Math.floor(before.share / SAID_EVERY) ? now.text : "";
}

/** The state in the server's answer: {state, text, share of the pages that are done}. Null where it is none. */
export function stateIn(parsed) {
  const node = parsed.querySelector("[data-dti-packet-state]");
  if (!node) return null;
  const bar = node.querySelector("progress");
  const done = Number(bar?.getAttribute("value") ?? 0);
  const expected = Number(bar?.getAttribute("max") ?? 0);
  const share = expected > 0 ? Math.min(done / expected, 1) : 0;
  return {state: node.dataset.dtiPacketState, text: node.querySelector("[data-dti-packet-text]").textContent, share, node};
}

/**
 * Do what the screen `here` needs of us. `go(url)` shows the screen at an address. Returns a function that ends it, or undefined
 * where there is nothing to end.
 */
export function follow(here, go, fetcher = window.fetch.bind(window)) {
  startChoosing(here);
  const waiting = here.querySelector("[data-dti-packet-wait]");
  return waiting ? wait(waiting, go, fetcher) : undefined;
}

function wait(box, go, fetcher) {
  const progress = box.querySelector("[data-dti-packet-progress]");
  const said = box.querySelector("[data-dti-packet-said]");
  const again = box.querySelector("[data-dti-packet-again]");
  let before = stateIn(box);
  let timer = 0;
  let pause = EVERY;
  let stopped = false;
  again.hidden = true; // it is looked at without being asked

  async function look() {
    const now = await ask();
    if (stopped || !box.isConnected) return;
    if (now === undefined) { // no answer: try again, less often
      pause = Math.min(pause * 2, SLOWER);
      if (said.textContent !== box.dataset.wordSlow) said.textContent = box.dataset.wordSlow;
    } else if (now === null || now.state === "ready" || now.state === "failed") {
      if (now?.state === "ready") said.textContent = box.dataset.wordReady;
      if (!(await go(box.dataset.showUrl))) again.hidden = false;
      return;
    } else {
      pause = EVERY;
      progress.replaceChildren(now.node);
      const words = worthSaying(before, now);
      if (words) {
        said.textContent = words;
        before = now;
      }
    }
    timer = window.setTimeout(look, pause);
  }

  /** The state; null where the server knows no such packet; undefined where nothing was heard. */
  async function ask() {
    try {
      const answer = await fetcher(box.dataset.stateUrl, {credentials: "same-origin", headers: {Accept: "application/json"}});
      if (answer.status === 404) return null;
      if (!answer.ok) return undefined;
      const {html} = await answer.json();
      return stateIn(new DOMParser().parseFromString(html, "text/html")) ?? undefined; // our own template; scripts stay inert
    } catch {
      return undefined;
    }
  }

  timer = window.setTimeout(look, EVERY);
  return () => {
    stopped = true;
    window.clearTimeout(timer);
  };
}

/** The list of one's own selection: how many are chosen, all or none of a group, and choosing one chooses this kind of packet. */
function startChoosing(here) {
  const list = here.querySelector("[data-dti-packet-choose]");
  if (!list) return;
  const own = here.querySelector("[data-dti-packet-own]");
  const count = list.querySelector("[data-dti-packet-count]");
  const tell = () => {
    const chosen = [...list.querySelectorAll("input[type=checkbox]")].filter((box) => box.checked).length;
    count.textContent = list.dataset.wordCount.replace("{n}", String(chosen));
  };
  list.addEventListener("change", () => {
    own.checked = true;
    tell();
  });
  for (const [mark, checked] of [["[data-dti-packet-all]", true], ["[data-dti-packet-none]", false]]) {
    for (const button of list.querySelectorAll(mark)) {
      button.hidden = false;
      button.addEventListener("click", () => {
        for (const box of button.closest("fieldset").querySelectorAll("input[type=checkbox]")) box.checked = checked;
        if (checked) own.checked = true;
        tell();
      });
    }
  }
  tell();
}
