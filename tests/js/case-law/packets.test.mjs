import assert from "node:assert/strict";
import {beforeEach, mock, test} from "node:test";
import {follow, stateIn, worthSaying} from "../../../static/js/case-law/packets.js";
import {StandIn, response} from "../stand-ins.mjs";

/** The server's fragment of a state, or the same in the page. */
function fragment(state, text, done = 0, expected = 0) {
  const bar = new StandIn({}, done ? {value: String(done), max: String(expected)} : {});
  const node = new StandIn({"[data-dti-packet-text]": {textContent: text}, progress: bar});
  node.dataset.dtiPacketState = state;
  return new StandIn({"[data-dti-packet-state]": node});
}

function screenThatWaits() {
  const progress = new StandIn();
  const said = new StandIn();
  const again = new StandIn();
  const first = fragment("waiting", "Waiting for its turn.");
  const box = new StandIn({
    ...first.parts,
    "[data-dti-packet-progress]": progress,
    "[data-dti-packet-said]": said,
    "[data-dti-packet-again]": again,
  });
  box.dataset = {stateUrl: "/state?digest=d", showUrl: "/packet?show=1", wordReady: "Ready.", wordSlow: "Lost."};
  box.isConnected = true;
  return {here: new StandIn({"[data-dti-packet-wait]": box}), box, progress, said, again};
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({apis: ["setTimeout"]});
  globalThis.window = globalThis;
  globalThis.DOMParser = class {
    parseFromString(html) {
      return fragment(...JSON.parse(html));
    }
  };
});

const says = (...state) => response({html: JSON.stringify(state)});

