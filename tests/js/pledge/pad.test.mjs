// The drawing pad: strokes in units of its box, within the server's limits, kept through whatever happens to the screen.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import test from "node:test";

import * as pad from "../../../static/js/pledge/pad.js";
import {StandIn} from "../stand-ins.mjs";

const WORDS = {
  padEmpty: "Nothing drawn", padDrawn: "Drawn: {count}", padCleared: "Cleared", padUndone: "Undone, left: {count}", padFull: "Full",
};

test("the limits are the server's", () => {
  const server = readFileSync(new URL("../../../dti_xblocks/pledge/strokes.py", import.meta.url), "utf8");
  assert.match(server, new RegExp(`^WIDTH, HEIGHT = ${pad.WIDTH}, ${pad.HEIGHT}$`, "m"));
  assert.match(server, new RegExp(`^MOST_STROKES = ${pad.MOST_STROKES}$`, "m"));
  assert.match(server, new RegExp(`^MOST_POINTS = ${pad.MOST_POINTS}\\b`, "m"));
  const longest = Number(/^LONGEST_TEXT = ([\d_]+)/m.exec(server)[1].replaceAll("_", ""));
  const fullest = Array.from({length: pad.MOST_STROKES}, () => Array(pad.MOST_POINTS / pad.MOST_STROKES).fill([1000, 300]));
  assert.ok(pad.writeStrokes(fullest).length <= longest);
});

test("a point of the page becomes units of the box, whatever its size", () => {
  assert.deepEqual(pad.toUnits(30, 40, {left: 10, top: 20, width: 200}), [100, 100]);
  assert.deepEqual(pad.toUnits(30, 40, {left: 10, top: 20, width: 2000}), [10, 10]);
});

test("what leaves the box stays at its edge", () => {
  const box = {left: 0, top: 0, width: 500};
  assert.deepEqual(pad.toUnits(-5, -5, box), [0, 0]);
  assert.deepEqual(pad.toUnits(900, 900, box), [pad.WIDTH, pad.HEIGHT]);
});

test("points too close to be seen are left out", () => {
  assert.equal(pad.worthKeeping([], [5, 5]), true);
  assert.equal(pad.worthKeeping([[5, 5]], [6, 6]), false);
  assert.equal(pad.worthKeeping([[0, 0], [5, 5]], [8, 5]), true);
});

test("there is room until strokes or points are all used", () => {
  const dots = (count) => Array.from({length: count}, () => [[1, 1]]);
  assert.equal(pad.hasRoom(dots(pad.MOST_STROKES - 1)), true);
  assert.equal(pad.hasRoom(dots(pad.MOST_STROKES)), false);
  assert.equal(pad.hasRoom(dots(pad.MOST_STROKES), true), true);
  assert.equal(pad.hasRoom([Array(pad.MOST_POINTS).fill([1, 1])], true), false);
});

for (const text of ["", "null", "{}", "[", "[[]]", "[[[1]]]", '[[["1",2]]]', "[[[1.5,2]]]", "[[1,2]]", '"x"']) {
  test(`${JSON.stringify(text)} is no drawing`, () => assert.deepEqual(pad.readStrokes(text), []));
}

test("a drawing is written and read again; none is an empty field", () => {
  const strokes = [[[1, 2], [30, 40]], [[5, 5]]];
  assert.deepEqual(pad.readStrokes(pad.writeStrokes(strokes)), strokes);
  assert.equal(pad.writeStrokes([]), "");
});

