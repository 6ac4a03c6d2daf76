// Changes to the film. Each function takes a film and returns a new one in which only that place is different. A place within an entry
// is a path: names of elements and their numbers among those of that name, ["choice", 1, "text", 0].
import {gap} from "../studio/pieces.js";
import {lineOf, without} from "../studio/pieces-edit.js";
import {attribute, elements, escapeText} from "../studio/xml.js";
import {insertedAfter, removed, withAttribute, withInner} from "../studio/xml-edit.js";
import {Film, KINDS, named, timeOf, writeTime} from "./film.js";

const ORDER = ["film", "captions", "still", "question", "tape"];
const INSIDE = ["prompt", "choice", "window", "never", "way", "text", "feedback", "followed"]; // the order of what stands in an entry

/** The element at `path`; null where there is none. @param {XmlNode} element @param {any[]} path @returns {any} */
export function nodeAt(element, path) {
  let node = element;
  for (let step = 0; step < path.length; step += 2) {
    node = named(node, path[step])[path[step + 1]];
    if (!node) return null;
  }
  return node;
}

/** With the text of an entry changed by `change(raw, element)`. @param {Film} film @param {Key} key @param {(raw: string, element: XmlNode) => string} change @returns {Film} */
function changed(film, key, change) {
  const entry = film.entry(key);
  return entry ? film.rewritten(entry.index, change(entry.piece.raw, entry.piece.element)) : film;
}

/** @param {Film} film @param {Key} key @param {any[]} path @param {string} name @param {string} value */
export function setAttribute(film, key, path, name, value) {
  return changed(film, key, (raw, element) => {
    const node = nodeAt(element, path);
    return node ? withAttribute(raw, node, name, value) : raw;
  });
}

/** With `xml` in the element at `path`, which is made where it is missing; none takes it away. @param {Film} film @param {Key} key @param {any[]} path @param {string} xml */
export function setInner(film, key, path, xml) {
  return changed(film, key, (raw, element) => {
    const node = nodeAt(element, path);
    const [name] = path.slice(-2);
    if (!path.length) return withInner(raw, element, xml);
    if (node && !xml) return removed(raw, node.start, node.end);
    if (node) return withInner(raw, node, xml);
    const parent = nodeAt(element, path.slice(0, -2));
    return parent && xml ? insertedAfter(raw, parent, before(parent, name), `<${name}>${xml}</${name}>`, "\n  ") : raw;
  });
}

/** With a child more in the element at `path`. @param {Film} film @param {Key} key @param {any[]} path @param {string} name @param {string} xml */
export function addChild(film, key, path, name, xml) {
  return changed(film, key, (raw, element) => {
    const parent = nodeAt(element, path);
    return parent ? insertedAfter(raw, parent, before(parent, name), xml, "\n  ") : raw;
  });
}

/** Without the element at `path`. @param {Film} film @param {Key} key @param {any[]} path */
export function removeChild(film, key, path) {
  return changed(film, key, (raw, element) => {
    const node = nodeAt(element, path);
    return node ? removed(raw, node.start, node.end) : raw;
  });
}

/** The child behind which one of `name` belongs; null for the first place. @param {XmlNode} parent @param {string} name */
function before(parent, name) {
  const rank = INSIDE.indexOf(name);
  return elements(parent).filter((child) => INSIDE.indexOf(child.name) <= rank).at(-1) ?? null;
}

/** With a mark of the timeline at another time, between its neighbors. @param {Film} film @param {Key} key @param {{name: string, index: number}} mark @param {number} time */
export function moveMark(film, key, mark, time) {
  const entry = film.entry(key);
  if (!entry) return film;
  const {element} = entry.piece;
  const windows = named(element, "window").map((window) => timeOf(window, "until"));
  const end = film.seconds || Infinity;
  const low = mark.index < 0 ? 0 : mark.index ? windows[mark.index - 1] + 0.1 : timeOf(element, "at") + 0.1;
  const high = entry.kind !== "tape" ? end : mark.index < 0 ? windows[0] - 0.1 : Math.min(end, (windows[mark.index + 1] ?? Infinity) - 0.1);
  const wanted = writeTime(Math.max(low, Math.min(high, time)));
  if (mark.index < 0) return setAttribute(film, key, [], "at", wanted);
  const made = setAttribute(film, key, ["window", mark.index], "until", wanted);
  return mark.index === windows.length - 1 ? setAttribute(made, key, [], "to", wanted) : made;
}

