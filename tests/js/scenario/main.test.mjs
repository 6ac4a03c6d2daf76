// What the scenario adds to plain forms: what came of a decision is read out and brought into sight.
import assert from "node:assert/strict";
import test from "node:test";

import {consequence, printReview, runClock, sameMoment, start} from "../../../static/js/scenario/main.js";
import {StandIn, browser, form, response, root, words} from "../stand-ins.mjs";

test("what came of a decision is one text", () => {
  const screen = new StandIn({"[data-dti-announce]": [{textContent: " He stops.\n  "}, {textContent: "The law\n says so."}]});
  assert.equal(consequence(screen), "He stops. The law says so.");
  assert.equal(consequence(new StandIn()), "");
});

test("nothing is read out or scrolled on loading; after a decision it is", async (context) => {
  context.mock.timers.enable({apis: ["setTimeout"]});
  browser(() => response({html: ""}));
  const feedback = new StandIn();
  let scrolled = 0;
  feedback.scrollIntoView = () => { scrolled += 1; };
  const page = root({"[data-dti-announce]": [{textContent: "He stops."}], "[data-dti-feedback]": feedback});
  start(page.root, words);
  const [voice] = page.root.children;
  assert.equal(voice.getAttribute("aria-live"), "polite");
  assert.equal(voice.className, "dti-sr");
  assert.equal(voice.textContent, "");
  assert.equal(scrolled, 0);
  await page.root.fire("submit", {target: form([])});
  assert.equal(voice.textContent, "He stops.");
  assert.equal(scrolled, 1);
});

test("the copy that is read out does not stay to be read twice", async (context) => {
  context.mock.timers.enable({apis: ["setTimeout"]});
  browser(() => response({html: ""}));
  const page = root({"[data-dti-announce]": [{textContent: "He stops."}]});
  start(page.root, words);
  const [voice] = page.root.children;
  const decide = () => page.root.fire("submit", {target: form([])});

  await decide();
  page.screen.parts["[data-dti-announce]"] = []; // "Try again": a screen without feedback
  await decide();
  assert.equal(voice.textContent, "");

  page.screen.parts["[data-dti-announce]"] = [{textContent: "She speaks."}];
  context.mock.timers.tick(19_000);
  await decide();
  context.mock.timers.tick(2_000); // the first one's time would be over
  assert.equal(voice.textContent, "She speaks.");
  context.mock.timers.tick(18_000);
  assert.equal(voice.textContent, "");
});

// -- the clock ---------------------------------------------------------------------------------------------------------------

/** A screen with a running clock. Listeners of the page stay those of `browser`. */
function timed(left, seconds, {step = "3"} = {}) {
  const time = new StandIn();
  const bar = new StandIn();
  bar.style = {};
  const shown = [new StandIn(), new StandIn()];
  for (const part of shown) part.hidden = true;
  const said = new StandIn();
  const box = new StandIn({
    "[data-dti-time]": time, "[data-dti-bar]": bar, "[data-dti-clock-words]": said, "[data-dti-clock-face]": shown,
  });
  box.dataset = {left: String(left), seconds: String(seconds), spokenStart: "Running: {n}", spoken: "Left: {n}"};
  box.classList = {add: (name) => { box.low = name; }};
  const timeUp = new StandIn({button: "the button"});
  timeUp.sent = [];
  timeUp.requestSubmit = (button) => timeUp.sent.push(button);
  const parts = {
    "[data-dti-clock]": box, "[data-dti-time-up]": timeUp,
    "[data-dti-time-up] [name=attempt]": {value: "1"}, "[data-dti-time-up] [name=step]": {value: step},
  };
  return {screen: new StandIn(parts), box, time, bar, shown, said, timeUp};
}

/** Time of the page and of the system, both under control. */
function times(context) {
  context.mock.timers.enable({apis: ["setInterval", "setTimeout"]});
  const now = {steady: 1000, wall: 5_000_000};
  context.mock.method(performance, "now", () => now.steady);
  context.mock.method(Date, "now", () => now.wall);
  now.pass = (ms) => {
    for (let passed = 0; passed < ms; passed += 250) {
      now.steady += 250;
      now.wall += 250;
      context.mock.timers.tick(250);
    }
  };
  return now;
}

test("a screen without a clock has none to stop", () => {
  browser(() => response({html: ""}));
  assert.equal(runClock(new StandIn(), 0, () => {})(), undefined);
});

test("the clock counts down, speaks a few times, and tells the server once at zero", (context) => {
  browser(() => response({html: ""}));
  const now = times(context);
  const page = timed(20, 20);
  const spoken = [];
  const stop = runClock(page.screen, now.steady, (text) => spoken.push(text));
  assert.equal(page.time.textContent, "0:20");
  assert.deepEqual(page.shown.map((part) => part.hidden), [false, false]);
  assert.equal(page.said.hidden, true);
  now.pass(10_000);
  assert.equal(page.time.textContent, "0:10");
  assert.equal(page.bar.style.inlineSize, "50%");
  assert.equal(page.box.low, undefined);
  now.pass(9_750);
  assert.equal(page.box.low, "dti-clock-low");
  assert.deepEqual(page.timeUp.sent, []);
  now.pass(10_000);
  assert.equal(page.time.textContent, "0:00");
  assert.deepEqual(page.timeUp.sent, ["the button"]);
  assert.deepEqual(spoken, ["Running: 20", "Left: 10", "Left: 5"]);
  stop();
});

