// Finds words among ids, titles and texts of the story.
import {dataOf} from "./scene.js";

/** @param {string} text */
const plainOf = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const AROUND = 40;

/**
 * Places that hold every word of `query`: {key, choice, title, part, excerpt}; ids and titles first, then in order of the story.
 * @param {Story} story @param {string} query @param {number} [most] @returns {any[]}
 */
export function find(story, query, most = 50) {
  const wanted = plainOf(query).split(/\s+/).filter(Boolean);
  if (!wanted.length) return [];
  /** @type {object[]} */
  const named = [];
  /** @type {object[]} */
  const texts = [];
  /** @param {string} text */
  const has = (text) => {
    const plain = plainOf(text);
    return wanted.every((word) => plain.includes(word));
  };
  for (const entry of story.entries) {
    const data = dataOf(entry.piece);
    const title = data.title || entry.id;
    /** @param {object[]} list @param {string} part @param {string} text @param {number} [choice] */
    const add = (list, part, text, choice) => {
      if (text && has(text)) list.push({key: entry.key, kind: entry.kind, choice, title, part, excerpt: excerpt(text, wanted[0])});
    };
    add(named, "name", `${data.title ?? ""} ${entry.id} ${data.place ?? ""} ${data.time ?? ""}`.trim());
    if (!data.lines) add(texts, "text", data.plain);
    for (const line of data.lines ?? []) add(texts, "line", `${line.who || line.by ? `${line.who || line.by}: ` : ""}${line.plain} ${line.alt ?? ""} ${line.title ?? ""}`.trim());
    (data.choices ?? []).forEach((choice, number) => {
      add(named, "choice", choice.id, number);
      for (const part of /** @type {const} */ (["text", "outcome", "why"])) add(texts, part, choice[part], number);
      for (const authority of choice.authorities) add(texts, "authority", authority.ref, number);
    });
  }
  return [...named, ...texts].slice(0, most);
}

/** @param {string} text @param {string} word */
function excerpt(text, word) {
  const at = plainOf(text).indexOf(word);
  if (text.length <= 2 * AROUND || at < 0) return text.length > 2 * AROUND ? `${text.slice(0, 2 * AROUND)}…` : text;
  const start = Math.max(at - AROUND, 0);
  return `${start ? "…" : ""}${text.slice(start, at + word.length + AROUND)}${at + word.length + AROUND < text.length ? "…" : ""}`;
}
