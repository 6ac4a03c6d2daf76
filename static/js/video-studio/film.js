// The film as a row of pieces, see `Pieces`, times, and what stands in its moments.
import {Pieces} from "../studio/pieces.js";
import {attribute, elements} from "../studio/xml.js";

export const KINDS = ["early", "in-time", "late", "too-late"];
const TIME = /^(?:(?:(\d{1,2}):)?([0-5]?\d):)?(\d{1,5})(?:\.(\d{1,3}))?$/;

export class Film extends Pieces {
  static kinds = new Set(["film", "captions", "still", "question", "tape"]);

  /** @param {Piece} piece */
  label(piece) {
    return {kind: piece.kind, id: piece.kind === "captions" ? attribute(piece.element, "lang") : piece.id};
  }

  get selectable() {
    return this.of("film", "captions", "still", "question", "tape");
  }

  get start() {
    return this.of("question", "tape")[0] ?? this.of("film")[0] ?? null;
  }

  /** Ids of questions and tapes. */
  get ids() {
    return new Set(this.of("question", "tape").map((entry) => entry.id));
  }

  /** How long the film counts, in seconds; 0 where it does not say. */
  get seconds() {
    const film = this.of("film")[0];
    return film ? readTime(attribute(film.piece.element, "seconds")) ?? 0 : 0;
  }
}

/** The film that `text` holds. Throws XmlError. @param {string} text @param {Film | null} [previous] @returns {Film} */
export const read = (text, previous = null) => Film.read(text, previous);

/** The seconds of "68.5" or "1:08.5"; null for anything else. @param {string} text @returns {number | null} */
export function readTime(text) {
  const match = TIME.exec(text.trim());
  if (!match || (match[2] !== undefined && Number(match[3]) > 59)) return null;
  return Math.round((Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(`${match[3]}.${match[4] ?? 0}`)) * 10) / 10;
}

/** A time as it is written in content: "68.5". @param {number} seconds */
export const writeTime = (seconds) => String(Math.round(seconds * 10) / 10);

/** A time as it is read: "1:08.5". @param {number} seconds */
export function clockText(seconds) {
  const tenths = Math.round(seconds * 10);
  const [minutes, rest] = [Math.floor(tenths / 600), tenths % 600];
  const whole = String(Math.floor(rest / 10)).padStart(2, "0");
  return rest % 10 ? `${minutes}:${whole}.${rest % 10}` : `${minutes}:${whole}`;
}

/** The time in an attribute of an element; 0 where it says none. @param {XmlNode} element @param {string} name */
export const timeOf = (element, name) => readTime(attribute(element, name)) ?? 0;

/** The children of an element that have this name. @param {XmlNode} element @param {string} name */
export const named = (element, name) => elements(element).filter((child) => child.name === name);

/**
 * The marks of an entry on the timeline: {name, at, window}. A tape has its start, and the end of each window.
 * @param {Entry} entry @returns {{name: string, at: number, window: string, index: number}[]}
 */
export function marksOf(entry) {
  const {element} = entry.piece;
  const first = {name: "at", at: timeOf(element, "at"), window: "", index: -1};
  if (entry.kind !== "tape") return [first];
  return [first, ...named(element, "window").map((window, index) => ({name: "until", at: timeOf(window, "until"), window: attribute(window, "kind"), index}))];
}

/** The window of a tape in which `time` is; "" outside of it. @param {Entry} entry @param {number} time */
export function windowAt(entry, time) {
  const [start, ...ends] = marksOf(entry);
  if (time < start.at) return "";
  return ends.find((end) => time < end.at)?.window ?? "";
}

/** The value of an attribute of an entry, "" when there is none. @param {Entry} entry @param {string} name */
export const attributeOf = (entry, name) => attribute(entry.piece.element, name);
