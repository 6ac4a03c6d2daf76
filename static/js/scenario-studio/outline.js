// Changes to the row of elements: add, clone, move, delete, rename. An id that changes is changed wherever it is named.
import {dataOf} from "./scene.js";
import {Story, pieceOf} from "./story.js";
import {freeId, nextId} from "../studio/ids.js";
import {gap} from "../studio/pieces.js";
import {lineOf} from "../studio/pieces-edit.js";
import {elements, escapeAttribute} from "../studio/xml.js";
import {spliced, withAttribute} from "../studio/xml-edit.js";

const ORDER = ["introduction", "person", "level", "meter", "scene", "ending"];
const IDENTIFIER = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const LONGEST_IDENTIFIER = 60;

/** @param {string} id */
export const usable = (id) => IDENTIFIER.test(id) && id.length <= LONGEST_IDENTIFIER;

/** The ids that an entry of `kind` may not have. @param {Story} story @param {string} kind */
export function takenIds(story, kind) {
  const kinds = kind === "scene" || kind === "ending" ? ["scene", "ending"] : [kind];
  return new Set(story.of(...kinds).map((entry) => entry.id));
}

/**
 * With the element `raw` put in after entry `after`, or where its kind belongs. Returns {story, key}.
 * @param {Story} story @param {string} raw @param {string | null} [after]
 */
function insertEntry(story, raw, after = null) {
  const piece = pieceOf(raw);
  const rank = ORDER.indexOf(piece.kind);
  const before = after ? story.entry(after) : story.entries.filter((entry) => ORDER.indexOf(entry.kind) <= rank).at(-1);
  const at = before ? before.index + 1 : 0;
  const line = lineOf(story, "\n");
  const news = before ? [gap(line), piece] : [piece, ...(story.entries.length ? [gap(line)] : [])];
  // nothing but blanks so far: the element comes after them
  const start = !before && story.pieces[0]?.kind === "gap" && !story.entries.length ? 1 : at;
  const made = new Story([...story.pieces.slice(0, start), ...news, ...story.pieces.slice(start)]);
  return {story: made, key: made.entries.find((entry) => entry.piece === piece).key};
}

/**
 * With a new scene. `choices` are those that it has from the start, without words, by where they lead.
 * @param {Story} story @param {{title: string, level?: string, after?: string | null, choices?: {id: string, to: string, points: string}[]}} options
 */
export function newScene(story, {title, level = "", after = null, choices = []}) {
  const id = nextId(takenIds(story, "scene"), "scene");
  const line = lineOf(story, "\n");
  const levels = level ? ` level="${escapeAttribute(level)}"` : "";
  return insertEntry(story, `<scene id="${id}" title="${escapeAttribute(title)}"${levels}>${line}  <p></p>${choices.map((choice) => `${line}  ${choiceXml(choice)}`).join("")}${line}</scene>`, after);
}

/** @param {{id: string, to: string, points: string}} choice */
const choiceXml = ({id, to, points}) => `<choice id="${id}" to="${escapeAttribute(to)}" points="${escapeAttribute(points)}"><text></text><outcome></outcome><why></why></choice>`;

/** @param {Story} story @param {{title: string}} options */
export function newEnding(story, {title}) {
  const id = nextId(takenIds(story, "ending"), "ending");
  const line = lineOf(story, "\n");
  return insertEntry(story, `<ending id="${id}" title="${escapeAttribute(title)}" result="mixed">${line}  <p></p>${line}</ending>`);
}

/** @param {Story} story @param {{name: string}} options */
export function newPerson(story, {name}) {
  const id = nextId(takenIds(story, "person"), "person");
  return insertEntry(story, `<person id="${id}" name="${escapeAttribute(name)}"/>`);
}

/** @param {Story} story @param {{title: string}} options */
export function newLevel(story, {title}) {
  const id = nextId(takenIds(story, "level"), "level");
  return insertEntry(story, `<level id="${id}" title="${escapeAttribute(title)}"></level>`);
}

/** @param {Story} story @param {{title: string}} options */
export function newMeter(story, {title}) {
  const id = nextId(takenIds(story, "meter"), "meter");
  return insertEntry(story, `<meter id="${id}" title="${escapeAttribute(title)}" start="50" lowest="0" highest="100" show="play"></meter>`);
}

/** @param {Story} story */
export function newIntroduction(story) {
  return insertEntry(story, "<introduction><p></p></introduction>");
}

/**
 * With a copy of a scene or ending after it, under an id of its own.
 * @param {Story} story @param {Key} key @param {string} title
 */
export function cloneEntry(story, key, title) {
  const entry = story.entry(key);
  const id = freeId(takenIds(story, entry.kind), entry.id ? `${entry.id.slice(0, 50)}-copy` : "copy");
  const renamed = pieceOf(withAttribute(entry.piece.raw, entry.piece.element, "id", id));
  return insertEntry(story, withAttribute(renamed.raw, renamed.element, "title", title), key);
}

/** @param {Story} story @param {Key} key */
export function removeEntry(story, key) {
  const {index} = story.entry(key);
  const before = story.pieces[index - 1];
  const from = before?.kind === "gap" && !before.raw.trim() ? index - 1 : index;
  return new Story([...story.pieces.slice(0, from), ...story.pieces.slice(index + 1)]);
}

