// What an element of the story says, as plain data. Values are the author's words, trimmed, sound or not; `node` is where each
// stands in the piece's text.
import {attribute, elements, inner, words} from "../studio/xml.js";

export const PROSE = new Set(["p", "ul", "ol", "blockquote", "em", "strong", "li", "br", "q", "cite"]);
export const MEDIA = new Set(["image", "video", "audio"]);
const CONDITIONS = new Set(["needs", "needs-not"]);
const known = new WeakMap();

/** The data of a piece; worked out once for each piece. @param {Piece} piece @returns {Data} */
export function dataOf(piece) {
  if (!known.has(piece)) known.set(piece, readers[piece.kind]?.(piece.raw, piece.element) ?? {kind: piece.kind});
  return known.get(piece);
}

/** @type {Record<string, (raw: string, node: XmlNode) => object>} */
const readers = {
  /** @param {string} raw @param {XmlNode} node */
  introduction: (raw, node) => ({kind: "introduction", node, html: inner(raw, node), plain: plain(raw, node)}),
  /** @param {string} raw @param {XmlNode} node */
  person: (raw, node) => ({
    kind: "person", node, ...values(node, ["id", "role", "portrait", "initials"]), title: attribute(node, "name"),
    knows: elements(node).find((child) => child.name === "knows") ?? null,
    knowsNot: elements(node).find((child) => child.name === "knows-not") ?? null,
    plain: plain(raw, node),
  }),
  /** @param {string} raw @param {XmlNode} node */
  level: (raw, node) => ({kind: "level", node, ...values(node, ["id", "title"]), html: inner(raw, node), plain: plain(raw, node)}),
  /** @param {string} raw @param {XmlNode} node */
  meter: (raw, node) => ({
    kind: "meter", node, ...values(node, ["id", "title", "start", "lowest", "highest", "show"]), html: inner(raw, node), plain: plain(raw, node),
  }),
  /** @param {string} raw @param {XmlNode} node */
  scene: (raw, node) => ({
    kind: "scene",
    node,
    ...values(node, ["id", "title", "level", "place", "time", "as", "audio", "clock", "timeout", "otherwise"]),
    needs: needsOf(node),
    lines: linesOf(raw, node),
    choices: elements(node).filter((child) => child.name === "choice").map((child) => choiceOf(raw, child)),
    plain: plain(raw, node),
  }),
  /** @param {string} raw @param {XmlNode} node */
  ending: (raw, node) => ({
    kind: "ending",
    node,
    ...values(node, ["id", "title", "result", "points", "otherwise"]),
    needs: needsOf(node),
    lines: linesOf(raw, node),
    choices: [],
    plain: plain(raw, node),
  }),
};

/** @param {XmlNode} node @param {string[]} names */
function values(node, names) {
  return Object.fromEntries(names.map((name) => [name, attribute(node, name)]));
}

/** @param {string} raw @param {XmlNode} node */
const plain = (raw, node) => words(raw, node).replace(/\s+/g, " ").trim();

/** @param {XmlNode} node */
function needsOf(node) {
  return elements(node).filter((child) => CONDITIONS.has(child.name)).map((child) => ({
    node: child,
    negated: child.name === "needs-not",
    kind: ["meter", "choice", "level"].find((name) => child.attributes.some((one) => one.name === name)) ?? "meter",
    ref: attribute(child, ["meter", "choice", "level"].find((name) => attribute(child, name)) ?? "meter"),
    atLeast: attribute(child, "at-least"),
    atMost: attribute(child, "at-most"),
  }));
}

/** @param {string} raw @param {XmlNode} node */
function choiceOf(raw, node) {
  const parts = elements(node);
  /** @param {string} name */
  const part = (name) => parts.find((child) => child.name === name) ?? null;
  /** @param {string} name */
  const text = (name) => {
    const found = parts.filter((child) => child.name === name);
    return found.map((child) => plain(raw, child)).join(" ");
  };
  return {
    node,
    ...values(node, ["id", "to", "points", "level", "offered"]),
    needs: needsOf(node),
    parts: {text: part("text"), outcome: part("outcome"), why: part("why")},
    text: text("text"),
    outcome: text("outcome"),
    why: text("why"),
    effects: parts.filter((child) => child.name === "effect").map((child) => ({node: child, ...values(child, ["meter", "by"])})),
    authorities: parts.filter((child) => child.name === "authority").map((child) => ({node: child, ref: attribute(child, "ref")})),
  };
}

/**
 * The lines of a scene or ending: runs of prose elements ({kind: "prose", first, last}: the run from one node to another), speech,
 * media, and whatever else stands there ({kind: "other"}).
 * @param {string} raw @param {XmlNode} parent
 */
function linesOf(raw, parent) {
  const lines = [];
  let run = null;
  for (const node of parent.children) {
    if (node.type === "text" && !raw.slice(node.start, node.end).trim()) continue;
    if (node.type !== "element") {
      run = null; // a comment between two paragraphs stays where it is
      continue;
    }
    if (CONDITIONS.has(node.name) || node.name === "choice") {
      run = null;
      continue;
    }
    if (PROSE.has(node.name)) {
      if (run) {
        run.last = node;
        run.plain += ` ${plain(raw, node)}`;
      } else {
        run = {kind: "prose", first: node, last: node, plain: plain(raw, node)};
        lines.push(run);
      }
      continue;
    }
    run = null;
    /** @type {Line} */
    const line = {kind: node.name, first: node, last: node, plain: plain(raw, node)};
    if (node.name === "say") Object.assign(line, values(node, ["who", "by", "over", "audio"]));
    else if (MEDIA.has(node.name)) {
      Object.assign(line, values(node, ["src", "alt", "decorative", "title", "captions"]));
      line.transcript = elements(node).find((child) => child.name === "transcript") ?? null;
    } else line.kind = "other";
    lines.push(line);
  }
  return lines;
}