/** Let `ms` pass, and everything that waits for an answer go on. */
async function pass(ms) {
  mock.timers.tick(ms);
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

test("the state is read from the server's fragment", () => {
  const {state, text, share} = stateIn(fragment("working", "Page 3 of about 12", 3, 12));
  assert.deepEqual({state, text, share}, {state: "working", text: "Page 3 of about 12", share: 0.25});
  assert.equal(stateIn(fragment("working", "Page 20", 20, 12)).share, 1);
  assert.equal(stateIn(fragment("waiting", "Waiting")).share, 0);
  assert.equal(stateIn(new StandIn()), null);
});

test("a screen reader is told of a new state and of each quarter, not of each page", () => {
  const at = (share, state = "working") => ({state, share, text: `at ${share}`});
  assert.equal(worthSaying(null, at(0)), "at 0");
  assert.equal(worthSaying(at(0, "waiting"), at(0)), "at 0");
  assert.equal(worthSaying(at(0), at(0.2)), "");
  assert.equal(worthSaying(at(0.2), at(0.3)), "at 0.3");
  assert.equal(worthSaying(at(0.3), at(0.49)), "");
});

test("it asks every second and a half, shows what it hears, and goes to the packet when it is ready", async () => {
  const {here, progress, said, again} = screenThatWaits();
  const answers = [says("working", "Page 1", 1, 10), says("working", "Page 2", 2, 10), says("ready", "")];
  const asked = [];
  const went = [];
  follow(here, async (url) => went.push(url), async (url, options) => {
    asked.push([url, options.headers.Accept]);
    return answers.shift();
  });
  assert.equal(again.hidden, true);
  await pass(1499);
  assert.equal(asked.length, 0);
  await pass(1);
  assert.deepEqual(asked, [["/state?digest=d", "application/json"]]);
  assert.equal(progress.children[0].dataset.dtiPacketState, "working");
  assert.equal(said.textContent, "Page 1");
  await pass(1500);
  assert.equal(said.textContent, "Page 1"); // a page more is not said
  await pass(1500);
  assert.equal(said.textContent, "Ready.");
  assert.deepEqual(went, ["/packet?show=1"]);
  await pass(60000);
  assert.equal(asked.length, 3);
});

test("a failed or vanished packet leads to its screen, where it says why", async () => {
  for (const answer of [says("failed", ""), response({error: "gone"}, {status: 404})]) {
    const {here, said} = screenThatWaits();
    const went = [];
    follow(here, async (url) => went.push(url), async () => answer);
    await pass(1500);
    assert.deepEqual(went, ["/packet?show=1"]);
    assert.notEqual(said.textContent, "Ready.");
  }
});

test("a lost connection is said once, and it asks less and less often until it is back", async () => {
  const {here, said} = screenThatWaits();
  const times = [];
  let broken = true;
  let clock = 0;
  follow(here, async () => true, async () => {
    times.push(clock);
    if (broken) throw new TypeError("no network");
    return says("working", "Page 4", 4, 10);
  });
  for (clock = 500; clock <= 40000; clock += 500) await pass(500);
  assert.equal(said.textContent, "Lost.");
  assert.deepEqual(times.slice(0, 5), [1500, 4500, 10500, 20500, 30500]);
  broken = false;
  for (; clock <= 43000; clock += 500) await pass(500);
  assert.equal(said.textContent, "Page 4");
});

test("a server's fault is a lost connection; what is no answer of ours is, too", async () => {
  for (const answer of [response("<html>", {status: 502}), response({html: '["x"'}), response({})]) {
    const {here, said} = screenThatWaits();
    follow(here, async () => true, async () => answer);
    await pass(1500);
    assert.equal(said.textContent, "Lost.");
  }
});

test("the link to look again comes back when the packet's screen cannot be shown", async () => {
  const {here, again} = screenThatWaits();
  follow(here, async () => false, async () => says("ready", ""));
  await pass(1500);
  assert.equal(again.hidden, false);
});

test("leaving the screen ends the waiting", async () => {
  const {here} = screenThatWaits();
  let asked = 0;
  const stop = follow(here, async () => true, async () => {
    asked += 1;
    return says("working", "", 1, 10);
  });
  await pass(1500);
  stop();
  await pass(60000);
  assert.equal(asked, 1);
});

test("a screen that went while the answer was on its way is left alone", async () => {
  const {here, box, said} = screenThatWaits();
  const went = [];
  follow(here, async (url) => went.push(url), async () => {
    box.isConnected = false;
    return says("ready", "");
  });
  await pass(1500);
  assert.deepEqual([went, said.textContent], [[], ""]);
});

test("a screen without a packet in the making needs nothing", () => {
  assert.equal(follow(new StandIn(), async () => true), undefined);
});

function formToChoose() {
  const boxes = [{checked: false}, {checked: true}, {checked: false}];
  const group = new StandIn({"input[type=checkbox]": boxes});
  const all = new StandIn();
  const none = new StandIn();
  for (const button of [all, none]) {
    button.hidden = true;
    button.closest = () => group;
  }
  const count = new StandIn();
  const list = new StandIn({
    "[data-dti-packet-count]": count,
    "[data-dti-packet-all]": [all],
    "[data-dti-packet-none]": [none],
    "input[type=checkbox]": boxes,
  });
  list.dataset = {wordCount: "{n} chosen"};
  const own = {checked: false};
  return {here: new StandIn({"[data-dti-packet-choose]": list, "[data-dti-packet-own]": own}), list, boxes, all, none, count, own};
}

test("choosing one tells how many are chosen, and chooses one's own selection", async () => {
  const {here, list, boxes, count, own} = formToChoose();
  assert.equal(follow(here, async () => true), undefined);
  assert.equal(count.textContent, "1 chosen");
  boxes[2].checked = true;
  await list.fire("change");
  assert.deepEqual([count.textContent, own.checked], ["2 chosen", true]);
});

test("the buttons choose all or none of a group", async () => {
  const {here, boxes, all, none, count, own} = formToChoose();
  follow(here, async () => true);
  assert.deepEqual([all.hidden, none.hidden], [false, false]);
  await all.fire("click");
  assert.deepEqual([boxes.map((box) => box.checked), count.textContent, own.checked], [[true, true, true], "3 chosen", true]);
  await none.fire("click");
  assert.equal(count.textContent, "0 chosen");
});
