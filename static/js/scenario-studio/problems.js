// The author's mistakes, found while they type. The codes are those of the server's rules, which have the last word at every save.
// A problem is {code, severity, key, at, field, values}: the entry and place it is about, and what its sentence names.
import {dataOf} from "./scene.js";
import {graphOf} from "./graph.js";
import {usable} from "./outline.js";

const POINTS = /^\d{1,6}$/;
const WHOLE = /^[+-]?\d{1,6}$/;
const RESULTS = new Set(["good", "mixed", "bad"]);
const CLOCK = {least: 5, most: 600};
const WARNINGS = new Set(["SC010", "SC015", "SC026", "SC027", "SC032", "SC037", "SC038", "SC040", "SC041", "SC048", "SC049"]);
const MEDIA = new Set(["image", "video", "audio"]);
const ASSET = /^\/static\/[\p{L}\p{N}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)+$/u;
const known = new WeakMap();

/**
 * Every mistake, in order of the story. `authorities`: the slugs of the library, null when not known.
 * @param {Story} story @param {{authorities?: Set<string> | null, scoreBy?: string}} [options] @returns {Problem[]}
 */
export function problemsOf(story, {authorities = null, scoreBy = "choices"} = {}) {
  const before = known.get(story);
  if (before && before.authorities === authorities && before.scoreBy === scoreBy) return before.found;
  /** @type {Problem[]} */
  const found = [];
  const rank = new Map(story.entries.map((entry, index) => [entry.key, index]));
  /** @param {string} code @param {Key} key @param {Record<string, any>} [values] @param {any} [at] @param {string} [field] */
  const add = (code, key, values = {}, at = null, field = "") => {
    found.push({code, severity: WARNINGS.has(code) ? "warning" : "error", key: key ?? null, at, field, values});
  };
  const world = worldOf(story, authorities, scoreBy);
  whole(world, add);
  for (const entry of story.entries) {
    const data = dataOf(entry.piece);
    named(world, entry, data, add);
    if (entry.kind === "other") add("SC020", entry.key, {name: entry.piece.element.name});
    if (entry.kind === "person") person(world, entry, data, add);
    if (entry.kind === "meter") meter(world, entry, data, add);
    if (entry.kind === "scene" || entry.kind === "ending") moment(world, entry, data, add);
    if (entry.kind === "scene") scene(world, entry, data, add);
    if (entry.kind === "ending") ending(entry, data, add);
  }
  found.sort((one, other) => (rank.get(one.key) ?? -1) - (rank.get(other.key) ?? -1));
  known.set(story, {authorities, scoreBy, found});
  return found;
}

/** How many problems each entry has. @param {any} problems */
export function counts(problems) {
  const made = new Map();
  for (const {key} of problems) if (key) made.set(key, (made.get(key) ?? 0) + 1);
  return made;
}

/** @param {Story} story @param {Set<string> | null} authorities @param {string} scoreBy */
function worldOf(story, authorities, scoreBy) {
  const ids = new Map();
  for (const entry of story.entries) {
    const space = entry.kind === "ending" ? "scene" : entry.kind;
    const name = `${space}:${entry.id}`;
    ids.set(name, [...(ids.get(name) ?? []), entry]);
  }
  const scenes = story.of("scene").map((entry) => dataOf(entry.piece));
  const meters = new Map(story.of("meter").map((entry) => [entry.id, dataOf(entry.piece)]));
  const levels = new Set(story.of("level").map((entry) => entry.id));
  const people = story.of("person").map((entry) => dataOf(entry.piece));
  const cast = new Set(people.map((one) => one.id));
  const played = [...new Set(scenes.map((one) => one.as).filter((id) => cast.has(id)))];
  const choices = new Set(scenes.flatMap((one) => one.choices.map((choice) => `${one.id}/${choice.id}`)));
  const usedLevels = new Set(scenes.flatMap((one) => [one.level, ...one.choices.map((choice) => choice.level)]));
  const levelsOnChoices = scenes.some((one) => one.choices.some((choice) => choice.level));
  const moved = new Set(scenes.flatMap((one) => one.choices.flatMap((choice) => choice.effects.filter((effect) => Number(effect.by)).map((effect) => effect.meter))));
  return {story, graph: graphOf(story), ids, meters, levels, choices, usedLevels, levelsOnChoices, moved, authorities, scoreBy, scenes, people, cast, played};
}

