// Nothing is lost: history, drafts, files, saving, two authors at once.
import assert from "node:assert/strict";
import test from "node:test";

import {differences, merged} from "../../../static/js/studio/compare.js";
import {Drafts} from "../../../static/js/studio/draft.js";
import {fileName, fileText, fromFile} from "../../../static/js/scenario-studio/files.js";
import {History} from "../../../static/js/studio/history.js";
import {post} from "../../../static/js/studio/post.js";
import {Session} from "../../../static/js/studio/session.js";
import {setValue} from "../../../static/js/scenario-studio/edit.js";
import {SCENARIO} from "../../../static/js/scenario-studio/format.js";
import {MapPlaces} from "../../../static/js/scenario-studio/map-places.js";
import {removeEntry, renameEntry} from "../../../static/js/scenario-studio/outline.js";
import {STORY} from "../scenario-studio/story.mjs";

test("history goes back and forth, joins typing, and forgets what was taken back", () => {
  const history = new History("a");
  history.push("b", {label: "one", merge: "x"});
  history.push("c", {label: "one", merge: "x"});
  assert.deepEqual([history.steps.length, history.state], [2, "c"]);
  assert.equal(history.undo().label, "one");
  assert.deepEqual([history.state, history.canUndo, history.canRedo], ["a", false, true]);
  assert.equal(history.redo().label, "one");
  history.push("d", {label: "two", merge: "x"});
  assert.deepEqual([history.steps.length, history.state], [3, "d"]);
  history.undo();
  history.push("e", {label: "three"});
  assert.equal(history.redo(), null);
  assert.equal(history.state, "e");
});

test("history has an end and keeps the beginning", () => {
  const history = new History(0);
  for (let step = 1; step < 700; step += 1) history.push(step, {label: String(step)});
  assert.ok(history.steps.length <= 500);
  while (history.undo());
  assert.equal(history.state, 0);
});

function session() {
  const made = new Session(STORY, {display_name: "Night"}, SCENARIO);
  const told = [];
  made.listen((event) => told.push(event));
  return {made, told};
}

test("an edit tells the views, makes the session dirty, and undo brings back every letter", () => {
  const {made, told} = session();
  made.commit(setValue(made.story, "scene:later", {}, "title", "x"), {label: "t", merge: "title", origin: "typing"});
  assert.ok(made.dirty && told.at(-1).story && told.at(-1).origin === "typing");
  made.undo();
  assert.equal(made.text, STORY);
  assert.ok(!made.dirty);
  assert.equal(made.redo().label, "t");
});

test("what is selected follows a new id and goes to the neighbour of what is deleted", () => {
  const {made} = session();
  made.select("scene:later");
  const {story, key} = renameEntry(made.story, "scene:later", "after");
  made.setPending("scene:later|line.0", "<p>");
  made.commit(story, {label: "r", renamed: {from: "scene:later", to: key}});
  assert.equal(made.selection.key, "scene:after");
  assert.equal(made.pending.get("scene:after|line.0"), "<p>");
  made.commit(removeEntry(made.story, key), {label: "d"});
  assert.equal(made.selection.key, "scene:stop");
  made.undo();
  assert.equal(made.selection.key, "scene:after");
});

test("text that is no XML is kept beside the last sound story, and can be given up", () => {
  const {made} = session();
  made.setText(`${STORY}<scene`, {label: "t", merge: "text", origin: "text"});
  assert.ok(made.broken && made.dirty);
  assert.equal(made.text, `${STORY}<scene`);
  assert.equal(made.commit(setValue(made.story, "scene:later", {}, "title", "x"), {label: "t"}), false);
  made.dropBroken();
  assert.ok(!made.dirty);
  const broken = new Session("<scene", {}, SCENARIO);
  assert.ok(broken.broken);
  broken.setText("<scene/>", {label: "t"});
  assert.equal(broken.broken, null);
});

test("what the server has cleaned is taken over", () => {
  const {made} = session();
  made.commit(setValue(made.story, "scene:later", {}, "title", "x"), {label: "t"});
  const sent = made.text;
  made.markSaved(sent, made.settings, `${sent}\n`);
  assert.equal(made.text, `${sent}\n`);
  assert.ok(!made.dirty);
});

class Store {
  constructor(most = Infinity) {
    this.most = most;
    this.items = new Map();
  }

  getItem(key) {
    return this.items.get(key) ?? null;
  }

  setItem(key, value) {
    if (value.length > this.most) throw new Error("full");
    this.items.set(key, value);
  }

  removeItem(key) {
    this.items.delete(key);
  }
}

