// The content of a block as a row of pieces: its elements, and the gaps between them. A piece never changes; an edit makes a new row
// that shares all other pieces. So untouched text stays to the letter, and whoever draws sees at once which pieces are new.
import {attribute, parse} from "./xml.js";

/** An element (`kind` is its name, or "other" for one of no known name) or a gap (`kind` is "gap"), with its text. */
export class Piece {
  /** @type {XmlNode | undefined} */
  #root;

  /** @param {string} raw @param {string} kind */
  constructor(raw, kind) {
    this.raw = raw;
    this.kind = kind;
  }

  /** The element, with places counted within `raw`. A gap has none, and must not be asked. @returns {XmlNode} */
  get element() {
    this.#root ??= parse(this.raw);
    return this.#root.children[0];
  }

  get id() {
    return this.kind === "gap" ? "" : attribute(this.element, "id");
  }
}

/** @param {string} raw */
export const gap = (raw) => new Piece(raw, "gap");

/** The rows of a kind of content: `kinds` are the names of its elements. Subclasses say what an entry is. */
export class Pieces {
  /** @type {Set<string>} */
  static kinds = new Set();

  /** @type {string | undefined} */
  #text;
  /** @type {Entry[] | undefined} */
  #entries;
  /** @type {Map<string, Entry> | undefined} */
  #byKey;

  /** @param {Piece[]} pieces */
  constructor(pieces) {
    this.pieces = pieces;
  }

  /** A piece from the text of one element. Throws XmlError. @param {string} raw */
  static piece(raw) {
    const found = parse(raw).children;
    if (found.length !== 1 || found[0].type !== "element") throw new TypeError("one element is one piece");
    return new Piece(raw, this.kindOf(found[0]));
  }

  /** @param {XmlNode} element */
  static kindOf(element) {
    return this.kinds.has(element.name) ? element.name : "other";
  }

  /**
   * The row that `text` holds; pieces that `previous` has to the letter are taken over. Throws XmlError.
   * @param {string} text @param {any} [previous] @returns {any}
   */
  static read(text, previous = null) {
    if (!previous) return new this(parsed(this, text, []));
    if (text === previous.text) return previous;
    try {
      return readBetween(this, text, previous.pieces);
    } catch {
      // the change reaches further than the pieces it stands in, or is no XML: the whole text tells
      return new this(parsed(this, text, previous.pieces));
    }
  }

  /** The OLX, to the letter. */
  get text() {
    this.#text ??= this.pieces.map((piece) => piece.raw).join("");
    return this.#text;
  }

  /** The elements in order, as {key, kind, id, number, piece, index}: see `label`. A key is unique and stays while the id stays. */
  get entries() {
    if (!this.#entries) {
      const counts = new Map();
      const numbers = new Map();
      /** @type {Entry[]} */
      const entries = [];
      this.pieces.forEach((piece, index) => {
        if (piece.kind === "gap") return;
        const {kind, id, counted = true} = this.label(piece);
        const name = `${kind}:${id}`;
        const count = counts.get(name) ?? 0;
        counts.set(name, count + 1);
        const number = counted ? numbers.get(kind) ?? 0 : -1;
        numbers.set(kind, number + 1);
        entries.push({key: count ? `${name}#${count + 1}` : name, kind, id, piece, index, number});
      });
      this.#entries = entries;
    }
    return this.#entries;
  }

  /**
   * {kind, id, counted} of an element: `id` is the author's name for it. An entry's `number` is its place among those of its kind, from
   * 0; -1 where the kind is not `counted`.
   * @param {Piece} piece @returns {{kind: string, id: string, counted?: boolean}}
   */
  label(piece) {
    return {kind: piece.kind, id: piece.id};
  }

  /** @param {any} kinds */
  of(...kinds) {
    return this.entries.filter((entry) => kinds.includes(entry.kind));
  }

  /** The entry of that key (an `Entry`); null for none. @param {Key} key @returns {any} */
  entry(key) {
    this.#byKey ??= new Map(this.entries.map((entry) => [entry.key, entry]));
    return this.#byKey.get(key ?? "") ?? null;
  }

