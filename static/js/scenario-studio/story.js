// The scenario as a row of pieces: see `Pieces`.
import {Pieces} from "../studio/pieces.js";

const FORMS = new Set(["levels", "meters", "introduction"]); // what can be edited besides a scene or an ending

export class Story extends Pieces {
  static kinds = new Set(["introduction", "level", "meter", "scene", "ending"]);

  /** @type {Map<string, Entry> | undefined} */
  #targets;

  /** Can `key` be selected: an entry, or one of the forms of the whole story? @param {Key} key */
  has(key) {
    return FORMS.has(key ?? "") || super.has(key);
  }

  get selectable() {
    return this.of("scene", "ending");
  }

  get start() {
    return this.of("scene")[0] ?? null;
  }

  /** The scene or ending of that id, or null. @param {any} id */
  target(id) {
    this.#targets ??= new Map(this.of("scene", "ending").reverse().map((entry) => [entry.id, entry]));
    return (id && this.#targets.get(id)) || null;
  }
}

/**
 * The story that `text` holds; pieces that `previous` has to the letter are taken over. Throws XmlError.
 * @param {string} text @param {Story | null} [previous] @returns {Story}
 */
export const read = (text, previous = null) => Story.read(text, previous);

/** A piece from the text of one element. Throws XmlError. @param {string} raw */
export const pieceOf = (raw) => Story.piece(raw);
