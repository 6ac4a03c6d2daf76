// The scenario as a row of pieces: see `Pieces`.
import {Pieces} from "../studio/pieces.js";
import {attribute} from "../studio/xml.js";

/** Kinds that are edited as a list, by the key of their form. @type {Record<string, string>} */
export const LISTS = {people: "person", levels: "level", meters: "meter"};
const FORMS = new Set(["introduction", ...Object.keys(LISTS)]); // what can be edited besides a scene or an ending

export class Story extends Pieces {
  static kinds = new Set(["introduction", "person", "level", "meter", "scene", "ending"]);

  /** @type {Map<string, Entry> | undefined} */
  #targets;

  /** Can `key` be selected: an entry, or one of the forms of the whole story? @param {Key} key */
  has(key) {
    return FORMS.has(key ?? "") || super.has(key);
  }

  /** The person of that name, or null. @param {string} name @returns {Entry | null} */
  named(name) {
    return (name && this.of("person").find((entry) => attribute(entry.piece.element, "name") === name)) || null;
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
