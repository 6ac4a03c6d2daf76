// A small XML reader that knows where everything stands in the text, so that an edit can change one place and leave the rest to
// the letter. It accepts what the server's reader accepts: no document types, no entities but XML's own five.

const NAME = /[\p{L}_][\p{L}\p{N}\p{M}_.\-·]*(?::[\p{L}_][\p{L}\p{N}\p{M}_.\-·]*)?/uy;
const SPACE = /[ \t\r\n]*/y;
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/y;
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const DEEPEST = 255; // elements within each other; the server's reader stops there too
const NAMED = {amp: "&", lt: "<", gt: ">", quot: '"', apos: "'"};

/** Text that is no well-formed XML. `code` names the reason, `about` the tag or attribute it is about, `offset` the place. */
export class XmlError extends Error {
  constructor(code, offset, about = "") {
    super(`${code} ${about}`.trim());
    this.code = code;
    this.offset = offset;
    this.about = about;
  }
}

/** 1-based line and column of `offset` in `text`. */
export function placeOf(text, offset) {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf("\n");
  let line = 1;
  for (let at = before.indexOf("\n"); at >= 0; at = before.indexOf("\n", at + 1)) line += 1;
  return {line, column: offset - lastBreak};
}

/** Without what XML has no letter for: it comes with what is pasted (a word processor's line break is one). */
const letters = (text) => text.replace(/\x0b|\x0c/g, " ").replace(new RegExp(FORBIDDEN, "g"), "");
export const escapeText = (text) => letters(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
export const escapeAttribute = (text) => letters(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;").replace(/[\t\r\n]/g, " ");

/** `raw` character data as the characters it stands for. */
export function decode(raw) {
  if (!raw.includes("&")) return raw;
  return raw.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d+)|#x([0-9a-fA-F]+));/g, (_all, name, decimal, hex) =>
    name ? NAMED[name] : String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex, 16)));
}

/**
 * Read `text` as the inside of an element. Nodes are {type, start, end}; elements have name, attributes, children, openEnd
 * (where the start tag ends), innerEnd (where the end tag starts) and selfClosing. Throws XmlError.
 */
