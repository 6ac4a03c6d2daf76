// The pledge editor: a change touches its own place in the OLX and nothing else; forms of answers; the check; a confirmed version.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";

import {differences, merged} from "../../../static/js/studio/compare.js";
import {post} from "../../../static/js/studio/post.js";
import {innerOf} from "../../../static/js/studio/prose-part.js";
import {Session} from "../../../static/js/studio/session.js";
import {Checker} from "../../../static/js/studio/check.js";
import {addQuestion, addStatement, move, remove, setId, setOptions, setProse, setQuestion, setRequired, setStatement} from "../../../static/js/pledge-studio/edit.js";
import {fits, sound} from "../../../static/js/pledge-studio/masks.js";
import {PledgePage} from "../../../static/js/pledge-studio/page.js";
import {questionOf, read, statementOf} from "../../../static/js/pledge-studio/pledge.js";
import {StandIn, browser, form, response} from "../stand-ins.mjs";

const TEXT = `
  <!-- agreed with the union -->
  <preamble><p>Why &amp; how.</p></preamble>
  <affirmation id='law'   note="kept">I know
    the <!-- x -->law &amp; policy.</affirmation>
  <odd/>
  <affirmation id="act">I will act.</affirmation>
  <closing><p>Freely.</p></closing>
  <field id="post" label="POST number" required="true" format="9999[99]" hint="On your card"/>
  <field id="shift" label="Shift"><option>Day</option><!-- y --><option>Night</option></field>
`;
const [LAW, ACT, POST, SHIFT] = ["affirmation:law", "affirmation:act", "field:post", "field:shift"];

test("a pledge knows its parts, and what else stands there", () => {
  const pledge = read(TEXT);
  assert.equal(pledge.text, TEXT);
  assert.deepEqual(pledge.entries.map(({key, number}) => [key, number]),
    [["preamble:", 0], [LAW, 0], ["other:odd", 0], [ACT, 1], ["closing:", 0], [POST, 0], [SHIFT, 1]]);
  assert.equal(statementOf(pledge.entry(LAW).piece), "I know the law & policy.");
  assert.equal(innerOf(pledge.part("preamble")), "<p>Why &amp; how.</p>");
  assert.equal(innerOf(read("").part("closing")), "");
  assert.deepEqual(questionOf(pledge.entry(POST).piece), {id: "post", label: "POST number", required: true, mask: "9999[99]", hint: "On your card", options: []});
  assert.deepEqual(questionOf(pledge.entry(SHIFT).piece).options, ["Day", "Night"]);
  assert.equal(read(TEXT, pledge), pledge);
  assert.equal(read('<affirmation id="a"/><affirmation id="a"/>').entries[1].key, "affirmation:a#2");
});

test("what says the same already is left as it is written", () => {
  const pledge = read(TEXT);
  assert.equal(setStatement(pledge, LAW, " I know the law & policy. "), pledge);
  assert.equal(setProse(pledge, "preamble", "<p>Why &amp; how.</p>"), pledge);
  assert.equal(setQuestion(pledge, POST, "format", "9999[99]"), pledge);
  assert.equal(setRequired(pledge, SHIFT, false), pledge);
  assert.equal(setOptions(pledge, SHIFT, ["Day", " Night "]), pledge);
  assert.equal(setStatement(pledge, "affirmation:none", "x"), pledge);
});

test("a change is written into its place and nowhere else", () => {
  const pledge = read(TEXT);
  const with_ = (from, to) => TEXT.replace(from, to);
  assert.equal(setStatement(pledge, ACT, "I will <act> & speak.").text, with_("I will act.", "I will &lt;act&gt; &amp; speak."));
  assert.equal(setProse(pledge, "closing", "<p>So be it.</p>").text, with_("<p>Freely.</p>", "<p>So be it.</p>"));
  assert.equal(setQuestion(pledge, POST, "label", 'The "number"').text, with_('label="POST number"', 'label="The &quot;number&quot;"'));
  assert.equal(setQuestion(pledge, POST, "label", "").text, with_('label="POST number"', 'label=""'));
  assert.equal(setQuestion(pledge, POST, "hint", "").text, with_(' hint="On your card"', ""));
  assert.equal(setQuestion(pledge, SHIFT, "hint", "Now").text, with_('label="Shift">', 'label="Shift" hint="Now">'));
  assert.equal(setRequired(pledge, POST, false).text, with_('required="true"', 'required="false"'));
  assert.equal(setRequired(pledge, SHIFT, true).text, with_('label="Shift">', 'label="Shift" required="true">'));
});

