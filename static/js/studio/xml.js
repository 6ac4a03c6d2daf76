// A small XML reader that knows where everything stands in the text, so that an edit can change one place and leave the rest to
// the letter. It accepts what the server's reader accepts: no document types, no entities but XML's own five.

const NAME = /[\p{L}_][\p{L}\p{N}\p{M}_.\-·]*(?::[\p{L}_][\p{L}\p{N}\p{M}_.\-·]*)?/uy;
const SPACE = /[ \t\r\n]*/y;
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/y;
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const DEEPEST = 255; // elements within each other; the server's reader stops there too
/** @type {Record<string, string>} */
const NAMED = {amp: "&", lt: "<", gt: ">", quot: '"', apos: "'"};

/** Text that is no well-formed XML. `code` names the reason, `about` the tag or attribute it is about, `offset` the place. */
export class XmlError extends Error {
  /** @param {string} code @param {number} offset @param {string} [about] */
  constructor(code, offset, about = "") {
    super(`${code} ${about}`.trim());
    this.code = code;
    this.offset = offset;
    this.about = about;
  }
}

/** 1-based line and column of `offset` in `text`. @param {string} text @param {number} offset */
export function placeOf(text, offset) {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf("\n");
  let line = 1;
  for (let at = before.indexOf("\n"); at >= 0; at = before.indexOf("\n", at + 1)) line += 1;
  return {line, column: offset - lastBreak};
}

/** Without what XML has no letter for: it comes with what is pasted (a word processor's line break is one). @param {string} text */
const letters = (text) => text.replace(/\x0b|\x0c/g, " ").replace(new RegExp(FORBIDDEN, "g"), "");
/** @param {string} text */
export const escapeText = (text) => letters(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
/** @param {string} text */
export const escapeAttribute = (text) => letters(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;").replace(/[\t\r\n]/g, " ");

/** `raw` character data as the characters it stands for. @param {string} raw */
export function decode(raw) {
  if (!raw.includes("&")) return raw;
  return raw.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d+)|#x([0-9a-fA-F]+));/g, (_all, name, decimal, hex) =>
    name ? NAMED[name] : String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex, 16)));
}

/**
 * Read `text` as the inside of an element. Nodes are {type, start, end}; elements have name, attributes, children, openEnd
 * (where the start tag ends), innerEnd (where the end tag starts) and selfClosing. Throws XmlError.
 * @param {string} text @returns {XmlNode}
 */
export function parse(text) {
  return new Reader(text).read();
}

/** @param {string} type @param {string} name @param {number} start @param {number} end @returns {XmlNode} */
const nodeOf = (type, name, start, end) => ({type, name, start, end, openEnd: start, innerEnd: end, selfClosing: false, attributes: [], children: []});

/** @param {string} code @param {number} offset @param {string} [name] @returns {never} */
function fail(code, offset, name) {
  throw new XmlError(code, offset, name);
}

