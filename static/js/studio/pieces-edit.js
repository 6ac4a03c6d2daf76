// Changes to a row of pieces: what is put in stands on a line of its own, what is taken out leaves no empty line.
import {gap} from "./pieces.js";

const BREAK = /\n[ \t]*$/;

/** The line break and indentation in the gap before `entry`, "" when none. @param {Pieces} row @param {Entry} entry */
export function breakBeforePiece(row, entry) {
  const before = row.pieces[entry.index - 1];
  return before?.kind === "gap" ? BREAK.exec(before.raw)?.[0] ?? "" : "";
}

/** The break before elements of the row; `otherwise` where none has one. @param {Pieces} row @param {string} otherwise */
export function lineOf(row, otherwise) {
  for (const entry of row.entries) {
    const found = breakBeforePiece(row, entry);
    if (found) return found;
  }
  return otherwise;
}

/**
 * With an element at place `to` among those of its kind. What stands between them keeps its place.
 * @param {Pieces} row @param {Key} key @param {number} to
 */
export function moved(row, key, to) {
  const entry = row.entry(key);
  if (!entry) return row;
  const entries = row.of(entry.kind);
  const target = Math.max(0, Math.min(to, entries.length - 1));
  if (entry.number === target) return row;
  const moving = entries.map((one) => one.piece);
  moving.splice(target, 0, ...moving.splice(entry.number, 1));
  const pieces = [...row.pieces];
  entries.forEach((one, number) => {
    pieces[one.index] = moving[number];
  });
  return row.remade(pieces);
}

/** Without an element, and without the blanks before it. @param {Pieces} row @param {Key} key */
export function without(row, key) {
  const entry = row.entry(key);
  if (!entry) return row;
  const {index} = entry;
  const [before, after] = [row.pieces[index - 1], row.pieces[index + 1]].map((piece) => (piece?.kind === "gap" ? piece : null));
  const [start, end] = [before ? index - 1 : index, after ? index + 2 : index + 1];
  const rest = `${(before?.raw ?? "").replace(/\n?[ \t]*$/, "")}${after?.raw ?? ""}`;
  return row.remade([...row.pieces.slice(0, start), ...(rest ? [gap(rest)] : []), ...row.pieces.slice(end)]);
}

/**
 * With the element `raw`, one of `kind`, after the last that stands before its kind in `order`. Returns {row, key}.
 * @param {any} row @param {string[]} order @param {string} kind @param {string} raw
 */
export function putIn(row, order, kind, raw) {
  const line = lineOf(row, "\n  ");
  const piece = row.constructor.piece(raw);
  const rank = order.indexOf(kind);
  const known = row.entries.filter((/** @type {Entry} */ entry) => order.includes(entry.kind));
  const before = known.filter((/** @type {Entry} */ entry) => order.indexOf(entry.kind) <= rank).at(-1);
  const {pieces} = row;
  let made;
  if (before) made = [...pieces.slice(0, before.index + 1), gap(line), piece, ...pieces.slice(before.index + 1)];
  else if (row.entries.length) {
    const {index} = row.entries[0];
    made = [...pieces.slice(0, index), piece, gap(line), ...pieces.slice(index)];
  } else {
    const kept = row.text.replace(/\n?[ \t]*$/, ""); // a comment stays
    made = [gap(`${kept.trim() ? kept : ""}${line}`), piece, gap("\n")];
  }
  const now = row.remade(made);
  return {row: now, key: now.entries.find((/** @type {Entry} */ entry) => entry.piece === piece).key};
}