test("options are added, changed and taken away; what stands between them stays", () => {
  const pledge = read(TEXT);
  assert.equal(setOptions(pledge, SHIFT, ["Day", "Late", ""]).text, TEXT.replace("<option>Night", "<option>Late"));
  assert.equal(setOptions(pledge, SHIFT, ["Day"]).text, TEXT.replace("<option>Night</option>", ""));
  assert.ok(setOptions(pledge, SHIFT, ["Day", "Night", "Any"]).text.includes("<option>Night</option><option>Any</option></field>"));
  const made = setOptions(pledge, POST, ["1", "2"]);
  assert.deepEqual(questionOf(made.entry(POST).piece).options, ["1", "2"]);
  assert.equal(setOptions(made, POST, []).text, TEXT);
  assert.ok(setOptions(pledge, SHIFT, []).text.includes("<!-- y --></field>"), "a comment keeps its element open");
});

test("statements and questions go where they belong, and are taken away with their line", () => {
  const pledge = read(TEXT);
  const one = addStatement(pledge, "statement-1", "I will aid.");
  assert.equal(one.key, "affirmation:statement-1");
  assert.equal(one.pledge.text, TEXT.replace("I will act.</affirmation>", 'I will act.</affirmation>\n  <affirmation id="statement-1">I will aid.</affirmation>'));
  assert.equal(remove(one.pledge, one.key).text, TEXT);
  const two = addQuestion(pledge, "question-1");
  assert.equal(two.pledge.text, TEXT.replace("</field>\n", '</field>\n  <field id="question-1" label="" required="false"/>\n'));
  assert.equal(remove(two.pledge, two.key).text, TEXT);
  for (const blank of ["", "\n", "  \n "]) assert.equal(addStatement(read(blank), "a").pledge.text, '\n  <affirmation id="a"></affirmation>\n');
  assert.equal(addStatement(read("\n  <!-- begin -->\n"), "a").pledge.text, '\n  <!-- begin -->\n  <affirmation id="a"></affirmation>\n');
});

test("a pledge made from nothing stands in reading order, whatever came first", () => {
  let made = addQuestion(read(""), "q").pledge;
  made = addStatement(made, "a", "I will.").pledge;
  made = setProse(made, "closing", "<p>C</p>");
  made = setProse(made, "preamble", "<p>P</p>");
  assert.equal(made.text, `
  <preamble><p>P</p></preamble>
  <affirmation id="a">I will.</affirmation>
  <closing><p>C</p></closing>
  <field id="q" label="" required="false"/>
`);
  assert.equal(setProse(made, "closing", "").text, made.text.replace("\n  <closing><p>C</p></closing>", ""));
  assert.equal(setProse(read(""), "closing", "").text, "");
});

test("moving changes the order of a kind; what stands between keeps its place", () => {
  const pledge = read(TEXT);
  const moved = move(pledge, ACT, 0);
  assert.deepEqual(moved.entries.map(({key}) => key), ["preamble:", ACT, "other:odd", LAW, "closing:", POST, SHIFT]);
  assert.equal(move(moved, ACT, 1).text, TEXT);
  assert.equal(move(pledge, LAW, -1), pledge);
  assert.equal(move(pledge, SHIFT, 9), pledge);
  assert.equal(move(pledge, "field:none", 0), pledge);
});

test("an id is changed in its place, and the key with it", () => {
  const {pledge, key} = setId(read(TEXT), SHIFT, "watch");
  assert.deepEqual([key, pledge.text], ["field:watch", TEXT.replace('id="shift"', 'id="watch"')]);
});

test("two authors' changes are told by what they are of, and put together", () => {
  const how = {read, titleOf: (entry) => entry.id, ordered: true};
  const base = read(TEXT);
  const mine = setStatement(base, LAW, "Mine.").text;
  const theirs = move(setProse(base, "closing", "<p>Theirs.</p>"), SHIFT, 0).text;
  assert.deepEqual(differences(TEXT, mine, theirs, how).map(({key, kind, status}) => [key || kind, status]), [[LAW, "mine"], ["closing:", "theirs"], ["order", "theirs"]]);
  const both = merged(TEXT, mine, theirs, how);
  assert.ok(both.includes("Mine.") && both.includes("Theirs.") && both.indexOf("shift") < both.indexOf('"post"'));
});

test("forms of answers are judged as the server judges them", () => {
  const cases = [
    ["9999[99]", ["1234", "123456"], ["123", "12345", "1234567", "12a4", ""]],
    ["AA-99999", ["ab-12345", "ÄÖ-12345", "שא-12345"], ["a-12345", "AB 12345", "1B-12345"]],
    ["*.[x](9)", ["é.(1)", "7.x(1)"], ["..(1)", "_.(1)", "7x(1)"]],
    ["{9}/\\|?+^$", ["{1}/\\|?+^$"], ["1"]],
  ];
  for (const [mask, good, bad] of cases) {
    assert.ok(sound(mask), mask);
    for (const answer of good) assert.ok(fits(answer, mask), `${mask} ${answer}`);
    for (const answer of bad) assert.ok(!fits(answer, mask), `${mask} ${answer}`);
  }
  for (const mask of ["", "[", "9]", "[]", "[9[9]]", "9".repeat(41)]) assert.ok(!sound(mask), mask);
  const server = fs.readFileSync(new URL("../../../dti_xblocks/pledge/masks.py", import.meta.url), "utf8");
  assert.match(server, /LONGEST = 40\n/);
});

