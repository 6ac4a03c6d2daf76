import assert from "node:assert/strict";
import test from "node:test";
import {meant, placeOf, questionOf} from "../../../static/js/case-law/main.js";
import {length} from "../../../static/js/case-law/marks.js";

test("an authority's address leads to it, and a paragraph's to the paragraph", () => {
  assert.deepEqual(placeOf("#case-graham-v-connor"), {screen: "case", slug: "graham-v-connor", paragraph: ""});
  assert.deepEqual(placeOf("#case-18-usc-242--on-the-street-2"), {
    screen: "case",
    slug: "18-usc-242",
    paragraph: "case-18-usc-242--on-the-street-2",
  });
});

test("what is no place of ours is left to the page", () => {
  for (const hash of ["#main", "#case-", "#case-<b>", "#case-a,b", "#case-A", "#case-a--b--c", "#note-1"]) assert.equal(placeOf(hash), null);
});

test("a query names an authority too, and the fragment goes first", () => {
  assert.equal(placeOf("", "?case=graham-v-connor").slug, "graham-v-connor");
  assert.equal(placeOf("#case-monroe-v-pape", "?case=18-usc-242").slug, "monroe-v-pape");
  for (const query of ["", "?", "?case=", "?case=<b>", "?case=a%20b", "?showcase=a"]) assert.equal(placeOf("", query).screen, "list");
});

test("notes, packets and searches have addresses", () => {
  assert.deepEqual(placeOf("#notes"), {screen: "notes"});
  assert.deepEqual(placeOf("#packet"), {screen: "packet"});
  assert.deepEqual(placeOf("#find"), {screen: "find"}, "the words of a learner stand beside the address");
  assert.deepEqual(placeOf("#find?q=step%20in&circuit=4th"), {screen: "find", query: "q=step%20in&circuit=4th"});
});

test("a search asks with what is filled in, and nothing else", () => {
  globalThis.FormData = class {
    constructor(form) {
      this.pairs = form.pairs;
    }
    [Symbol.iterator]() {
      return this.pairs[Symbol.iterator]();
    }
  };
  const form = {pairs: [["csrfmiddlewaretoken", "t"], ["q", "490 U.S. 386"], ["topic", ""], ["circuit", "4th"]], getAttribute: () => "/h/find"};
  assert.deepEqual(questionOf(form), {url: "/h/find", pairs: [["q", "490 U.S. 386"], ["circuit", "4th"]]});
  assert.deepEqual(questionOf({...form, pairs: [["q", ""]]}), {url: "/h/find", pairs: []});
});

test("a character is one however it is stored", () => {
  assert.equal(length("a👮b"), 3);
  assert.equal(length("é"), 1);
  assert.equal(length(""), 0);
});

test("of two lists on a page, an address means the one that has it, or the one that was used", () => {
  const [one, two] = [{slugs: ["a-v-b", "both"]}, {slugs: ["c-v-d", "both"]}];
  assert.equal(meant({screen: "case", slug: "c-v-d"}, [one, two], null), two);
  assert.equal(meant({screen: "case", slug: "both"}, [one, two], two), two);
  assert.equal(meant({screen: "case", slug: "both"}, [one, two], null), one);
  assert.equal(meant({screen: "case", slug: "elsewhere"}, [one, two], two), two);
  assert.equal(meant({screen: "notes"}, [one, two], null), one);
});
