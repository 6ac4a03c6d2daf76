// Edits of the story: each changes its own place only.
import assert from "node:assert/strict";
import test from "node:test";

import * as edit from "../../../static/js/scenario-studio/edit.js";
import * as outline from "../../../static/js/scenario-studio/outline.js";
import {freeId, slug} from "../../../static/js/studio/ids.js";
import {dataOf} from "../../../static/js/scenario-studio/scene.js";
import {read} from "../../../static/js/scenario-studio/story.js";
import {STORY, difference} from "./story.mjs";

const story = () => read(STORY);
const changed = (made) => difference(STORY, made.text);
const data = (made, key) => dataOf(made.entry(key).piece);

test("a value changes in its own attribute", () => {
  assert.deepEqual(changed(edit.setValue(story(), "scene:stop", {}, "title", "The end")), ["stop", "end"]);
  const made = edit.setValue(story(), "scene:stop", {choice: 1}, "points", "7");
  assert.deepEqual(changed(made), ["0", "7"]);
  assert.equal(data(made, "scene:stop").choices[1].points, "7");
});

test("pieces that were not touched are the same ones", () => {
  const before = story();
  const after = edit.setValue(before, "scene:stop", {}, "title", "x");
  const same = after.pieces.filter((piece, index) => piece === before.pieces[index]);
  assert.equal(same.length, before.pieces.length - 1);
});

test("prose is set in parts that are there and parts that are not", () => {
  assert.deepEqual(changed(edit.setProse(story(), "scene:stop", {choice: 1}, "outcome", "<p>It stops.</p>")), ["goes on", "stops"]);
  const bare = read("<scene id=\"a\">\n  <choice id=\"b\" to=\"c\">\n    <why>w</why>\n  </choice>\n</scene>");
  const made = edit.setProse(bare, "scene:a", {choice: 0}, "text", "t");
  assert.equal(made.text, "<scene id=\"a\">\n  <choice id=\"b\" to=\"c\">\n    <text>t</text>\n    <why>w</why>\n  </choice>\n</scene>");
});

test("lines: a run of paragraphs is one line, speech another", () => {
  assert.deepEqual(data(story(), "scene:stop").lines.map((line) => line.kind), ["prose", "say", "prose"]);
  assert.deepEqual(changed(edit.setRun(story(), "scene:stop", 0, "<p>A</p>\n      <p>B</p>")), ["Hale has him down.", "A</p>\n      <p>B"]);
});

test("lines are added, also within a run of paragraphs, moved and deleted", () => {
  const added = edit.addLine(story(), "scene:stop", 1, "<image src=\"/static/a.png\" alt=\"a\"/>");
  assert.equal(added.line, 2);
  assert.equal(added.story.text.length, STORY.length + "\n      <image src=\"/static/a.png\" alt=\"a\"/>".length);
  assert.deepEqual(data(added.story, "scene:stop").lines.map((line) => line.kind), ["prose", "say", "image", "prose"]);
  const two = edit.setRun(story(), "scene:stop", 0, "<p>A</p>\n      <p>B</p>");
  const split = edit.addLine(two, "scene:stop", 0, "<say who=\"x\"></say>", 1);
  assert.deepEqual(data(split.story, "scene:stop").lines.map((line) => line.plain), ["A", "", "B", "Stay down!", "He is still."]);
  assert.equal(split.line, 1);
  const first = edit.addLine(two, "scene:stop", 0, "<say who=\"x\"></say>", 0);
  assert.equal(first.line, 0);
  assert.equal(data(first.story, "scene:stop").lines[0].who, "x");
  const moved = edit.moveLine(story(), "scene:stop", 1, -1);
  assert.deepEqual(data(moved, "scene:stop").lines.map((line) => line.plain), ["Stay down!", "Hale has him down. He is still."]);
  assert.equal(edit.moveLine(moved, "scene:stop", 0, 1).text.length, STORY.length);
  assert.deepEqual(changed(edit.removeLine(story(), "scene:stop", 1))[1], "");
  assert.deepEqual(data(edit.addLine(read("<scene id=\"a\"/>"), "scene:a", -1, "<p></p>").story, "scene:a").lines.length, 1);
});

