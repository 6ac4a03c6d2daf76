// What an authority of the list says, as plain data, and what its elements are called. The names are those of the server
// (`case_law/olx.py`); a test keeps them equal.
import {attribute, decode, elements} from "../studio/xml.js";

export const TEXTS = [
  "caption", "citation", "court", "circuit", "decided", "state", "strength", "in_force", "published", "reliance",
  "official_url", "in_brief", "facts", "question", "holding", "rule", "on_the_street", "outcome", "later_treatment", "duty",
  "who_it_covers", "reporting_and_retaliation", "consequence", "training", "key_words", "who_stood_by", "claim", "sample",
  "figures", "limits",   "treatment", "treatment_note", "verified_note", "checked",
];
/** Lists, and what one of their items is called. */
/** @type {Record<string, string>} */
export const ITEMS = {
  topics: "topic", elements: "element", penalties_remedies: "penalty-or-remedy", treatment_by: "treatment-by", read_with: "read-with",
  sources_seen: "source-seen",
};
export const CHECK = ["question", "right", "wrong", "why"];

/** The element of a field. @param {string} field */
export const elementOf = (field) => ITEMS[field] ?? field.replace(/_/g, "-");
/** All elements in the order in which new ones are written. */
export const ORDER = [...TEXTS, ...Object.keys(ITEMS)].map(elementOf).concat("check");

/** `text` as one paragraph, without blanks around it. @param {string} text */
export const oneLine = (text) => text.split(/\s+/).filter(Boolean).join(" ");

const known = new WeakMap();

/**
 * The data of a piece: {node, ref, slug, kind, fields, check}. `fields` has texts and lists by field, those that stand there only;
 * `check` is {question, right, wrong, why} or null.
 * @param {Piece} piece @returns {any}
 */
export function dataOf(piece) {
  if (!known.has(piece)) known.set(piece, read(piece.raw, piece.element));
  return known.get(piece);
}

/** @param {string} raw @param {XmlNode} node */
function read(raw, node) {
  /** @type {any} */
  const data = {node, ref: attribute(node, "ref"), slug: attribute(node, "slug"), kind: attribute(node, "kind"), fields: {}, check: null};
  for (const field of TEXTS) {
    const found = children(node, elementOf(field)).at(-1);
    if (found) data.fields[field] = textOf(raw, found);
  }
  for (const [field, element] of Object.entries(ITEMS)) {
    const found = children(node, element);
    if (found.length) data.fields[field] = found.map((item) => textOf(raw, item));
  }
  const check = children(node, "check").at(-1);
  if (check) {
    /** @param {string} name */
    const one = (name) => children(check, name).map((part) => textOf(raw, part))[0] ?? "";
    data.check = {question: one("question"), right: one("right"), wrong: children(check, "wrong").map((part) => textOf(raw, part)), why: one("why")};
  }
  return data;
}

/** @param {XmlNode} node @param {string} name */
export const children = (node, name) => elements(node).filter((child) => child.name === name);

/** All words in `node` as one paragraph. @param {string} raw @param {XmlNode} node */
export function textOf(raw, node) {
  return oneLine(said(raw, node));
}

/** @param {string} raw @param {XmlNode} node @returns {string} */
function said(raw, node) {
  if (node.type === "text") return decode(raw.slice(node.start, node.end));
  if (node.type === "cdata") return raw.slice(node.start + 9, node.end - 3);
  return (node.children ?? []).map((child) => said(raw, child)).join("");
}

/** True when an authority changes or adds something, beyond standing in the list. @param {any} data */
export const hasTexts = (data) => Boolean(Object.keys(data.fields).length || data.check);

/** The parts of a brief in reading order, by kind; statutes and policies are law. @type {Record<string, string[]>} */
export const PARTS = {
  case: ["facts", "question", "holding", "rule", "on_the_street", "outcome", "later_treatment"],
  law: ["elements", "penalties_remedies", "duty", "who_it_covers", "reporting_and_retaliation", "consequence", "training", "key_words"],
  account: ["facts", "who_stood_by", "outcome", "later_treatment", "on_the_street"],
  study: ["claim", "sample", "figures", "limits", "on_the_street"],
};
