// The case-law editor: a change touches its own place in the OLX and nothing else; questions to the server; dragging.
import assert from "node:assert/strict";
import test from "node:test";

import {differences, merged} from "../../../static/js/studio/compare.js";
import {Session} from "../../../static/js/studio/session.js";
import {TextView} from "../../../static/js/studio/text-view.js";
import {edgePull, targetAt} from "../../../static/js/studio/drag.js";
import {add, addOwn, move, remove, setAttribute, setCheck, setItems, setText, unchanged} from "../../../static/js/case-law-studio/edit.js";
import {dataOf, hasTexts} from "../../../static/js/case-law-studio/entry.js";
import {read} from "../../../static/js/case-law-studio/list.js";
import {Checker, Finder} from "../../../static/js/case-law-studio/server.js";
import {StandIn, browser, form, response} from "../stand-ins.mjs";

const LIST = `
  <!-- the two that matter most -->
  <authority ref="graham-v-connor"/>
  <authority   ref='tennessee-v-garner' note="kept">
    <!-- our trainer's words -->
    <on-the-street>Stop  &amp;
      think.</on-the-street>
    <topic>deadly force</topic><topic>pursuit</topic>
  </authority>
  <odd/>
  <authority slug="policy-300" kind="policy"><caption>Use of force</caption><citation>Policy 300</citation></authority>
`;
const GRAHAM = "authority:graham-v-connor";
const GARNER = "authority:tennessee-v-garner";
const POLICY = "authority:policy-300";
const CHECK = {question: "Who?", right: "You.", wrong: ["Nobody.", "They."], why: "It says so."};

test("a list knows its authorities, and what else stands there", () => {
  const list = read(LIST);
  assert.equal(list.text, LIST);
  assert.deepEqual(list.entries.map((entry) => [entry.key, entry.number]), [[GRAHAM, 0], [GARNER, 1], ["other:odd", -1], [POLICY, 2]]);
  assert.deepEqual([...list.names], ["graham-v-connor", "tennessee-v-garner", "policy-300"]);
  assert.equal(read(LIST, list), list);
  assert.equal(read("<authority ref='a'/><authority ref='a'/>").entries[1].key, "authority:a#2");
});

test("the data of an entry are its texts as single paragraphs", () => {
  const list = read(LIST);
  const garner = dataOf(list.entry(GARNER).piece);
  assert.deepEqual(garner.fields, {on_the_street: "Stop & think.", topics: ["deadly force", "pursuit"]});
  assert.ok(hasTexts(garner) && !hasTexts(dataOf(list.entry(GRAHAM).piece)));
  const policy = dataOf(list.entry(POLICY).piece);
  assert.deepEqual([policy.ref, policy.slug, policy.kind, policy.fields.caption], ["", "policy-300", "policy", "Use of force"]);
  const odd = dataOf(read("<authority ref='a'><facts>a<!-- no -->b<![CDATA[<c>]]><i> d</i></facts></authority>").entries[0].piece);
  assert.equal(odd.fields.facts, "ab<c> d");
});

test("moving changes the order of the authorities; what stands between them keeps its place", () => {
  const list = read(LIST);
  const moved = move(list, POLICY, 0);
  assert.deepEqual(moved.entries.map((entry) => entry.key), [POLICY, GRAHAM, "other:odd", GARNER]);
  assert.ok(moved.text.startsWith("\n  <!-- the two that matter most -->\n  <authority slug=\"policy-300\""));
  assert.equal(move(move(moved, GRAHAM, 0), POLICY, 2).text, LIST);
  assert.equal(move(list, GRAHAM, -1), list);
  assert.equal(move(list, POLICY, 9), list);
  assert.equal(move(list, "authority:none", 0), list);
});

test("adding puts authorities at the end, each once, and removing takes them with their line", () => {
  const list = read(LIST);
  const {list: made, added} = add(list, ["monroe-v-pape", "graham-v-connor", "monroe-v-pape", "screws-v-united-states"]);
  assert.deepEqual(added, ["monroe-v-pape", "screws-v-united-states"]);
  assert.equal(made.text, `${LIST.trimEnd()}\n  <authority ref="monroe-v-pape"/>\n  <authority ref="screws-v-united-states"/>\n`);
  assert.equal(remove(remove(made, "authority:monroe-v-pape"), "authority:screws-v-united-states").text, LIST);
  assert.ok(remove(list, GRAHAM).text.startsWith("\n  <!-- the two that matter most -->\n  <authority   ref='tenn"));
  assert.equal(add(list, ["graham-v-connor"]).list, list);
  for (const blank of ["", "\n", "  \n "]) assert.equal(add(read(blank), ["a"]).list.text, "\n  <authority ref=\"a\"/>\n");
  assert.equal(add(read("\n  <!-- begin -->\n"), ["a"]).list.text, "\n  <!-- begin -->\n  <authority ref=\"a\"/>\n");
});

