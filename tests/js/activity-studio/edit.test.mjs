// The activity editor: each change is made in its place, and all else stays to the letter.
import assert from "node:assert/strict";
import test from "node:test";

import {partOf, read} from "../../../static/js/activity-studio/activity.js";
import {add, move, remove, setAttribute, setName, setPart, setPicture, setProse} from "../../../static/js/activity-studio/edit.js";

const TEXT = `
  <!-- agreed -->
  <task><p>Sort.</p></task>
  <group id="a">One</group>
  <card id="x" group="a"><text>X</text>
    <why>Because.</why></card>
  <card id="y" group="a"><text>Y</text></card>
  <odd/>
`;
const activity = read(TEXT);

test("a card and a group are added after the last of their kind", () => {
  const {row, key} = add(activity, "card", "card-1");
  assert.equal(key, "card:card-1");
  assert.equal(row.text, TEXT.replace("<text>Y</text></card>", '<text>Y</text></card>\n  <card id="card-1"><text></text></card>'));
  assert.equal(add(activity, "group", "b").row.text, TEXT.replace("One</group>", 'One</group>\n  <group id="b"></group>'));
  assert.equal(add(read(""), "card", "c").row.text, '\n  <card id="c"><text></text></card>\n');
});

test("cards are moved and taken away", () => {
  assert.deepEqual(move(activity, "card:y", 0).of("card").map((/** @type {any} */ one) => one.id), ["y", "x"]);
  assert.equal(remove(activity, "card:y").text, TEXT.replace('\n  <card id="y" group="a"><text>Y</text></card>', ""));
});

test("a part of a card is written into its place, put in where it belongs, and taken away", () => {
  assert.equal(setPart(activity, "card:x", "text", "Z").text, TEXT.replace("<text>X<", "<text>Z<"));
  assert.equal(setPart(activity, "card:x", "why", "").text, TEXT.replace("\n    <why>Because.</why>", ""));
  assert.equal(partOf(setPart(activity, "card:y", "back", "B").entry("card:y").piece, "back"), "B");
  assert.match(setPart(activity, "card:x", "back", "B").text, /<text>X<\/text>\s*<back>B<\/back>\s*<why>/);
  assert.equal(setPart(activity, "card:y", "why", ""), activity);
});

test("attributes, names, prose and the picture", () => {
  assert.equal(setAttribute(activity, "card:y", "group", "").text, TEXT.replace('id="y" group="a"', 'id="y"'));
  assert.equal(setAttribute(activity, "card:y", "sign", "false").text, TEXT.replace('id="y" group="a"', 'id="y" group="a" sign="false"'));
  assert.equal(setName(activity, "group:a", "A & B").text, TEXT.replace("One<", "A &amp; B<"));
  assert.equal(setProse(activity, "after", "<p>Done.</p>").text, TEXT.replace("<odd/>", "<odd/>").replace("Y</text></card>", "Y</text></card>\n  <after><p>Done.</p></after>"));
  assert.equal(setProse(activity, "task", "").text, TEXT.replace("\n  <task><p>Sort.</p></task>", ""));
  const drawn = setPicture(activity, "src", "/static/x.png");
  assert.equal(drawn.text, TEXT.replace("Sort.</p></task>", 'Sort.</p></task>\n  <picture src="/static/x.png"/>'));
  assert.equal(setPicture(drawn, "src", "").text, TEXT);
  assert.equal(setPicture(activity, "alt", ""), activity);
});
