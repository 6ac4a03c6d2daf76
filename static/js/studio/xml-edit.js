// Changes to the text of an element, each at one place: the rest stays to the letter.
import {elements, escapeAttribute} from "./xml.js";

/**
 * `text` with the places of `changes` ({start, end, text}, any order, none overlapping) replaced.
 * @param {string} text @param {Change[]} changes
 */
export function spliced(text, changes) {
  let made = text;
  for (const change of [...changes].sort((one, other) => other.start - one.start)) {
    made = made.slice(0, change.start) + change.text + made.slice(change.end);
  }
  return made;
}

/**
 * `text` with the attribute of `element` set; an empty value takes the attribute away.
 * @param {string} text @param {XmlNode} element @param {string} name @param {string} value
 */
export function withAttribute(text, element, name, value) {
  const found = element.attributes.find((one) => one.name === name);
  if (value === "" || value === null || value === undefined) {
    if (!found) return text;
    const before = /[ \t\r\n]*$/.exec(text.slice(0, found.start))[0].length;
    return spliced(text, [{start: found.start - before, end: found.end, text: ""}]);
  }
  const written = `${name}="${escapeAttribute(String(value))}"`;
  if (found) return found.value === String(value) ? text : spliced(text, [{start: found.start, end: found.end, text: written}]);
  const last = element.attributes.length ? element.attributes[element.attributes.length - 1].end : element.start + 1 + element.name.length;
  return spliced(text, [{start: last, end: last, text: ` ${written}`}]);
}

/** `text` with `content` between the tags of `element`. @param {string} text @param {XmlNode} element @param {string} content */
export function withInner(text, element, content) {
  if (!element.selfClosing) return spliced(text, [{start: element.openEnd, end: element.innerEnd, text: content}]);
  if (!content) return text;
  const tag = text.slice(element.start, element.openEnd).replace(/[ \t\r\n]*\/>$/, ">");
  return spliced(text, [{start: element.start, end: element.end, text: `${tag}${content}</${element.name}>`}]);
}

/** The line break and indentation that stand before `node`, "" when none. @param {string} raw @param {XmlNode} node */
const breakBefore = (raw, node) => /\n[ \t]*$/.exec(raw.slice(0, node.start))?.[0] ?? "";

/**
 * The line break for children of `parent`: as the others have it, else one step further in than the parent.
 * @param {string} raw @param {XmlNode} parent @param {string} base
 */
export function childBreak(raw, parent, base) {
  const children = elements(parent);
  const broken = children.map((child) => breakBefore(raw, child)).find(Boolean);
  if (broken || children.length) return broken ?? "";
  const own = parent.start === 0 ? base : breakBefore(raw, parent);
  return own ? `${own}  ` : "";
}

/**
 * `raw` with `xml` put into `parent` on a line of its own, after its child `node` or as the first. `base` is the break before `raw`.
 * @param {string} raw @param {XmlNode} parent @param {any} node @param {string} xml @param {string} base
 */
export function insertedAfter(raw, parent, node, xml, base) {
  const line = childBreak(raw, parent, base);
  if (node) return spliced(raw, [{start: node.end, end: node.end, text: line + xml}]);
  if (!elements(parent).length) {
    const own = parent.start === 0 ? base : breakBefore(raw, parent);
    return withInner(raw, parent, `${line}${xml}${line ? own : ""}`);
  }
  return spliced(raw, [{start: parent.openEnd, end: parent.openEnd, text: line + xml}]);
}

/**
 * `raw` without what stands from `start` to `end`, and without the blanks before it.
 * @param {string} raw @param {number} start @param {number} end
 */
export function removed(raw, start, end) {
  const blanks = /[ \t]*(?:\n[ \t]*)?$/.exec(raw.slice(0, start))[0].length;
  return spliced(raw, [{start: start - blanks, end, text: ""}]);
}

/** @param {string} raw @param {{start: number, end: number}} one @param {{start: number, end: number}} other */
export function swapped(raw, one, other) {
  return spliced(raw, [
    {start: one.start, end: one.end, text: raw.slice(other.start, other.end)},
    {start: other.start, end: other.end, text: raw.slice(one.start, one.end)},
  ]);
}
