// A scenario as one file: the whole element with its settings, so that it can be read and checked outside of Studio.
import {attribute, elements, escapeAttribute, inner, parse, XmlError} from "../studio/xml.js";
import {slug} from "../studio/ids.js";

export const LARGEST = 5 * 1024 * 1024; // bytes of a file that may be opened

/** The file's text. `settings` are the values of the settings form. @param {string} content @param {Settings} settings */
export function fileText(content, settings) {
  const attributes = Object.entries(settings).filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => ` ${name}="${escapeAttribute(String(value))}"`).join("");
  return `<dti_scenario${attributes}>${content}</dti_scenario>\n`;
}

/** @param {Settings} settings */
export const fileName = (settings) => `${slug(settings.display_name ?? "") || "scenario"}.xml`;

/**
 * What a file holds: {content, settings}. It may be the whole element or only what stands in it. Throws XmlError.
 * @param {string} text @param {Settings} settings
 */
export function fromFile(text, settings) {
  const unified = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const plain = unified.replace(/^\s*<\?xml[^>]*\?>\s*/, "");
  let root;
  try {
    root = parse(plain);
  } catch (error) {
    if (error instanceof XmlError) error.offset += unified.length - plain.length; // a place in the file
    throw error;
  }
  const found = elements(root);
  if (found.length !== 1 || found[0].name !== "dti_scenario") return {content: plain, settings};
  const known = Object.keys(settings).filter((name) => found[0].attributes.some((one) => one.name === name));
  return {content: inner(plain, found[0]), settings: {...settings, ...Object.fromEntries(known.map((name) => [name, attribute(found[0], name)]))}};
}

/** Hand a file to the author. @param {string} name @param {string} text */
export function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], {type: "application/xml"}));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