/** @param {{story: Story, scenes: Data[], scoreBy: string, usedLevels: Set<string>, graph: Graph}} options @param {AddProblem} add */
function whole({story, scenes, scoreBy, usedLevels, graph}, add) {
  const endings = story.of("ending");
  if (!scenes.length) add("SC002", "");
  if (!endings.length) add("SC003", "");
  else if (graph.start && !graph.closing.has(graph.start)) add("SC036", "");
  for (const key of circles(graph)) add("SC027", key);
  const points = [
    ...(scoreBy === "endings" ? [] : scenes.flatMap((one) => one.choices.map((choice) => choice.points))),
    ...(scoreBy === "choices" ? [] : endings.map((entry) => dataOf(entry.piece).points)),
  ];
  if (points.length && points.every((one) => one === "" || Number(one) === 0)) add("SC013", "");
  for (const entry of story.of("level")) if (entry.id && !usedLevels.has(entry.id)) add("SC015", entry.key, {id: entry.id});
}

/** Of each circle of scenes from which no ending can be reached, the first scene. @param {Graph} graph */
function circles(graph) {
  const lost = graph.nodes.filter((node) => graph.reached.has(node.key) && !graph.closing.has(node.key)).map((node) => node.key);
  if (!graph.closing.has(graph.start)) return []; // SC036 says more
  const told = new Set();
  return lost.filter((key) => {
    if (told.has(key)) return false;
    const seen = new Set();
    const todo = graph.arrows.get(key).map((arrow) => arrow.to);
    while (todo.length) {
      const here = todo.pop();
      if (!here || seen.has(here)) continue;
      seen.add(here);
      todo.push(...graph.arrows.get(here).map((arrow) => arrow.to));
    }
    if (!seen.has(key)) return false;
    for (const one of seen) told.add(one);
    return true;
  });
}

/** @param {{ids: any}} options @param {Entry} entry @param {Data} data @param {AddProblem} add */
function named({ids}, entry, data, add) {
  if (["introduction", "other"].includes(entry.kind)) return;
  if (!entry.id) add("SC004", entry.key, {id: ""}, null, "id");
  else if (!usable(entry.id)) add("SC004", entry.key, {id: entry.id}, null, "id");
  const same = ids.get(`${entry.kind === "ending" ? "scene" : entry.kind}:${entry.id}`);
  if (entry.id && same.length > 1 && same[0] !== entry) add("SC005", entry.key, {id: entry.id}, null, "id");
  if (!data.title) add("SC016", entry.key, {id: entry.id, part: entry.kind === "person" ? "person" : ""}, null, "title");
}

/** @param {any} world @param {Entry} entry @param {Data} data @param {AddProblem} add */
function person({people, played}, entry, data, add) {
  if (data.portrait && !ASSET.test(data.portrait)) add("SC047", entry.key, {}, null, "portrait");
  if (entry.id && played.indexOf(entry.id) > 0 && !data.plain) add("SC048", entry.key, {name: data.title}, null, "knows");
  if (data.title && people.find((/** @type {Data} */ one) => one.title === data.title) !== data) add("SC049", entry.key, {name: data.title}, null, "title");
}

/** @param {any} world @param {Entry} entry @param {Data} data @param {AddProblem} add */
function meter({moved}, entry, data, add) {
  const start = data.start || "50";
  const lowest = data.lowest || "0";
  const highest = data.highest || "100";
  const sound = [start, lowest, highest].every((value) => WHOLE.test(value));
  if (!sound || !(Number(lowest) < Number(highest)) || Number(start) < Number(lowest) || Number(start) > Number(highest)) {
    add("SC034", entry.key, {id: entry.id}, null, "start");
  }
  if (!["", "play", "end"].includes(data.show)) add("SC043", entry.key, {show: data.show}, null, "show");
  if (entry.id && !moved.has(entry.id)) add("SC038", entry.key, {id: entry.id});
}