/** A pad as the template has it, `width` CSS pixels wide, in a page that observes sizes and looks. */
function page({width = 500, strokes = "", canvasWorks = true, coalesced = null} = {}) {
  const lines = [];
  const context = {
    beginPath() {}, stroke() {}, setTransform() {},
    moveTo(x, y) { this.from = [x, y]; },
    lineTo(x, y) { lines.push([this.from, [x, y]]); },
  };
  const canvas = Object.assign(new StandIn(), {
    clientWidth: width, clientHeight: width * 0.3, clientLeft: 2, clientTop: 2, isConnected: true, captured: [],
    getContext: () => (canvasWorks ? context : null),
    getBoundingClientRect: () => ({left: 98, top: 48}),
    setPointerCapture(id) { this.captured.push(id); },
  });
  const field = {value: strokes};
  const [undo, clear] = [new StandIn(), new StandIn()];
  const box = new StandIn({canvas, "input[name=strokes]": field, "[data-dti-pad-undo]": undo, "[data-dti-pad-clear]": clear});
  const root = new StandIn({"[data-dti-pad]": box});
  const media = [];
  let resized = null;
  globalThis.document = Object.assign(new StandIn(), {createElement: () => new StandIn(), documentElement: new StandIn()});
  globalThis.ResizeObserver = class { constructor(action) { resized = action; } observe() {} };
  globalThis.MutationObserver = class { observe() {} disconnect() {} };
  globalThis.window = Object.assign(new StandIn(), {
    PointerEvent: class {}, ResizeObserver: globalThis.ResizeObserver, MutationObserver: globalThis.MutationObserver, devicePixelRatio: 2,
    getComputedStyle: () => ({color: "rgb(1, 2, 3)"}),
    matchMedia(query) {
      const made = Object.assign(new StandIn(), {query});
      media.push(made);
      return made;
    },
  });
  pad.attachPad(root, WORDS);
  const event = (x, y, more = {}) => ({
    pointerId: 1, button: 0, clientX: 100 + x, clientY: 50 + y, ...(coalesced ? {getCoalescedEvents: () => coalesced} : {}), ...more,
  });
  const stroke = async (...points) => {
    await canvas.fire("pointerdown", event(...points[0]));
    for (const point of points.slice(1)) await canvas.fire("pointermove", event(...point));
    await canvas.fire("pointerup", event(...points[points.length - 1]));
  };
  return {
    root, canvas, context, field, undo, clear, lines, media, event, stroke,
    state: () => box.children[0]?.textContent, drawn: () => pad.readStrokes(field.value), resize: () => resized(),
  };
}

test("a stroke is drawn, kept in the field and said", async () => {
  const {stroke, drawn, state, lines, canvas} = page();
  assert.equal(state(), "Nothing drawn");
  await stroke([0, 0], [50, 50], [100, 0]);
  assert.deepEqual(drawn(), [[[0, 0], [100, 100], [200, 0]]]);
  assert.equal(state(), "Drawn: 1");
  assert.deepEqual(lines[lines.length - 1], [[100, 100], [200, 0]]);
  assert.deepEqual(canvas.captured, [1]);
});

test("what the browser has gathered between two frames is kept", async () => {
  const between = [{clientX: 150, clientY: 50}, {clientX: 200, clientY: 100}];
  const {canvas, event, drawn} = page({coalesced: between});
  await canvas.fire("pointerdown", event(0, 0));
  await canvas.fire("pointermove", event(100, 50));
  await canvas.fire("pointerup", event(100, 50));
  assert.deepEqual(drawn(), [[[0, 0], [100, 0], [200, 100]]]);
});

test("a second finger and another button of the mouse draw nothing", async () => {
  const {canvas, event, drawn} = page();
  await canvas.fire("pointerdown", event(0, 0, {button: 2}));
  await canvas.fire("pointerdown", event(0, 0));
  await canvas.fire("pointerdown", event(50, 50, {pointerId: 2}));
  await canvas.fire("pointermove", event(90, 90, {pointerId: 2}));
  await canvas.fire("pointerup", event(90, 90, {pointerId: 2}));
  await canvas.fire("pointermove", event(50, 0));
  await canvas.fire("pointerup", event(50, 0));
  assert.deepEqual(drawn(), [[[0, 0], [100, 0]]]);
});

