// The pledge as a row of pieces: its elements, and the gaps between them. As a scenario's story, so that untouched text stays to the
// letter.
import {Story, piecesOf} from "../editor/story.js?v=0.1.0";
import {attribute, decode, elements} from "../editor/xml.js?v=0.1.0";

export const ORDER = ["preamble", "affirmation", "closing", "field"];
const NAMED = new Set(["affirmation", "field"]);

export class Pledge extends Story {
  #entries;

  /**
   * The elements in order, as {key, kind, id, piece, index, number}. `kind` is one of `ORDER` or "other", `id` the author's name for a
   * statement or question, `number` its place among those of its kind, from 0. A key is unique and stays while the id stays.
   */
  get entries() {
    if (!this.#entries) {
      const counts = new Map();
      const numbers = new Map();
      this.#entries = [];
      this.pieces.forEach((piece, index) => {
        if (piece.kind === "gap") return;
        const {name} = piece.element;
        const kind = ORDER.includes(name) ? name : "other";
        const id = NAMED.has(kind) ? piece.id : kind === "other" ? name : "";
        const key = `${kind}:${id}`;
        const count = counts.get(key) ?? 0;
        counts.set(key, count + 1);
        const number = numbers.get(kind) ?? 0;
        numbers.set(kind, number + 1);
        this.#entries.push({key: count ? `${key}#${count + 1}` : key, kind, id, piece, index, number});
      });
    }
    return this.#entries;
  }

  /** The ids of statements, or of questions. */
  ids(kind) {
    return new Set(this.of(kind).map((entry) => entry.id));
  }

  /** The introduction or the closing words; the first where there are more; null for none. */
  part(kind) {
    return this.of(kind)[0] ?? null;
  }

  /** Nothing is in hand: all of the pledge is one form. */
  get selectable() {
    return [];
  }

  get start() {
    return null;
  }
}

/** The pledge that `text` holds; pieces that `previous` has to the letter are taken over. Throws XmlError. */
export function read(text, previous = null) {
  return previous && text === previous.text ? previous : new Pledge(piecesOf(text, previous?.pieces ?? []));
}

/** `text` without blanks around it, and one blank between words. */
export const oneLine = (text) => text.split(/[ \t\r\n]+/).filter(Boolean).join(" ");

/** All words in `node` as one line. */
export const textOf = (raw, node) => oneLine(said(raw, node));

function said(raw, node) {
  if (node.type === "text") return decode(raw.slice(node.start, node.end));
  if (node.type === "cdata") return raw.slice(node.start + 9, node.end - 3);
  return (node.children ?? []).map((child) => said(raw, child)).join("");
}

/** The words of a statement. */
export const statementOf = (piece) => textOf(piece.raw, piece.element);

/** A question: {id, label, required, mask, hint, options}. */
export function questionOf(piece) {
  const {element, raw} = piece;
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

/** The inside of the introduction or the closing words; "" for none. */
export function proseOf(entry) {
  if (!entry) return "";
  const {element, raw} = entry.piece;
  return raw.slice(element.openEnd, element.innerEnd);
}