test("a text is written into its place, after what comes before it", () => {
  const list = read(LIST);
  assert.equal(setText(list, GRAHAM, "in_brief", "Be <fair> & \n calm.").text,
    LIST.replace('<authority ref="graham-v-connor"/>', '<authority ref="graham-v-connor">\n    <in-brief>Be &lt;fair&gt; &amp; calm.</in-brief>\n  </authority>'));
  const rule = setText(list, GARNER, "rule", "R");
  assert.ok(rule.text.includes("kept\">\n    <rule>R</rule>\n    <!-- our"), rule.text);
  assert.equal(setText(rule, GARNER, "rule", null).text, LIST);
  assert.ok(setText(list, GARNER, "later_treatment", "L").text.includes("think.</on-the-street>\n    <later-treatment>L</later-treatment>\n    <topic>"));
  assert.ok(setText(list, GRAHAM, "outcome", "").text.includes("<outcome></outcome>"), "a part of the library's can be hidden");
  assert.ok(setText(list, POLICY, "duty", "D").text.includes("<citation>Policy 300</citation><duty>D</duty></authority>"));
});

test("a text that says the same is left as it is written, and one taken away leaves no trace", () => {
  const list = read(LIST);
  assert.equal(setText(list, GARNER, "on_the_street", "Stop & think."), list);
  const made = setCheck(setItems(setText(list, GRAHAM, "facts", "F"), GRAHAM, "topics", ["a", "b"]), GRAHAM, CHECK);
  assert.equal(setText(setItems(setCheck(made, GRAHAM, null), GRAHAM, "topics", []), GRAHAM, "facts", null).text, LIST);
  assert.equal(unchanged(made, GRAHAM).text, LIST);
  assert.ok(unchanged(list, GARNER).text.includes("<!-- our trainer's words -->"), "a comment stays");
});

test("a list is changed item by item", () => {
  const list = read(LIST);
  assert.equal(setItems(list, GARNER, "topics", ["deadly force", "pursuit"]), list);
  assert.equal(setItems(list, GARNER, "topics", ["deadly force", "cars"]).text, LIST.replace("pursuit", "cars"));
  assert.equal(setItems(list, GARNER, "topics", ["deadly force"]).text, LIST.replace("<topic>pursuit</topic>", ""));
  assert.ok(setItems(list, GARNER, "topics", ["deadly force", "pursuit", "cars"]).text.includes("<topic>pursuit</topic>\n    <topic>cars</topic>"));
  const doubled = read("<authority ref='a'><facts>1</facts><facts>2</facts></authority>");
  assert.equal(setText(doubled, "authority:a", "facts", "3").text, "<authority ref='a'><facts>3</facts></authority>");
});

test("a check question is one value with four parts", () => {
  const list = read(LIST);
  const made = setCheck(list, GRAHAM, CHECK);
  assert.deepEqual(dataOf(made.entry(GRAHAM).piece).check, CHECK);
  assert.ok(made.text.includes("\n    <check>\n      <question>Who?</question>\n      <right>You.</right>\n      <wrong>Nobody.</wrong>\n      <wrong>They.</wrong>\n      <why>"));
  const shorter = {...CHECK, wrong: ["They."], why: ""};
  assert.deepEqual(dataOf(setCheck(made, GRAHAM, shorter).entry(GRAHAM).piece).check, shorter);
  assert.equal(setCheck(made, GRAHAM, CHECK), made);
});

test("an own authority is added with a name and a kind, and renamed under a new key", () => {
  const {list, key} = addOwn(read(LIST), "own", "case");
  assert.equal(key, "authority:own");
  assert.ok(list.text.endsWith('\n  <authority slug="own" kind="case"></authority>\n'));
  const named = setAttribute(setText(list, key, "caption", "A v. B"), key, "slug", "a-v-b");
  assert.equal(named.key, "authority:a-v-b");
  assert.ok(named.list.text.includes('<authority slug="a-v-b" kind="case">\n    <caption>A v. B</caption>\n  </authority>'));
});

