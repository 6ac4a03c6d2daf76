// Where in the picture it was pressed.
import assert from "node:assert/strict";
import test from "node:test";

import {filled} from "../../../static/js/activity/moving.js";
import {inPercent} from "../../../static/js/activity/main.js";

test("a press is told in percent of the picture, and never outside of it", () => {
  const box = {left: 100, top: 50, width: 400, height: 200};
  assert.deepEqual(inPercent(box, 300, 100), ["50.00", "25.00"]);
  assert.deepEqual(inPercent(box, 99, 251), ["0.00", "100.00"]);
});

test("names are filled in, and what is no name stays", () => {
  assert.equal(filled("{card}: now in {place}. {other}", {card: "A", place: "B"}), "A: now in B. {other}");
});