test("choices are added, copied, moved and deleted", () => {
  const added = edit.addChoice(story(), "scene:later", "new-one", "calm");
  assert.equal(data(added, "scene:later").choices[3].id, "new-one");
  assert.match(added.text, /\n {6}<choice id="new-one" to="calm" points="0">\n {8}<text><\/text>\n {8}<outcome><\/outcome>\n {8}<why><\/why>\n {6}<\/choice>\n {4}<\/scene>/);
  const copy = edit.cloneChoice(story(), "scene:stop", 0, "speak-copy");
  assert.deepEqual(data(copy, "scene:stop").choices.map((choice) => choice.id), ["speak", "speak-copy", "wait", "nothing"]);
  assert.equal(data(copy, "scene:stop").choices[1].effects[0].by, "10");
  const moved = edit.moveChoice(story(), "scene:stop", 0, 1);
  assert.deepEqual(data(moved, "scene:stop").choices.map((choice) => choice.id), ["wait", "speak", "nothing"]);
  assert.equal(edit.moveChoice(moved, "scene:stop", 1, -1).text, STORY);
  assert.deepEqual(data(edit.removeChoice(story(), "scene:stop", 1), "scene:stop").choices.length, 2);
  const oneLine = read("<scene id=\"a\"><p>x</p></scene>");
  assert.equal(edit.addChoice(oneLine, "scene:a", "b").text,
    "<scene id=\"a\"><p>x</p><choice id=\"b\" to=\"\" points=\"0\"><text></text><outcome></outcome><why></why></choice></scene>");
});

test("conditions, effects and authorities are added where they belong", () => {
  const need = edit.addNeed(story(), "scene:later", {}, edit.needXml({negated: false, kind: "meter", ref: "trust", atLeast: "5", atMost: ""}));
  assert.match(need.text, /<needs-not choice="stop\/speak"\/>\n {6}<needs meter="trust" at-least="5"\/>\n {6}<p>/);
  const first = edit.addNeed(story(), "scene:stop", {choice: 0}, edit.needXml({negated: true, kind: "level", ref: "words"}));
  assert.match(first.text, /level="words">\n {8}<needs-not level="words"\/>\n {8}<text>/);
  const effect = edit.addToChoice(story(), "scene:stop", 1, "effect", "<effect meter=\"trust\" by=\"-5\"/>");
  assert.match(effect.text, /<why><p>Waiting is a choice.<\/p><\/why>\n {8}<effect meter="trust" by="-5"\/>\n {6}<\/choice>/);
  const authority = edit.addToChoice(story(), "scene:stop", 0, "effect", "<effect meter=\"x\" by=\"1\"/>");
  assert.match(authority.text, /by="10"\/>\n {8}<effect meter="x" by="1"\/>\n {8}<authority/);
  assert.deepEqual(data(edit.removeAt(story(), "scene:later", {choice: 0, need: 0}), "scene:later").choices[0].needs, []);
  const other = edit.replaceAt(story(), "scene:later", {need: 0}, edit.needXml({negated: false, kind: "choice", ref: ""}));
  assert.match(other.text, /<needs choice=""\/>/);
});

test("a new id is told to everybody who names the old one", () => {
  const {story: made, key} = outline.renameEntry(story(), "scene:stop", "halt");
  assert.equal(key, "scene:halt");
  assert.match(made.text, /<scene id="halt" title="The stop"  level='signal'/);
  assert.match(made.text, /to="halt" points="0"/);
  assert.match(made.text, /<needs-not choice="halt\/speak"\/>/);
  assert.ok(!made.text.includes("\"stop\""));
  assert.equal(outline.renameEntry(made, key, "stop").story.text, STORY);
  assert.match(outline.renameEntry(story(), "ending:hurt", "worse").story.text, /otherwise="worse"[\s\S]*to="worse"[\s\S]*<ending id="worse"/);
  const level = outline.renameEntry(story(), "level:words", "plain").story.text;
  assert.equal(level.match(/level="plain"/g).length, 2);
  const meter = outline.renameEntry(story(), "meter:trust", "faith").story.text;
  assert.match(meter, /effect meter="faith"[\s\S]*needs meter="faith" at-least="20"/);
});

test("who speaks is somebody in the cast by id, anybody else by name", () => {
  const line = (one) => dataOf(one.entry("scene:stop").piece).lines[1];
  const {story: made} = outline.newPerson(story(), {name: "Officer Hale"});
  const spoken = edit.setSpeaker(made, "scene:stop", 1, "Officer Hale");
  assert.deepEqual([line(spoken).by, line(spoken).who], ["person-1", ""]);
  const renamed = outline.renameEntry(edit.setValue(spoken, "scene:stop", {}, "as", "person-1"), "person:person-1", "hale").story;
  assert.deepEqual([line(renamed).by, dataOf(renamed.entry("scene:stop").piece).as], ["hale", "hale"]);
  const other = edit.setSpeaker(renamed, "scene:stop", 1, "A voice");
  assert.deepEqual([line(other).by, line(other).who], ["", "A voice"]);
  assert.equal(other.text.includes("by=\"hale"), false);
});

test("what a person knows and does not know is written into an empty person, in that order", () => {
  const {story: made, key} = outline.newPerson(story(), {name: "Officer Hale"});
  const not = edit.setProse(made, key, {}, "knows-not", "<p>Who she is.</p>");
  const both = edit.setProse(not, key, {}, "knows", "<p>The street.</p>");
  assert.match(both.text, /<person id="person-1" name="Officer Hale">\s*<knows><p>The street.<\/p><\/knows>\s*<knows-not><p>Who she is.<\/p><\/knows-not>\s*<\/person>/);
  assert.ok(both.text.indexOf("<person") < both.text.indexOf("<level"), "before the levels");
});