test("a draft is kept per block with its time, and cleared", () => {
  const store = new Store();
  const drafts = new Drafts(store, "block-1", () => new Date("2030-05-01T10:00:00Z"));
  assert.equal(drafts.read(), null);
  assert.ok(drafts.write({content: "c", settings: {a: 1}, version: "v", base: "b", pending: [["k", "<p"]]}));
  assert.deepEqual(drafts.read(), {content: "c", settings: {a: 1}, version: "v", base: "b", pending: [["k", "<p"]], at: "2030-05-01T10:00:00.000Z"});
  assert.equal(new Drafts(store, "block-2").read(), null);
  drafts.clear();
  assert.equal(drafts.read(), null);
});

test("a browser that cannot keep a draft says so, and damaged ones are ignored", () => {
  assert.equal(new Drafts(new Store(5), "b").write({content: "c".repeat(20), settings: {}, version: "v"}), false);
  assert.equal(new Drafts(null, "b").write({content: "c", settings: {}, version: "v"}), false);
  assert.equal(new Drafts(null, "b").read(), null);
  const store = new Store();
  store.setItem("dti-scenario:b:draft", "{");
  assert.equal(new Drafts(store, "b").read(), null);
  store.setItem("dti-scenario:b:map", JSON.stringify({a: [1, 2], b: "x", c: [1, null]}));
  assert.deepEqual(new MapPlaces(store, "b").places, {a: [1, 2]});
});

test("a file holds the whole element and comes back to the letter", () => {
  const settings = {display_name: "Night \"&\" day", weight: "1", empty: null};
  const text = fileText(STORY, settings);
  assert.equal(fileName(settings), "night-day.xml");
  const back = fromFile(`\ufeff<?xml version="1.0"?>\n${text}`, {display_name: "", weight: "2", pass_mark: "70"});
  assert.equal(back.content, STORY);
  assert.deepEqual(back.settings, {display_name: "Night \"&\" day", weight: "1", pass_mark: "70"});
  assert.deepEqual(fromFile("<scene/>\r\n", {a: 1}), {content: "<scene/>\n", settings: {a: 1}});
  assert.throws(() => fromFile("<scene>", {}));
});

const answer = (body, status = 200) => ({ok: status < 400, status, json: async () => JSON.parse(body)});
const asked = (made) => post("/x", {}, {form: {querySelector: () => null}, fetcher: made, cookies: "csrftoken=t"});

test("every answer of a server is understood", async () => {
  assert.deepEqual(await asked(async () => answer("{\"problems\": []}")), {ok: true, status: 200, body: {problems: []}});
  assert.equal((await asked(async () => Promise.reject(new TypeError("net")))).error, "offline");
  assert.equal((await asked(async () => answer("<html>sign in</html>"))).error, "signedOut");
  assert.equal((await asked(async () => answer("<html>", 403))).error, "signedOut");
  assert.equal((await asked(async () => answer("oops", 500))).error, "failed");
  assert.deepEqual(await asked(async () => answer("{\"error\": \"No.\"}", 400)), {error: "refused", status: 400, message: "No."});
  const conflict = await asked(async () => answer("{\"error\": \"Newer.\", \"content\": \"c\", \"version\": \"v\"}", 409));
  assert.deepEqual([conflict.status, conflict.body.version, conflict.message], [409, "v", "Newer."]);
});

test("the token goes along", async () => {
  let sent = null;
  await asked(async (_address, options) => {
    sent = options;
    return answer("{}");
  });
  assert.equal(sent.headers["X-CSRFToken"], "t");
  assert.equal(sent.credentials, "same-origin");
});

test("two authors: who changed what, and both together", () => {
  const mine = STORY.replace("Hale has him down.", "Hale holds him.").replace("<p>Bad.</p>", "<p>Worse.</p>");
  const theirs = STORY.replace("He is hurt.", "He is badly hurt.").replace("<p>Bad.</p>", "<p>Sad.</p>")
    .replace("<ending id=\"hurt\"", "<ending id=\"new\" title=\"New\" result=\"mixed\"><p>n</p></ending>\n    <ending id=\"hurt\"");
  const found = Object.fromEntries(differences(STORY, mine, theirs, SCENARIO).map((one) => [one.key, one.status]));
  assert.deepEqual(found, {"scene:stop": "mine", "scene:later": "theirs", "ending:hurt": "both", "ending:new": "theirs"});
  const together = merged(STORY, mine, theirs, SCENARIO);
  for (const words of ["Hale holds him.", "badly hurt", "Worse.", "ending id=\"new\""]) assert.ok(together.includes(words), words);
  assert.ok(!together.includes("Sad."));
  assert.deepEqual(differences(null, mine, mine, SCENARIO), []);
  assert.equal(differences(null, mine, theirs, SCENARIO)[0].status, "differs");
  assert.equal(merged(null, mine, theirs, SCENARIO), null);
  assert.equal(differences(STORY, "<broken", theirs, SCENARIO), null);
  const without = merged(STORY, mine, STORY.replace(/<scene id="later"[\s\S]*?<\/scene>\s*/, ""), SCENARIO);
  assert.ok(!without.includes("id=\"later\"") && without.includes("Hale holds him."));
});