/** One reading of a text, from its beginning to its end. */
class Reader {
  #at = 0;

  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.root = nodeOf("root", "", 0, text.length);
    this.stack = [this.root];
  }

  /** @returns {XmlNode} */
  read() {
    const {text, stack} = this;
    const forbidden = FORBIDDEN.exec(text);
    if (forbidden) fail("character", forbidden.index);
    while (this.#at < text.length) this.#next();
    const open = stack.at(-1);
    if (stack.length > 1) fail("unclosed", open.start, open.name);
    return this.root;
  }

  #next() {
    const {text} = this;
    const at = this.#at;
    if (text[at] !== "<") this.#characters();
    else if (text.startsWith("<!--", at)) this.#comment();
    else if (text.startsWith("<![CDATA[", at)) this.#add("cdata", this.#upTo("]]>", at + 9, "cdata"));
    else if (text.startsWith("<!", at)) fail("doctype", at);
    else if (text.startsWith("<?", at)) this.#instruction();
    else if (text[at + 1] === "/") this.#endTag();
    else this.#startTag();
  }

  #characters() {
    const {text} = this;
    const at = this.#at;
    const next = text.indexOf("<", at);
    const end = next < 0 ? text.length : next;
    this.#checkReferences(at, end);
    const mark = text.indexOf("]]>", at);
    if (mark >= 0 && mark < end) fail("cdata", mark);
    this.#add("text", end);
  }

  #comment() {
    const {text} = this;
    const at = this.#at;
    const end = this.#upTo("-->", at + 4, "comment");
    if (text.slice(at + 4, end - 3).includes("--") || text[end - 4] === "-") fail("comment", at);
    this.#add("comment", end);
  }

  #instruction() {
    const {text} = this;
    const at = this.#at;
    if (/^<\?xml(?![\w.:-])/i.test(text.slice(at, at + 6))) fail("declaration", at);
    if (!/^<\?[\p{L}_]/u.test(text.slice(at, at + 4))) fail("tag", at);
    this.#add("instruction", this.#upTo("?>", at + 2, "tag"));
  }

  #endTag() {
    const start = this.#at;
    this.#at += 2;
    const closed = this.#name();
    this.#space();
    if (this.text[this.#at] !== ">") fail("tag", start, closed);
    const element = /** @type {XmlNode} */ (this.stack.pop());
    if (element === this.root) fail("close", start, closed);
    if (element.name !== closed) fail("mismatch", start, element.name);
    this.#at += 1;
    element.innerEnd = start;
    element.end = this.#at;
  }

  #startTag() {
    const {text, stack} = this;
    const start = this.#at;
    this.#at += 1;
    const element = nodeOf("element", this.#name(), start, 0);
    for (;;) {
      const spaced = this.#space();
      if (text[this.#at] === ">" || text.startsWith("/>", this.#at)) break;
      if (this.#at >= text.length) fail("tag", start, element.name);
      if (!spaced) fail("attribute", this.#at, element.name);
      element.attributes.push(this.#attribute(element));
    }
    element.selfClosing = text[this.#at] === "/";
    this.#at += element.selfClosing ? 2 : 1;
    element.openEnd = element.innerEnd = element.end = this.#at;
    this.#checkPrefix(element, element.name, start);
    for (const attribute of element.attributes) this.#checkPrefix(element, attribute.name, attribute.start);
    stack.at(-1).children.push(element);
    if (stack.length > DEEPEST) fail("tag", start, element.name);
    if (!element.selfClosing) stack.push(element);
  }

  /** @param {XmlNode} element @returns {XmlAttribute} */
  #attribute(element) {
    const {text} = this;
    const start = this.#at;
    const name = this.#name();
    this.#space();
    if (text[this.#at] !== "=") fail("attribute", start, name);
    this.#at += 1;
    this.#space();
    const quote = text[this.#at];
    if (quote !== '"' && quote !== "'") fail("attribute", start, name);
    const valueStart = this.#at + 1;
    const valueEnd = text.indexOf(quote, valueStart);
    if (valueEnd < 0) fail("attribute", start, name);
    if (text.slice(valueStart, valueEnd).includes("<")) fail("attribute", start, name);
    this.#checkReferences(valueStart, valueEnd);
    if (element.attributes.some((one) => one.name === name)) fail("twice", start, name);
    this.#at = valueEnd + 1;
    const value = decode(text.slice(valueStart, valueEnd).replace(/\r\n|[\t\r\n]/g, " "));
    return {name, start, end: this.#at, valueStart, valueEnd, value};
  }

  #name() {
    NAME.lastIndex = this.#at;
    const found = NAME.exec(this.text);
    if (!found) fail("tag", this.#at);
    this.#at = NAME.lastIndex;
    return found[0];
  }

  /** Is there a blank? Goes on behind all of them. */
  #space() {
    const before = this.#at;
    SPACE.lastIndex = before;
    SPACE.exec(this.text);
    this.#at = SPACE.lastIndex;
    return this.#at > before;
  }

  /** @param {number} start @param {number} end */
  #checkReferences(start, end) {
    const {text} = this;
    for (let amp = text.indexOf("&", start); amp >= 0 && amp < end; amp = text.indexOf("&", amp + 1)) {
      REFERENCE.lastIndex = amp;
      const found = REFERENCE.exec(text);
      if (!found || REFERENCE.lastIndex > end) fail("entity", amp);
      if (found[1]) continue;
      const code = found[2] ? Number(found[2]) : parseInt(found[3], 16);
      if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) || FORBIDDEN.test(String.fromCodePoint(code))) fail("entity", amp);
    }
  }

  /** @param {XmlNode} element @param {string} full @param {number} offset */
  #checkPrefix(element, full, offset) {
    const [prefix, local] = full.split(":");
    if (local === undefined || prefix === "xml" || prefix === "xmlns") return;
    const declared = [...this.stack, element].some((node) => node.attributes.some((one) => one.name === `xmlns:${prefix}`));
    if (!declared) fail("prefix", offset, full);
  }

  /** Where `mark` ends. @param {string} mark @param {number} from @param {string} code */
  #upTo(mark, from, code) {
    const found = this.text.indexOf(mark, from);
    if (found < 0) fail(code, this.#at);
    return found + mark.length;
  }

  /** @param {string} type @param {number} end */
  #add(type, end) {
    this.stack.at(-1).children.push(/** @type {any} */ ({type, start: this.#at, end}));
    this.#at = end;
  }
}

/** The value of an attribute without blanks around it, "" when there is none. @param {XmlNode} element @param {string} name */
export function attribute(element, name) {
  const found = element.attributes.find((one) => one.name === name);
  return found ? found.value.trim() : "";
}

/** @param {XmlNode} node */
export const elements = (node) => node.children.filter((child) => child.type === "element");
/** @param {string} text @param {XmlNode} element */
export const inner = (text, element) => text.slice(element.openEnd, element.innerEnd);

const WITHIN_WORDS = new Set(["em", "strong", "q", "cite"]);

/**
 * The characters that stand in `node`, without markup; a blank after each element that ends a line.
 * @param {string} text @param {XmlNode} node @returns {string}
 */
export function words(text, node) {
  if (node.type === "text") return decode(text.slice(node.start, node.end));
  if (node.type === "cdata") return text.slice(node.start + 9, node.end - 3);
  const said = node.children ? node.children.map((child) => words(text, child)).join("") : "";
  return node.type === "element" && !WITHIN_WORDS.has(node.name) ? `${said} ` : said;
}