test("a choice's new id is told to the clock and the conditions", () => {
  assert.match(outline.renameChoice(story(), "scene:stop", 2, "silence").text, /timeout="silence"[\s\S]*<choice id="silence"/);
  assert.match(outline.renameChoice(story(), "scene:stop", 0, "say").text, /<needs-not choice="stop\/say"\/>/);
});

test("with two of the same id references stay with the other", () => {
  const twice = read(STORY.replace("<scene id=\"later\"", "<scene id=\"stop\""));
  const {story: made} = outline.renameEntry(twice, "scene:stop#2", "later");
  assert.match(made.text, /to="stop"/);
});

test("scenes, endings, levels and meters are added where they belong, copied, moved, deleted", () => {
  const scene = outline.newScene(story(), {title: "A & B", level: "words", after: "scene:stop"});
  assert.equal(scene.key, "scene:scene-1");
  assert.deepEqual(scene.story.of("scene").map((entry) => entry.id), ["stop", "scene-1", "later"]);
  assert.match(scene.story.text, /<\/scene>\n {4}<scene id="scene-1" title="A &amp; B" level="words">\n {6}<p><\/p>\n {4}<\/scene>\n {4}<scene id="later"/);
  const full = outline.newScene(story(), {title: "C", after: "scene:stop", choices: [{id: "choice-1", to: "later", points: "3"}]});
  assert.deepEqual(data(full.story, full.key).choices.map(({id, to, points, text}) => [id, to, points, text]), [["choice-1", "later", "3", ""]]);
  assert.deepEqual(outline.newEnding(story(), {title: "E"}).story.entries.at(-1).id, "ending-1");
  assert.match(outline.newMeter(story(), {title: "M"}).story.text, /What people think.<\/meter>\n {4}<meter id="meter-1"/);
  assert.match(outline.newLevel(read(""), {title: "L"}).story.text, /<level id="level-1"/);
  const copy = outline.cloneEntry(story(), "scene:later", "Later (copy)");
  assert.equal(data(copy.story, copy.key).title, "Later (copy)");
  assert.equal(copy.key, "scene:later-copy");
  const moved = outline.moveEntry(story(), "level:signal", 1);
  assert.deepEqual(moved.of("level").map((entry) => entry.id), ["words", "signal"]);
  assert.match(moved.text, /<!-- the ladder -->\n {4}<level id="words"/);
  const first = outline.makeStart(story(), "scene:later");
  assert.deepEqual(first.of("scene").map((entry) => entry.id), ["later", "stop"]);
  const gone = outline.removeEntry(story(), "scene:later");
  assert.deepEqual(changed(gone)[1], "");
  assert.equal(outline.newScene(read("\n"), {title: "x"}).story.of("scene").length, 1);
  assert.equal(read(outline.newScene(read(""), {title: "x"}).story.text).of("scene").length, 1);
});

test("ids are made of titles", () => {
  assert.equal(slug("The bench, à 3 o’clock!"), "the-bench-a-3-oclock");
  assert.equal(slug("…"), "");
  assert.equal(freeId(new Set(["a", "a-2"]), "a"), "a-3");
  assert.ok(outline.usable("a-b2") && !outline.usable("A") && !outline.usable("a--b") && !outline.usable("x".repeat(61)));
});

test("text typed by hand keeps the pieces that are the same", () => {
  const before = story();
  const after = read(STORY.replace("He looks up.", "He looks at you."), before);
  assert.equal(after.pieces.filter((piece) => before.pieces.includes(piece)).length, before.pieces.length - 1);
  assert.equal(read(STORY, before), before);
  const {start} = before.span(before.entry("scene:later").index);
  assert.equal(before.entryAt(start + 10).key, "scene:later");
  assert.equal(before.entryAt(STORY.length).key, "ending:hurt");
});

test("text is read the same way, whole or only where it has changed", () => {
  const before = story();
  const shape = (made) => made.pieces.map((piece) => [piece.kind, piece.raw]);
  let seed = 5;
  const next = (most) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % most;
  };
  const signs = ["<!--", "-->", "x", "<p>", "</p>", "<scene id=\"n\"/>", " ", "", "</scene>", "<scene>"];
  let sound = 0;
  for (let round = 0; round < 2000; round += 1) {
    const at = next(STORY.length);
    const text = STORY.slice(0, at) + signs[next(signs.length)] + STORY.slice(at + next(4));
    let whole = null;
    try {
      whole = read(text);
    } catch {
      assert.throws(() => read(text, before));
    }
    if (!whole) continue;
    sound += 1;
    assert.deepEqual(shape(read(text, before)), shape(whole), text);
  }
  assert.ok(sound > 500);
});
