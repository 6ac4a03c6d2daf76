// The list of authorities as a row of pieces: its elements, and the gaps between them. As a scenario's story, so that untouched text
// stays to the letter.
import {Story, piecesOf} from "../editor/story.js?v=0.1.0";
import {attribute} from "../editor/xml.js?v=0.1.0";

export class List extends Story {
  #entries;

  /**
   * The elements in order, as {key, kind, id, piece, index, number}. `kind` is "authority" or "other", `id` the name under which
   * learners find it, `number` its place among the authorities, from 0. A key is unique and stays while the name stays.
   */
  get entries() {
    if (!this.#entries) {
      const counts = new Map();
      let number = 0;
      this.#entries = [];
      this.pieces.forEach((piece, index) => {
        if (piece.kind === "gap") return;
        const kind = piece.element.name === "authority" ? "authority" : "other";
        const id = kind === "authority" ? attribute(piece.element, "ref") || attribute(piece.element, "slug") : piece.element.name;
        const name = `${kind}:${id}`;
        const count = counts.get(name) ?? 0;
        counts.set(name, count + 1);
        this.#entries.push({key: count ? `${name}#${count + 1}` : name, kind, id, piece, index, number: kind === "authority" ? number : -1});
        if (kind === "authority") number += 1;
      });
    }
    return this.#entries;
  }

  get authorities() {
    return this.of("authority");
  }

  /** The names in the list. */
  get names() {
    return new Set(this.authorities.map((entry) => entry.id));
  }

  /** Nothing comes in hand by itself: beside the list stands the library. */
  get selectable() {
    return [];
  }

  get start() {
    return null;
  }
}

/** The list that `text` holds; pieces that `previous` has to the letter are taken over. Throws XmlError. */
export function read(text, previous = null) {
  return previous && text === previous.text ? previous : new List(piecesOf(text, previous?.pieces ?? []));
}
