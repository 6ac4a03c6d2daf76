// The scenario in the page. Forms and screens are the server's (see screen.js); this adds what plain HTML cannot do: each screen
// begins at the top of the window, keys choose, the clock counts down and is heard, a voice reads, and the review prints by itself.
import {Countdown, face} from "./clock.js";
import {bringIntoSight} from "../screen/beside.js";
import {takeOver} from "../screen/forms.js";
import {startVoice} from "./voice.js";

const SPOKEN = 20000; // ms that the copy stays for screen readers that are still busy reading
const TICK = 250;
const ALARMS = {"dti-clock-ten": 10, "dti-clock-five": 5}; // how the ring looks from that many seconds on

/** Run the clock of `screen`, if it has one. `born` is when its page was made, on the page's own time. Returns how to stop it. */
export function runClock(screen, born, say) {
  const box = screen.querySelector("[data-dti-clock]");
  const timeUp = screen.querySelector("[data-dti-time-up]");
  if (!box || !timeUp) return () => {};
  const beside = screen.querySelectorAll("[data-dti-clock-beside]"); // the choices: in a frame as high as its content nothing stays in sight
  const times = [box.querySelector("[data-dti-time]"), ...beside];
  const bar = box.querySelector("[data-dti-bar]");
  const alarm = screen.querySelector("[data-dti-alarm]");
  const clock = new Countdown(Number(box.dataset.left), Number(box.dataset.seconds), born, performance.now(), Date.now());
  screen.querySelector("[data-dti-clock-words]").hidden = true;
  box.hidden = false;
  for (const part of beside) part.hidden = window.parent === window;
  let asked = false;

  function tick() {
    const now = clock.at(performance.now(), Date.now());
    for (const time of times) time.textContent = face(now.left);
    bar.style.strokeDashoffset = String(100 - (100 * now.left) / clock.seconds);
    for (const [name, seconds] of Object.entries(ALARMS)) {
      if (now.left > seconds) continue;
      box.classList.add(name);
      alarm.textContent = box.dataset.alarm.replace("{n}", String(seconds));
    }
    if (now.say !== null) say(box.dataset[now.first ? "spokenStart" : "spoken"].replace("{n}", String(now.say)));
    // The server decides whether time is up. A form that is on its way goes first, and what is selected goes with the clock's word.
    if ((now.over || now.slept) && !asked && !screen.querySelector("form[aria-busy=true]")) {
      asked = true;
      timeUp.querySelector("[data-dti-selected]").value = screen.querySelector("[data-dti-choices] input:checked")?.value ?? "";
      timeUp.requestSubmit(timeUp.querySelector("button"));
    }
  }

  tick();
  const timer = setInterval(tick, TICK);
  const look = () => document.visibilityState === "visible" && tick(); // timers of hidden pages are slow
  document.addEventListener("visibilitychange", look);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
  };
}

/** What confirms a selected choice stands right below it, in reach of whoever selected it. */
export function keepConfirmBeside(root) {
  root.addEventListener("change", (event) => {
    const row = event.target.closest("[data-dti-choices] .dti-choice-row");
    const confirm = row?.closest("[data-dti-choices]").querySelector("[data-dti-confirm]");
    if (!confirm) return;
    row.after(confirm);
    confirm.scrollIntoView({block: "nearest"});
  });
}

/** The keys 1 to 9 choose, as long as focus is in the block and not in a field for text. */
export function chooseByKey(root) {
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || !/^[1-9]$/.test(event.key)) return;
    if (event.target.closest("textarea, select, input:not([type=radio])")) return;
    const choice = root.querySelectorAll("[data-dti-choices] [name=choice]")[Number(event.key) - 1];
    if (!choice) return;
    event.preventDefault();
    choice.focus();
    choice.click();
  });
}

/** Is the moment in the answer `parsed` the one that is in the page? Then the clock is set right and the page stays as it is. */
export function sameMoment(screen, parsed, form) {
  if (!form.hasAttribute("data-dti-time-up")) return false;
  const [here, there] = [screen, parsed].map((where) => where.querySelector("[data-dti-clock]"));
  const step = (where) => ["attempt", "step"].map((name) => where.querySelector(`[data-dti-time-up] [name=${name}]`)?.value).join();
  if (!here || !there || step(screen) !== step(parsed)) return false;
  here.dataset.left = there.dataset.left;
  return true;
}

/** Print the review in `screen` and nothing around it, all of it unfolded. */
export function printReview(screen) {
  const review = screen.querySelector("[data-dti-after]");
  const hidden = [];
  for (let node = review; node && node !== document.body; node = node.parentElement) {
    hidden.push(...[...node.parentElement.children].filter((other) => other !== node && !other.matches(".dti-title")));
  }
  for (const node of hidden) node.setAttribute("data-dti-not-printed", "");
  window.addEventListener("afterprint", () => {
    for (const node of hidden) node.removeAttribute("data-dti-not-printed");
  }, {once: true});
  window.print();
}

/** Folded parts are printed open, and folded again afterwards. */
function unfoldForPrint(root) {
  const closed = [];
  window.addEventListener("beforeprint", () => {
    for (const part of root.querySelectorAll("[data-dti-after] details:not([open])")) {
      part.open = true;
      closed.push(part);
    }
  });
  window.addEventListener("afterprint", () => {
    for (const part of closed.splice(0)) part.open = false;
  });
}

/** When the server made the page, on the page's own time: a slow line must not look like time that is left. */
function pageBorn() {
  return performance.getEntriesByType?.("navigation")[0]?.responseStart || 0;
}

export function start(root, words) {
  const voice = document.createElement("div");
  voice.className = "dti-sr";
  voice.setAttribute("aria-live", "polite");
  root.append(voice);
  let shown = false;
  let settled = false;
  let timer = 0;
  let stop = () => {};

  function say(text) {
    clearTimeout(timer);
    voice.textContent = text;
    // The copy is to be heard once: who reads on finds the text in the page, and not again after it.
    if (text) timer = setTimeout(() => { voice.textContent = ""; }, SPOKEN);
  }

  const page = root.querySelector("[data-dti-screen]");
  const hear = startVoice(root);
  takeOver(root, words, (screen, form) => {
    stop();
    say("");
    stop = runClock(screen, shown ? performance.now() : pageBorn(), say);
    // Whatever stood above, the new screen begins at the top: all of it, or as much as there is room for, is seen at once.
    const pressed = shown && !form.hasAttribute("data-dti-auto");
    if (pressed) bringIntoSight(screen);
    hear(screen, pressed);
    shown = true;
    const print = screen.querySelector("[data-dti-print]");
    if (print) {
      print.hidden = false;
      print.addEventListener("click", () => printReview(screen));
    }
    const settle = screen.querySelector("form[data-dti-auto]");
    if (settle && !settled) {
      settled = true; // once: what the server then says stands
      settle.requestSubmit();
    }
  }, (parsed, form) => sameMoment(page, parsed, form));
  unfoldForPrint(root);
  keepConfirmBeside(root);
  chooseByKey(root);
  if (root.querySelector("[data-dti-report]")) startReport(root, words);
}

/** For staff only, so learners do not load it. Without it the report's link leads to a page of its own. */
function startReport(root, words) {
  import("./report.js").then((part) => part.start(root, words)).catch((error) => {
    console.error("Duty to Intervene: the script of the report did not start", error);
  });
}
