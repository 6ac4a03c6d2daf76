// What is said or offered stands beside what it is about, and within the block.
import assert from "node:assert/strict";
import test from "node:test";

import {bringIntoSight, say, standBy} from "../../../static/js/screen/beside.js";
import {StandIn, browser} from "../stand-ins.mjs";

/** A box of 200 by 40 px in a block that reaches from 100 to 600 and begins at 50. */
function box(direction = "ltr") {
  globalThis.getComputedStyle = () => ({direction});
  const made = new StandIn();
  return Object.assign(made, {style: {}, offsetWidth: 200, offsetHeight: 40, offsetParent: {getBoundingClientRect: () => ({left: 100, right: 600, top: 50, width: 500})}});
}

const place = (left, right, top, bottom) => ({left, right, top, bottom});

test("a box stands below a place, where the place begins, and within the block", () => {
  const made = box();
  standBy(made, place(150, 300, 200, 220));
  assert.deepEqual(made.style, {insetInlineStart: "50px", insetBlockStart: "180px"});
  standBy(made, place(550, 590, 200, 220));
  assert.equal(made.style.insetInlineStart, "300px");
  standBy(made, place(90, 110, 200, 220));
  assert.equal(made.style.insetInlineStart, "0px");
});

test("above, where there is room", () => {
  const made = box();
  standBy(made, place(150, 300, 200, 220), true);
  assert.equal(made.style.insetBlockStart, "100px");
  standBy(made, place(150, 300, 60, 80), true);
  assert.equal(made.style.insetBlockStart, "40px");
});

test("from right to left it begins at the right", () => {
  const made = box("rtl");
  standBy(made, place(300, 550, 200, 220));
  assert.equal(made.style.insetInlineStart, "50px");
});

test("what was said in passing goes, unless something else was said since", (context) => {
  context.mock.timers.enable({apis: ["setTimeout"]});
  browser(() => undefined);
  const line = box();
  say(line, "Highlighted.", null, true);
  context.mock.timers.tick(7_999);
  assert.equal(line.textContent, "Highlighted.");
  context.mock.timers.tick(1);
  assert.equal(line.textContent, "");
  say(line, "Copied.", null, true);
  context.mock.timers.tick(4_000);
  say(line, "Saving");
  context.mock.timers.tick(60_000);
  assert.equal(line.textContent, "Saving");
});

test("a learning page is told where to scroll; a page of its own scrolls itself", () => {
  browser(() => undefined);
  const element = {scrolled: [], scrollIntoView(how) { this.scrolled.push(how.block); }, getBoundingClientRect: () => ({top: 123.4})};
  bringIntoSight(element, "center");
  const told = [];
  window.parent = {postMessage: (...message) => told.push(message)};
  window.scrollY = 0;
  bringIntoSight(element);
  assert.deepEqual([element.scrolled, told], [["center", "start"], [[{offset: 123}, "*"]]]);
});
