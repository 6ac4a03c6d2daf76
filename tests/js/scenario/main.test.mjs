// What the scenario adds to plain forms: what came of a decision is read out and brought into sight.
import assert from "node:assert/strict";
import test from "node:test";

import {chooseByKey, keepConfirmBeside, printReview, runClock, sameMoment, start} from "../../../static/js/scenario/main.js";
import {StandIn, browser, form, response, root, words} from "../stand-ins.mjs";

test("nothing is scrolled on loading; each new screen is brought to the top, and what was said is over", async () => {
  browser(() => response({html: ""}));
  const page = root();
  let scrolled = 0;
  page.screen.scrollIntoView = () => { scrolled += 1; };
  start(page.root, words);
  const [voice] = page.root.children;
  assert.equal(voice.getAttribute("aria-live"), "polite");
  assert.equal(voice.className, "dti-sr");
  assert.equal(scrolled, 0);
  voice.textContent = "Seconds left: 5";
  await page.root.fire("submit", {target: form([])});
  assert.equal(voice.textContent, "");
  assert.equal(scrolled, 1);
});

// -- choices -----------------------------------------------------------------------------------------------------------------

/** A block with `count` choices, and what was done with them. */
function choices(count) {
  const done = [];
  const made = [...Array(count).keys()].map((number) => ({
    focus: () => done.push(`focus ${number + 1}`), click: () => done.push(`click ${number + 1}`),
  }));
  return {block: new StandIn({"[data-dti-choices] [name=choice]": made}), done};
}

test("the keys 1 to 9 choose, those of no choice do nothing", async () => {
  const {block, done} = choices(3);
  chooseByKey(block);
  const target = {closest: () => null};
  assert.equal((await block.fire("keydown", {key: "2", target})).defaultPrevented, true);
  for (const key of ["4", "0", "a", "12", "Enter"]) {
    assert.equal((await block.fire("keydown", {key, target})).defaultPrevented, false, key);
  }
  for (const held of ["ctrlKey", "altKey", "metaKey", "repeat"]) await block.fire("keydown", {key: "1", target, [held]: true});
  assert.deepEqual(done, ["focus 2", "click 2"]);
});

test("a number typed into a field is no choice", async () => {
  const {block, done} = choices(3);
  chooseByKey(block);
  await block.fire("keydown", {key: "2", target: {closest: (selector) => selector.includes("textarea")}});
  assert.deepEqual(done, []);
});

test("what confirms a choice comes to stand below it", async () => {
  const block = new StandIn();
  keepConfirmBeside(block);
  const confirm = {scrollIntoView: (where) => { confirm.seen = where; }};
  const row = new StandIn();
  row.closest = () => new StandIn({"[data-dti-confirm]": confirm});
  await block.fire("change", {target: {closest: () => row}});
  assert.equal(row.next, confirm);
  assert.deepEqual(confirm.seen, {block: "nearest"});
  await block.fire("change", {target: {closest: () => null}}); // the pace before the start: no choice
});

// -- the clock ---------------------------------------------------------------------------------------------------------------

/** A screen with a running clock. Listeners of the page stay those of `browser`. */
function timed(left, seconds, {step = "3", selected = null} = {}) {
  const time = new StandIn();
  const bar = new StandIn();
  bar.style = {};
  const [said, alarm] = [new StandIn(), new StandIn()];
  const box = new StandIn({"[data-dti-time]": time, "[data-dti-bar]": bar});
  box.hidden = true;
  box.dataset = {left: String(left), seconds: String(seconds), spokenStart: "Running: {n}", spoken: "Left: {n}", alarm: "Under {n}"};
  box.low = new Set();
  box.classList = {add: (name) => box.low.add(name)};
  const kept = {value: ""};
  const timeUp = new StandIn({button: "the button", "[data-dti-selected]": kept});
  timeUp.sent = [];
  timeUp.requestSubmit = (button) => timeUp.sent.push(button);
  const parts = {
    "[data-dti-clock]": box, "[data-dti-time-up]": timeUp, "[data-dti-clock-words]": said, "[data-dti-alarm]": alarm,
    "[data-dti-time-up] [name=attempt]": {value: "1"}, "[data-dti-time-up] [name=step]": {value: step},
    ...(selected ? {"[data-dti-choices] input:checked": {value: selected}} : {}),
  };
  return {screen: new StandIn(parts), box, time, bar, said, alarm, timeUp, kept};
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
  assert.equal(page.box.hidden, false);
  assert.equal(page.said.hidden, true);
  now.pass(9_750);
  assert.deepEqual([[...page.box.low], page.alarm.textContent], [[], ""]);
  now.pass(250);
  assert.equal(page.time.textContent, "0:10");
  assert.equal(page.bar.style.strokeDashoffset, "50");
  assert.deepEqual([[...page.box.low], page.alarm.textContent], [["dti-clock-ten"], "Under 10"]);
  now.pass(9_750);
  assert.deepEqual([[...page.box.low], page.alarm.textContent], [["dti-clock-ten", "dti-clock-five"], "Under 5"]);
  assert.deepEqual(page.timeUp.sent, []);
  now.pass(10_000);
  assert.equal(page.time.textContent, "0:00");
  assert.deepEqual(page.timeUp.sent, ["the button"]);
  assert.deepEqual(spoken, ["Running: 20", "Left: 10", "Left: 5"]);
  assert.equal(page.kept.value, "", "nothing was selected");
  stop();
});

test("what is selected goes with the clock's word", (context) => {
  browser(() => response({html: ""}));
  const now = times(context);
  const page = timed(2, 20, {selected: "stop"});
  const stop = runClock(page.screen, now.steady, () => {});
  now.pass(2000);
  assert.deepEqual([page.timeUp.sent, page.kept.value], [["the button"], "stop"]);
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
