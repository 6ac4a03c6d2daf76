// The page around the blocks. Everything works without it; it saves a click, and keeps the ticks current.

const outline = document.querySelector("[data-outline]");
if (outline) {
  const narrow = window.matchMedia("(max-width: 60rem)");
  const closed = () => { try { return window.sessionStorage.getItem("outline") === "closed"; } catch { return false; } };
  outline.open = !narrow.matches && !closed();
  outline.addEventListener("toggle", () => {
    if (narrow.matches) return;
    try {
      window.sessionStorage.setItem("outline", outline.open ? "open" : "closed");
    } catch {
      // private windows may refuse; then it is simply not remembered
    }
  });
}

function show(kind, states) {
  for (const [id, done] of Object.entries(states)) {
    for (const tick of document.querySelectorAll(`[data-tick="${CSS.escape(`${kind}:${id}`)}"]`)) {
      tick.classList.toggle("tick-done", done);
      const text = tick.querySelector(".tick-text");
      text.textContent = done ? text.dataset.done : text.dataset.open;
    }
  }
}

let waiting = null;
async function refresh() {
  waiting = null;
  try {
    const answer = await fetch("/completion", {headers: {Accept: "application/json"}});
    if (!answer.ok) return;
    const state = await answer.json();
    show("unit", state.units);
    show("group", state.groups);
  } catch {
    // the preview was stopped: the ticks stay as they were
  }
}

// A block talked to its handler, by whatever means: look whether the unit is complete now.
if (document.querySelector("[data-tick]") && "PerformanceObserver" in window) {
  new PerformanceObserver((list) => {
    const asked = list.getEntries().some((entry) =>
      ["fetch", "xmlhttprequest"].includes(entry.initiatorType) && new URL(entry.name).pathname.startsWith("/xblock/"));
    if (asked && waiting === null) waiting = window.setTimeout(refresh, 150);
  }).observe({type: "resource"});
}
