// Changes within one element of the story. Each function takes a story, the key of an entry and where in it, and returns a new
// story in which only that place is different. `at` says where: {choice, need, effect, authority, line}, numbers from 0.
import {dataOf} from "./scene.js";
import {elements, escapeAttribute} from "../studio/xml.js";
import {childBreak, insertedAfter, removed, spliced, swapped, withAttribute, withInner} from "../studio/xml-edit.js";
import {breakBeforePiece} from "../studio/pieces-edit.js";

const FIRST = new Set(["needs", "needs-not"]);
const PARTS = ["knows", "knows-not", "text", "outcome", "why", "effect", "authority"];

/** The element that `at` names. @param {Data} data @param {any} [at] */
function nodeAt(data, at = {}) {
  const base = /** @type {any} */ (typeof at.choice === "number" ? data.choices[at.choice] : data);
  if (at.need !== undefined) return base.needs[at.need].node;
  if (at.effect !== undefined) return base.effects[at.effect].node;
  if (at.authority !== undefined) return base.authorities[at.authority].node;
  if (at.line !== undefined) return base.lines[at.line].first;
  return base.node;
}

/** @param {Story} story @param {Key} key @param {(raw: string, data: Data, base: string) => string} edit */
function change(story, key, edit) {
  const entry = story.entry(key);
  if (!entry) return story;
  return story.rewritten(entry.index, edit(entry.piece.raw, dataOf(entry.piece), breakBeforePiece(story, entry)));
}

// -- values and prose --------------------------------------------------------------------------------------------------------------

/**
 * With an attribute set; an empty value takes it away.
 * @param {Story} story @param {Key} key @param {any} at @param {string} name @param {string} value
 */
export function setValue(story, key, at, name, value) {
  return change(story, key, (raw, data) => withAttribute(raw, nodeAt(data, at), name, value));
}

/**
 * With a line spoken by `name`: somebody in the cast by their id, anybody else by that name.
 * @param {Story} story @param {Key} key @param {number} line @param {string} name
 */
export function setSpeaker(story, key, line, name) {
  const person = story.named(name);
  const made = setValue(story, key, {line}, "by", person?.id ?? "");
  return setValue(made, key, {line}, "who", person ? "" : name);
}

/**
 * With the inside of an element of prose replaced: `part` is text, outcome, why, transcript, knows or knows-not; without it the element itself.
 * @param {Story} story @param {Key} key @param {any} at @param {string} part @param {string} content
 */
export function setProse(story, key, at, part, content) {
  return change(story, key, (raw, data, base) => {
    const parent = nodeAt(data, at);
    const target = part ? elements(parent).find((child) => child.name === part) : parent;
    if (target) return withInner(raw, target, content);
    if (!content) return raw;
    const xml = `<${part}>${content}</${part}>`;
    if (part === "transcript") return insertedAfter(raw, parent, null, xml, base);
    return insertedAfter(raw, parent, lastOf(parent, [...FIRST, ...PARTS.slice(0, PARTS.indexOf(part))]), xml, base);
  });
}

/**
 * With a run of paragraphs (a "prose" line) replaced by `xml`.
 * @param {Story} story @param {Key} key @param {number} line @param {string} xml
 */
export function setRun(story, key, line, xml) {
  return change(story, key, (raw, data) => {
    const {first, last} = data.lines[line];
    return spliced(raw, [{start: first.start, end: last.end, text: xml}]);
  });
}

/** The OLX of a line as it stands. @param {Story} story @param {Key} key @param {number} line */
export function lineXml(story, key, line) {
  const {piece} = story.entry(key);
  const {first, last} = dataOf(piece).lines[line];
  return piece.raw.slice(first.start, last.end);
}

// -- lines -------------------------------------------------------------------------------------------------------------------------

/**
 * With a new line after line number `after` (-1: as the first). `blocks`: when that line is a run of paragraphs, how many of them
 * stay before the new line. Returns {story, line}: the new line's number.
 * @param {Story} story @param {Key} key @param {number} after @param {string} xml @param {number} [blocks]
 */
export function addLine(story, key, after, xml, blocks = Infinity) {
  let line = after + 1;
  const made = change(story, key, (raw, data, base) => {
    const parent = data.node;
    const previous = data.lines[after];
    let node = previous?.last ?? lastOf(parent, [...FIRST]);
    if (previous?.kind === "prose") {
      const run = elements(parent).filter((child) => child.start >= previous.first.start && child.end <= previous.last.end);
      if (blocks < run.length) {
        node = run[blocks - 1] ?? lastBefore(parent, run[0]);
        if (blocks === 0) line = after;
      }
    }
    return insertedAfter(raw, parent, node, xml, base);
  });
  return {story: made, line};
}

