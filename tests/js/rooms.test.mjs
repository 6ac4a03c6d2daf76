// The editor's files: small, each importing the others under the version of the package.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";

const folder = new URL("../../static/js/editor/", import.meta.url);
const version = /__version__ = "(.+)"/.exec(fs.readFileSync(new URL("../../dti_xblocks/__init__.py", import.meta.url), "utf8"))[1];
const files = [...fs.readdirSync(folder).map((name) => [name, fs.readFileSync(new URL(name, folder), "utf8")]),
  ["scenario-studio.js", fs.readFileSync(new URL("../scenario-studio.js", folder), "utf8")]];

test("every import names the version, so that a new release never meets an old file", () => {
  for (const [name, text] of files) {
    for (const [, path] of text.matchAll(/(?:from|import\() ?"([^"]+)"/g)) assert.match(path, new RegExp(`^\\.{1,2}/[\\w/-]+\\.js\\?v=${version.replaceAll(".", "\\.")}$`), `${name}: ${path}`);
  }
});

test("no module is longer than 350 lines, and none writes markup from data", () => {
  for (const [name, text] of files) {
    assert.ok(text.split("\n").length <= 350, name);
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/, name);
  }
});
