// Prose as authors type it and as the OLX has it. A blank line parts paragraphs, *word* is emphasis, **word** strong, "- " a list,
// "1. " a numbered one, "> " a quotation. Prose that this does not say to the letter is not translated at all: `shorthand` gives
// null, and the author edits the OLX itself.
import {decode, escapeText, parse} from "./xml.js";

const LIST = /^- /;
const NUMBERED = /^\d+\. /;
const QUOTED = /^> ?/;
const STARTS_BLOCK = /^(?:- |\d+\. |>)/;
/** @type {Record<string, string>} */
const MARKS = {em: "*", strong: "**"};

/**
 * How new prose is laid out: `between` parts blocks, `empty` stands for no words at all, `inline` says that a lone paragraph has no
 * tag, `inlineOnly` that there are no paragraphs.
 */
export function newLayout({between = "\n", inline = false, inlineOnly = false, empty = ""} = {}) {
  return {lead: "", between, trail: "", item: "", listEnd: "", wrap: "\n", inline: inline || inlineOnly, inlineOnly, empty, bareGreater: false};
}

/**
 * The inside of an element as {text, layout}, or null where that would lose a letter.
 * @param {string} raw @param {LayoutOptions} [options]
 */
export function shorthand(raw, options = {}) {
  const nodes = parse(raw).children;
  const layout = newLayout(options);
  layout.bareGreater = bareGreater(raw, nodes);
  if (!raw.trim() || /^\s*<p><\/p>\s*$/.test(raw)) {
    layout.empty = raw;
    return {text: "", layout};
  }
  const block = nodes.some((node) => node.type === "element" && ["p", "ul", "ol", "blockquote"].includes(node.name));
  let text;
  if (layout.inlineOnly || !block) {
    layout.lead = /^\s*/.exec(raw)[0];
    layout.trail = /\s*$/.exec(raw)[0];
    layout.inline = true;
    const content = raw.slice(layout.lead.length, raw.length - layout.trail.length);
    layout.wrap = wrapOf(content) ?? layout.wrap;
    text = inlineText(content, layout, !layout.inlineOnly);
  } else {
    text = blocksText(raw, nodes, layout);
  }
  if (text === null || olx(text, layout) !== raw) return null;
  return {text, layout};
}

/** The OLX of what an author typed, laid out as `layout` says. @param {string} text @param {Layout} layout */
export function olx(text, layout) {
  if (!text.trim()) return layout.empty;
  if (layout.inlineOnly) {
    const flat = text.replace(/\r\n?/g, "\n").replace(/\n[ \t]*(?:\n[ \t]*)+/g, "\n").trim();
    return `${layout.lead}${inlineOlx(flat, layout)}${layout.trail}`;
  }
  const blocks = divide(text);
  const within = layout.inline && blocks.length === 1 && blocks[0].tag === "p"
    ? inlineOlx(blocks[0].lines.join("\n"), layout)
    : blocks.map((one) => blockOlx(one, layout)).join(layout.between);
  return `${layout.lead}${within}${layout.trail}`;
}

/** How many blocks of `text` begin before `caret`; 0 for an empty text. @param {string} text @param {number} caret */
export function blocksBefore(text, caret) {
  return divide(text.slice(0, caret)).length;
}

/** @param {string} raw @param {XmlNode[]} nodes @returns {boolean} */
function bareGreater(raw, nodes) {
  return nodes.some((node) => (node.type === "text" ? raw.slice(node.start, node.end).includes(">") : node.children && bareGreater(raw, node.children)));
}

/** @param {string} raw */
function wrapOf(raw) {
  const wraps = new Set(raw.match(/\n[ \t]*/g) ?? []);
  return wraps.size === 1 ? [...wraps][0] : null;
}

/** @param {string} raw @param {XmlNode[]} nodes @param {Layout} layout */
function blocksText(raw, nodes, layout) {
  /** @param {string} text */
  const blank = (text) => !text.trim();
  const gaps = [""];
  const found = [];
  for (const node of nodes) {
    if (node.type === "text" && blank(raw.slice(node.start, node.end))) gaps[gaps.length - 1] += raw.slice(node.start, node.end);
    else if (node.type === "element" && !node.attributes.length && !node.selfClosing) {
      found.push(node);
      gaps.push("");
    } else return null;
  }
  layout.lead = gaps[0];
  layout.trail = gaps[gaps.length - 1];
  if (found.length > 1) layout.between = gaps[1];
  const texts = [];
  layout.wrap = wrapOf(found.filter((node) => node.name !== "ul" && node.name !== "ol")
    .map((node) => raw.slice(node.openEnd, node.innerEnd)).join("")) ?? "\n";
  for (const node of found) {
    const content = raw.slice(node.openEnd, node.innerEnd);
    let text = null;
    if (node.name === "p" || node.name === "blockquote") {
      text = inlineText(content, layout, true);
      if (text !== null && node.name === "blockquote") text = text.split("\n").map((line) => `> ${line}`).join("\n");
    } else if (node.name === "ul" || node.name === "ol") text = listText(raw, node, layout);
    if (text === null) return null;
    texts.push(text);
  }
  return texts.join("\n\n");
}

