// The counter of the review's text.
import assert from "node:assert/strict";
import test from "node:test";

import {roomLeft} from "../../../static/js/review/main.js";

test("the counter is silent while there is plenty of room", () => assert.equal(roomLeft(4499, 5000, "Left: {count}"), ""));

test("the counter speaks near the end", () => assert.equal(roomLeft(4500, 5000, "Left: {count}"), "Left: 500"));

test("the counter never goes below nothing", () => assert.equal(roomLeft(5001, 5000, "Left: {count}"), "Left: 0"));
