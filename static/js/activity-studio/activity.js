// The activity as a row of pieces, see `Pieces`; and what its elements say.
import {Pieces} from "../studio/pieces.js";
import {attribute, elements} from "../studio/xml.js";

export const ORDER = ["task", "picture", "group", "card", "after"];
export const PARTS = ["text", "back", "why"];
const NAMED = new Set(["group", "card"]);

export class Activity extends Pieces {
  static kinds = new Set(ORDER);

  /** `id` is the author's name for a card or group, or the name of another element. @param {Piece} piece */
  label(piece) {
    if (piece.kind === "other") return {kind: "other", id: piece.element.name};
    return {kind: piece.kind, id: NAMED.has(piece.kind) ? piece.id : ""};
  }

  /** The ids of cards, or of groups. @param {string} kind */
  ids(kind) {
    return new Set(this.of(kind).map((entry) => entry.id));
  }
}

/**
 * The activity that `text` holds; pieces that `previous` has to the letter are taken over. Throws XmlError.
 * @param {string} text @param {Activity | null} [previous] @returns {Activity}
 */
export const read = (text, previous = null) => Activity.read(text, previous);

/** The inside of a part of a card ("text", "back", "why"), "" for none. @param {Piece} piece @param {string} part */
export function partOf(piece, part) {
  const found = elements(piece.element).find((child) => child.name === part);
  return found ? piece.raw.slice(found.openEnd, found.innerEnd) : "";
}

/** An attribute of an element, "" for none. @param {Piece} piece @param {string} name */
export const attributeOf = (piece, name) => attribute(piece.element, name);
