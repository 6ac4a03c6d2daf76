// The voice: what it reads, by recordings first, and that it stops. The rest (which words a page has) is held by a browser test.
import assert from "node:assert/strict";
import test from "node:test";

import {Voice, startVoice} from "../../../static/js/scenario/voice.js";
import {StandIn, browser, response} from "../stand-ins.mjs";

const LINES = [{text: "It is dark.", audio: "", lang: "en"}, {text: "Vail: Okay.", audio: "/static/vail.mp3", lang: "en"}, {text: "A fist.", audio: "", lang: "en"}];

/** A voice and the machine it speaks with. What is said or played waits until `end` is called. */
function made({voices = 1, broken = false, kept = {}, store} = {}) {
  const heard = [];
  const due = [];
  const speech = {
    getVoices: () => Array(voices).fill({}),
    speak: (words) => {
      heard.push(words.lang ? `${words.lang} ${words.text}` : words.text);
      due.push(() => words.onend());
    },
    cancel: () => heard.push("silence"),
  };
  const sound = (address) => {
    const player = new StandIn();
    player.pause = () => player.fire("pause");
    player.play = async () => {
      heard.push(address);
      if (broken) throw new Error("no such file");
      due.push(() => player.fire("ended"));
    };
    return player;
  };
  const keeps = store === undefined ? {getItem: (name) => kept[name] ?? null, setItem: (name, value) => { kept[name] = value; }} : store;
  const end = async () => {
    due.shift()();
    await new Promise((resolve) => { setTimeout(resolve); });
  };
  return {heard, kept, end, due, speech, voice: new Voice({speech, store: keeps, utter: (text) => ({text}), sound})};
}

test("lines are read one after the other, by the recording where there is one", async () => {
  const {voice, heard, end} = made();
  voice.read(LINES);
  assert.deepEqual(heard, ["silence", "en It is dark."]);
  await end();
  assert.deepEqual(heard.slice(2), ["/static/vail.mp3"]);
  await end();
  assert.deepEqual(heard.slice(3), ["en A fist."]);
});

test("a recording that cannot be played is read instead", async () => {
  const {voice, heard} = made({broken: true});
  voice.read(LINES.slice(1, 2));
  await new Promise((resolve) => { setTimeout(resolve); });
  assert.deepEqual(heard, ["silence", "/static/vail.mp3", "en Vail: Okay."]);
});

test("stopping ends what is read and all that was to follow", async () => {
  const {voice, heard, end} = made();
  voice.read(LINES);
  await end();
  voice.stop();
  await new Promise((resolve) => { setTimeout(resolve); });
  assert.deepEqual(heard, ["silence", "en It is dark.", "/static/vail.mp3", "silence"]);
});

test("there is something to read with where there are voices, or a recording", () => {
  assert.equal(made().voice.can(LINES.slice(0, 1)), true);
  assert.equal(made({voices: 0}).voice.can(LINES.slice(0, 1)), false);
  assert.equal(made({voices: 0}).voice.can(LINES), true);
  assert.equal(made().voice.can([]), false);
  assert.equal(new Voice({speech: null, store: null}).can(LINES.slice(0, 1)), false);
});

test("it is off at first, and the device remembers", () => {
  const {voice, kept} = made();
  assert.equal(voice.on, false);
  voice.on = true;
  assert.deepEqual(kept, {"dti.voice": "on"});
  assert.equal(made({kept}).voice.on, true);
  const refusing = {getItem() { throw new Error("forbidden"); }, setItem() { throw new Error("full"); }};
  const {voice: private_} = made({store: refusing});
  private_.on = true;
  assert.equal(private_.on, true, "for this page");
});

/** A block with one line to read, and its switch. */
function page(options) {
  browser(() => response({html: ""}));
  const line = Object.assign(new StandIn(), {textContent: "It is dark.", cloneNode: () => line});
  const part = Object.assign(new StandIn(), {children: [line], closest: () => null});
  const button = new StandIn();
  button.closest = () => button;
  const parts = {"[data-dti-read]": [part], "[data-dti-voice]": button};
  const root = new StandIn(parts);
  const machine = made(options);
  return {root, button, part, line, ...machine, hear: startVoice(root, machine.voice)};
}

test("nothing is read when the page is loaded; the switch reads, and the next screen goes on by itself", async () => {
  const {root, button, hear, heard} = page();
  hear(root, false);
  assert.equal(button.hidden, false);
  assert.deepEqual(heard, ["silence"]);
  await root.fire("click", {target: button});
  assert.equal(button.getAttribute("aria-pressed"), "true");
  assert.equal(heard.at(-1), "It is dark.");
  heard.length = 0;
  hear(root, true);
  assert.equal(heard.at(-1), "It is dark.");
  await root.fire("click", {target: button});
  assert.equal(button.getAttribute("aria-pressed"), "false");
  heard.length = 0;
  hear(root, true);
  assert.deepEqual(heard, ["silence"]);
});

test("any press and leaving the page end it at once", async () => {
  const {root, hear, heard} = page({kept: {"dti.voice": "on"}});
  hear(root, true);
  for (const [where, what] of [[document, "click"], [document, "keydown"], [window, "pagehide"]]) {
    heard.length = 0;
    await where.fire(what, {target: root});
    assert.deepEqual(heard, ["silence"], what);
  }
});

test("without a voice the switch is not shown", () => {
  const {root, button, hear} = page({voices: 0});
  hear(root, false);
  assert.equal(button.hidden, true);
});
