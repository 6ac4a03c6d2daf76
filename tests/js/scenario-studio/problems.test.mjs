// What the editor finds wrong at once, the story's numbers, and where boxes stand.
import assert from "node:assert/strict";
import test from "node:test";

import {find} from "../../../static/js/scenario-studio/find.js";
import {graphOf} from "../../../static/js/scenario-studio/graph.js";
import {BOX, freePlace, heightOf, layout, neighbourOf} from "../../../static/js/scenario-studio/layout.js";
import {counts, problemsOf} from "../../../static/js/scenario-studio/problems.js";
import {dataOf} from "../../../static/js/scenario-studio/scene.js";
import {statisticsOf} from "../../../static/js/scenario-studio/statistics.js";
import {read} from "../../../static/js/scenario-studio/story.js";
import {STORY} from "./story.mjs";

const found = (text, options = {}) => problemsOf(read(text), {authorities: new Set(["byrd-v-brishke"]), ...options});
const codes = (text, options) => [...new Set(found(text, options).map((problem) => problem.code))].sort();

test("a sound story has no problems", () => assert.deepEqual(codes(STORY), []));

const SPOILT = {
  SC004: [["<ending id=\"hurt\"", "<ending id=\"Too Late\""], ["otherwise=\"hurt\"", "otherwise=\"Too Late\""], ["to=\"hurt\"", "to=\"Too Late\""]],
  SC005: [["<choice id=\"wait\"", "<choice id=\"speak\""]],
  SC006: [["to=\"hurt\"", "to=\"nowhere\""]],
  SC011: [["<text>Wait.</text>", "<text> </text>"]],
  SC012: [["points=\"3\"", "points=\"many\""]],
  SC014: [["level=\"words\" otherwise", "level=\"shout\" otherwise"]],
  SC016: [["title=\"In time\"", "title=\"\""]],
  SC017: [["<p>Good.</p>", "<p></p>"]],
  SC018: [["result=\"bad\"", "result=\"awful\""]],
  SC019: [["byrd-v-brishke", "bird-v-brick"]],
  SC020: [["<p>Bad.</p>", "<p>Bad.</p><table/>"]],
  SC024: [["who=\"Hale\"", "who=\"\""]],
  SC026: [["<text>Go.</text>", "<text>Look away.</text>"]],
  SC028: [["timeout=\"nothing\"", "timeout=\"nobody\""]],
  SC029: [["<needs meter=\"trust\" at-least=\"20\"/>", "<needs meter=\"luck\" at-least=\"20\"/>"]],
  SC030: [["<p>Bad.</p>", "<p>Bad.</p><image src=\"/static/a.png\"/>"]],
  SC032: [["at-least=\"20\"", "at-least=\"101\""]],
  SC033: [["otherwise=\"hurt\"", "otherwise=\"gone\""]],
  SC034: [["start=\"50\"", "start=\"500\""]],
  SC038: [["<effect meter=\"trust\" by=\"10\"/>", ""]],
  SC039: [["<p>Hale has him down.</p>", "<needs level=\"words\"/><p>Hale has him down.</p>"]],
  SC040: [["<needs-not choice=\"stop/speak\"/>", ""]],
  SC041: [["<p>Bad.</p>", "<p>Bad.</p><video src=\"/static/a.mp4\" title=\"a\"><transcript>b</transcript></video>"]],
  SC042: [["clock=\"20\"", "clock=\"soon\""]],
  SC043: [["show=\"play\"", "show=\"never\""]],
  SC046: [["<say who=\"Hale\">", "<say by=\"hale\">"]],
  SC047: [["<level id=\"signal\"", "<person id=\"hale\" name=\"Hale\" portrait=\"https://example.org/a.png\"/><level id=\"signal\""]],
  SC048: [
    ["<level id=\"signal\"", "<person id=\"a\" name=\"A\"/><person id=\"b\" name=\"B\"/><level id=\"signal\""],
    ["<scene id=\"stop\"", "<scene as=\"a\" id=\"stop\""], ["<scene id=\"later\"", "<scene as=\"b\" id=\"later\""],
  ],
  SC049: [["<level id=\"signal\"", "<person id=\"a\" name=\"A\"/><person id=\"b\" name=\"A\"/><level id=\"signal\""]],
};

