// Two authors saved the same block: what each has changed since they both started, piece by piece.
import {gap} from "./pieces.js";

/**
 * Elements that differ, as {key, kind, title, status}: "both" (changed here and there), "theirs", "mine"; without `base` (what
 * both started from) every difference is "differs". Texts that are no XML give null. `format` reads a text and names an entry; where it is
 * `ordered`, another order is a difference of its own, of kind "order".
 */
export function differences(base, mine, theirs, format) {
  const stories = readAll([base, mine, theirs], format);
  if (!stories) return null;
  const [began, here, there] = stories.map(byKey);
  const found = [];
  for (const key of new Set([...here.keys(), ...there.keys(), ...(began?.keys() ?? [])])) {
    const [before, ours, other] = [began?.get(key), here.get(key), there.get(key)];
    if (essence(ours) === essence(other)) continue;
    const entry = ours ?? other ?? before;
    const changed = (one) => essence(one) !== essence(before);
    const status = !began ? "differs" : changed(ours) && changed(other) ? "both" : changed(ours) ? "mine" : "theirs";
    found.push({key, kind: entry.kind, title: format.titleOf(entry) || entry.id, status});
  }
  if (format.ordered && !sameOrder(here, there)) {
    const [ours, others] = [here, there].map((one) => !began || !sameOrder(began, one));
    found.push({key: "", kind: "order", title: "", status: !began ? "differs" : ours && others ? "both" : ours ? "mine" : "theirs"});
  }
  return found;
}

/** My text with their changes wherever I have changed nothing; null when it cannot be told. */
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
      const before = there.entries.slice(0, there.entries.indexOf(theirEntry)).reverse().find((entry) => made.entry(entry.key));
      const at = before ? made.entry(before.key).index + 1 : 0;
      made = made.remade([...made.pieces.slice(0, at), gap("\n"), theirEntry.piece, ...made.pieces.slice(at)]);
    }
  }
  return (found.some((one) => one.kind === "order" && one.status === "theirs") ? inOrderOf(made, there) : made).text;
}

/** True when what both have stands in the same order. */
function sameOrder(one, other) {
  const [first, second] = [[one, other], [other, one]].map(([these, those]) => [...these.keys()].filter((key) => those.has(key)));
  return first.every((key, index) => key === second[index]);
}

/** `story` with what `other` has too in the order of that; all else, and what stands between, keeps its place. */
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

function readAll(texts, format) {
  try {
    return texts.map((text) => (text === null ? null : format.read(text)));
  } catch {
    return null;
  }
}

const byKey = (story) => (story ? new Map(story.entries.map((entry) => [entry.key, entry])) : null);
const essence = (entry) => (entry ? entry.piece.raw.replace(/>\s+</g, "><") : "");
