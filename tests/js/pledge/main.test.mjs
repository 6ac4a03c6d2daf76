// The rules of the reason field: the same names agree here and on the server.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import test from "node:test";

import {namesAgree, showReason, start, stopwatch} from "../../../static/js/pledge/main.js";
import {StandIn, browser, form, response, root, words} from "../stand-ins.mjs";

const cases = JSON.parse(readFileSync(new URL("../../pledge/name_cases.json", import.meta.url), "utf8"));

for (const [typed, account] of cases.agree) {
  test(`“${typed}” is a way of writing “${account}”`, () => assert.equal(namesAgree(typed, account), true));
}

for (const [typed, account] of cases.differ) {
  test(`“${typed}” is not “${account}”`, () => assert.equal(namesAgree(typed, account), false));
}

function fields(typed, given = "") {
  return [{value: typed, dataset: {accountName: "Ana Reyes"}}, {value: given, required: false}, {hidden: false}];
}

test("no reason is asked before a name is typed", () => {
  const [name, reason, box] = fields("");
  showReason(name, reason, box);
  assert.equal(box.hidden, true);
  assert.equal(reason.required, false);
});

test("a name of the account asks for no reason", () => {
  const [name, reason, box] = fields("ana m. reyes");
  showReason(name, reason, box);
  assert.equal(box.hidden, true);
  assert.equal(reason.required, false);
});

test("another name asks for a reason", () => {
  const [name, reason, box] = fields("Ana Okafor");
  showReason(name, reason, box);
  assert.equal(box.hidden, false);
  assert.equal(reason.required, true);
});

test("a reason once given stays in sight and is no longer demanded", () => {
  const [name, reason, box] = fields("Ana Reyes", "married in May");
  showReason(name, reason, box);
  assert.equal(box.hidden, false);
  assert.equal(reason.required, false);
});

test("only time with the page in view counts", () => {
  let now = 0;
  const watch = stopwatch(() => now, false);
  now = 5000;
  assert.equal(watch.seconds(), 5);
  watch.turn(true);
  now = 60000;
  assert.equal(watch.seconds(), 5);
  watch.turn(false);
  watch.turn(false);
  now = 62500;
  assert.equal(watch.seconds(), 7);
});

test("a page that opens in the background has not been read", () => {
  let now = 0;
  const watch = stopwatch(() => now, true);
  now = 9000;
  assert.equal(watch.seconds(), 0);
  watch.turn(false);
  now = 10000;
  assert.equal(watch.seconds(), 1);
});

/** A signing screen: name, reason, the signer's clock. */
function signing() {
  const name = Object.assign(new StandIn(), {value: "", dataset: {accountName: "Ana Reyes"}});
  const reason = {value: "", required: false};
  const box = new StandIn({input: reason});
  const offset = {value: ""};
  const made = root({"[data-dti-reason]": box, "[data-account-name]": name, "[data-dti-offset]": offset});
  return {...made, name, reason, box, offset};
}

test("the signer's clock goes along, in minutes before UTC", () => {
  browser(() => response({}));
  const page = signing();
  start(page.root, words);
  assert.equal(page.offset.value, String(-new Date().getTimezoneOffset()));
});

test("a name put right can be signed at once, though the reason field is still to be seen", async () => {
  browser(() => response({}));
  const page = signing();
  page.name.value = "Somebody Else";
  start(page.root, words);
  assert.deepEqual([page.box.hidden, page.reason.required], [false, true]);
  page.name.value = "Ana Reyes";
  await page.name.fire("input");
  await page.name.fire("change");
  assert.deepEqual([page.box.hidden, page.reason.required], [false, false], "nothing moves under the click that signs");
});

/** A screen to be read whose end the browser reports through `seen`. */
function reading({wanted = false} = {}) {
  const seconds = {value: ""};
  const note = form([["shown", "abc"]]);
  note.parts["[data-dti-seconds]"] = seconds;
  if (wanted) note.attributes["data-dti-wanted"] = "";
  const end = new StandIn();
  const made = root({"[data-dti-end]": note, ".dti-pledge-text": {lastElementChild: end}});
  const observers = [];
  const requests = browser(() => response({html: "<p>screen</p>"}));
  globalThis.window.IntersectionObserver = globalThis.IntersectionObserver = class {
    constructor(seen) { this.seen = seen; observers.push(this); }
    observe(node) { this.node = node; }
    disconnect() { this.gone = true; }
  };
  start(made.root, words);
  return {...made, note, seconds, end, observers, requests};
}

test("that the end came into view is noted once, beside what the reader does", async () => {
  const {observers, requests, end, screen} = reading();
  assert.equal(observers[0].node, end);
  observers[0].seen([{isIntersecting: false}]);
  assert.equal(requests.length, 0);
  observers[0].seen([{isIntersecting: true}]);
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(requests.length, 1);
  assert.deepEqual(JSON.parse(requests[0].body), [["shown", "abc"], ["by", "scroll"]]);
  assert.equal(observers[0].gone, true);
  assert.deepEqual(screen.children, [], "the screen stays as it is");
});

test("where reading is required the reader says so, not the scrolling", () => {
  assert.equal(reading({wanted: true}).observers.length, 0);
});

test("the button sends the seconds in view along", async () => {
  const {note, seconds} = reading({wanted: true});
  await note.fire("submit");
  assert.match(seconds.value, /^\d+$/);
});
