// The list of authorities as a row of pieces: see `Pieces`.
import {Pieces} from "../studio/pieces.js";
import {attribute} from "../studio/xml.js";

export class List extends Pieces {
  /** `kind` is "authority" or "other", `id` the name under which learners find it. @param {{element: XmlNode}} options */
  label({element}) {
    if (element.name !== "authority") return {kind: "other", id: element.name, counted: false};
    return {kind: "authority", id: attribute(element, "ref") || attribute(element, "slug")};
  }

  get authorities() {
    return this.of("authority");
  }

  /** The names in the list. */
  get names() {
    return new Set(this.authorities.map((entry) => entry.id));
  }
}

/**
 * The list that `text` holds; pieces that `previous` has to the letter are taken over. Throws XmlError.
 * @param {string} text @param {List | null} [previous] @returns {List}
 */
export const read = (text, previous = null) => List.read(text, previous);

/** A piece from the text of one element. Throws XmlError. @param {string} raw */
export const pieceOf = (raw) => List.piece(raw);
