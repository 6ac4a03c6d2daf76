// Areas in percent of a picture: read, written, moved, sized and drawn.
import assert from "node:assert/strict";
import test from "node:test";
import {areaIn, between, moved, sized, written} from "../../../static/js/activity-studio/areas.js";

const AREA = {x: 10, y: 20, width: 30, height: 40};

test("an area is four numbers", () => {
  assert.deepEqual(areaIn(" 10 20  30 40.5"), {x: 10, y: 20, width: 30, height: 40.5});
  for (const text of ["", " ", "1 2 3", "1 2 3 4 5", "1 2 3 x", "1 2 3 Infinity"]) assert.equal(areaIn(text), null, text);
  assert.equal(written({x: 1.04, y: 0, width: 33.333, height: 50}), "1 0 33.3 50");
  assert.deepEqual(areaIn(written(AREA)), AREA);
});

test("it moves as far as the picture goes and keeps its size", () => {
  assert.deepEqual(moved(AREA, 5, -5), {...AREA, x: 15, y: 15});
  assert.deepEqual(moved(AREA, -50, 90), {...AREA, x: 0, y: 60});
});

test("it grows to the edge of the picture and never vanishes", () => {
  assert.deepEqual(sized(AREA, 5, -5), {...AREA, width: 35, height: 35});
  assert.deepEqual(sized(AREA, 500, -500), {...AREA, width: 90, height: 2});
});

test("it is drawn from any corner, and a slip of the hand is none", () => {
  assert.deepEqual(between({x: 40, y: 60}, {x: 10, y: 20}), AREA);
  assert.deepEqual(between({x: 90, y: 90}, {x: 130, y: 180}), {x: 90, y: 90, width: 10, height: 10});
  assert.equal(between({x: 10, y: 10}, {x: 11, y: 50}), null);
});
