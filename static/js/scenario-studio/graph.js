// The story as a graph: who leads where, what can be reached, where a loop has no way out.
import {dataOf} from "./scene.js";

const known = new WeakMap();

/**
 * {nodes, start, arrows, into, reached, closing, simple} of a story. Nodes are the entries of scenes and endings; an arrow is
 * {from, to, choice, kind}: keys of entries (`to` null where the target does not exist), the choice's number, and "choice",
 * "timeout" (a choice only the clock takes) or "otherwise". `closing` are the keys from which an ending can be reached.
 * @param {Story} story
 */
export function graphOf(story) {
  if (!known.has(story)) known.set(story, work(story));
  return known.get(story);
}

/** @param {Story} story */
function work(story) {
  const nodes = story.of("scene", "ending");
  const keys = new Map();
  for (const node of nodes) if (node.id && !keys.has(node.id)) keys.set(node.id, node.key);
  /** @type {Map<string, any>} */
  const arrows = new Map(nodes.map((node) => [node.key, arrowsOf(node, keys)]));
  /** @type {Map<string, any>} */
  const into = new Map(nodes.map((node) => [node.key, []]));
  for (const list of arrows.values()) for (const arrow of list) if (arrow.to) into.get(arrow.to).push(arrow);
  const start = nodes.find((node) => node.kind === "scene")?.key ?? null;
  return {
    nodes,
    start,
    arrows,
    into,
    reached: walk(start ? [start] : [], (key) => arrows.get(key).map((/** @type {Arrow} */ arrow) => arrow.to)),
    closing: walk(nodes.filter((node) => node.kind === "ending").map((node) => node.key), (key) => into.get(key).map((/** @type {Arrow} */ arrow) => arrow.from)),
  };
}

/** @type {WeakMap<Piece, Arrow[]>} */
const arrowLists = new WeakMap();

/** @param {Entry} node @param {Map<string, string>} keys */
function arrowsOf(node, keys) {
  const data = dataOf(node.piece);
  const made = data.choices.map((choice, number) => ({
    from: node.key,
    to: keys.get(choice.to) ?? null,
    choice: number,
    kind: choice.offered === "no" ? "timeout" : "choice",
  }));
  if (data.otherwise) made.push({from: node.key, to: keys.get(data.otherwise) ?? null, choice: -1, kind: "otherwise"});
  // the same list as before where nothing has changed, so that a map sees at once which arrows are new
  const before = arrowLists.get(node.piece);
  if (before && before.length === made.length && before.every((one, index) => one.to === made[index].to && one.from === made[index].from)) return before;
  arrowLists.set(node.piece, made);
  return made;
}

/** @param {(string | null)[]} from @param {(key: string) => (string | null)[]} next */
function walk(from, next) {
  const seen = new Set(from);
  const todo = [...from];
  while (todo.length) {
    for (const key of next(/** @type {string} */ (todo.pop()))) {
      if (key && !seen.has(key)) {
        seen.add(key);
        todo.push(key);
      }
    }
  }
  return seen;
}

/**
 * The scenes in an order in which every arrow but those that close a loop leads on; with the arrows that close one.
 * @param {Graph} graph
 */
export function ordered(graph) {
  const state = new Map();
  const order = [];
  const back = new Set();
  const roots = [graph.start, ...graph.nodes.map((node) => node.key)].filter(Boolean);
  for (const root of roots) {
    if (state.has(root)) continue;
    const stack = [{key: root, next: 0}];
    state.set(root, "open");
    while (stack.length) {
      const top = stack[stack.length - 1];
      const arrow = graph.arrows.get(top.key)[top.next];
      top.next += 1;
      if (!arrow) {
        state.set(top.key, "done");
        order.push(top.key);
        stack.pop();
      } else if (arrow.to && state.get(arrow.to) === "open") {
        back.add(arrow);
      } else if (arrow.to && !state.has(arrow.to)) {
        state.set(arrow.to, "open");
        stack.push({key: arrow.to, next: 0});
      }
    }
  }
  return {order: order.reverse(), back};
}
