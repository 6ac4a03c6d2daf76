// Scrolling by as little as shows something.
import assert from "node:assert/strict";
import test from "node:test";

import {past} from "../../../static/js/studio/sight.js";

test("what is in sight moves nothing", () => {
  assert.equal(past(10, 90, 0, 100), 0);
});

test("what is out of sight moves by what is missing; of what is larger the start is shown", () => {
  assert.equal(past(-30, 20, 0, 100), -30);
  assert.equal(past(90, 120, 0, 100), 20);
  assert.equal(past(40, 400, 0, 100), 40);
});