test("a stroke that the system breaks off, as a rotation does, is kept", async () => {
  const {canvas, event, drawn} = page();
  await canvas.fire("pointerdown", event(0, 0));
  await canvas.fire("pointermove", event(50, 0));
  await canvas.fire("pointercancel", event(50, 0));
  await canvas.fire("lostpointercapture", event(50, 0));
  assert.deepEqual(drawn(), [[[0, 0], [100, 0]]]);
});

test("the last stroke can be taken back, and all of them", async () => {
  const {stroke, undo, clear, drawn, state, field} = page();
  await undo.fire("click");
  assert.equal(state(), "Nothing drawn");
  await stroke([0, 0], [50, 0]);
  await stroke([0, 50], [50, 50]);
  await undo.fire("click");
  assert.deepEqual(drawn(), [[[0, 0], [100, 0]]]);
  assert.equal(state(), "Undone, left: 1");
  await clear.fire("click");
  assert.equal(field.value, "");
  assert.equal(state(), "Cleared");
});

test("after a change of size everything is drawn again, from the same units", async () => {
  const {canvas, stroke, drawn, lines, resize} = page();
  await stroke([0, 0], [50, 0]);
  const before = drawn();
  canvas.clientWidth = 250;
  lines.length = 0;
  resize();
  assert.deepEqual(drawn(), before);
  assert.deepEqual(lines, [[[0, 0], [0, 0]], [[0, 0], [100, 0]]]);
  assert.equal(canvas.width, 500, "two dots of the screen for each pixel");
});

test("inside of something closed it waits until it has a size", async () => {
  const {canvas, context, stroke, drawn, resize} = page({width: 0});
  await stroke([0, 0], [50, 0]);
  assert.deepEqual(drawn(), []);
  canvas.clientWidth = 500;
  resize();
  await stroke([0, 0], [50, 0]);
  assert.deepEqual(drawn(), [[[0, 0], [100, 0]]]);
  assert.equal(context.strokeStyle, "rgb(1, 2, 3)");
});

test("what stands in the field already is drawn, as after going back to the page", () => {
  const {state, lines} = page({strokes: "[[[0,0],[500,100]],[[7,7]]]"});
  assert.equal(state(), "Drawn: 2");
  assert.equal(lines.length, 3);
});

test("another look of the page draws anew, until the pad is gone", async () => {
  const {media, lines, canvas} = page({strokes: "[[[0,0]]]"});
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(resolution: 2dppx)"]) {
    lines.length = 0;
    await media.find((each) => each.query === query).fire("change");
    assert.equal(lines.length, 1, query);
  }
  canvas.isConnected = false;
  lines.length = 0;
  for (const each of media) await each.fire("change");
  assert.equal(lines.length, 0);
  assert.ok(media.every((each) => !each.listeners.change.length), "nothing listens any more");
});

test("at the limit drawing ends and says so", async () => {
  const dots = pad.writeStrokes(Array.from({length: pad.MOST_STROKES}, () => [[1, 1]]));
  const {stroke, field, state} = page({strokes: dots});
  await stroke([0, 0], [50, 0]);
  assert.equal(field.value, dots);
  assert.equal(state(), "Full");
});

test("a stroke ends where the points are used up", async () => {
  const many = [Array.from({length: pad.MOST_POINTS - 2}, (_none, index) => [index % 2, 0])];
  const {stroke, drawn, state} = page({strokes: pad.writeStrokes(many)});
  await stroke([0, 0], [50, 0], [100, 0], [150, 0]);
  assert.deepEqual(drawn()[1], [[0, 0], [100, 0]]);
  assert.equal(state(), "Full");
});

test("where nothing can be drawn there is no pad", () => {
  assert.equal(page({canvasWorks: false}).root.hidden, true);
  const {root} = page();
  assert.equal(root.hidden, false);
  delete globalThis.window.PointerEvent;
  pad.attachPad(root, WORDS);
  assert.equal(root.hidden, true);
});
