// The rules of the reason field: the same names agree here and on the server.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import test from "node:test";

import {namesAgree, showReason} from "../../static/js/pledge.js";

const cases = JSON.parse(readFileSync(new URL("../pledge/name_cases.json", import.meta.url), "utf8"));

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