/**
 * With the element `raw` behind the last that stands before one of `kind`; stills by their times. Returns {film, key}.
 * @param {Film} film @param {string} kind @param {string} raw
 */
export function inserted(film, kind, raw) {
  const line = lineOf(film, "\n  ");
  const piece = Film.piece(raw);
  const rank = ORDER.indexOf(kind);
  const at = timeOf(piece.element, "at");
  const earlier = film.entries.filter((entry) => ORDER.includes(entry.kind) && (ORDER.indexOf(entry.kind) < rank || (entry.kind === kind && (kind === "captions" || timeOf(entry.piece.element, "at") <= at))));
  const last = earlier.at(-1);
  const {pieces} = film;
  let made;
  if (last) made = [...pieces.slice(0, last.index + 1), gap(line), piece, ...pieces.slice(last.index + 1)];
  else if (film.entries.length) {
    const {index} = film.entries[0];
    made = [...pieces.slice(0, index), piece, gap(line), ...pieces.slice(index)];
  } else {
    const kept = film.text.replace(/\n?[ \t]*$/, ""); // a comment stays
    made = [gap(`${kept.trim() ? kept : ""}${line}`), piece, gap("\n")];
  }
  const now = new Film(made);
  return {film: now, key: now.entries.find((entry) => entry.piece === piece).key};
}

/** A new question. @param {string} id @param {number} at @param {any} words */
export const questionXml = (id, at, words) => `<question id="${id}" at="${writeTime(at)}">
    <prompt><p>${escapeText(words.newPrompt)}</p></prompt>
    ${choiceXml("choice-1", words, true)}
    ${choiceXml("choice-2", words)}
  </question>`;

/** @param {string} id @param {any} words @param {boolean} [correct] */
export const choiceXml = (id, words, correct = false) => `<choice id="${id}"${correct ? ' correct="true"' : ""}><text>${escapeText(words.newChoice)}</text></choice>`;

/** @param {string} id @param {any} words @param {number} [points] */
export const wayXml = (id, words, points = 0) => `<way id="${id}"${points ? ` points="${points}"` : ""}><text>${escapeText(words.newWay)}</text></way>`;

/** A new tape from `at` to `to`, in four windows. @param {string} id @param {number} at @param {number} to @param {any} words */
export function tapeXml(id, at, to, words) {
  const until = (/** @type {number} */ part) => writeTime(part === 4 ? to : at + ((to - at) * part) / 4);
  const points = ["", ' points="2"', ' points="1"', ""];
  return `<tape id="${id}" at="${writeTime(at)}" to="${writeTime(to)}">
    <prompt><p>${escapeText(words.newTapePrompt)}</p></prompt>
    ${KINDS.map((kind, number) => `<window kind="${kind}" until="${until(number + 1)}"${points[number]}/>`).join("\n    ")}
    <never/>
    ${wayXml("way-1", words, 1)}
    ${wayXml("way-2", words)}
  </tape>`;
}

/** @param {number} at */
export const stillXml = (at) => `<still at="${writeTime(at)}" src="/static/" alt=""></still>`;

/** A language that there are no captions in yet. @param {Film} film */
export function nextLanguage(film) {
  const taken = new Set(film.of("captions").map((entry) => attribute(entry.piece.element, "lang")));
  return ["en", "es", "fr"].find((lang) => !taken.has(lang)) ?? "";
}

/** Without an entry, and without the blanks before it. */
export {without as remove};
