// The review as a row of pieces, see `Pieces`, and the one change that there is to make.
import {Pieces} from "../studio/pieces.js";
import {without} from "../studio/pieces-edit.js";
import {innerOf} from "../studio/prose-part.js";
import {withInner} from "../studio/xml-edit.js";

export class Review extends Pieces {
  static kinds = new Set(["prompt"]);
}

/**
 * The review that `text` holds; pieces that `previous` has to the letter are taken over. Throws XmlError.
 * @param {string} text @param {Review | null} [previous] @returns {Review}
 */
export const read = (text, previous = null) => Review.read(text, previous);

/** With the inside of the question; none takes it away. All else stays to the letter. @param {Review} review @param {string} xml */
export function setPrompt(review, xml) {
  const entry = review.of("prompt")[0];
  if (!entry) return xml ? read(`${review.text.trimEnd()}\n  <prompt>${xml}</prompt>\n`, review) : review;
  if (!xml) return without(review, entry.key);
  return innerOf(entry) === xml ? review : review.rewritten(entry.index, withInner(entry.piece.raw, entry.piece.element, xml));
}
