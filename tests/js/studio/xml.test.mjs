// The editor's XML reader and its edits: one place changes, everything else stays to the letter.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";

import {attribute, elements, inner, parse, placeOf, words, XmlError} from "../../../static/js/studio/xml.js";
import {withAttribute, withInner} from "../../../static/js/studio/xml-edit.js";
import {read} from "../../../static/js/scenario-studio/story.js";

const only = (text) => parse(text).children[0];

test("every node knows where it stands", () => {
  const text = "  <a x=\"1\"><b/>t<!-- c --><![CDATA[d]]></a>";
  const node = only(text.trim());
  assert.equal(node.name, "a");
  assert.deepEqual(node.children.map((child) => child.type), ["element", "text", "comment", "cdata"]);
  assert.equal(inner(text.trim(), node), "<b/>t<!-- c --><![CDATA[d]]>");
});

test("values and words are decoded", () => {
  const node = only("<a x=\" &lt;&amp;&#233;&quot; \">a &amp; <em>b</em></a>");
  assert.equal(attribute(node, "x"), "<&é\"");
  assert.equal(words("<a x=\" &lt;&amp;&#233;&quot; \">a &amp; <em>b</em></a>", node).trim(), "a & b");
});

const BROKEN = {
  "<a>": "unclosed", "<a></b>": "mismatch", "</a>": "close", "<a": "tag", "<a x></a>": "attribute", "<a x=1></a>": "attribute",
  "<a x='1' x='2'/>": "twice", "a & b": "entity", "&nbsp;": "entity", "&#0;": "entity", "<!DOCTYPE a>": "doctype", "<?xml version='1.0'?>": "declaration",
  "<!-- a -- b -->": "comment", "]]>": "cdata", "<a:b/>": "prefix", "\u0001": "character", "<a x='<'/>": "attribute", "< a/>": "tag", "<a x='1'y='2'/>": "attribute",
};

for (const [text, code] of Object.entries(BROKEN)) {
  test(`${JSON.stringify(text)} is refused as ${code}`, () => {
    assert.throws(() => parse(text), (error) => error instanceof XmlError && error.code === code);
  });
}

test("the place of a mistake is told by line and column", () => {
  assert.deepEqual(placeOf("ab\ncd\nef", 7), {line: 3, column: 2});
  assert.deepEqual(placeOf("ab", 0), {line: 1, column: 1});
});

test("an attribute is set, changed and taken away, and nothing else moves", () => {
  const text = "<a  x='1'\n   y=\"2\" ><b x=\"1\"/></a>";
  assert.equal(withAttribute(text, only(text), "x", "q\"<&"), "<a  x=\"q&quot;&lt;&amp;\"\n   y=\"2\" ><b x=\"1\"/></a>");
  assert.equal(withAttribute(text, only(text), "y", ""), "<a  x='1' ><b x=\"1\"/></a>");
  assert.equal(withAttribute(text, only(text), "z", "3"), "<a  x='1'\n   y=\"2\" z=\"3\" ><b x=\"1\"/></a>");
  assert.equal(withAttribute("<a/>", only("<a/>"), "z", "3"), "<a z=\"3\"/>");
  assert.equal(withAttribute(text, only(text), "x", "1"), text);
});

test("an element gets another inside, also one that had none", () => {
  assert.equal(withInner("<a x=\"1\" />", only("<a x=\"1\" />"), "t"), "<a x=\"1\">t</a>");
  assert.equal(withInner("<a>o</a>", only("<a>o</a>"), ""), "<a></a>");
});

test("the scenarios of the course are read, and come back to the letter", () => {
  const folder = new URL("../../../course_export/vertical/", import.meta.url);
  let seen = 0;
  for (const name of fs.readdirSync(folder)) {
    const found = /<dti_scenario[^>]*>([\s\S]*)<\/dti_scenario>/.exec(fs.readFileSync(new URL(name, folder), "utf8"));
    if (!found) continue;
    seen += 1;
    const story = read(found[1]);
    assert.equal(story.text, found[1]);
    for (const entry of story.entries) for (const child of elements(entry.piece.element)) assert.ok(child.end <= entry.piece.raw.length);
  }
  assert.ok(seen >= 2);
});

test("a long flat text is read in a moment", () => {
  const text = "<p>a <em>b</em> &amp; c</p>\n".repeat(20000);
  const began = process.cpuUsage();
  parse(text);
  assert.ok(process.cpuUsage(began).user < 2_000_000, "microseconds of processor time: the machine may be busy");
});