// -- the page ----------------------------------------------------------------------------------------------------------------------

const WORDS = {affirmationNumber: "Statement {n}", fieldNumber: "Question {n}", otherElement: "<{name}>", preamble: "Introduction", closing: "Closing", edited: "Edited", renamed: "Renamed", unusableId: "unusable", takenId: "taken"};

function page(text, fetcher = async () => response({}), data = {}) {
  const requests = browser(fetcher);
  const made = form([]);
  made.parts.textarea = {id: "dti-x-content"};
  const element = (tag) => Object.assign(new StandIn(), {tag, className: "", style: {}, append(...all) { this.children.push(...all); }});
  document.createElement = element;
  const root = new StandIn({form: made});
  root.isConnected = true;
  const session = new Session(text, {display_name: "Pledge"}, {read});
  const ui = new PledgePage(root, WORDS, {check: "/check", ...data}, session);
  return {ui, session, requests};
}

test("a problem finds what it is about by its name and line, a setting's by its field", () => {
  const problem = (where, line = 0, field = "") => ({code: "PL", where, line, field, message: "m", severity: "error"});
  const text = '<affirmation id="a"></affirmation>\n<affirmation id="a">x</affirmation>\n<field label="F"/>';
  const {ui} = page(text, undefined, {checked: {problems: [problem("affirmation a", 1), problem("affirmation a", 2), problem("field", 3), problem("pledge"), problem("Opens", 0, "opens_on")]}});
  assert.deepEqual(ui.problems().map(({at}) => at?.key ?? at?.setting ?? null), ["affirmation:a", "affirmation:a#2", "field:", null, "opens_on"]);
  assert.deepEqual(ui.session.story.entries.map((entry) => ui.title(entry)), ["Statement 1", "x", "F"]);
});

test("a new question is named after its label; one that was there keeps its name", () => {
  const {ui, session} = page('<field id="agency" label="Agency"/>');
  const made = ui.markNew(addQuestion(session.story, "question-1"));
  session.commit(made.pledge, {label: "x"});
  const scope = {key: made.key};
  session.listen(({renamed}) => {
    if (renamed?.from === scope.key) scope.key = renamed.to;
  });
  ui.nameAfter(scope, "Agency");
  assert.equal(scope.key, "field:agency-2");
  ui.nameAfter(scope, "2nd badge, if any");
  assert.equal(scope.key, "field:q-2nd-badge-if-any");
  ui.nameAfter(scope, "警察");
  assert.equal(scope.key, "field:q-2nd-badge-if-any", "no letters to make one of");
  assert.deepEqual([ui.nameIt(scope, "2b"), ui.nameIt(scope, "agency"), ui.nameIt(scope, "badge")], ["unusable", "taken", ""]);
  ui.nameAfter({key: "field:agency"}, "Department");
  assert.deepEqual([...session.story.ids("field")], ["agency", "badge"]);
});

test("the check sends text and settings, and drops an answer that was overtaken", async () => {
  const waiting = [];
  const {ui, session, requests} = page(TEXT, () => new Promise((resolve) => waiting.push(resolve)));
  const told = [];
  session.listen((event) => told.push(event));
  const checker = new Checker(ui);
  const [first, second] = [checker.ask(), checker.ask()];
  waiting[1](response({problems: [], preview: "<p>new</p>"}));
  await second;
  waiting[0](response({problems: [], preview: "<p>old</p>"}));
  await first;
  assert.equal(ui.checked.preview, "<p>new</p>");
  assert.equal(ui.checked.text, TEXT);
  assert.deepEqual(JSON.parse(requests[0].body), {content: TEXT, settings: {display_name: "Pledge"}});
  assert.deepEqual(told, [{checked: true}]);
  const third = checker.ask();
  waiting[2](response("<html>sign in</html>"));
  await third;
  assert.ok(checker.failed && ui.checked.preview === "<p>new</p>", "the last answer stays");
});

test("an answer that asks for a confirmation arrives whole", async () => {
  const confirm = {hash: "a".repeat(64)};
  const answer = await post("/save", {}, {form: form([]), cookies: "", fetcher: async () => response({error: "Confirm.", confirm}, {status: 409})});
  assert.deepEqual([answer.status, answer.body.confirm, answer.message], [409, confirm, "Confirm."]);
});
