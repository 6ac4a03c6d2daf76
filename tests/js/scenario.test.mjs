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

test("nothing is read out or scrolled on loading; after a decision it is", async (context) => {
  context.mock.timers.enable({apis: ["setTimeout"]});
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

test("the copy that is read out does not stay to be read twice", async (context) => {
  context.mock.timers.enable({apis: ["setTimeout"]});
  browser(() => response({html: ""}));
  const page = root({"[data-dti-announce]": [{textContent: "He stops."}]});
  start(page.root, words);
  const [voice] = page.root.children;
  const decide = () => page.root.fire("submit", {target: form([])});

  await decide();
  page.screen.parts["[data-dti-announce]"] = []; // "Try again": a screen without feedback
  await decide();
  assert.equal(voice.textContent, "");

  page.screen.parts["[data-dti-announce]"] = [{textContent: "She speaks."}];
  context.mock.timers.tick(19_000);
  await decide();
  context.mock.timers.tick(2_000); // the first one's time would be over
  assert.equal(voice.textContent, "She speaks.");
  context.mock.timers.tick(18_000);
  assert.equal(voice.textContent, "");
});
