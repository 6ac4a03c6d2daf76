// The seal of a signed pledge is looked for until it is there.
import assert from "node:assert/strict";
import test from "node:test";

import {followSeal} from "../../../static/js/pledge/seal.js";
import {StandIn, browser, form, response, words} from "../stand-ins.mjs";

const said = {...words, sealWaits: "Waits", sealLate: "Late"};

/** A signed pledge that waits for its seal; the answers of the server in order, `true` for one with the seal. */
function signed(answers) {
  const look = Object.assign(form([["csrfmiddlewaretoken", "t"]], "t"), {isConnected: true});
  const note = new StandIn();
  const part = Object.assign(new StandIn({}, {"data-dti-part": "seal"}), {contains: () => part.inside ?? false});
  const screen = new StandIn({"form[data-dti-look]": look, "[data-dti-seal-note]": note, "[data-dti-part]": [part]});
  const waited = [];
  const requests = browser(() => {
    const answer = answers.shift();
    return answer instanceof Error ? Promise.reject(answer) : response({html: String(answer)});
  });
  const fresh = Object.assign(new StandIn(), {childNodes: ["sealed"]});
  globalThis.DOMParser = class {
    parseFromString(html) {
      return new StandIn({"[data-dti-part=seal]": fresh, ...(html === "true" ? {} : {"form[data-dti-look]": new StandIn()})});
    }
  };
  return {screen, look, note, part, requests, waited, wait: async (ms) => { waited.push(ms); }};
}

test("it is asked for again until it is there, then put in place", async () => {
  const page = signed([false, new Error("offline"), true]);
  await followSeal(page.screen, said, page.wait);
  assert.deepEqual([page.requests.length, page.part.children, page.note.textContent], [3, ["sealed"], "Waits"]);
  assert.equal(page.requests[0].address, "/handler/choose");
  assert.deepEqual(page.waited, [...page.waited].sort((a, b) => a - b));
});

test("who stood there stays there", async () => {
  const page = signed([true]);
  page.part.inside = true;
  await followSeal(page.screen, said, page.wait);
  assert.equal(page.part.focused, 1);
});

test("after a while the page says that it takes longer, and asks no more", async () => {
  const page = signed(Array(20).fill(false));
  await followSeal(page.screen, said, page.wait);
  assert.deepEqual([page.requests.length, page.note.textContent, page.part.children], [5, "Late", []]);
});

test("a screen that has gone is not asked for", async () => {
  const page = signed([true]);
  page.look.isConnected = false;
  await followSeal(page.screen, said, page.wait);
  assert.equal(page.requests.length, 0);
});

test("a pledge that is sealed, or not signed, is left alone", async () => {
  const requests = browser(() => response({}));
  await followSeal(new StandIn(), said);
  assert.equal(requests.length, 0);
});
