// The clock as numbers: what is left, when it speaks, and what a changed system time or a sleeping machine does to it.
import assert from "node:assert/strict";
import test from "node:test";

import {Countdown, face, marks} from "../../../static/js/scenario/clock.js";

const WALL = 1_700_000_000_000;
const started = (seconds, left = seconds) => new Countdown(left, seconds, 0, 0, WALL);

test("the face counts a second that has begun in full, so that 0:00 means over", () => {
  assert.equal(face(20), "0:20");
  assert.equal(face(16.01), "0:17");
  assert.equal(face(0.001), "0:01");
  assert.equal(face(0), "0:00");
  assert.equal(face(200), "3:20");
});

test("it speaks at half, at ten and at five, and never twice about the same", () => {
  assert.deepEqual(marks(60), [30, 10, 5]);
  assert.deepEqual(marks(20), [10, 5]);
  assert.deepEqual(marks(15), [10, 5]);
  assert.deepEqual(marks(10), [5]);
  assert.deepEqual(marks(5), []);
  assert.deepEqual(marks(600), [300, 10, 5]);
});

test("a whole run says the start, half, ten and five, and nothing in between", () => {
  const clock = started(30);
  const said = [];
  for (let ms = 0; ms <= 31_000; ms += 250) {
    const {say} = clock.at(ms, WALL + ms);
    if (say !== null) said.push(say);
  }
  assert.deepEqual(said, [30, 15, 10, 5]);
});

test("a page that is loaded late in a scene says how much is left, and then only what is to come", () => {
  const clock = started(30, 8);
  assert.equal(clock.at(0, WALL).say, 8);
  assert.equal(clock.at(1000, WALL + 1000).say, null);
  assert.equal(clock.at(3000, WALL + 3000).say, 5);
});

test("a page whose timers were slow says one thing, not all that it missed", () => {
  const clock = started(60);
  clock.at(0, WALL);
  assert.equal(clock.at(55_500, WALL + 55_500).say, 5);
  assert.equal(clock.at(56_000, WALL + 56_000).say, null);
});

test("what passed between the server's answer and the script is not given away", () => {
  assert.equal(new Countdown(20, 20, 1000, 4000, WALL).at(4000, WALL).left, 17);
});

test("it is over at zero and not before", () => {
  const clock = started(20);
  assert.equal(clock.at(19_999, WALL + 19_999).over, false);
  const end = clock.at(20_000, WALL + 20_000);
  assert.deepEqual([end.over, end.left, end.say], [true, 0, null]);
});

for (const [words, jump] of [["forward", 3_600_000], ["back", -3_600_000]]) {
  test(`a system time put ${words} changes nothing that is left; the server is asked once`, () => {
    const clock = started(20);
    clock.at(0, WALL);
    const after = clock.at(2000, WALL + 2000 + jump);
    assert.deepEqual([after.left, after.over, after.slept], [18, false, true]);
    assert.equal(clock.at(2250, WALL + 2250 + jump).slept, false);
  });
}

test("a machine that slept, with a page time that stood still, is found out", () => {
  const clock = started(20);
  clock.at(5000, WALL + 5000);
  assert.equal(clock.at(5250, WALL + 605_250).slept, true);
});