/** @param {string} raw @param {any} list @param {Layout} layout */
function listText(raw, list, layout) {
  const lines = [];
  let space = "";
  for (const node of list.children) {
    if (node.type === "text" && !raw.slice(node.start, node.end).trim()) {
      space += raw.slice(node.start, node.end);
    } else if (node.type === "element" && node.name === "li" && !node.attributes.length && !node.selfClosing) {
      layout.item = space;
      space = "";
      const text = inlineText(raw.slice(node.openEnd, node.innerEnd), layout, false);
      if (text === null || text.includes("\n")) return null;
      lines.push(`${list.name === "ol" ? `${lines.length + 1}. ` : "- "}${text}`);
    } else return null;
  }
  layout.listEnd = space;
  return lines.length ? lines.join("\n") : null;
}

/** @param {string} raw @param {Layout} layout @param {boolean} escapeStarts */
function inlineText(raw, layout, escapeStarts) {
  /** @param {XmlNode[]} nodes @param {any} source */
  const write = (nodes, source) => {
    let text = "";
    for (const node of nodes) {
      if (node.type === "text") {
        const literal = source.slice(node.start, node.end);
        const lines = layout.wrap !== "\n" ? literal.split(layout.wrap).join("\n") : literal;
        text += decode(lines).replace(/[\\*]/g, "\\$&");
      } else if (node.type === "element" && !node.attributes.length && MARKS[node.name] && !node.selfClosing) {
        const within = write(node.children, source);
        if (within === null) return null;
        text += MARKS[node.name] + within + MARKS[node.name];
      } else if (node.type === "element" && node.name === "br" && node.selfClosing && source.slice(node.start, node.end) === "<br/>") {
        text += "\\\n";
      } else return null;
    }
    return text;
  };
  const text = write(parse(raw).children, raw);
  if (text === null || !escapeStarts) return text;
  return text.split("\n").map((line) => (STARTS_BLOCK.test(line) ? line.replace(/^(\d*)(.)/, "$1\\$2") : line)).join("\n");
}

/** The blocks that an author typed: {tag, lines}. @param {string} text */
function divide(text) {
  const blocks = [];
  let open = null;
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const tag = LIST.test(line) ? "ul" : NUMBERED.test(line) ? "ol" : QUOTED.test(line) && line[0] === ">" ? "blockquote" : "p";
    if (!line.trim()) {
      open = null;
    } else if (open && open.tag === tag) {
      open.lines.push(line);
    } else if (open && tag === "p" && open.tag !== "p") {
      open.lines[open.lines.length - 1] += ` ${line.trim()}`;
    } else {
      open = {tag, lines: [line]};
      blocks.push(open);
    }
  }
  return blocks;
}

/** @param {{tag: string, lines: string[]}} block @param {Layout} layout */
function blockOlx(block, layout) {
  if (block.tag === "p") return `<p>${inlineOlx(block.lines.join("\n"), layout)}</p>`;
  if (block.tag === "blockquote") {
    return `<blockquote>${inlineOlx(block.lines.map((line) => line.replace(QUOTED, "")).join("\n"), layout)}</blockquote>`;
  }
  const mark = block.tag === "ul" ? LIST : NUMBERED;
  const items = block.lines.map((line) => `${layout.item}<li>${inlineOlx(line.replace(mark, ""), layout)}</li>`);
  return `<${block.tag}>${items.join("")}${layout.listEnd}</${block.tag}>`;
}

/**
 * Words with *marks* as OLX. Marks that open and never close, or close what is not open, are plain stars.
 * @param {string} text @param {Layout} layout
 */
function inlineOlx(text, layout) {
  const out = [];
  /** @type {{mark: string, index: number}[]} */
  const open = []; // {mark, index in out}
  /** @param {any} letters */
  const escaped = (letters) => {
    const safe = layout.bareGreater ? escapeText(letters).replace(/&gt;/g, ">") : escapeText(letters);
    return layout.wrap === "\n" ? safe : safe.split("\n").join(layout.wrap);
  };
  /** @param {string} mark @param {boolean} canOpen @param {boolean} canClose */
  const star = (mark, canOpen, canClose) => {
    const depth = canClose ? open.findLastIndex((one) => one.mark === mark) : -1;
    if (depth >= 0 && open[depth].index < out.length - 1) {
      const tag = mark === "*" ? "em" : "strong";
      out[open[depth].index] = `<${tag}>`;
      open.length = depth;
      out.push(`</${tag}>`);
      return;
    }
    if (canOpen) open.push({mark, index: out.length});
    out.push(mark);
  };
  const pattern = /\\\n|\\([\\*\->.])|\*+|[^\\*]+|[\s\S]/gy;
  let before = "";
  for (const found of text.matchAll(pattern)) {
    const token = found[0];
    if (token === "\\\n") out.push("<br/>");
    else if (found[1]) out.push(escaped(found[1]));
    else if (token[0] === "*" && token.length <= 3) {
      const after = text[found.index + token.length] ?? " ";
      const canOpen = /\S/.test(after);
      const canClose = /\S/.test(before || " ");
      const innerFirst = open.length > 0 && open[open.length - 1].mark === "*";
      const marks = token.length < 3 ? [token] : innerFirst ? ["*", "**"] : ["**", "*"];
      for (const mark of marks) star(mark, canOpen, canClose);
    } else out.push(escaped(token));
    before = token.slice(-1);
  }
  return out.join("");
}
