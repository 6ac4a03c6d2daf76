// The review editor: the question is written into its place, and all else stays to the letter.
import assert from "node:assert/strict";
import test from "node:test";

import {innerOf} from "../../../static/js/studio/prose-part.js";
import {read, setPrompt} from "../../../static/js/review-studio/review.js";

const TEXT = `
  <!-- agreed -->
  <prompt><p>Why &amp; how?</p></prompt>
  <odd/>
`;

test("a question is changed in its place, taken away, and put in where there is none", () => {
  const review = read(TEXT);
  assert.equal(innerOf(review.of("prompt")[0]), "<p>Why &amp; how?</p>");
  assert.equal(setPrompt(review, "<p>Why &amp; how?</p>"), review);
  assert.equal(setPrompt(review, "<p>What?</p>").text, TEXT.replace("Why &amp; how?", "What?"));
  assert.equal(setPrompt(review, "").text, TEXT.replace("\n  <prompt><p>Why &amp; how?</p></prompt>", ""));
  const none = read("\n  <!-- agreed -->\n");
  assert.equal(setPrompt(none, ""), none);
  assert.equal(setPrompt(none, "<p>What?</p>").text, "\n  <!-- agreed -->\n  <prompt><p>What?</p></prompt>\n");
  assert.equal(setPrompt(read(""), "<p>What?</p>").text, "\n  <prompt><p>What?</p></prompt>\n");
  assert.equal(setPrompt(read("<prompt/>"), "<p>What?</p>").text, "<prompt><p>What?</p></prompt>");
});
