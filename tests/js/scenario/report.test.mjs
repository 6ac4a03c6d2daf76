import assert from "node:assert/strict";
import {test} from "node:test";
import {posted} from "../../../static/js/screen/forms.js";
import {load, pieceOf} from "../../../static/js/scenario/report.js";

const WORDS = {offline: "offline", failed: "failed", signedOut: "signed out"};
const answer = (body, more = {}) => async () => ({ok: true, status: 200, redirected: false, json: async () => body, ...more});

test("a part is asked for as a piece of the page", () => {
  assert.equal(pieceOf("/report?part=map", "https://x.test/unit"), "https://x.test/report?part=map&inside=1");
});

test("a search is posted, and not in the address", async () => {
  const asked = [];
  const fetcher = async (address, options) => {
    asked.push([address, options.method, options.body, options.signal]);
    return answer({html: "<p>"})();
  };
  const {signal} = new AbortController();
  await load("/report?inside=1", WORDS, fetcher, signal, posted([["q", "a&b"]], "t"));
  assert.deepEqual(asked, [["/report?inside=1", "POST", '[["q","a&b"]]', signal]]);
});

test("an answer is the server's HTML", async () => {
  assert.deepEqual(await load("/report", WORDS, answer({html: "<p>"})), {html: "<p>"});
});

test("what is no report is an error in words", async () => {
  const refused = {ok: false, status: 403};
  assert.deepEqual(await load("/r", WORDS, answer({error: "Only staff."}, refused)), {error: "Only staff."});
  assert.deepEqual(await load("/r", WORDS, answer({}, refused)), {error: "signed out"});
  assert.deepEqual(await load("/r", WORDS, answer({}, {ok: false, status: 500})), {error: "failed"});
  assert.deepEqual(await load("/r", WORDS, answer({other: 1})), {error: "failed"});
  const page = async () => { throw new SyntaxError("HTML"); };
  assert.deepEqual(await load("/r", WORDS, answer({}, {json: page, redirected: true})), {error: "signed out"});
  assert.deepEqual(await load("/r", WORDS, async () => { throw new TypeError("network"); }), {error: "offline"});
});

test("an answer that nobody waits for any more is none", async () => {
  const gone = new AbortController();
  gone.abort();
  assert.equal(await load("/r", WORDS, async () => { throw new DOMException("gone", "AbortError"); }, gone.signal), null);
});
