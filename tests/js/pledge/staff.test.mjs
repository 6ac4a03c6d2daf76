import assert from "node:assert/strict";
import test from "node:test";

import {told, watch} from "../../../static/js/pledge/staff.js";

const WORDS = {wordReady: "Ready.", wordFailed: "Failed."};

/** A stand-in for the box of the page: `states` come one after the other, as the server answers. */
function page(states, first = "waits") {
  let state = first;
  const said = {textContent: ""};
  const again = {hidden: false};
  const known = {"[data-dti-staff-said]": said, "[data-dti-staff-again]": again};
  const waits = [];
  const box = {
    dataset: {...WORDS, stateUrl: "/state"},
    ownerDocument: {querySelector: (name) => known[name]},
    querySelector: () => (state === "" ? null : {dataset: {dtiStaffState: state}}),
    replaceChildren: (next) => (state = next),
  };
  const asked = [];
  const fetcher = async (address) => {
    asked.push(address);
    const next = states.shift();
    if (next === "lost") throw new TypeError("network");
    if (next === "refused") return {ok: false};
    return {ok: true, json: async () => ({html: next})};
  };
  watch(box, {fetcher, later: (look, pause) => waits.push({look, pause}), parse: (html) => [html]});
  return {said, again, waits, asked, state: () => state};
}

async function run(here) {
  while (here.waits.length) await here.waits.shift().look();
}

test("what is said of a state", () => {
  assert.deepEqual(told("waits", WORDS), {done: false, said: ""});
  assert.deepEqual(told("ready", WORDS), {done: true, said: "Ready."});
  assert.deepEqual(told("failed", WORDS), {done: true, said: "Failed."});
});

test("it looks until the files are ready, and says so once", async () => {
  const here = page(["waits", "waits", "ready"]);
  await run(here);
  assert.equal(here.asked.length, 3);
  assert.equal(here.said.textContent, "Ready.");
  assert.equal(here.again.hidden, true);
});

test("a lost connection or a refusal is no end", async () => {
  const here = page(["lost", "refused", "failed"]);
  await run(here);
  assert.equal(here.asked.length, 3);
  assert.equal(here.said.textContent, "Failed.");
});

test("where nothing is being made nobody is asked", async () => {
  for (const first of ["ready", "failed", ""]) {
    const here = page([], first);
    await run(here);
    assert.equal(here.asked.length, 0);
  }
});
