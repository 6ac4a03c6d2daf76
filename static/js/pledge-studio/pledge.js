// The pledge as a row of pieces: see `Pieces`; and what its elements say.
import {Pieces} from "../studio/pieces.js";
import {attribute, decode, elements} from "../studio/xml.js";

export const ORDER = ["preamble", "affirmation", "closing", "field"];
const NAMED = new Set(["affirmation", "field"]);

export class Pledge extends Pieces {
  /**
   * `kind` is one of `ORDER` or "other"; `id` the author's name for a statement or question, or the name of another element.
   * @param {{element: XmlNode, id: string}} options
   */
  label({element, id}) {
    const {name} = element;
    if (!ORDER.includes(name)) return {kind: "other", id: name};
    return {kind: name, id: NAMED.has(name) ? id : ""};
  }

  /** The ids of statements, or of questions. @param {string} kind */
  ids(kind) {
    return new Set(this.of(kind).map((entry) => entry.id));
  }

  /** The introduction or the closing words; the first where there are more; null for none. @param {string} kind */
  part(kind) {
    return this.of(kind)[0] ?? null;
  }
}

/**
 * The pledge that `text` holds; pieces that `previous` has to the letter are taken over. Throws XmlError.
 * @param {string} text @param {Pledge | null} [previous] @returns {Pledge}
 */
export const read = (text, previous = null) => Pledge.read(text, previous);

/** A piece from the text of one element. Throws XmlError. @param {string} raw */
export const pieceOf = (raw) => Pledge.piece(raw);

/** `text` without blanks around it, and one blank between words. @param {string} text */
export const oneLine = (text) => text.split(/[ \t\r\n]+/).filter(Boolean).join(" ");

/** All words in `node` as one line. @param {string} raw @param {XmlNode} node */
export const textOf = (raw, node) => oneLine(said(raw, node));

/** @param {string} raw @param {XmlNode} node @returns {string} */
function said(raw, node) {
  if (node.type === "text") return decode(raw.slice(node.start, node.end));
  if (node.type === "cdata") return raw.slice(node.start + 9, node.end - 3);
  return (node.children ?? []).map((child) => said(raw, child)).join("");
}

/** The words of a statement. @param {Piece} piece */
export const statementOf = (piece) => textOf(piece.raw, piece.element);

/** A question: {id, label, required, mask, hint, options}. @param {Piece} piece */
export function questionOf(piece) {
  const {element, raw} = piece;
  /** @param {string} name */
  const of = (name) => oneLine(attribute(element, name));
  return {
    id: attribute(element, "id"),
    label: of("label"),
    required: of("required") === "true",
    mask: of("format"),
    hint: of("hint"),
    options: elements(element).filter((child) => child.name === "option").map((child) => textOf(raw, child)),
  };
}
