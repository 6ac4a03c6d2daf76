// Changes to the pledge. Each function takes a pledge and returns a new one in which only that place is different.
import {insertedAfter, removed} from "../editor/edit.js?v=0.1.0";
import {gap, pieceOf} from "../editor/story.js?v=0.1.0";
import {elements, escapeAttribute, escapeText, withAttribute, withInner} from "../editor/xml.js?v=0.1.0";
import {ORDER, Pledge, oneLine, proseOf, questionOf, statementOf, textOf} from "./pledge.js?v=0.1.0";

/** The break before the elements of the pledge. */
function lineOf(pledge) {
  for (const {index} of pledge.entries) {
    const before = pledge.pieces[index - 1];
    const found = before?.kind === "gap" ? /\n[ \t]*$/.exec(before.raw) : null;
    if (found) return found[0];
  }
  return "\n  ";
}

/** With the element `raw` after the last that stands before one of `kind`. Returns {pledge, key}. */
function inserted(pledge, kind, raw) {
  const line = lineOf(pledge);
  const piece = pieceOf(raw);
  const rank = ORDER.indexOf(kind);
  const before = pledge.entries.filter((entry) => ORDER.includes(entry.kind) && ORDER.indexOf(entry.kind) <= rank).at(-1);
  const {pieces} = pledge;
  let made;
  if (before) made = [...pieces.slice(0, before.index + 1), gap(line), piece, ...pieces.slice(before.index + 1)];
  else if (pledge.entries.length) {
    const {index} = pledge.entries[0];
    made = [...pieces.slice(0, index), piece, gap(line), ...pieces.slice(index)];
  } else {
    const kept = pledge.text.replace(/\n?[ \t]*$/, ""); // a comment stays
    made = [gap(`${kept.trim() ? kept : ""}${line}`), piece, gap("\n")];
  }
  const now = new Pledge(made);
  return {pledge: now, key: now.entries.find((entry) => entry.piece === piece).key};
}

/** With a new statement. Returns {pledge, key}. */
export const addStatement = (pledge, id, text = "") =>
  inserted(pledge, "affirmation", `<affirmation id="${escapeAttribute(id)}">${escapeText(oneLine(text))}</affirmation>`);

/** With a new question. Returns {pledge, key}. */
export const addQuestion = (pledge, id) => inserted(pledge, "field", `<field id="${escapeAttribute(id)}" label="" required="false"/>`);

/** With a statement or question at place `to` among those of its kind. What stands between them keeps its place. */
export function move(pledge, key, to) {
  const entry = pledge.entry(key);
  if (!entry) return pledge;
  const entries = pledge.of(entry.kind);
  const target = Math.max(0, Math.min(to, entries.length - 1));
  if (entry.number === target) return pledge;
  const moving = entries.map((one) => one.piece);
  moving.splice(target, 0, ...moving.splice(entry.number, 1));
  const pieces = [...pledge.pieces];
  entries.forEach((one, number) => {
    pieces[one.index] = moving[number];
  });
  return new Pledge(pieces);
}

/** Without an element, and without the blanks before it. */
export function remove(pledge, key) {
  const entry = pledge.entry(key);
  if (!entry) return pledge;
  const {index} = entry;
  const [before, after] = [pledge.pieces[index - 1], pledge.pieces[index + 1]];
  const [start, end] = [before?.kind === "gap" ? index - 1 : index, after?.kind === "gap" ? index + 2 : index + 1];
  const rest = `${(before?.kind === "gap" ? before.raw : "").replace(/\n?[ \t]*$/, "")}${after?.kind === "gap" ? after.raw : ""}`;
  return new Pledge([...pledge.pieces.slice(0, start), ...(rest ? [gap(rest)] : []), ...pledge.pieces.slice(end)]);
}

/** With the inside of the introduction or the closing words; none takes the element away. */
export function setProse(pledge, kind, xml) {
  const entry = pledge.part(kind);
  if (!entry) return xml ? inserted(pledge, kind, `<${kind}>${xml}</${kind}>`).pledge : pledge;
  if (!xml) return remove(pledge, entry.key);
  return proseOf(entry) === xml ? pledge : pledge.rewritten(entry.index, withInner(entry.piece.raw, entry.piece.element, xml));
}

function change(pledge, key, edit) {
  const entry = pledge.entry(key);
  if (!entry) return pledge;
  const before = pledge.pieces[entry.index - 1];
  const base = before?.kind === "gap" ? /\n[ \t]*$/.exec(before.raw)?.[0] ?? "" : "";
  return pledge.rewritten(entry.index, edit(entry.piece.raw, entry.piece, base));
}

/** With the words of a statement. What says the same already is left as it is written. */
export function setStatement(pledge, key, text) {
  const wanted = oneLine(text);
  return change(pledge, key, (raw, piece) => (statementOf(piece) === wanted ? raw : withInner(raw, piece.element, escapeText(wanted))));
}

/** With an attribute of a question: label, format or hint. An empty format or hint takes the attribute away. */
export function setQuestion(pledge, key, name, value) {
  const wanted = oneLine(value);
  return change(pledge, key, (raw, piece) => {
    if (questionOf(piece)[name === "format" ? "mask" : name] === wanted) return raw;
    if (wanted || name !== "label") return withAttribute(raw, piece.element, name, wanted);
    const found = piece.element.attributes.find((one) => one.name === name);
    return `${raw.slice(0, found.valueStart)}${raw.slice(found.valueEnd)}`; // a label that is being written anew keeps its place
  });
}

export function setRequired(pledge, key, required) {
  return change(pledge, key, (raw, piece) => (questionOf(piece).required === required ? raw : withAttribute(raw, piece.element, "required", String(required))));
}

/** With exactly `options` to choose from. Those that stay are left as they are written; without any there is no end tag. */
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

/** With another id. Returns {pledge, key}: its key is another too. */
export function setId(pledge, key, id) {
  const {index} = pledge.entry(key);
  const made = change(pledge, key, (raw, piece) => withAttribute(raw, piece.element, "id", id));
  return {pledge: made, key: made.entries.find((entry) => entry.index === index).key};
}