/** @param {Story} story @param {Key} key @param {number} line */
export function removeLine(story, key, line) {
  return change(story, key, (raw, data) => removed(raw, data.lines[line].first.start, data.lines[line].last.end));
}

/** With a line one place up (-1) or down (1). @param {Story} story @param {Key} key @param {number} line @param {number} step */
export function moveLine(story, key, line, step) {
  return change(story, key, (raw, data) => {
    const one = data.lines[line];
    const other = data.lines[line + step];
    if (!one || !other) return raw;
    return swapped(raw, {start: one.first.start, end: one.last.end}, {start: other.first.start, end: other.last.end});
  });
}

/** @param {XmlNode} parent @param {string[]} names */
function lastOf(parent, names) {
  return elements(parent).filter((child) => names.includes(child.name)).at(-1) ?? null;
}

/** @param {XmlNode} parent @param {XmlNode} node */
function lastBefore(parent, node) {
  return elements(parent).filter((child) => child.end <= node.start).at(-1) ?? null;
}

// -- choices -----------------------------------------------------------------------------------------------------------------------

/** @param {Story} story @param {Key} key @param {string} id @param {string} [to] */
export function addChoice(story, key, id, to = "") {
  return change(story, key, (raw, data, base) => {
    const line = childBreak(raw, data.node, base);
    const within = line ? `${line}  ` : "";
    const parts = ["text", "outcome", "why"].map((name) => `${within}<${name}></${name}>`).join("");
    const xml = `<choice id="${escapeAttribute(id)}" to="${escapeAttribute(to)}" points="0">${parts}${line}</choice>`;
    return insertedAfter(raw, data.node, elements(data.node).at(-1) ?? null, xml, base);
  });
}

/** @param {Story} story @param {Key} key @param {number} choice @param {string} id */
export function cloneChoice(story, key, choice, id) {
  return change(story, key, (raw, data, base) => {
    const {node} = data.choices[choice];
    const shift = node.start;
    const moved = {...node, start: 0, attributes: node.attributes.map((one) => ({...one, start: one.start - shift, end: one.end - shift}))};
    return insertedAfter(raw, data.node, node, withAttribute(raw.slice(node.start, node.end), moved, "id", id), base);
  });
}

/** @param {Story} story @param {Key} key @param {number} choice */
export function removeChoice(story, key, choice) {
  return change(story, key, (raw, data) => removed(raw, data.choices[choice].node.start, data.choices[choice].node.end));
}

/** @param {Story} story @param {Key} key @param {number} choice @param {number} step */
export function moveChoice(story, key, choice, step) {
  return change(story, key, (raw, data) => {
    const one = data.choices[choice]?.node;
    const other = data.choices[choice + step]?.node;
    return one && other ? swapped(raw, one, other) : raw;
  });
}

// -- conditions, effects, authorities ----------------------------------------------------------------------------------------------

/** With a condition added (at: {} or {choice}). @param {Story} story @param {Key} key @param {any} at @param {string} xml */
export function addNeed(story, key, at, xml) {
  return change(story, key, (raw, data, base) => {
    const parent = nodeAt(data, at);
    return insertedAfter(raw, parent, lastOf(parent, [...FIRST]), xml, base);
  });
}

/**
 * The OLX of a condition: {negated, kind, ref, atLeast, atMost}.
 * @param {{negated: boolean, kind: string, ref: string, atLeast?: string, atMost?: string}} options
 */
export function needXml({negated, kind, ref, atLeast = "", atMost = ""}) {
  const bounds = kind === "meter" ? [["at-least", atLeast], ["at-most", atMost]].filter(([, value]) => value !== "") : [];
  const attributes = [[kind, ref], ...bounds].map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join("");
  return `<${negated ? "needs-not" : "needs"}${attributes}/>`;
}

/**
 * With the element that `at` names replaced by `xml`.
 * @param {Story} story @param {Key} key @param {any} at @param {string} xml
 */
export function replaceAt(story, key, at, xml) {
  return change(story, key, (raw, data) => {
    const node = nodeAt(data, at);
    return spliced(raw, [{start: node.start, end: node.end, text: xml}]);
  });
}

/** Without the element that `at` names. @param {Story} story @param {Key} key @param {any} at */
export function removeAt(story, key, at) {
  return change(story, key, (raw, data) => removed(raw, nodeAt(data, at).start, nodeAt(data, at).end));
}

/**
 * With an effect or authority added to a choice. `xml` is the whole element.
 * @param {Story} story @param {Key} key @param {number} choice @param {string} name @param {string} xml
 */
export function addToChoice(story, key, choice, name, xml) {
  return change(story, key, (raw, data, base) => {
    const parent = data.choices[choice].node;
    return insertedAfter(raw, parent, lastOf(parent, [...FIRST, ...PARTS.slice(0, PARTS.indexOf(name) + 1)]), xml, base);
  });
}