test("a person has a name, an id of their own, and is somebody whom a scene may be played as", () => {
  const cast = (people, scene = "") => STORY.replace("<level id=\"signal\"", `${people}<level id="signal"`).replace("<scene id=\"stop\"", `<scene ${scene} id="stop"`);
  assert.deepEqual(codes(cast("<person id=\"hale\" name=\"Hale\"/>")), []);
  assert.deepEqual(codes(cast("<person id=\"hale\"/>")), ["SC016"]);
  assert.deepEqual(codes(cast("<person id=\"hale\" name=\"Hale\"/><person id=\"hale\" name=\"Other\"/>")), ["SC005"]);
  assert.deepEqual(codes(cast("", "as=\"hale\"")), ["SC046"]);
  assert.deepEqual(codes(cast("", "audio=\"a.mp3\"")), ["SC047"]);
  assert.deepEqual(codes(STORY.replace("<say who", "<say audio=\"a.mp3\" who")), ["SC047"]);
});

test("a picture has words or is a decoration, and not both", () => {
  const with_ = (attributes) => STORY.replace("<p>Bad.</p>", `<p>Bad.</p><image src="/static/a.png" ${attributes}/>`);
  assert.deepEqual(codes(with_("alt=\"A gate\"")), []);
  assert.deepEqual(codes(with_("decorative=\"yes\"")), []);
  assert.deepEqual(codes(with_("alt=\"\" decorative=\"yes\"")), []);
  const [problem] = found(with_("alt=\"A gate\" decorative=\"yes\""));
  assert.deepEqual([problem.code, problem.values.part, problem.field], ["SC030", "decorative", "line.1.alt"]);
});

for (const [code, changes] of Object.entries(SPOILT)) {
  test(`${code} is found`, () => {
    let text = STORY;
    for (const [from, to] of changes) {
      assert.ok(text.includes(from));
      text = text.replace(from, to);
    }
    assert.ok(codes(text).includes(code), String(codes(text)));
  });
}

test("what cannot be reached, and loops without a way out", () => {
  assert.deepEqual(codes(STORY.replace("to=\"calm\" points=\"3\"", "to=\"later\" points=\"3\"").replace("<choice id=\"aid\" to=\"calm\"", "<choice id=\"aid\" to=\"hurt\"")), ["SC007"]);
  const round = STORY.replace("to=\"hurt\" points=\"0\"", "to=\"later\" points=\"0\"").replace("<choice id=\"aid\" to=\"calm\"", "<choice id=\"aid\" to=\"later\"")
    .replace("to=\"stop\" points=\"0\"", "to=\"later\" points=\"0\"").replace(" otherwise=\"hurt\"", "").replace("<needs-not choice=\"stop/speak\"/>", "");
  assert.deepEqual(codes(round), ["SC007", "SC027"]);
  assert.deepEqual(codes(""), ["SC002", "SC003"]);
});

test("one choice is no decision, none is a dead end", () => {
  const choice = "<choice id=\"b\" to=\"c\" points=\"1\"><text>t</text><outcome>o</outcome><why>w</why></choice>";
  const ending = "<ending id=\"c\" title=\"c\" result=\"good\"><p>c</p></ending>";
  assert.deepEqual(codes(`<scene id="a" title="a"><p>a</p>${choice}</scene>${ending}`), ["SC010"]);
  assert.ok(codes(`<scene id="a" title="a"><p>a</p></scene>${ending}`).includes("SC009"));
  assert.ok(codes(`<scene id="a" title="a"><p>a</p>${choice.replace("<text>", "<needs level=\"x\"/><text>")}</scene>${ending}`).includes("SC031"));
  assert.ok(codes(`<scene id="a" title="a"><p>a</p>${choice.replace("points", "offered=\"no\" points")}</scene>${ending}`).includes("SC037"));
});

test("problems say where they are", () => {
  const [problem] = found(STORY.replace("<text>Wait.</text>", "<text></text>"));
  assert.deepEqual([problem.key, problem.at, problem.field, problem.values.part], ["scene:stop", {choice: 1}, "choice.1.text", "text"]);
  assert.equal(counts([problem]).get("scene:stop"), 1);
});

