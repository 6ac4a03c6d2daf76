// Changes to the activity. Each function takes an activity and returns a new one in which only that place is different.
import {breakBeforePiece, moved, putIn, without} from "../studio/pieces-edit.js";
import {innerOf} from "../studio/prose-part.js";
import {elements, escapeAttribute, escapeText} from "../studio/xml.js";
import {insertedAfter, removed, withAttribute, withInner} from "../studio/xml-edit.js";
import {ORDER, PARTS} from "./activity.js";

/** With a new card or group at the end of its kind. Returns {row, key}. @param {any} activity @param {string} kind @param {string} id */
export const add = (activity, kind, id) => putIn(activity, ORDER, kind, kind === "group"
  ? `<group id="${escapeAttribute(id)}"></group>`
  : `<card id="${escapeAttribute(id)}"><text></text></card>`);

/** With a card or group at place `to` among those of its kind. */
export {moved as move};

/** Without an element, and without the blanks before it. */
export {without as remove};

/** With the inside of the task or of what is said afterwards; none takes the element away. @param {any} activity @param {string} kind @param {string} xml */
export function setProse(activity, kind, xml) {
  const entry = activity.of(kind)[0];
  if (!entry) return xml ? putIn(activity, ORDER, kind, `<${kind}>${xml}</${kind}>`).row : activity;
  if (!xml) return without(activity, entry.key);
  return innerOf(entry) === xml ? activity : activity.rewritten(entry.index, withInner(entry.piece.raw, entry.piece.element, xml));
}

/** With an attribute of the picture; without any there is none. @param {any} activity @param {string} name @param {string} value */
export function setPicture(activity, name, value) {
  const entry = activity.of("picture")[0];
  if (!entry) return value ? putIn(activity, ORDER, "picture", `<picture ${name}="${escapeAttribute(value)}"/>`).row : activity;
  const raw = withAttribute(entry.piece.raw, entry.piece.element, name, value);
  return / (?:src|alt)=/.test(raw) ? activity.rewritten(entry.index, raw) : without(activity, entry.key);
}

/** @param {any} activity @param {Key} key @param {(piece: Piece, base: string) => string} edit */
function change(activity, key, edit) {
  const entry = activity.entry(key);
  return entry ? activity.rewritten(entry.index, edit(entry.piece, breakBeforePiece(activity, entry))) : activity;
}

/** With an attribute of a card; "" takes it away. @param {any} activity @param {Key} key @param {string} name @param {string} value */
export const setAttribute = (activity, key, name, value) => change(activity, key, ({raw, element}) => withAttribute(raw, element, name, value));

/** With the name of a group. @param {any} activity @param {Key} key @param {string} name */
export const setName = (activity, key, name) => change(activity, key, ({raw, element}) => withInner(raw, element, escapeText(name)));

/** With the inside of a part of a card; none takes the part away. @param {any} activity @param {Key} key @param {string} part @param {string} xml */
export const setPart = (activity, key, part, xml) => change(activity, key, ({raw, element}, base) => {
  const parts = elements(element);
  const found = parts.find((child) => child.name === part);
  if (found) return xml || part === "text" ? withInner(raw, found, xml) : removed(raw, found.start, found.end);
  if (!xml) return raw;
  const before = parts.filter((child) => PARTS.indexOf(child.name) < PARTS.indexOf(part)).at(-1);
  return insertedAfter(raw, element, before ?? null, `<${part}>${xml}</${part}>`, base);
});
