// The moments of a film in the page: which there are, which is due, and what of them is seen. They are the server's; see player.js.

const NEAR = 0.05; // seconds: a player stops a little before or behind where it was told to

/**
 * The moments as `screen` tells them, in the order of the film.
 * @param {HTMLElement} screen @returns {Moment[]}
 */
export function momentsIn(screen) {
  return [...screen.querySelectorAll("[data-dti-moment]")].map((section) => ({
    id: section.dataset.dtiMoment,
    section,
    isTape: section.dataset.kind === "tape",
    at: Number(section.dataset.at),
    to: Number(section.dataset.to),
    answered: section.hasAttribute("data-answered"),
    fresh: section.hasAttribute("data-fresh"),
  }));
}

/** The first moment that waits for an answer. @param {Moment[]} moments */
export function firstOpen(moments) {
  return moments.find((moment) => !moment.answered) ?? null;
}

/**
 * What the film at `time` has come to: `ask` a question, `roll` a tape, `over` a tape that has run out, or "".
 * `running` is the tape that runs, for practice too. @param {Moment | null} open @param {Moment | null} running @param {number} time
 */
export function due(open, running, time) {
  if (running) return time >= running.to - NEAR ? "over" : "";
  if (!open || time < open.at - NEAR) return "";
  if (!open.isTape) return "ask";
  return time >= open.to - NEAR ? "over" : "roll";
}

/**
 * How far the film may be wound on: to the first moment that waits, or in a tape as far as it has come.
 * @param {Moment | null} open @param {number} reached @param {number} end
 */
export function limit(open, reached, end) {
  if (!open) return end;
  return open.isTape ? Math.max(open.at, Math.min(reached, open.to)) : open.at;
}

/** Show one section of the moments, or none; answered ones too, where the learner wants to see them. @param {Moment[]} moments @param {Moment | null} shown @param {boolean} [answers] */
export function showOnly(moments, shown, answers = false) {
  for (const moment of moments) moment.section.hidden = moment !== shown && !(answers && moment.answered);
}

/** What is to be answered stands beside the film: out of what shows the film alone. @param {any} film */
export function leaveFullScreen(film) {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  film.webkitExitFullscreen?.(); // iPhones
}
