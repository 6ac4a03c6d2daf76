// One box of the map, and the lines of its arrows.
import {dataOf} from "./scene.js";
import {h, fill} from "../studio/dom.js";
import {BOX} from "./layout.js";

/** An empty box; `fillBox` writes into it. @param {ScenarioPage} ui */
export function newBox(ui) {
  return h("div.dti-box", {role: "option", tabindex: "-1", "aria-selected": "false", id: ui.id(`box-${ui.serial()}`)},
    h("div.dti-box-head", {}, h("span.dti-box-title", {dir: "auto"}), h("span.dti-box-meta", {dir: "auto"})),
    h("div.dti-box-rows"));
}

/**
 * Write what an entry says into its box. Returns nothing; rows that are the same are left alone.
 * @param {ScenarioPage} ui @param {any} element @param {Entry} entry
 * @param {{graph: Graph, problems: ServerProblem[], start: any}} options
 */
export function fillBox(ui, element, entry, {graph, problems, start}) {
  const {words, session} = ui;
  const data = dataOf(entry.piece);
  const title = data.title || entry.id || "…";
  const arrows = graph.arrows.get(entry.key);
  element.className = `dti-box is-${entry.kind}${entry.kind === "ending" ? ` is-${data.result}` : ""}${graph.reached.has(entry.key) ? "" : " is-lost"}${problems ? " has-problems" : ""}`;
  const [head, rows] = element.children;
  head.firstChild.textContent = title;
  const signs = entry.kind === "scene"
    ? [start ? words.startSign : "", levelTitle(session, data.level), data.clock ? fill(words.clockSign, {n: data.clock}) : "", data.needs.length ? words.needsSign : ""]
    : [words[data.result] ?? words.ending, data.needs.length ? words.needsSign : ""];
  if (problems) signs.push(fill(words.problemSign, {n: problems}));
  head.lastChild.textContent = signs.filter(Boolean).join(" · ");
  while (rows.children.length > data.choices.length) rows.lastChild.remove();
  data.choices.forEach((choice, number) => {
    const row = rows.children[number] ?? rows.appendChild(h("div.dti-box-row", {}, h("span", {dir: "auto"}), h("span.dti-port")));
    row.dataset.choice = number;
    row.classList.toggle("is-nowhere", !arrows[number].to);
    row.classList.toggle("is-timeout", choice.offered === "no");
    const text = ui.short(choice.text || choice.id || "…", 40);
    if (row.firstChild.textContent !== text) row.firstChild.textContent = text;
  });
  element.setAttribute("aria-label", spoken(ui, entry, data, arrows, problems, start));
}

/**
 * What a screen reader says of a box.
 * @param {ScenarioPage} ui @param {Entry} entry @param {Data} data @param {Arrow[]} arrows @param {ServerProblem[]} problems
 * @param {number} start
 */
export function spoken(ui, entry, data, arrows, problems, start) {
  const {words, session} = ui;
  const name = fill(entry.kind === "scene" ? words.spokenScene : words.spokenEnding, {title: data.title || entry.id || "…"});
  const titles = [...new Set(arrows.filter((arrow) => arrow.to).map((arrow) => {
    const target = session.story.entry(arrow.to);
    return dataOf(target.piece).title || target.id;
  }))];
  const parts = [
    name,
    start ? words.spokenStart : "",
    entry.kind === "scene" ? fill(words.spokenChoices, {n: data.choices.length}) : fill(words.spokenResult, {result: words[data.result] ?? data.result}),
    data.clock ? fill(words.spokenClock, {n: data.clock}) : "",
    titles.length ? fill(words.spokenLeads, {titles: titles.join(", ")}) : "",
    problems ? fill(words.spokenProblems, {n: problems}) : "",
  ];
  return parts.filter(Boolean).join(" ");
}

/** @param {Session} session @param {string} id */
function levelTitle(session, id) {
  if (!id) return "";
  const level = session.story.of("level").find((/** @type {Entry} */ entry) => entry.id === id);
  return level ? dataOf(level.piece).title || id : id;
}

/**
 * The line of an arrow from a box at `from` to one at `to`, with its head.
 * @param {Point} from @param {number} choice @param {Point} to
 */
export function arrowPath(from, choice, to) {
  const x = from.x + BOX.width;
  const y = from.y + (choice < 0 ? BOX.head / 2 : BOX.head + BOX.row * (choice + 0.5));
  const [endX, endY] = [to.x - 2, to.y + BOX.head / 2];
  const reach = endX > x ? Math.max(36, (endX - x) / 2) : Math.max(90, Math.min(220, (x - endX) / 3));
  // a long arrow bows, so that it does not run behind the boxes between
  const bow = Math.abs(endX - x) > BOX.width ? (endY <= y ? -1 : 1) * Math.min(160, 60 + Math.abs(endX - x) / 12) : 0;
  return `M${x} ${y}C${x + reach} ${y + bow} ${endX - reach} ${endY + bow} ${endX} ${endY}M${endX - 8} ${endY - 5}L${endX} ${endY}L${endX - 8} ${endY + 5}`;
}
