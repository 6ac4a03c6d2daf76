// The story in numbers.
import {dataOf} from "./scene.js";
import {graphOf, ordered} from "./graph.js";

const counted = new WeakMap();
const STEPS = 200000; // ways tried before the longest one is only estimated

/** @param {Piece} piece */
function wordsIn(piece) {
  if (!counted.has(piece)) counted.set(piece, (dataOf(piece).plain ?? "").split(/\s+/).filter(Boolean).length);
  return counted.get(piece);
}

/**
 * {scenes, choices, endings, reachedEndings, words, shortest, longest, exact, points}: decisions on the shortest and the longest
 * way to an ending that enters no scene twice (null: no ending is reached; `exact` false: at least so many), and the points of the
 * strongest way, null where conditions, loops or unsound points make it more than a sum.
 * @param {Story} story @param {string} [scoreBy]
 */
export function statisticsOf(story, scoreBy = "choices") {
  const graph = graphOf(story);
  const scenes = story.of("scene");
  const endings = story.of("ending");
  const {order, back} = ordered(graph);
  const looped = [...back].some((arrow) => graph.reached.has(arrow.from));
  const longest = looped ? searched(graph) ?? measured(graph, order, back, 1) : measured(graph, order, back, 1);
  return {
    scenes: scenes.length,
    choices: scenes.reduce((sum, scene) => sum + dataOf(scene.piece).choices.length, 0),
    endings: endings.length,
    reachedEndings: endings.filter((ending) => graph.reached.has(ending.key)).length,
    words: story.entries.reduce((sum, entry) => sum + wordsIn(entry.piece), 0),
    shortest: shortest(graph),
    longest,
    exact: !looped || searchedExactly.get(graph) === true,
    points: looped ? null : possible(story, graph, order, back, scoreBy),
  };
}

/** @param {Graph} graph */
function shortest(graph) {
  if (!graph.start) return null;
  const kinds = new Map(graph.nodes.map((node) => [node.key, node.kind]));
  let here = [graph.start];
  const seen = new Set(here);
  for (let decisions = 0; here.length; decisions += 1) {
    if (here.some((key) => kinds.get(key) === "ending")) return decisions;
    const next = [];
    for (const key of here) {
      for (const arrow of graph.arrows.get(key)) {
        if (arrow.to && arrow.kind !== "otherwise" && !seen.has(arrow.to)) {
          seen.add(arrow.to);
          next.push(arrow.to);
        }
      }
    }
    here = next;
  }
  return null;
}

/**
 * The longest way along arrows that close no loop. `worth(arrow)`: what an arrow adds; `last(key)`: what an ending adds.
 * @param {Graph} graph @param {any} order @param {Set<Arrow>} back @param {any} one @param {any} [worth] @param {any} [last]
 */
function measured(graph, order, back, one, worth = () => one, last = () => 0) {
  const kinds = new Map(graph.nodes.map((node) => [node.key, node.kind]));
  const best = new Map();
  for (const key of [...order].reverse()) {
    if (kinds.get(key) === "ending") {
      best.set(key, last(key));
      continue;
    }
    let most = null;
    for (const arrow of graph.arrows.get(key)) {
      const beyond = back.has(arrow) ? undefined : best.get(arrow.to);
      if (beyond === undefined || beyond === null) continue;
      const sum = beyond + (arrow.kind === "otherwise" ? 0 : worth(arrow));
      if (most === null || sum > most) most = sum;
    }
    best.set(key, most);
  }
  return graph.start ? best.get(graph.start) ?? null : null;
}

const searchedExactly = new WeakMap();

/** The longest way that enters no scene twice, by trying; null when there are too many ways. @param {Graph} graph */
function searched(graph) {
  if (!graph.start) return null;
  const kinds = new Map(graph.nodes.map((node) => [node.key, node.kind]));
  const ahead = new Map([...graph.arrows].map(([key, arrows]) => [key, [...new Set(arrows.filter((arrow) => arrow.kind !== "otherwise").map((arrow) => arrow.to))]]));
  let steps = 0;
  let longest = null;
  const path = new Set([graph.start]);
  const stack = [{key: graph.start, next: 0}];
  while (stack.length) {
    steps += 1;
    if (steps > STEPS) {
      searchedExactly.set(graph, false);
      return null;
    }
    const top = stack[stack.length - 1];
    const to = ahead.get(top.key)[top.next];
    top.next += 1;
    if (top.next > ahead.get(top.key).length) {
      path.delete(top.key);
      stack.pop();
    } else if (to && kinds.get(to) === "ending") {
      longest = Math.max(longest ?? 0, stack.length);
    } else if (to && !path.has(to)) {
      path.add(to);
      stack.push({key: to, next: 0});
    }
  }
  searchedExactly.set(graph, true);
  return longest;
}

/** @param {Story} story @param {Graph} graph @param {any} order @param {Set<Arrow>} back @param {string} scoreBy */
function possible(story, graph, order, back, scoreBy) {
  const data = new Map(graph.nodes.map((node) => [node.key, dataOf(node.piece)]));
  for (const one of data.values()) {
    if (one.needs.length || one.choices.some((choice) => choice.needs.length)) return null;
    if (scoreBy !== "endings" && one.choices.some((choice) => !/^\d{1,6}$/.test(choice.points))) return null;
  }
  /** @param {any} arrow */
  const worth = (arrow) => (scoreBy === "endings" || arrow.kind === "timeout" ? 0 : Number(data.get(arrow.from).choices[arrow.choice].points));
  /** @param {Key} key */
  const last = (key) => (scoreBy === "choices" ? 0 : Number(data.get(key).points || 0) || 0);
  return measured(graph, order, back, 1, worth, last);
}
