// Changes to the list. Each function takes a list and returns a new one in which only that place is different.
import {gap} from "../studio/pieces.js";
import {breakBeforePiece, lineOf, moved, without as withoutPiece} from "../studio/pieces-edit.js";
import {elements, escapeAttribute, escapeText} from "../studio/xml.js";
import {insertedAfter, removed, withAttribute, withInner} from "../studio/xml-edit.js";
import {CHECK, ITEMS, ORDER, children, elementOf, oneLine, textOf} from "./entry.js";
import {List, pieceOf} from "./list.js";

// -- the list ----------------------------------------------------------------------------------------------------------------------

/** @param {List} list @param {string[]} raws */
function appended(list, raws) {
  const line = lineOf(list, "\n  ");
  const last = list.entries.at(-1);
  const news = raws.flatMap((raw) => [gap(line), pieceOf(raw)]);
  if (last) return new List([...list.pieces.slice(0, last.index + 1), ...news, ...list.pieces.slice(last.index + 1)]);
  const blank = list.text.trim() ? list.pieces : []; // a comment stays
  const joined = blank.length && /\n[ \t]*$/.test(list.text) ? [gap(list.text.replace(/\n[ \t]*$/, "")), ...news] : [...blank, ...news];
  return new List([...joined, gap("\n")]);
}

/**
 * With authorities of the library at the end; those that are there already are left out. Returns {list, added: names}.
 * @param {List} list @param {string[]} names
 */
export function add(list, names) {
  const {names: here} = list;
  const added = [...new Set(names)].filter((name) => !here.has(name));
  return {list: added.length ? appended(list, added.map((name) => `<authority ref="${escapeAttribute(name)}"/>`)) : list, added};
}

/**
 * With an authority of the author's own at the end. Returns {list, key}.
 * @param {List} list @param {string} slug @param {string} kind
 */
export function addOwn(list, slug, kind) {
  const made = appended(list, [`<authority slug="${escapeAttribute(slug)}" kind="${kind}"></authority>`]);
  return {list: made, key: made.authorities.at(-1).key};
}

/** With an authority at place `to` among the authorities. What stands between them keeps its place. */
export {moved as move};

/** Without an element, and without the blanks before it. */
export {withoutPiece as remove};

// -- one authority -----------------------------------------------------------------------------------------------------------------

/** @param {List} list @param {Key} key @param {(raw: string, base: string) => string} edit */
function change(list, key, edit) {
  const entry = list.entry(key);
  if (!entry) return list;
  return list.rewritten(entry.index, edit(entry.piece.raw, breakBeforePiece(list, entry)));
}

/**
 * With a text of an authority; null takes the element away, so that the library's text holds again.
 * @param {List} list @param {Key} key @param {string} field @param {any} text
 */
export function setText(list, key, field, text) {
  return change(list, key, (raw, base) => withTexts(raw, [], elementOf(field), text === null ? [] : [text], base));
}

/**
 * With the items of a list; none of them takes the list away.
 * @param {List} list @param {Key} key @param {string} field @param {string[]} items
 */
export function setItems(list, key, field, items) {
  return change(list, key, (raw, base) => withTexts(raw, [], ITEMS[field], items, base));
}

/**
 * With the check question {question, right, wrong, why}; null takes it away.
 * @param {List} list @param {Key} key @param {any} check
 */
export function setCheck(list, key, check) {
  return change(list, key, (raw, base) => {
    if (!check) return without(raw, (child) => child.name === "check");
    let made = raw;
    const node = pieceOf(raw).element;
    if (!children(node, "check").length) made = insertedAfter(raw, node, lastBefore(node, "check", ORDER), "<check></check>", base);
    for (const name of CHECK) made = withTexts(made, ["check"], name, [check[name]].flat(), base);
    return made;
  });
}

/**
 * With an attribute of an authority. Returns {list, key}: its key is another when its name is.
 * @param {List} list @param {Key} key @param {string} name @param {string} value
 */
export function setAttribute(list, key, name, value) {
  const {index} = list.entry(key);
  const made = change(list, key, (raw) => withAttribute(raw, pieceOf(raw).element, name, value));
  return {list: made, key: made.entries.find((entry) => entry.index === index).key};
}

/** Without all texts, as the library has it. @param {List} list @param {Key} key */
export function unchanged(list, key) {
  return change(list, key, (raw) => without(raw, (child) => ORDER.includes(child.name)));
}

/**
 * The element at `path` (names, each the last one of that name) below the one that `raw` is.
 * @param {string} raw @param {string[]} path
 */
const at = (raw, path) => path.reduce((node, name) => children(node, name).at(-1), pieceOf(raw).element);

/**
 * `raw` with exactly `texts` in elements `name` at `path`. What says the same already is left as it is written.
 * @param {string} raw @param {string[]} path @param {string} name @param {string[]} texts @param {string} base
 */
function withTexts(raw, path, name, texts, base) {
  const wanted = texts.map(oneLine);
  if (!wanted.length) return without(raw, (child) => child.name === name);
  let made = raw;
  const now = () => children(at(made, path), name);
  while (now().length > wanted.length) made = removed(made, now().at(-1).start, now().at(-1).end);
  now().forEach((_node, number) => {
    const node = now()[number];
    if (textOf(made, node) !== wanted[number]) made = withInner(made, node, escapeText(wanted[number]));
  });
  for (const text of wanted.slice(now().length)) {
    const parent = at(made, path);
    const after = now().at(-1) ?? lastBefore(parent, name, path.length ? CHECK : ORDER);
    made = insertedAfter(made, parent, after, `<${name}>${escapeText(text)}</${name}>`, base);
  }
  return made;
}

/**
 * The last child of `parent` that is written before one called `name`.
 * @param {XmlNode} parent @param {string} name @param {string[]} order @returns {any}
 */
function lastBefore(parent, name, order) {
  return elements(parent).filter((child) => order.includes(child.name) && order.indexOf(child.name) <= order.indexOf(name)).at(-1) ?? null;
}

/**
 * `raw` without the children that are `gone`; with nothing left in it, it has no end tag.
 * @param {string} raw @param {(child: XmlNode) => boolean} gone
 */
function without(raw, gone) {
  let made = raw;
  for (const child of elements(pieceOf(raw).element).filter(gone).reverse()) made = removed(made, child.start, child.end);
  const node = pieceOf(made).element;
  if (made === raw || node.selfClosing || made.slice(node.openEnd, node.innerEnd).trim()) return made;
  return made.slice(0, node.openEnd).replace(/[ \t\r\n]*>$/, "/>");
}
