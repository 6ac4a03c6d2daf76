import assert from "node:assert/strict";
import test from "node:test";
import {adopt, fill, linked, matches, plain} from "../../static/js/case-law.js";

test("text is compared without case, accents and punctuation", () => {
  assert.equal(plain("  Prince George’s  County, Café "), "prince georges county cafe");
  assert.equal(plain("490 U.S. 386"), "490 us 386");
  assert.equal(plain("490 U. S. 386"), "490 us 386");
});

test("every word of a query must begin a word of the text, in any order", () => {
  const text = plain("Graham v. Connor, 490 U.S. 386 (1989)");
  assert.ok(matches(text, plain("connor gra")));
  assert.ok(matches(text, plain("490 us 386")));
  assert.ok(matches(text, plain("")));
  assert.ok(!matches(text, plain("raham")));
  assert.ok(!matches(text, plain("graham zzz")));
});

test("sentences are filled by name", () => {
  assert.equal(fill("{shown} of {total} {x}", {shown: 2, total: 13}), "2 of 13 {x}");
});

test("only an authority's address is followed", () => {
  assert.equal(linked("#case-graham-v-connor"), "case-graham-v-connor");
  for (const hash of ["", "#", "#main", "#case-", "#case-<b>", "#case-a,b"]) assert.equal(linked(hash), "");
});

test("a query names an authority too, and the fragment goes first", () => {
  assert.equal(linked("", "?case=graham-v-connor"), "case-graham-v-connor");
  assert.equal(linked("#main", "?a=b&case=18-usc-242"), "case-18-usc-242");
  assert.equal(linked("#case-monroe-v-pape", "?case=18-usc-242"), "case-monroe-v-pape");
  for (const query of ["", "?", "?case=", "?case=<b>", "?case=a%20b", "?showcase=a"]) assert.equal(linked("", query), "");
});

// Just enough of the DOM for adopt(): one progress line and items with a badge and a form.
function screen(progress, items) {
  const nodes = items.map(({slug, read}) => {
    const badge = {textContent: read ? "Read" : ""};
    const item = {
      dataset: {dtiAuthority: slug},
      form: read ? null : {remove() { item.form = null; }},
      querySelector: (selector) => (selector === "[data-dti-read]" ? badge : item.form),
      badge,
    };
    return item;
  });
  const line = {childNodes: [progress], replaceChildren(...children) { this.childNodes = children; }};
  return {
    line,
    nodes,
    querySelector: (selector) =>
      selector === "[data-dti-progress]" ? line : nodes.find((node) => selector.includes(`"${node.dataset.dtiAuthority}"`)) ?? null,
    querySelectorAll: () => nodes,
  };
}

test("the page takes progress, marks and finished forms from the answer", () => {
  const here = screen("Read 0 of 2", [{slug: "a", read: false}, {slug: "b", read: false}]);
  adopt(here, screen("Read 1 of 2", [{slug: "a", read: true}, {slug: "b", read: false}]));
  assert.deepEqual(here.line.childNodes, ["Read 1 of 2"]);
  assert.deepEqual(here.nodes.map((node) => node.badge.textContent), ["Read", ""]);
  assert.equal(here.nodes[0].form, null);
  assert.notEqual(here.nodes[1].form, null);
});

test("an authority that the answer does not have is left as it was", () => {
  const here = screen("", [{slug: "a", read: false}]);
  adopt(here, screen("", []));
  assert.equal(here.nodes[0].badge.textContent, "");
  assert.notEqual(here.nodes[0].form, null);
});
