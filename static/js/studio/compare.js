// Two authors saved the same block: what each has changed since they both started, piece by piece.
import {gap} from "./pieces.js";

/**
 * Elements that differ, as {key, kind, title, status}: "both" (changed here and there), "theirs", "mine"; without `base` (what
 * both started from) every difference is "differs". Texts that are no XML give null. `format` reads a text and names an entry; where it is
 * `ordered`, another order is a difference of its own, of kind "order".
 * @param {string | null} base @param {string} mine @param {string} theirs @param {Format} format
 */
export function differences(base, mine, theirs, format) {
  const stories = readAll([base, mine, theirs], format);
  if (!stories) return null;
  const [began, here, there] = /** @type {Map<string, Entry>[]} */ (stories.map(byKey)); // `began` may be null
  const found = [];
  for (const key of new Set([...here.keys(), ...there.keys(), ...(began?.keys() ?? [])])) {
    const [before, ours, other] = [began?.get(key), here.get(key), there.get(key)];
    if (essence(ours) === essence(other)) continue;
    const entry = ours ?? other ?? before;
    /** @param {any} one */
    const changed = (one) => essence(one) !== essence(before);
    found.push({key, kind: entry.kind, title: format.titleOf?.(entry) || entry.id, status: statusOf(began, changed(ours), changed(other))});
  }
  if (format.ordered && !sameOrder(here, there)) {
    const [ours, others] = [here, there].map((one) => !began || !sameOrder(began, one));
    found.push({key: "", kind: "order", title: "", status: statusOf(began, ours, others)});
  }
  return found;
}

/** Who has made a difference: one of them has. @param {any} began @param {boolean} mine @param {boolean} theirs */
function statusOf(began, mine, theirs) {
  if (!began) return "differs";
  return mine && theirs ? "both" : mine ? "mine" : "theirs";
}

/**
 * My text with their changes wherever I have changed nothing; null when it cannot be told.
 * @param {string | null} base @param {string} mine @param {string} theirs @param {Format} format
 */
export function merged(base, mine, theirs, format) {
  const found = differences(base, mine, theirs, format);
  if (!found || base === null) return null;
  const wanted = new Map(found.filter((one) => one.status === "theirs" && one.key).map((one) => [one.key, one]));
  const there = format.read(theirs);
  let made = format.read(mine);
  for (const key of wanted.keys()) {
    const theirEntry = there.entry(key);
    const myEntry = made.entry(key);
    if (theirEntry && myEntry) made = made.with(myEntry.index, theirEntry.piece);
    else if (myEntry) made = made.with(myEntry.index);
    else {
      const before = there.entries.slice(0, there.entries.indexOf(theirEntry)).reverse().find((/** @type {Entry} */ entry) => made.entry(entry.key));
      const at = before ? made.entry(before.key).index + 1 : 0;
      made = made.remade([...made.pieces.slice(0, at), gap("\n"), theirEntry.piece, ...made.pieces.slice(at)]);
    }
  }
  return (found.some((one) => one.kind === "order" && one.status === "theirs") ? inOrderOf(made, there) : made).text;
}

/** True when what both have stands in the same order. @param {any} one @param {any} other */
function sameOrder(one, other) {
  const [first, second] = [[one, other], [other, one]].map(([these, those]) => [...these.keys()].filter((key) => those.has(key)));
  return first.every((key, index) => key === second[index]);
}

/**
 * `story` with what `other` has too in the order of that; all else, and what stands between, keeps its place.
 * @param {Pieces} story @param {Pieces} other
 */
function inOrderOf(story, other) {
  const order = other.entries.map((entry) => entry.key);
  const places = story.entries.filter((entry) => order.includes(entry.key));
  const sorted = [...places].sort((one, two) => order.indexOf(one.key) - order.indexOf(two.key));
  const pieces = [...story.pieces];
  places.forEach((entry, number) => {
    pieces[entry.index] = sorted[number].piece;
  });
  return story.remade(pieces);
}

/** @param {(string | null)[]} texts @param {Format} format */
function readAll(texts, format) {
  try {
    return texts.map((text) => (text === null ? null : format.read(text)));
  } catch {
    return null;
  }
}

/** @param {Pieces} story */
const byKey = (story) => (story ? new Map(story.entries.map((entry) => [entry.key, entry])) : null);
/** @param {any} entry */
const essence = (entry) => (entry ? entry.piece.raw.replace(/>\s+</g, "><") : "");