export function parse(text) {
  const root = {type: "root", name: "", start: 0, end: text.length, openEnd: 0, innerEnd: text.length, attributes: [], children: []};
  const stack = [root];
  let at = 0;

  const fail = (code, offset, name) => {
    throw new XmlError(code, offset, name);
  };
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden) fail("character", forbidden.index);
  const name = () => {
    NAME.lastIndex = at;
    const found = NAME.exec(text);
    if (!found) fail("tag", at);
    at = NAME.lastIndex;
    return found[0];
  };
  const space = () => {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    const moved = SPACE.lastIndex > at;
    at = SPACE.lastIndex;
    return moved;
  };
  const checkReferences = (start, end) => {
    for (let amp = text.indexOf("&", start); amp >= 0 && amp < end; amp = text.indexOf("&", amp + 1)) {
      REFERENCE.lastIndex = amp;
      const found = REFERENCE.exec(text);
      if (!found || REFERENCE.lastIndex > end) fail("entity", amp);
      if (!found[1]) {
        const code = found[2] ? Number(found[2]) : parseInt(found[3], 16);
        if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) || FORBIDDEN.test(String.fromCodePoint(code))) fail("entity", amp);
      }
    }
  };
  const upTo = (mark, from, code) => {
    const found = text.indexOf(mark, from);
    if (found < 0) fail(code, at);
    return found + mark.length;
  };
  const add = (type, end) => {
    stack[stack.length - 1].children.push({type, start: at, end});
    at = end;
  };
  const checkPrefix = (element, full, offset) => {
    const [prefix, local] = full.split(":");
    if (local === undefined || prefix === "xml" || prefix === "xmlns") return;
    const declared = [...stack, element].some((node) => node.attributes.some((one) => one.name === `xmlns:${prefix}`));
    if (!declared) fail("prefix", offset, full);
  };

  while (at < text.length) {
    if (text[at] !== "<") {
      const next = text.indexOf("<", at);
      const end = next < 0 ? text.length : next;
      checkReferences(at, end);
      const mark = text.indexOf("]]>", at);
      if (mark >= 0 && mark < end) fail("cdata", mark);
      add("text", end);
    } else if (text.startsWith("<!--", at)) {
      const end = upTo("-->", at + 4, "comment");
      if (text.slice(at + 4, end - 3).includes("--") || text[end - 4] === "-") fail("comment", at);
      add("comment", end);
    } else if (text.startsWith("<![CDATA[", at)) {
      add("cdata", upTo("]]>", at + 9, "cdata"));
    } else if (text.startsWith("<!", at)) {
      fail("doctype", at);
    } else if (text.startsWith("<?", at)) {
      if (/^<\?xml(?![\w.:-])/i.test(text.slice(at, at + 6))) fail("declaration", at);
      if (!/^<\?[\p{L}_]/u.test(text.slice(at, at + 4))) fail("tag", at);
      add("instruction", upTo("?>", at + 2, "tag"));
    } else if (text[at + 1] === "/") {
      const start = at;
      at += 2;
      const closed = name();
      space();
      if (text[at] !== ">") fail("tag", start, closed);
      const element = stack.pop();
      if (element === root) fail("close", start, closed);
      if (element.name !== closed) fail("mismatch", start, element.name);
      at += 1;
      element.innerEnd = start;
      element.end = at;
    } else {
      const start = at;
      at += 1;
      const element = {type: "element", name: name(), start, end: 0, openEnd: 0, innerEnd: 0, selfClosing: false, attributes: [], children: []};
      for (;;) {
        const spaced = space();
        if (text[at] === ">" || text.startsWith("/>", at)) break;
        if (at >= text.length) fail("tag", start, element.name);
        if (!spaced) fail("attribute", at, element.name);
        const from = at;
        const attribute = name();
        space();
        if (text[at] !== "=") fail("attribute", from, attribute);
        at += 1;
        space();
        const quote = text[at];
        if (quote !== '"' && quote !== "'") fail("attribute", from, attribute);
        const valueStart = at + 1;
        const valueEnd = text.indexOf(quote, valueStart);
        if (valueEnd < 0) fail("attribute", from, attribute);
        if (text.slice(valueStart, valueEnd).includes("<")) fail("attribute", from, attribute);
        checkReferences(valueStart, valueEnd);
        if (element.attributes.some((one) => one.name === attribute)) fail("twice", from, attribute);
        at = valueEnd + 1;
        const value = decode(text.slice(valueStart, valueEnd).replace(/\r\n|[\t\r\n]/g, " "));
        element.attributes.push({name: attribute, start: from, end: at, valueStart, valueEnd, value});
      }
      element.selfClosing = text[at] === "/";
      at += element.selfClosing ? 2 : 1;
      element.openEnd = element.innerEnd = element.end = at;
      checkPrefix(element, element.name, start);
      for (const attribute of element.attributes) checkPrefix(element, attribute.name, attribute.start);
      stack[stack.length - 1].children.push(element);
      if (stack.length > DEEPEST) fail("tag", start, element.name);
      if (!element.selfClosing) stack.push(element);
    }
  }
  if (stack.length > 1) fail("unclosed", stack[stack.length - 1].start, stack[stack.length - 1].name);
  return root;
}

/** The value of an attribute without blanks around it, "" when there is none. */
export function attribute(element, name) {
  const found = element.attributes.find((one) => one.name === name);
  return found ? found.value.trim() : "";
}

export const elements = (node) => node.children.filter((child) => child.type === "element");
export const inner = (text, element) => text.slice(element.openEnd, element.innerEnd);

const WITHIN_WORDS = new Set(["em", "strong", "q", "cite"]);

/** The characters that stand in `node`, without markup; a blank after each element that ends a line. */
export function words(text, node) {
  if (node.type === "text") return decode(text.slice(node.start, node.end));
  if (node.type === "cdata") return text.slice(node.start + 9, node.end - 3);
  const said = node.children ? node.children.map((child) => words(text, child)).join("") : "";
  return node.type === "element" && !WITHIN_WORDS.has(node.name) ? `${said} ` : said;
}
