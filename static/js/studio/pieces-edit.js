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
