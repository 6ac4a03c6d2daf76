// The film editor: each change is at one place, all else stays to the letter.
import assert from "node:assert/strict";
import test from "node:test";

import {addChild, inserted, moveMark, nextLanguage, questionXml, removeChild, setAttribute, setInner, tapeXml} from "../../../static/js/video-studio/edit.js";
import {clockText, marksOf, read, readTime, windowAt, writeTime} from "../../../static/js/video-studio/film.js";

const TEXT = `
  <!-- agreed -->
  <film src="/static/a.mp4" seconds="20"/>
  <captions lang="en" src="/static/a.vtt"/>
  <still at="0" src="/static/1.jpg" alt=""/>
  <still at="9" src="/static/2.jpg" alt=""/>
  <question id="q" at="2"><prompt><p>Why &amp; how?</p></prompt>
    <choice id="a" correct="true"><text>One</text></choice>
    <choice id="b"><text>Two</text></choice>
  </question>
  <tape id="t" at="3" to="10">
    <window kind="early" until="5"/>
    <window kind="in-time" until="10" points="2"/>
    <way id="w"><text>So</text></way>
  </tape>
  <odd/>
`;
const WORDS = {newPrompt: "What?", newChoice: "A <choice>", newTapePrompt: "Stop it", newWay: "So"};

test("times are read and written as authors do", () => {
  assert.deepEqual(["8", "8.25", "1:08.5", "1:02:03", " 5 "].map(readTime), [8, 8.3, 68.5, 3723, 5]);
  assert.deepEqual(["", "x", "1:75", "-1", "1:2:3:4"].map(readTime), [null, null, null, null, null]);
  assert.deepEqual([8, 68.5, 600].map(clockText), ["0:08", "1:08.5", "10:00"]);
  assert.equal(writeTime(3.0000001), "3");
});

test("one value, one text changes and the rest stays", () => {
  const film = read(TEXT);
  assert.equal(setAttribute(film, "question:q", ["choice", 1], "correct", "true").text, TEXT.replace('id="b"', 'id="b" correct="true"'));
  assert.equal(setAttribute(film, "question:q", ["choice", 0], "correct", "").text, TEXT.replace(' correct="true"', ""));
  assert.equal(setInner(film, "question:q", ["choice", 0, "text", 0], "Uno").text, TEXT.replace("One", "Uno"));
  assert.equal(setInner(film, "tape:t", ["window", 0, "feedback", 0], "Why").text, TEXT.replace('until="5"/>', 'until="5">\n      <feedback>Why</feedback>\n    </window>'));
  assert.equal(setInner(film, "question:q", ["choice", 0, "text", 0], "").text, TEXT.replace("<text>One</text>", ""));
  assert.equal(setInner(film, "still:", [], "<p>So</p>").text, TEXT.replace('1.jpg" alt=""/>', '1.jpg" alt=""><p>So</p></still>'));
  assert.equal(setAttribute(film, "question:none", [], "at", "1"), film);
});

test("a choice comes behind the others, and goes without a trace", () => {
  const film = read(TEXT);
  const more = addChild(film, "question:q", [], "choice", '<choice id="c"/>');
  assert.equal(more.text, TEXT.replace("<text>Two</text></choice>", '<text>Two</text></choice>\n    <choice id="c"/>'));
  assert.equal(removeChild(more, "question:q", ["choice", 2]).text, TEXT);
  assert.match(addChild(film, "tape:t", [], "never", "<never/>").text, /points="2"\/>\n {4}<never\/>\n {4}<way/);
});

test("a mark stays between its neighbors, and the end of the last window is that of the tape", () => {
  const film = read(TEXT);
  const [start, early, last] = marksOf(film.entry("tape:t"));
  assert.match(moveMark(film, "tape:t", start, 99).text, /at="4.9" to="10"/);
  assert.match(moveMark(film, "tape:t", early, 0).text, /kind="early" until="3.1"/);
  assert.match(moveMark(film, "tape:t", last, 99).text, /at="3" to="20"[^]*until="20"/);
  assert.match(moveMark(film, "question:q", marksOf(film.entry("question:q"))[0], 7.04).text, /id="q" at="7"/);
  assert.deepEqual([2, 3, 5, 9.9, 10].map((time) => windowAt(film.entry("tape:t"), time)), ["", "early", "in-time", "in-time", ""]);
});

test("a new still stands where its time is, a question behind the others", () => {
  const film = read(TEXT);
  assert.match(inserted(film, "still", '<still at="4" src="/static/" alt=""/>').film.text, /1\.jpg" alt=""\/>\n {2}<still at="4"[^\n]*\n {2}<still at="9"/);
  const made = inserted(film, "question", questionXml("q-2", 12.34, WORDS));
  assert.equal(made.key, "question:q-2");
  assert.match(made.film.text, /id="q-2" at="12.3">[^]*A &lt;choice&gt;/);
  assert.match(inserted(read(""), "film", '<film src="/static/"/>').film.text, /^\n {2}<film src="\/static\/"\/>\n$/);
  assert.equal(nextLanguage(film), "es");
});

test("a new tape has four windows that end with it", () => {
  const film = inserted(read(TEXT), "tape", tapeXml("t-2", 12, 20, WORDS)).film;
  assert.deepEqual(marksOf(film.entry("tape:t-2")).map((mark) => mark.at), [12, 14, 16, 18, 20]);
});