/**
 * With an entry one place up (-1) or down (1) among those of its kind.
 * @param {Story} story @param {Key} key @param {number} step
 */
export function moveEntry(story, key, step) {
  const entry = story.entry(key);
  const same = story.of(entry.kind);
  const other = same[same.indexOf(entry) + step];
  if (!other) return story;
  const pieces = [...story.pieces];
  [pieces[entry.index], pieces[other.index]] = [pieces[other.index], pieces[entry.index]];
  return new Story(pieces);
}

/** With a scene as the first one, where the story starts. @param {Story} story @param {Key} key */
export function makeStart(story, key) {
  const entry = story.entry(key);
  const first = story.of("scene")[0];
  if (!first || first.key === key) return story;
  const pieces = [...story.pieces];
  const before = pieces[entry.index - 1];
  const blank = before?.kind === "gap" && !before.raw.trim();
  pieces.splice(blank ? entry.index - 1 : entry.index, blank ? 2 : 1);
  pieces.splice(first.index, 0, entry.piece, ...(blank ? [before] : []));
  return new Story(pieces);
}

// -- renaming ----------------------------------------------------------------------------------------------------------------------

/** @type {Record<string, (name: string) => string[]>} */
const NAMED_BY = {
  scene: (node) => (/** @type {any} */ ({choice: ["to"], scene: ["otherwise"], ending: ["otherwise"]}))[node] ?? [],
  level: (node) => (/** @type {any} */ ({scene: ["level"], choice: ["level"], needs: ["level"], "needs-not": ["level"]}))[node] ?? [],
  person: (node) => (/** @type {any} */ ({say: ["by"], scene: ["as"]}))[node] ?? [],
  meter: (node) => (/** @type {any} */ ({effect: ["meter"], needs: ["meter"], "needs-not": ["meter"]}))[node] ?? [],
};
NAMED_BY.ending = NAMED_BY.scene;

/**
 * With another id, here and wherever the old one is named. Returns {story, key}.
 * @param {Story} story @param {Key} key @param {string} id
 */
export function renameEntry(story, key, id) {
  const entry = story.entry(key);
  const old = entry.id;
  let made = story.with(entry.index, pieceOf(withAttribute(entry.piece.raw, entry.piece.element, "id", id)));
  // where another element has the old id too, its references stay with that one
  const shared = story.entries.some((other) => other !== entry && other.id === old && sameSpace(other.kind, entry.kind));
  if (old && !shared) {
    made = retarget(made, old, (node) => [
      ...NAMED_BY[entry.kind](node.name).map((name) => [name, old, id]),
      ...(entry.kind === "scene" && node.name.startsWith("needs") ? [["choice", `${old}/`, `${id}/`]] : []),
    ]);
  }
  return {story: made, key: made.entries[story.entries.indexOf(entry)].key};
}

/** @param {string} one @param {string} other */
const sameSpace = (one, other) => one === other || ([one, other].includes("scene") && [one, other].includes("ending"));

/**
 * With another id for a choice; its scene's timeout and the conditions that name it follow.
 * @param {Story} story @param {Key} key @param {number} choice @param {string} id
 */
export function renameChoice(story, key, choice, id) {
  const entry = story.entry(key);
  const {node} = dataOf(entry.piece).choices[choice];
  const old = dataOf(entry.piece).choices[choice].id;
  let made = story.rewritten(entry.index, withAttribute(entry.piece.raw, node, "id", id));
  const shared = dataOf(entry.piece).choices.filter((other) => other.id === old).length > 1;
  if (!old || shared) return made;
  made = retarget(made, `${entry.id}/${old}`, (place) => (place.name.startsWith("needs") ? [["choice", `${entry.id}/${old}`, `${entry.id}/${id}`]] : []));
  const now = made.entry(key);
  return dataOf(now.piece).timeout === old
    ? made.rewritten(now.index, withAttribute(now.piece.raw, now.piece.element, "timeout", id))
    : made;
}

/**
 * With values that name `old` changed: `rules(node)` lists [attribute, old value or its beginning up to "/", new one].
 * @param {Story} story @param {string} old @param {(node: XmlNode) => string[][]} rules
 */
function retarget(story, old, rules) {
  let made = story;
  for (const {piece, index} of story.entries) {
    if (!piece.raw.includes(escapeAttribute(old))) continue;
    /** @type {Change[]} */
    const changes = [];
    /** @param {XmlNode} node */
    const visit = (node) => {
      for (const [name, from, to] of rules(node)) {
        const found = node.attributes.find((one) => one.name === name);
        const value = found?.value.trim();
        const now = value === from ? to : from.endsWith("/") && value?.startsWith(from) ? to + value.slice(from.length) : null;
        if (now !== null) changes.push({start: found.valueStart, end: found.valueEnd, text: escapeAttribute(now)});
      }
      elements(node).forEach(visit);
    };
    visit(piece.element);
    if (changes.length) made = made.rewritten(index, spliced(piece.raw, changes));
  }
  return made;
}