test("any row of changes and their undoing gives back every letter", () => {
  const session = new Session(LIST, {}, {read});
  const keys = () => session.story.authorities.map((entry) => entry.key);
  let seed = 7;
  const random = (most) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % most;
  };
  const edits = [
    (list, key) => move(list, key, random(6)),
    (list, key) => remove(list, key),
    (list) => add(list, [`case-${random(9)}`]).list,
    (list, key) => setText(list, key, ["facts", "rule", "caption", "treatment"][random(4)], random(4) ? `t ${random(50)} <&>` : null),
    (list, key) => setItems(list, key, ["topics", "elements"][random(2)], ["a", "b", "c"].slice(random(4))),
    (list, key) => setCheck(list, key, random(3) ? {...CHECK, why: String(random(9))} : null),
  ];
  for (let step = 0; step < 300; step += 1) {
    const key = keys()[random(keys().length || 1)] ?? "authority:none";
    const edit = edits[random(edits.length)];
    session.commit(edit(session.story, key), {label: "x"});
    assert.equal(read(session.text).text, session.text);
    assert.deepEqual(read(session.text).entries.map((entry) => entry.key), session.story.entries.map((entry) => entry.key));
    assert.ok(session.text.includes("the two that matter most"));
  }
  while (session.undo());
  assert.equal(session.text, LIST);
});

test("nothing is selected by itself, and what is removed leaves the library", () => {
  const session = new Session(LIST, {}, {read});
  assert.equal(session.selection.key, null);
  session.select(GARNER);
  session.commit(remove(session.story, GARNER), {label: "x"});
  assert.equal(session.selection.key, null);
  session.setText("<authority", {label: "x"});
  assert.ok(session.broken);
  assert.equal(new Session("<authority", {}, {read}).story.text, "");
});

test("two authors' lists are compared and put together", () => {
  const how = {read, titleOf: (entry) => entry.id};
  const mine = setText(read(LIST), GRAHAM, "facts", "Mine").text;
  const theirs = add(remove(read(LIST), POLICY), ["monroe-v-pape"]).list.text;
  assert.deepEqual(differences(LIST, mine, theirs, how).map(({title, status}) => [title, status]),
    [["graham-v-connor", "mine"], ["policy-300", "theirs"], ["monroe-v-pape", "theirs"]]);
  const both = read(merged(LIST, mine, theirs, how));
  assert.deepEqual(both.authorities.map((entry) => entry.id), ["graham-v-connor", "tennessee-v-garner", "monroe-v-pape"]);
  assert.equal(dataOf(both.entry(GRAHAM).piece).fields.facts, "Mine");
});

test("a dragged row goes where its pointer has passed the middle of others", () => {
  const rows = [0, 1, 2, 3].map((number) => ({number, top: number * 10, bottom: number * 10 + 10}));
  assert.equal(targetAt(rows, 12, 1), 1);
  assert.equal(targetAt(rows, 4, 2), 0);
  assert.equal(targetAt(rows, 6, 2), 1);
  assert.equal(targetAt(rows, 36, 0), 3);
  assert.equal(targetAt(rows, 34, 0), 2);
  assert.equal(targetAt(rows, -99, 3), 0);
  assert.equal(targetAt([{number: -1, top: 0, bottom: 10}, ...rows.map((row) => ({...row, top: row.top + 10, bottom: row.bottom + 10}))], 5, 1), 0);
});

test("the order of a list is a difference, and theirs is taken where ours is as it was", () => {
  const how = {read, titleOf: (entry) => entry.id, ordered: true};
  const order = (text) => read(text).authorities.map((entry) => entry.id);
  const theirs = move(read(LIST), POLICY, 0).text;
  const mine = setText(add(read(LIST), ["monroe-v-pape"]).list, GRAHAM, "facts", "Mine").text;
  const found = differences(LIST, mine, theirs, how);
  assert.deepEqual(found.filter((one) => one.kind === "order").map((one) => one.status), ["theirs"]);
  const both = merged(LIST, mine, theirs, how);
  assert.deepEqual(order(both), ["policy-300", "graham-v-connor", "tennessee-v-garner", "monroe-v-pape"]);
  assert.ok(both.includes("<facts>Mine</facts>") && both.includes("the two that matter most") && both.includes("<odd/>"));
  const moved = move(read(LIST), GRAHAM, 2).text;
  assert.equal(differences(LIST, moved, theirs, how).at(-1).status, "both");
  assert.deepEqual(order(merged(LIST, moved, theirs, how)), order(moved), "ours stays where both have moved");
  assert.deepEqual(differences(LIST, moved, LIST, how).map(({kind, status}) => [kind, status]), [["order", "mine"]]);
  assert.deepEqual(differences(null, moved, LIST, how).map(({kind, status}) => [kind, status]), [["order", "differs"]]);
  assert.deepEqual(differences(LIST, add(read(LIST), ["a"]).list.text, remove(read(LIST), GRAHAM).text, how).filter((one) => one.kind === "order"), []);
});

