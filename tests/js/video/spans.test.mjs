// What is played, as it is told to the server.
import assert from "node:assert/strict";
import test from "node:test";

import {due, firstOpen, limit} from "../../../static/js/video/moments.js";
import {Spans} from "../../../static/js/video/spans.js";
import {lineAt} from "../../../static/js/video/transcript.js";

function played(...times) {
  const spans = new Spans();
  for (const time of times) spans.at(time);
  return spans;
}

test("what is played in one go is one interval", () => assert.deepEqual(played(0, 0.1, 0.4, 1).take(), [[0, 1]]));

test("a jump belongs to nothing, forward or back", () => assert.deepEqual(played(0, 1, 5, 6, 2, 3).take(), [[0, 1], [5, 6], [2, 3]]));

test("a faster film takes longer steps", () => {
  const spans = new Spans();
  spans.at(0, 2);
  spans.at(2.5, 2);
  assert.deepEqual(spans.take(), [[0, 2.5]]);
});

test("after a cut nothing goes on, and what was taken is not told again", () => {
  const spans = played(0, 1);
  spans.cut();
  spans.at(1.2);
  spans.at(2);
  assert.deepEqual(spans.take(), [[0, 1], [1.2, 2]]);
  assert.deepEqual(spans.take(), []);
  spans.back([[0, 1]]);
  assert.deepEqual(spans.take(), [[0, 1]]);
});

const QUESTION = {id: "q", isTape: false, at: 2, to: 2, answered: false};
const TAPE = {id: "t", isTape: true, at: 3, to: 10, answered: false};

test("a question is due at its time, a tape rolls from its start to its end", () => {
  assert.deepEqual([0, 1.9, 1.96, 5].map((time) => due(QUESTION, null, time)), ["", "", "ask", "ask"]);
  assert.deepEqual([2, 3, 9, 9.96].map((time) => due(TAPE, null, time)), ["", "roll", "roll", "over"]);
  assert.deepEqual([3, 9.9, 10].map((time) => due(null, TAPE, time)), ["", "", "over"]);
});

test("nobody winds on past what is open, and in a tape only as far as it has come", () => {
  assert.equal(limit(QUESTION, 0, 12), 2);
  assert.deepEqual([0, 5, 99].map((reached) => limit(TAPE, reached, 12)), [3, 5, 10]);
  assert.equal(limit(null, 0, 12), 12);
  assert.equal(firstOpen([{...QUESTION, answered: true}, TAPE]), TAPE);
});

test("the line that is spoken is the last that has begun", () => {
  const lines = [{begin: 0.5}, {begin: 5.2}];
  assert.deepEqual([0, 0.5, 5.1, 9].map((time) => lineAt(lines, time)), [-1, 0, 0, 1]);
});