test("points of endings count when endings are scored", () => {
  assert.deepEqual(codes(STORY, {scoreBy: "endings"}), ["SC013"]);
  assert.deepEqual(codes(STORY.replace("result=\"good\"", "result=\"good\" points=\"5\""), {scoreBy: "both"}), []);
});

test("the story in numbers", () => {
  const numbers = statisticsOf(read(STORY));
  assert.deepEqual({...numbers, words: numbers.words > 40}, {
    scenes: 2, choices: 6, endings: 2, reachedEndings: 2, words: true, shortest: 1, longest: 2, exact: true, points: null,
  });
  const plain = STORY.replace(" otherwise=\"hurt\"", "").replace("<needs-not choice=\"stop/speak\"/>", "").replace("<needs meter=\"trust\" at-least=\"20\"/>", "").replace("to=\"stop\"", "to=\"hurt\"");
  assert.equal(statisticsOf(read(plain)).points, 3);
  assert.equal(statisticsOf(read(plain.replace("result=\"bad\"", "result=\"bad\" points=\"9\"")), "both").points, 9);
  assert.deepEqual(statisticsOf(read("")).shortest, null);
});

test("words are found in ids, titles and texts, accents and case aside", () => {
  const story = read(STORY.replace("He looks up.", "He looks úp."));
  assert.deepEqual(find(story, "LOOKS up").map((hit) => [hit.key, hit.choice, hit.part]), [["scene:stop", 0, "outcome"]]);
  assert.equal(find(story, "later")[0].key, "scene:later");
  assert.equal(find(story, "hale stay")[0].part, "line");
  assert.deepEqual(find(story, "  "), []);
  assert.equal(find(story, "byrd")[0].part, "authority");
});

const rows = (story) => (key) => dataOf(story.entry(key).piece).choices.length;

test("boxes never cover each other, and the story leads on to the next layer", () => {
  const story = read(STORY);
  const places = layout(story, rows(story));
  assert.equal(places.size, 4);
  assert.ok(places.get("scene:later").x > places.get("scene:stop").x);
  assert.ok(places.get("ending:calm").x > places.get("scene:later").x);
  assert.ok(apart(story, places));
});

function apart(story, places) {
  const boxes = [...places].map(([key, {x, y}]) => ({x, y, height: heightOf(rows(story)(key))}));
  return boxes.every((one, index) => boxes.slice(index + 1).every((other) =>
    Math.abs(one.x - other.x) >= BOX.width || one.y + one.height <= other.y || other.y + other.height <= one.y));
}

test("three hundred scenes are laid out, checked and counted in a moment", () => {
  const text = Array.from({length: 300}, (_one, n) => `<scene id="s${n}" title="S${n}"><p>x</p>${[1, 2, 7].map((step, c) =>
    `<choice id="c${c}" to="${n + step < 300 ? `s${n + step}` : "e"}" points="1"><text>t${c}</text><outcome>o</outcome><why>w</why></choice>`).join("")}</scene>\n`).join("");
  const story = read(`${text}<ending id="e" title="E" result="good"><p>e</p></ending>`);
  const began = performance.now();
  const places = layout(story, rows(story));
  problemsOf(story);
  const numbers = statisticsOf(story);
  assert.ok(performance.now() - began < 1500);
  assert.ok(apart(story, places));
  assert.deepEqual([numbers.longest, numbers.points, numbers.shortest], [300, 300, 43]);
});

test("a new box finds a free place, and arrow keys find their neighbours", () => {
  const taken = [{x: 300, y: 0, height: 100}];
  assert.deepEqual(freePlace({x: 0, y: 10}, taken, 80), {x: 300, y: 100 + BOX.along});
  const story = read(STORY);
  const graph = graphOf(story);
  const places = layout(story, rows(story));
  const height = (key) => heightOf(rows(story)(key));
  assert.equal(neighbourOf(graph, places, "scene:stop", "on", height), "ending:calm");
  assert.equal(neighbourOf(graph, places, "ending:hurt", "back", height), "scene:later");
  assert.ok(["ending:calm", "ending:hurt"].includes(neighbourOf(graph, places, "ending:calm", "down", height) ?? neighbourOf(graph, places, "ending:calm", "up", height)));
});