/** @param {any} world @param {Entry} entry @param {Data} data @param {AddProblem} add */
function moment(world, entry, data, add) {
  const {graph, story} = world;
  if (!graph.reached.has(entry.key)) add("SC007", entry.key, {id: entry.id});
  if (!data.lines.some((line) => line.plain || MEDIA.has(line.kind))) add("SC017", entry.key, {id: entry.id}, null, "line.0");
  data.lines.forEach((line, number) => (line.kind === "say" ? speech(world, entry, line, number, add) : media(entry, line, number, add)));
  needs(world, entry, data.needs, {}, add);
  if (data.otherwise && !story.target(data.otherwise)) add("SC033", entry.key, {part: "unknown", to: data.otherwise}, null, "otherwise");
  else if (data.needs.length && !data.otherwise) add("SC033", entry.key, {}, null, "otherwise");
  else if (data.otherwise && !data.needs.length) add("SC040", entry.key, {}, null, "otherwise");
  if (data.needs.length && graph.start === entry.key) add("SC039", entry.key, {}, null, "need.0");
}

/** @param {any} world @param {Entry} entry @param {any} line @param {number} number @param {AddProblem} add */
function speech({cast}, entry, line, number, add) {
  /** @param {string} code @param {Record<string, any>} values @param {string} [field] */
  const mark = (code, values, field = "who") => add(code, entry.key, values, {line: number}, `line.${number}.${field}`);
  if (!line.who && !line.by) mark("SC024", {});
  if (line.by && !cast.has(line.by)) mark("SC046", {name: line.by});
  if (line.audio && !ASSET.test(line.audio)) mark("SC047", {}, "audio");
}

/** @param {Entry} entry @param {any} line @param {number} number @param {AddProblem} add */
function media(entry, line, number, add) {
  const key = `line.${number}`;
  /** @param {string} code @param {Record<string, any>} values @param {string} [field] */
  const mark = (code, values, field = key) => add(code, entry.key, values, {line: number}, field);
  if (line.kind === "other") mark("SC020", {name: line.first.name});
  if (!MEDIA.has(line.kind)) return;
  if (!ASSET.test(line.src)) mark("SC030", {part: "src"}, `${key}.src`);
  if (line.kind === "image") {
    if (line.decorative === "yes" ? line.alt : !line.alt) mark("SC030", {part: line.decorative === "yes" ? "decorative" : "alt"}, `${key}.alt`);
    return;
  }
  if (!line.title) mark("SC030", {part: "title"}, `${key}.title`);
  if (!line.plain) mark("SC030", {part: "transcript"}, `${key}.transcript`);
  if (line.captions && !(ASSET.test(line.captions) && /\.vtt$/i.test(line.captions))) mark("SC030", {part: "captions"}, `${key}.captions`);
  if (line.kind === "video" && !line.captions) mark("SC041", {}, `${key}.captions`);
}

