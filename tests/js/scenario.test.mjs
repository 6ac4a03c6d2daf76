// What the scenario adds to plain forms: what came of a decision is read out and brought into sight.
import assert from "node:assert/strict";
import test from "node:test";

import {consequence, start} from "../../static/js/scenario.js";
import {StandIn, browser, form, response, root, words} from "./stand-ins.mjs";

test("what came of a decision is one text", () => {
  const screen = new StandIn({"[data-dti-announce]": [{textContent: " He stops.\n  "}, {textContent: "The law\n says so."}]});
  assert.equal(consequence(screen), "He stops. The law says so.");
  assert.equal(consequence(new StandIn()), "");
});

test("nothing is read out or scrolled on loading; after a decision it is", async () => {
  browser(() => response({html: ""}));
  const feedback = new StandIn();
  let scrolled = 0;
  feedback.scrollIntoView = () => { scrolled += 1; };
  const page = root({"[data-dti-announce]": [{textContent: "He stops."}], "[data-dti-feedback]": feedback});
  start(page.root, words);
  const [voice] = page.root.children;
  assert.equal(voice.getAttribute("aria-live"), "polite");
  assert.equal(voice.className, "dti-sr");
  assert.equal(voice.textContent, "");
  assert.equal(scrolled, 0);
  await page.root.fire("submit", {target: form([])});
  assert.equal(voice.textContent, "He stops.");
  assert.equal(scrolled, 1);
});