  /** Can `key` be selected? @param {any} key */
  has(key) {
    return Boolean(key && this.entry(key));
  }

  /** The entries one of which is selected when the selected one is deleted, in order. @returns {Entry[]} */
  get selectable() {
    return [];
  }

  /** What is selected at the beginning; null for nothing. @returns {Entry | null} */
  get start() {
    return null;
  }

  /** The element that stands at `offset` of the text, or the last one before it. @param {number} offset */
  entryAt(offset) {
    let end = 0;
    let last = null;
    let next = 0;
    for (let index = 0; index < this.pieces.length; index += 1) {
      if (this.entries[next]?.index === index) {
        last = this.entries[next];
        next += 1;
      }
      end += this.pieces[index].raw.length;
      if (end > offset) break;
    }
    return last;
  }

  /** Where the piece at `index` stands in the text. @param {number} index */
  span(index) {
    let start = 0;
    for (let before = 0; before < index; before += 1) start += this.pieces[before].raw.length;
    return {start, end: start + this.pieces[index].raw.length};
  }

  /** The same kind of row, of other pieces. @param {Piece[]} pieces @returns {this} */
  remade(pieces) {
    return new (/** @type {any} */ (this.constructor))(pieces);
  }

  /** With the piece at `index` replaced by pieces (none: removed). @param {number} index @param {...Piece} pieces */
  with(index, ...pieces) {
    return this.remade([...this.pieces.slice(0, index), ...pieces, ...this.pieces.slice(index + 1)]);
  }

  /** With the text of the element at `index` changed. @param {number} index @param {string} raw */
  rewritten(index, raw) {
    return raw === this.pieces[index].raw ? this : this.with(index, /** @type {any} */ (this.constructor).piece(raw));
  }
}

/**
 * As `read`; only what stands between the first and the last piece that are different is read. Throws XmlError.
 * @param {any} Kind @param {string} text @param {Piece[]} pieces
 */
function readBetween(Kind, text, pieces) {
  let [first, start] = [0, 0];
  while (first < pieces.length && text.startsWith(pieces[first].raw, start)) {
    start += pieces[first].raw.length;
    first += 1;
  }
  let [last, end] = [pieces.length, text.length];
  while (last > first && end - pieces[last - 1].raw.length >= start && text.endsWith(pieces[last - 1].raw, end)) {
    last -= 1;
    end -= pieces[last].raw.length;
  }
  // gaps belong to what is read, so that no two of them come to stand side by side
  if (first > 0 && pieces[first - 1].kind === "gap") {
    first -= 1;
    start -= pieces[first].raw.length;
  }
  if (last < pieces.length && pieces[last].kind === "gap") {
    end += pieces[last].raw.length;
    last += 1;
  }
  const between = parsed(Kind, text.slice(start, end), pieces.slice(first, last));
  return new Kind([...pieces.slice(0, first), ...between, ...pieces.slice(last)]);
}

/**
 * `text` as pieces; those of `previous` that are the same to the letter are taken over. Throws XmlError.
 * @param {any} Kind @param {string} text @param {Piece[]} previous
 */
function parsed(Kind, text, previous) {
  const known = new Map();
  for (const piece of previous) {
    if (!known.has(piece.raw)) known.set(piece.raw, []);
    known.get(piece.raw).push(piece);
  }
  /** @type {Piece[]} */
  const pieces = [];
  let gapStart = 0;
  /** @param {string} raw @param {(raw: string) => Piece} make */
  const take = (raw, make) => {
    if (raw) pieces.push(known.get(raw)?.shift() ?? make(raw));
  };
  for (const node of parse(text).children) {
    if (node.type !== "element") continue;
    take(text.slice(gapStart, node.start), gap);
    take(text.slice(node.start, node.end), (raw) => new Piece(raw, Kind.kindOf(node)));
    gapStart = node.end;
  }
  take(text.slice(gapStart), gap);
  return pieces;
}
