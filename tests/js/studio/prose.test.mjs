// Prose as authors type it: there and back without losing a letter, or not at all.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";

import {blocksBefore, newLayout, olx, shorthand} from "../../../static/js/studio/prose.js";
import {dataOf} from "../../../static/js/scenario-studio/scene.js";
import {read} from "../../../static/js/scenario-studio/story.js";
import {inner} from "../../../static/js/studio/xml.js";

const SAID = {
  "<p>a</p>": "a",
  "<p>a <em>b</em> c</p>\n   <p>d &amp; * \\ e</p>": "a *b* c\n\nd & \\* \\\\ e",
  "text <strong>x</strong>": "text **x**",
  "\n  <ul>\n <li>a</li>\n <li>b</li>\n</ul>\n": "- a\n- b",
  "<ol><li>a</li></ol><p>b</p>": "1. a\n\nb",
  "<p>- no</p><p>1. x</p><p>> y</p>": "\\- no\n\n1\\. x\n\n\\> y",
  "<p>a<br/>b</p>": "a\\\nb",
  "<p>a\n     b</p>\n<p>c\n     d</p>": "a\nb\n\nc\nd",
  "<p><strong>a <em>b</em></strong></p>": "**a *b***",
  "<blockquote>a\nb</blockquote>": "> a\n> b",
  "": "",
  "\n  ": "",
  "<p></p>": "",
};

for (const [raw, text] of Object.entries(SAID)) {
  test(`${JSON.stringify(raw)} is typed as ${JSON.stringify(text)}`, () => {
    const found = shorthand(raw);
    assert.equal(found.text, text);
    assert.equal(olx(found.text, found.layout), raw);
  });
}

const ONLY_OLX = [
  "<p>x <q>y</q></p>", "<p>a &quot;</p>", "<p>a &#233;</p>", "<p class=\"x\">a</p>", "<p>a</p> loose", "<p>a</p>\n<p>b</p><p>c</p>", "<!-- c --><p>a</p>",
  "<ul><li><p>a</p></li></ul>", "<p>a<br />b</p>", "<p><em>a</em><em>b</em></p>", "<p>a <em> b </em></p>", "<p><![CDATA[a]]></p>", "<p>a</p><p></p>", "<ul></ul>", "<div>a</div>",
];

for (const raw of ONLY_OLX) {
  test(`${JSON.stringify(raw)} is left as OLX`, () => assert.equal(shorthand(raw), null));
}

test("speech and choices have no paragraphs", () => {
  const found = shorthand("Say \"Stop, *now*\" - <em>loud</em>", {inlineOnly: true});
  assert.equal(found.text, "Say \"Stop, \\*now\\*\" - *loud*");
  assert.equal(olx("a\n\nb", found.layout), "a\nb");
  assert.equal(olx("- a", found.layout), "- a");
  assert.equal(shorthand("<p>a</p>", {inlineOnly: true}), null);
});

test("what is typed becomes OLX in the layout of its place", () => {
  assert.equal(olx("a *b*, 1 < 2 & c > d\n\n- x\n- y *z\n\n> q", newLayout({between: "\n  "})),
    "<p>a <em>b</em>, 1 &lt; 2 &amp; c &gt; d</p>\n  <ul><li>x</li><li>y *z</li></ul>\n  <blockquote>q</blockquote>");
  assert.equal(olx("a\n- x", newLayout()), "<p>a</p>\n<ul><li>x</li></ul>");
  assert.equal(olx("one", newLayout({inline: true})), "one");
  assert.equal(olx("one\n\ntwo", newLayout({inline: true, between: ""})), "<p>one</p><p>two</p>");
  assert.equal(olx(" \n", newLayout({empty: "<p></p>"})), "<p></p>");
});

test("stars that mark nothing stay stars", () => {
  for (const text of ["2 * 3 * 4", "*", "**", "a * b", "*a", "****", "a**"]) assert.equal(olx(text, newLayout({inlineOnly: true})), text);
  assert.equal(olx("***a***", newLayout({inlineOnly: true})), "<strong><em>a</em></strong>");
});

test("whatever is typed comes out as sound OLX and is typed again as it was, blanks aside", () => {
  const letters = ["a", "b ", "*", "**", "\\", "\n", "\n\n", "- ", "1. ", "> ", "<", "&", ">", "é", "_"];
  let seed = 7;
  const next = (most) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % most;
  };
  for (let round = 0; round < 3000; round += 1) {
    const typed = Array.from({length: next(14)}, () => letters[next(letters.length)]).join("");
    const made = olx(typed, newLayout());
    const found = shorthand(made);
    if (found) assert.equal(olx(found.text, found.layout), made, typed);
    const inline = olx(typed, newLayout({inlineOnly: true}));
    const said = shorthand(inline, {inlineOnly: true});
    if (said) assert.equal(olx(said.text, said.layout), inline, typed);
  }
});

test("many stars take no time", () => {
  const began = performance.now();
  olx("*a ".repeat(20000), newLayout());
  assert.ok(performance.now() - began < 2000);
});

test("the caret tells after which paragraph something is put in", () => {
  assert.equal(blocksBefore("one\n\ntwo\n\nthree", 6), 2);
  assert.equal(blocksBefore("one\n\ntwo", 2), 1);
  assert.equal(blocksBefore("", 0), 0);
});

test("nearly all prose of the course is typed as text", () => {
  const folder = new URL("../../../course_export/vertical/", import.meta.url);
  let [all, raw] = [0, 0];
  for (const name of fs.readdirSync(folder)) {
    const found = /<dti_scenario[^>]*>([\s\S]*)<\/dti_scenario>/.exec(fs.readFileSync(new URL(name, folder), "utf8"));
    for (const entry of found ? read(found[1]).of("scene", "ending") : []) {
      for (const choice of dataOf(entry.piece).choices) {
        for (const part of ["text", "outcome", "why"]) {
          all += 1;
          if (!shorthand(inner(entry.piece.raw, choice.parts[part]), {inlineOnly: part === "text"})) raw += 1;
        }
      }
    }
  }
  assert.ok(all > 300 && raw / all < 0.05, `${raw} of ${all}`);
});
