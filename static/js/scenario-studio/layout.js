// Where the boxes of the map stand. Numbers in, numbers out: layers along the story's direction, from the start on; within a layer
// boxes stand in the order that crosses the fewest arrows, beside those they come from.
import {graphOf, ordered} from "./graph.js";

export const BOX = {width: 208, head: 54, row: 24, foot: 8, across: 92, along: 24};
const SWEEPS = 6;

/** The height of a box with so many choices. @param {number} choices */
export const heightOf = (choices) => BOX.head + choices * BOX.row + BOX.foot;

/**
 * Places of all boxes: a Map from key to {x, y}; `choices(key)` is how many rows a box has.
 * @param {Story} story @param {(key: string) => number} choices
 */
export function layout(story, choices) {
  const graph = graphOf(story);
  const {order, back} = ordered(graph);
  const layers = layersOf(graph, order, back);
  const rows = arrange(layers, graph, back);
  return place(rows, graph, back, choices);
}

/** @param {Graph} graph @param {any} order @param {Set<Arrow>} back */
function layersOf(graph, order, back) {
  const depth = new Map();
  for (const key of order) {
    if (!depth.has(key)) depth.set(key, 0);
    for (const arrow of graph.arrows.get(key)) {
      if (arrow.to && !back.has(arrow)) depth.set(arrow.to, Math.max(depth.get(arrow.to) ?? 0, depth.get(key) + 1));
    }
  }
  /** @type {string[][]} */
  const layers = [];
  for (const key of order) (layers[depth.get(key)] ??= []).push(key);
  return Array.from(layers, (layer) => layer ?? []);
}

/** @param {Graph} graph @param {Set<Arrow>} back @param {Key} key @param {boolean} backwards */
function neighbours(graph, back, key, backwards) {
  /** @type {[Arrow, Key][]} */
  const arrows = backwards ? graph.into.get(key).map((arrow) => [arrow, arrow.from]) : graph.arrows.get(key).map((arrow) => [arrow, arrow.to]);
  return arrows.filter(([arrow, other]) => other && !back.has(arrow)).map(([, other]) => other);
}

/** @param {string[][]} layers @param {Graph} graph @param {Set<Arrow>} back */
function arrange(layers, graph, back) {
  const rows = layers.map((layer) => [...layer]);
  const rank = new Map();
  const number = () => rows.forEach((row) => row.forEach((key, index) => rank.set(key, row.length > 1 ? index / (row.length - 1) : 0.5)));
  number();
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const backwards = sweep % 2 === 0;
    const turns = backwards ? rows.keys() : [...rows.keys()].reverse();
    for (const turn of turns) {
      const middle = new Map();
      rows[turn].forEach((key) => {
        const near = neighbours(graph, back, key, backwards);
        middle.set(key, near.length ? near.reduce((sum, other) => sum + rank.get(other), 0) / near.length : rank.get(key));
      });
      rows[turn].sort((one, other) => middle.get(one) - middle.get(other));
      rows[turn].forEach((key, index) => rank.set(key, rows[turn].length > 1 ? index / (rows[turn].length - 1) : 0.5));
    }
  }
  return rows;
}

/** @param {string[][]} rows @param {Graph} graph @param {Set<Arrow>} back @param {(key: string) => number} choices */
function place(rows, graph, back, choices) {
  const places = new Map();
  /** @param {any} key */
  const height = (key) => heightOf(choices(key));
  rows.forEach((row, layer) => {
    const wanted = row.map((key) => {
      const near = neighbours(graph, back, key, true).filter((other) => places.has(other));
      return near.length ? near.reduce((sum, other) => sum + places.get(other).y + height(other) / 2, 0) / near.length - height(key) / 2 : null;
    });
    let y = -Infinity;
    const tops = row.map((key, index) => {
      const top = Math.max(wanted[index] ?? (Number.isFinite(y) ? y : 0), y);
      y = top + height(key) + BOX.along;
      return top;
    });
    // what was pushed down only by the row before it moves back up, together, as far as the first allows
    const pushed = tops.reduce((sum, top, index) => sum + (wanted[index] === null ? 0 : top - wanted[index]), 0) / Math.max(row.length, 1);
    row.forEach((key, index) => places.set(key, {x: layer * (BOX.width + BOX.across), y: tops[index] - pushed}));
  });
  let top = Infinity;
  for (const {y} of places.values()) top = Math.min(top, y);
  for (const one of places.values()) one.y = Math.round(one.y - top);
  return places;
}

/**
 * A free place for a new box beside `from` ({x, y} or null), among `taken` ({x, y, height}).
 * @param {any} from @param {any[]} taken @param {number} height
 */
export function freePlace(from, taken, height) {
  const x = from ? from.x + BOX.width + BOX.across : 0;
  const column = taken.filter((one) => Math.abs(one.x - x) < BOX.width).sort((one, other) => one.y - other.y);
  let y = from ? from.y : 0;
  for (const one of column) {
    if (one.y < y + height + BOX.along && one.y + one.height + BOX.along > y) y = one.y + one.height + BOX.along;
  }
  return {x, y};
}

/**
 * The box that an arrow key leads to from `key`: along arrows sideways, to the nearest box above or below.
 * @param {Graph} graph @param {Map<string, Point>} places @param {Key} key @param {string} direction
 * @param {(key: string) => number} heights
 */
export function neighbourOf(graph, places, key, direction, heights) {
  const here = places.get(key);
  /** @param {any} one */
  const middle = (one) => places.get(one).y + heights(one) / 2;
  /** @param {string[]} keys */
  const nearest = (keys) => keys.filter((one) => one !== key && places.has(one))
    .sort((one, other) => distance(one) - distance(other))[0] ?? null;
  /** @param {any} one */
  const distance = (one) => Math.abs(middle(one) - middle(key)) + Math.abs(places.get(one).x - here.x) * 2;
  if (direction === "on") return graph.arrows.get(key).map((arrow) => arrow.to).find((one) => one && one !== key) ?? null;
  if (direction === "back") return nearest([...new Set(graph.into.get(key).map((arrow) => arrow.from))]);
  const sign = direction === "down" ? 1 : -1;
  const beyond = [...places.keys()].filter((one) => one !== key && sign * (middle(one) - middle(key)) > 0.5);
  const column = beyond.filter((one) => Math.abs(places.get(one).x - here.x) < BOX.width / 2);
  return nearest(column.length ? column : beyond);
}
