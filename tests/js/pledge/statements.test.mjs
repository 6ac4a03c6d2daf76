// On a narrow screen the statements come one at a time, and none can be passed by.
import assert from "node:assert/strict";
import test from "node:test";

import {leadThrough} from "../../../static/js/pledge/statements.js";
import {StandIn} from "../stand-ins.mjs";

/** Three statements and the rest of the form. `checked` are those that are affirmed. */
function statements({narrow = true, checked = []} = {}) {
  const boxes = [0, 1, 2].map((number) => Object.assign(new StandIn(), {
    checked: checked.includes(number),
    asked: 0,
    reportValidity() {
      this.asked += 1;
      return this.checked;
    },
  }));
  const rows = boxes.map((box) => new StandIn({input: box}));
  const count = new StandIn({}, {"data-dti-words": "{number} of {total}"});
  const next = Object.assign(new StandIn({}, {"data-dti-last": "Sign"}), {textContent: "Next"});
  const parts = {walk: new StandIn(), count, back: new StandIn(), next};
  const group = new StandIn({label: rows, ...Object.fromEntries(Object.entries(parts).map(([name, part]) => [`[data-dti-${name}]`, part]))});
  group.classList = {toggle: (name, on) => { group.leading = on; }};
  const legend = new StandIn();
  const after = Object.assign(new StandIn({legend}), {scrollIntoView() { this.scrolled = true; }});
  const query = Object.assign(new StandIn(), {matches: narrow});
  leadThrough(group, after, query);
  return {...parts, boxes, rows, group, after, legend, query, seen: () => rows.map((row) => !row.hidden)};
}

test("one statement stands alone, and the rest of the form waits", () => {
  const page = statements();
  assert.deepEqual(page.seen(), [true, false, false]);
  assert.deepEqual([page.walk.hidden, page.after.hidden, page.back.hidden], [false, true, true]);
  assert.equal(page.count.textContent, "1 of 3");
});

test("on a wide screen all stand below each other", () => {
  const page = statements({narrow: false});
  assert.deepEqual(page.seen(), [true, true, true]);
  assert.deepEqual([page.walk.hidden, page.after.hidden], [true, false]);
});

test("nobody goes on without affirming", async () => {
  const page = statements();
  await page.next.fire("click");
  assert.deepEqual([page.seen(), page.boxes[0].asked], [[true, false, false], 1]);
});

test("each that is affirmed leads to the next, and the last to the signature", async () => {
  const page = statements();
  for (const number of [0, 1, 2]) {
    assert.equal(page.next.textContent, number < 2 ? "Next" : "Sign");
    page.boxes[number].checked = true;
    await page.next.fire("click");
  }
  assert.deepEqual([page.boxes[1].focused, page.boxes[2].focused, page.legend.focused], [1, 1, 1]);
  assert.deepEqual([page.seen(), page.walk.hidden, page.after.hidden, page.after.scrolled], [[true, true, true], true, false, true]);
});

test("who goes back and takes one away comes to it again", async () => {
  const page = statements();
  page.boxes[0].checked = page.boxes[1].checked = page.boxes[2].checked = true;
  await page.next.fire("click");
  await page.next.fire("click");
  page.boxes[0].checked = false;
  await page.next.fire("click");
  assert.deepEqual(page.seen(), [true, false, false]);
  assert.equal(page.after.hidden, true);
});

test("back leads back", async () => {
  const page = statements();
  page.boxes[0].checked = true;
  await page.next.fire("click");
  assert.equal(page.back.hidden, false);
  await page.back.fire("click");
  assert.deepEqual([page.seen(), page.boxes[0].focused], [[true, false, false], 1]);
});

test("Enter goes on, and does not send a form that is not to be seen", async () => {
  const page = statements();
  page.boxes[0].checked = true;
  const sent = await page.group.fire("keydown", {key: "Enter", target: page.boxes[0]});
  assert.equal(sent.defaultPrevented, true);
  assert.deepEqual(page.seen(), [false, true, false]);
  assert.equal((await page.group.fire("keydown", {key: " ", target: page.boxes[1]})).defaultPrevented, false);
  assert.equal((await page.group.fire("keydown", {key: "Enter", target: page.next})).defaultPrevented, false);
});

test("a telephone that is turned shows all, and turned back the first that is missing", async () => {
  const page = statements({checked: [0]});
  page.query.matches = false;
  await page.query.fire("change");
  assert.deepEqual([page.seen(), page.after.hidden], [[true, true, true], false]);
  page.query.matches = true;
  await page.query.fire("change");
  assert.deepEqual([page.seen(), page.after.hidden], [[false, true, false], true]);
});

test("where all are affirmed, as after going back in the browser, nothing is hidden", () => {
  const page = statements({checked: [0, 1, 2]});
  assert.deepEqual([page.seen(), page.after.hidden], [[true, true, true], false]);
});