test("a choice that is on its way goes before the clock's word", (context) => {
  browser(() => response({html: ""}));
  const now = times(context);
  const page = timed(2, 20);
  page.screen.parts["form[aria-busy=true]"] = new StandIn();
  const stop = runClock(page.screen, now.steady, () => {});
  now.pass(5000);
  assert.deepEqual(page.timeUp.sent, []);
  delete page.screen.parts["form[aria-busy=true]"];
  now.pass(250);
  assert.deepEqual(page.timeUp.sent, ["the button"]);
  stop();
});

test("a clock that was stopped says and sends nothing more", (context) => {
  browser(() => response({html: ""}));
  const now = times(context);
  const page = timed(12, 20);
  const spoken = [];
  runClock(page.screen, now.steady, (text) => spoken.push(text))();
  now.pass(20_000);
  assert.deepEqual([spoken, page.timeUp.sent], [["Running: 12"], []]);
});

test("a page that comes back into sight looks at once; after a sleep the server is asked", async (context) => {
  browser(() => response({html: ""}));
  const now = times(context);
  const page = timed(20, 20);
  const stop = runClock(page.screen, now.steady, () => {});
  now.wall += 600_000; // the page's own time stood still while the machine slept
  await document.fire("visibilitychange");
  assert.deepEqual(page.timeUp.sent, ["the button"]);
  stop();
});

test("time that the line took is not given away when the page is loaded", (context) => {
  browser(() => response({html: ""}));
  const now = times(context);
  const page = timed(20, 20);
  const stop = runClock(page.screen, now.steady - 4000, () => {});
  assert.equal(page.time.textContent, "0:16");
  stop();
});

test("an answer that says there is time left sets the clock right and leaves the page", () => {
  const asked = new StandIn({}, {"data-dti-time-up": ""});
  const [here, there] = [timed(20, 20), timed(7.5, 20)];
  assert.equal(sameMoment(here.screen, there.screen, asked), true);
  assert.equal(here.box.dataset.left, "7.5");
});

test("an answer of another moment, or to a choice, makes a new page", () => {
  const asked = new StandIn({}, {"data-dti-time-up": ""});
  const here = timed(20, 20);
  assert.equal(sameMoment(here.screen, timed(20, 20, {step: "4"}).screen, asked), false);
  assert.equal(sameMoment(here.screen, new StandIn(), asked), false);
  assert.equal(sameMoment(here.screen, timed(20, 20).screen, new StandIn()), false);
  assert.equal(here.box.dataset.left, "20");
});

// -- what is sent by itself, and printing ------------------------------------------------------------------------------------

test("a result that is not saved is saved by itself, once", async () => {
  browser(() => response({html: ""}));
  const settle = new StandIn({}, {"data-dti-auto": ""});
  let sent = 0;
  settle.requestSubmit = () => { sent += 1; };
  const page = root({"form[data-dti-auto]": settle});
  start(page.root, words);
  assert.equal(sent, 1);
  const sheet = form([]);
  sheet.setAttribute("data-dti-auto", "");
  await page.root.fire("submit", {target: sheet}); // and the answer still asks for it
  assert.equal(sent, 1);
});

test("the print button appears with the script", () => {
  browser(() => response({html: ""}));
  const print = new StandIn();
  print.hidden = true;
  start(root({"[data-dti-print]": print}).root, words);
  assert.equal(print.hidden, false);
  assert.equal(print.listeners.click.length, 1);
});

test("only the review and the title above it are printed, and the page is whole again afterwards", async () => {
  browser(() => response({html: ""}));
  const node = (selectors, ...children) => {
    const made = new StandIn({}, {selectors});
    made.children = children;
    for (const child of children) child.parentElement = made;
    return made;
  };
  const review = node([]);
  const [other, title, menu] = [node([]), node([".dti-title"]), node([])];
  document.body = node([], menu, node([], title, node([], other, review)));
  let printed = null;
  window.print = () => { printed = [other, title, menu, review].map((part) => part.hasAttribute("data-dti-not-printed")); };
  printReview(new StandIn({"[data-dti-after]": review}));
  assert.deepEqual(printed, [true, false, true, false]);
  await window.fire("afterprint");
  assert.equal(other.hasAttribute("data-dti-not-printed"), false);
});

test("folded decisions are open on paper and folded again afterwards", async () => {
  browser(() => response({html: ""}));
  const page = root();
  const folded = {open: false};
  page.root.parts["[data-dti-after] details:not([open])"] = [folded];
  start(page.root, words);
  await window.fire("beforeprint");
  assert.equal(folded.open, true);
  await window.fire("afterprint");
  assert.equal(folded.open, false);
});
