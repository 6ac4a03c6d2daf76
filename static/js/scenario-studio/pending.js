// Fields whose text is no XML wait outside of the story, each at its place. A story that changes around them moves their places.
import {dataOf} from "./scene.js";

const PLACE = /^(choice|line)\.(\d+)(?=\.|$)/;

/**
 * The number that choice or line `number` of `before` has in `after`; null when it is gone.
 * @param {string} kind @param {number} number @param {Piece} before @param {Piece} after
 */
function moved(kind, number, before, after) {
  const [old, now] = [before, after].map((piece) => /** @type {any} */ (dataOf(piece))[`${kind}s`] ?? []);
  /** @param {Piece} piece @param {any[]} items */
  const raws = (piece, items) => items.map((item) => piece.raw.slice((item.first ?? item.node).start, (item.last ?? item.node).end));
  const was = raws(before, old)[number];
  if (was === undefined) return number;
  const same = raws(after, now);
  if (same[number] === was && now.length === old.length) return number;
  const found = same.map((raw, index) => /** @type {[string, number]} */ ([raw, index])).filter(([raw]) => raw === was)
    .sort(([, one], [, other]) => Math.abs(one - number) - Math.abs(other - number))[0];
  if (found) return found[1];
  if (kind === "choice" && old[number].id) {
    const index = now.findIndex((/** @type {Choice} */ choice) => choice.id === old[number].id);
    if (index >= 0) return index;
  }
  // its own text has changed, or it was deleted
  return now.length < old.length ? null : number;
}

/**
 * `pending` ("entry key|field" -> text) as it stands in the story `after`.
 * @param {Pending} pending @param {Story} before @param {Story} after
 */
export function carried(pending, before, after) {
  if (!pending.size || before === after) return pending;
  const made = new Map();
  for (const [field, text] of pending) {
    const bar = field.indexOf("|");
    const [key, name] = [field.slice(0, bar), field.slice(bar + 1)];
    const [old, now] = [before.entry(key)?.piece, after.entry(key)?.piece];
    const place = PLACE.exec(name);
    const number = old && now && old !== now && place ? moved(place[1], Number(place[2]), old, now) : place && Number(place[2]);
    if (number === null && place) continue; // gone, and its text with it
    made.set(place ? `${key}|${place[1]}.${number}${name.slice(place[0].length)}` : field, text);
  }
  return made;
}
