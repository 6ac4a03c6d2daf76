// The rooms of static/js: which may import which, and what holds for every file.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";

const folder = new URL("../../static/js/", import.meta.url).pathname;
const names = fs.readdirSync(folder, {recursive: true}).filter((name) => name.endsWith(".js"));
const files = new Map(names.map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]));
const room = (name) => (name.includes("/") ? name.split("/")[0] : "");
const named = (text) => [...text.matchAll(/^(?:import|export)\b[^"'`;]*?from\s*"([^"]+)"|^import\s*"([^"]+)"/gm)].map((found) => found[1] ?? found[2]);
const asked = (text) => [...text.matchAll(/\bimport\(\s*"([^"]+)"/g)].map((found) => found[1]);
const target = (name, address) => path.posix.join(path.posix.dirname(name), address);

/** What a room may import besides its own files. A kind of block never imports another kind; what they share knows none of them. */
const MAY = {
  "": [],
  screen: [],
  scenario: ["screen"],
  verify: [],
  "case-law": ["screen"],
  pledge: ["screen"],
  review: ["screen"],
  activity: ["screen"],
  video: ["screen"],
  studio: ["screen"],
  "scenario-studio": ["studio", "screen"],
  "case-law-studio": ["studio", "screen"],
  "pledge-studio": ["studio", "screen"],
  "review-studio": ["studio", "screen"],
  "activity-studio": ["studio", "screen"],
  "video-studio": ["studio", "screen"],
};

test("every folder is a room of the table", () => {
  assert.deepEqual([...new Set(names.map(room))].sort(), Object.keys(MAY).sort());
});

test("a room imports its own files and those of the rooms it may", () => {
  for (const [name, text] of files) {
    for (const address of [...named(text), ...asked(text)]) {
      const other = target(name, address);
      assert.ok(files.has(other), `${name}: there is no ${other}`);
      assert.ok(room(other) === room(name) || MAY[room(name)].includes(room(other)), `${name} imports ${other}`);
    }
  }
});

test("addresses are relative and plain: the version stands in the path that they are relative to", () => {
  for (const [name, text] of files) {
    for (const [, address] of text.matchAll(/(?:from|import\() ?"([^"]+)"/g)) assert.match(address, /^\.{1,2}\/[\w/-]+\.js$/, `${name}: ${address}`);
  }
});

test("no module imports itself by a detour", () => {
  const sound = new Set();
  const visit = (name, above) => {
    assert.ok(!above.includes(name), [...above, name].join(" -> "));
    if (sound.has(name)) return;
    for (const address of named(files.get(name))) visit(target(name, address), [...above, name]);
    sound.add(name);
  };
  for (const name of names) visit(name, []);
});

test("what a learner's page loads is few files", () => {
  const MOST = 6; // each is a request of its own, in two rounds
  for (const kind of ["scenario", "case-law", "pledge", "review", "activity"]) {
    const loaded = new Set();
    const load = (name) => {
      if (loaded.has(name)) return;
      loaded.add(name);
      for (const address of named(files.get(name))) load(target(name, address));
    };
    load(`${kind}/main.js`);
    assert.ok(loaded.size <= MOST, `${kind}: ${[...loaded].join(", ")}`);
  }
});

test("no file is longer than 300 lines, and none writes markup from data", () => {
  for (const [name, text] of files) {
    assert.ok(text.trimEnd().split("\n").length <= 300, name);
    assert.doesNotMatch(text, /innerHTML(?!;)|outerHTML|insertAdjacentHTML|document\.write|eval\(/, name);
  }
});