/** @param {any} world @param {Entry} entry @param {Data} data @param {AddProblem} add */
function scene(world, entry, data, add) {
  const {story, levels, levelsOnChoices, meters, authorities, scoreBy, cast} = world;
  if (data.as && !cast.has(data.as)) add("SC046", entry.key, {name: data.as}, null, "as");
  if (data.audio && !ASSET.test(data.audio)) add("SC047", entry.key, {}, null, "audio");
  const offered = data.choices.filter((choice) => choice.offered !== "no");
  if (!data.choices.length) add("SC009", entry.key, {id: entry.id});
  else if (offered.every((choice) => choice.needs.length)) add("SC031", entry.key, {id: entry.id});
  if (offered.length === 1) add("SC010", entry.key, {id: entry.id});
  if (data.level && !levels.has(data.level)) add("SC014", entry.key, {id: entry.id, level: data.level}, null, "level");
  else if (!data.level && levels.size && !levelsOnChoices) add("SC014", entry.key, {id: entry.id, level: ""}, null, "level");
  clock(entry, data, add);
  const ids = new Set();
  const texts = new Set();
  data.choices.forEach((choice, number) => {
    const at = {choice: number};
    /** @param {string} code @param {Record<string, any>} values @param {string} field */
    const mark = (code, values, field) => add(code, entry.key, {id: choice.id, ...values}, at, `choice.${number}.${field}`);
    if (!choice.id || !usable(choice.id)) mark("SC004", {}, "id");
    else if (ids.has(choice.id)) mark("SC005", {}, "id");
    ids.add(choice.id);
    if (!story.target(choice.to)) mark("SC006", {to: choice.to}, "to");
    for (const part of /** @type {const} */ (["text", "outcome", "why"])) if (!choice[part]) mark("SC011", {part}, part);
    if (scoreBy !== "endings" && !POINTS.test(choice.points)) mark("SC012", {points: choice.points}, "points");
    if (choice.level && !levels.has(choice.level)) mark("SC014", {level: choice.level}, "level");
    if (choice.offered !== "no" && !choice.needs.length) {
      if (choice.text && texts.has(choice.text)) mark("SC026", {}, "text");
      texts.add(choice.text);
    }
    choice.authorities.forEach((authority, index) => {
      if (authorities && !authorities.has(authority.ref)) mark("SC019", {slug: authority.ref}, `authority.${index}`);
    });
    choice.effects.forEach((effect, index) => {
      if (!meters.has(effect.meter) || !WHOLE.test(effect.by)) mark("SC029", {part: "effect", name: effect.meter}, `effect.${index}`);
    });
    needs(world, entry, choice.needs, at, add);
    if (choice.offered === "no" && (!data.clock || data.timeout !== choice.id)) mark("SC037", {}, "offered");
  });
}

/** @param {Entry} entry @param {Data} data @param {AddProblem} add */
function ending(entry, data, add) {
  if (!RESULTS.has(data.result)) add("SC018", entry.key, {id: entry.id}, null, "result");
  if (data.points && !POINTS.test(data.points)) add("SC012", entry.key, {id: entry.id, points: data.points}, null, "points");
}

/** @param {Entry} entry @param {Data} data @param {AddProblem} add */
function clock(entry, data, add) {
  /** @param {string} code @param {any} part @param {string} field */
  const mark = (code, part, field) => add(code, entry.key, {id: entry.id, part, name: data.timeout}, null, field);
  const timeout = data.choices.find((choice) => choice.id === data.timeout);
  if (data.clock && !POINTS.test(data.clock)) mark("SC042", "", "clock");
  else if (data.timeout && !data.clock) mark("SC028", "idle", "clock");
  else if (!data.clock) return;
  else if (Number(data.clock) < CLOCK.least || Number(data.clock) > CLOCK.most) mark("SC028", "clock", "clock");
  else if (!data.timeout) mark("SC028", "timeout", "timeout");
  else if (!timeout) mark("SC028", "unknown", "timeout");
  else if (timeout.needs.length) mark("SC028", "needs", "timeout");
}

/**
 * @param {{meters: any, levels: any, choices: any}} options @param {Entry} entry @param {Need[]} list @param {any} at
 * @param {AddProblem} add
 */
function needs({meters, levels, choices}, entry, list, at, add) {
  list.forEach((need, number) => {
    const field = at.choice === undefined ? `need.${number}` : `choice.${at.choice}.need.${number}`;
    /** @param {any} part @param {string} [code] */
    const mark = (part, code = "SC029") => add(code, entry.key, {part, name: need.ref}, at.choice === undefined ? null : at, field);
    if (!need.ref) return mark("empty");
    if (need.kind === "choice") return choices.has(need.ref) ? null : mark("choice");
    if (need.kind === "level") return levels.has(need.ref) ? null : mark("level");
    const known = meters.get(need.ref);
    if (!known) return mark("meter");
    const bounds = [need.atLeast, need.atMost].filter((bound) => bound !== "");
    if (!bounds.length || !bounds.every((bound) => WHOLE.test(bound))) return mark("bounds");
    const least = need.atLeast === "" ? -Infinity : Number(need.atLeast);
    const most = need.atMost === "" ? Infinity : Number(need.atMost);
    const lowest = Number(known.lowest || 0);
    const highest = Number(known.highest || 100);
    const never = least > most || least > highest || most < lowest;
    const always = least <= lowest && most >= highest;
    return (need.negated ? always : never) ? mark("", "SC032") : null;
  });
}