test("at the edges of a window a dragged row pulls, the nearer the more, and nowhere else", () => {
  assert.equal(edgePull(300, 0, 600), 0);
  assert.equal(edgePull(48, 0, 600), 0);
  assert.ok(edgePull(40, 0, 600) < 0 && edgePull(5, 0, 600) < edgePull(40, 0, 600));
  assert.ok(edgePull(560, 0, 600) > 0 && edgePull(595, 0, 600) > edgePull(560, 0, 600));
  assert.equal(edgePull(-500, 0, 600), edgePull(0, 0, 600), "beyond it no faster than at it");
  assert.equal(edgePull(50, 0, 100), 0, "a low window has a middle, too");
});

test("what the server says, and what was saved, is not written over what is being typed", (context) => {
  context.mock.timers.enable({apis: ["setTimeout"]});
  globalThis.document = {createElement: () => Object.assign(new StandIn(), {append() {}})};
  try {
    const session = new Session(LIST, {}, {read});
    const area = Object.assign(new StandIn(), {value: LIST, selectionStart: 0});
    const view = new TextView({session, words: {}, xmlMessage: () => "no XML"}, new StandIn({textarea: area}));
    session.listen((event) => view.update(event));
    view.show(null);
    const type = (text) => {
      area.value = text;
      area.fire("input");
    };
    type(`${LIST}<!-- typed -->`);
    for (const event of [{checked: true}, {savedState: true}, {selection: true, chosen: true}, {story: true}, {broken: true}]) {
      session.emit(event);
      assert.equal(area.value, `${LIST}<!-- typed -->`, JSON.stringify(event));
    }
    context.mock.timers.tick(250);
    assert.equal(session.text, `${LIST}<!-- typed -->`);
    type(`${LIST}<auth`);
    context.mock.timers.tick(250);
    assert.ok(session.broken);
    session.dropBroken();
    assert.equal(area.value, session.text, "a change from elsewhere is shown");
    session.undo();
    assert.equal(area.value, LIST);
  } finally {
    delete globalThis.document;
  }
});

/** A server whose answers come when they are told to. */
function slowly() {
  const waiting = [];
  return {waiting, fetcher: (address, options) => new Promise((resolve) => {
    waiting.push({address, options, resolve});
  })};
}

test("an answer to a search that a newer one has overtaken is dropped", async () => {
  const {waiting, fetcher} = slowly();
  browser(() => {});
  const finder = new Finder("/find", form([], "token"), fetcher);
  const first = finder.search("gra");
  const second = finder.search("graham", {module: "2", topic: ""});
  assert.equal(waiting[1].address, "/find");
  assert.equal(waiting[1].options.body, '{"q":"graham","module":"2"}');
  waiting[1].resolve(response({results: [{name: "graham-v-connor"}]}));
  waiting[0].resolve(response({results: []}));
  assert.equal((await second).results.length, 1);
  assert.equal(await first, undefined);
  assert.equal(await new Finder("/find?x=1", form([]), async () => response("<html>")).search("a"), null);
  assert.equal(await new Finder("/find", form([]), async () => response({error: "No."}, {status: 403})).search("a"), null);
  assert.equal(await new Finder("/find", form([]), async () => {
    throw new TypeError("offline");
  }).search("a"), null);
});

function checking(fetcher) {
  browser(() => {});
  const session = new Session(LIST, {complete_when: "checked"}, {read});
  const told = [];
  session.listen((event) => told.push(event));
  const taken = [];
  const ui = {session, root: {isConnected: true}, data: {check: "/check"}, form: form([], "token"), library: new Map(), checked: null, about: null, take: (answer) => taken.push(answer)};
  return {session, ui, told, taken, checker: new Checker(ui, fetcher)};
}

test("the server is asked about the list, its rule of completion and the selected authority", async () => {
  const asked = [];
  const {session, ui, told, taken, checker} = checking(async (address, options) => {
    asked.push([address, JSON.parse(options.body), options.headers["X-CSRFToken"]]);
    return response({rows: [], problems: [], about: {name: "tennessee-v-garner", library: {facts: "F"}}});
  });
  session.select(GARNER);
  await checker.ask();
  assert.deepEqual(asked, [["/check", {content: LIST, completes_by: "checked", about: 1}, "token"]]);
  assert.deepEqual(taken, [{rows: [], problems: [], text: LIST}]);
  assert.deepEqual(ui.library.get("tennessee-v-garner"), {facts: "F"});
  assert.ok(told.at(-1).checked && !checker.failed);
});

test("an answer about an older text is dropped, and a failure keeps what was known", async () => {
  const {waiting, fetcher} = slowly();
  const {taken, checker} = checking(fetcher);
  const first = checker.ask();
  const second = checker.ask();
  waiting[1].resolve(response({error: "oops"}, {status: 500}));
  await second;
  waiting[0].resolve(response({rows: [], problems: []}));
  await first;
  assert.deepEqual(taken, []);
  assert.ok(checker.failed);
});
