// Changes to the pledge. Each function takes a pledge and returns a new one in which only that place is different.
import {breakBeforePiece, moved, putIn, without} from "../studio/pieces-edit.js";
import {elements, escapeAttribute, escapeText} from "../studio/xml.js";
import {insertedAfter, removed, withAttribute, withInner} from "../studio/xml-edit.js";
import {innerOf} from "../studio/prose-part.js";
import {ORDER, oneLine, pieceOf, questionOf, statementOf, textOf} from "./pledge.js";

/**
 * With the element `raw` after the last that stands before one of `kind`. Returns {pledge, key}.
 * @param {Pledge} pledge @param {string} kind @param {string} raw
 */
function inserted(pledge, kind, raw) {
  const {row, key} = putIn(pledge, ORDER, kind, raw);
  return {pledge: /** @type {Pledge} */ (row), key};
}

/** With a new statement. Returns {pledge, key}. @param {Pledge} pledge @param {string} id @param {string} [text] */
export const addStatement = (pledge, id, text = "") =>
  inserted(pledge, "affirmation", `<affirmation id="${escapeAttribute(id)}">${escapeText(oneLine(text))}</affirmation>`);

/** With a new question. Returns {pledge, key}. @param {Pledge} pledge @param {string} id */
export const addQuestion = (pledge, id) => inserted(pledge, "field", `<field id="${escapeAttribute(id)}" label="" required="false"/>`);

/** With a statement or question at place `to` among those of its kind. What stands between them keeps its place. */
export {moved as move};

/** Without an element, and without the blanks before it. */
export {without as remove};

/**
 * With the inside of the introduction or the closing words; none takes the element away.
 * @param {Pledge} pledge @param {string} kind @param {any} xml
 */
export function setProse(pledge, kind, xml) {
  const entry = pledge.part(kind);
  if (!entry) return xml ? inserted(pledge, kind, `<${kind}>${xml}</${kind}>`).pledge : pledge;
  if (!xml) return without(pledge, entry.key);
  return innerOf(entry) === xml ? pledge : pledge.rewritten(entry.index, withInner(entry.piece.raw, entry.piece.element, xml));
}

/** @param {Pledge} pledge @param {Key} key @param {(raw: string, piece: Piece, base: string) => string} edit */
function change(pledge, key, edit) {
  const entry = pledge.entry(key);
  if (!entry) return pledge;
  return pledge.rewritten(entry.index, edit(entry.piece.raw, entry.piece, breakBeforePiece(pledge, entry)));
}

/**
 * With the words of a statement. What says the same already is left as it is written.
 * @param {Pledge} pledge @param {Key} key @param {string} text
 */
export function setStatement(pledge, key, text) {
  const wanted = oneLine(text);
  return change(pledge, key, (raw, piece) => (statementOf(piece) === wanted ? raw : withInner(raw, piece.element, escapeText(wanted))));
}

/**
 * With an attribute of a question: label, format or hint. An empty format or hint takes the attribute away.
 * @param {Pledge} pledge @param {Key} key @param {string} name @param {string} value
 */
export function setQuestion(pledge, key, name, value) {
  const wanted = oneLine(value);
  return change(pledge, key, (raw, piece) => {
    if (/** @type {any} */ (questionOf(piece))[name === "format" ? "mask" : name] === wanted) return raw;
    if (wanted || name !== "label") return withAttribute(raw, piece.element, name, wanted);
    const found = piece.element.attributes.find((one) => one.name === name);
    return `${raw.slice(0, found.valueStart)}${raw.slice(found.valueEnd)}`; // a label that is being written anew keeps its place
  });
}

/** @param {Pledge} pledge @param {Key} key @param {boolean} required */
export function setRequired(pledge, key, required) {
  return change(pledge, key, (raw, piece) => (questionOf(piece).required === required ? raw : withAttribute(raw, piece.element, "required", String(required))));
}

/**
 * With exactly `options` to choose from. Those that stay are left as they are written; without any there is no end tag.
 * @param {Pledge} pledge @param {Key} key @param {string[]} options
 */
export function setOptions(pledge, key, options) {
  const wanted = options.map(oneLine).filter(Boolean);
  return change(pledge, key, (raw, _piece, base) => {
    let made = raw;
    const node = () => pieceOf(made).element;
    const now = () => elements(node()).filter((child) => child.name === "option");
    while (now().length > wanted.length) made = removed(made, now().at(-1).start, now().at(-1).end);
    wanted.forEach((text, number) => {
      const one = now()[number];
      if (!one) made = insertedAfter(made, node(), elements(node()).at(-1) ?? null, `<option>${escapeText(text)}</option>`, base);
      else if (textOf(made, one) !== text) made = withInner(made, one, escapeText(text));
    });
    const {selfClosing, openEnd, innerEnd} = node();
    if (wanted.length || made === raw || selfClosing || made.slice(openEnd, innerEnd).trim()) return made;
    return made.slice(0, openEnd).replace(/[ \t\r\n]*>$/, "/>");
  });
}

/** With another id. Returns {pledge, key}: its key is another too. @param {Pledge} pledge @param {Key} key @param {string} id */
export function setId(pledge, key, id) {
  const {index} = pledge.entry(key);
  const made = change(pledge, key, (raw, piece) => withAttribute(raw, piece.element, "id", id));
  return {pledge: made, key: made.entries.find((entry) => entry.index === index).key};
}
