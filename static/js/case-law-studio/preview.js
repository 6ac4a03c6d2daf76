// How an authority will read, and its citation in the forms that learners can copy. What the server says, as words.
import {fill, h} from "../studio/dom.js";

/** `pieces` are [words, whether in italics]. @param {string} tag @param {[string, boolean][]} pieces */
const paragraph = (tag, pieces) => h(tag, {dir: "auto"}, pieces.map(([words, italic]) => (italic ? h("em", {text: words}) : words)));

/** @param {CaseLawPage} ui */
export function preview(ui) {
  const {words} = ui;
  const body = h("div.dti-cls-preview");
  const element = h("details.dti-ed-foldout.dti-cls-previewbox", {open: true}, h("summary", {}, h("h4", {text: words.preview})), body);
  return {element,
    /** @param {any} said */
  show(said) {
    element.hidden = !said;
    if (!said) return;
    const parts = said.sections.flatMap((/** @type {{label: string, list: boolean, paragraphs: [string, boolean][][]}} */ {label, list, paragraphs}) => [h("h5", {text: label}),
      list ? h("ul", {}, paragraphs.map((pieces) => paragraph("li", pieces))) : paragraphs.map((pieces) => paragraph("p", pieces))]);
    const {check} = said;
    const asked = !check ? [] : [h("h5", {text: fill(words.previewCheck, {question: check.question})}), h("ul", {},
      h("li", {text: fill(words.previewRight, {text: check.right})}), check.wrong.map((/** @type {string} */ text) => h("li", {text: fill(words.previewWrong, {text})}))), h("p", {text: check.why})];
    body.replaceChildren(...[h("p.dti-cls-title", {text: said.heading, dir: "auto"}), ...parts, ...asked].flat());
  }};
}

/** @param {CaseLawPage} ui */
export function citationForms(ui) {
  const {words} = ui;
  const known = h("p.dti-ed-note", {role: "status"});
  const list = h("dl.dti-cls-forms");
  const element = h("div.dti-cls-citationforms", {hidden: true}, known, h("p.dti-help", {text: words.forms}), list);
  return {element,
    /** @param {any} said */
  show(said) {
    element.hidden = !said;
    if (!said) return;
    const note = /** @type {Record<string, string>} */ ({same: fill(words.citationSame, {title: said.same?.heading ?? ""}), named: words.citationNamed, new: words.citationNew})[said.known] ?? "";
    if (known.textContent !== note) known.textContent = note;
    known.hidden = !note;
    list.replaceChildren(...[[words.formFull, said.full], [words.formShort, said.short], [words.formPlain, said.plain]]
      .flatMap(([label, text]) => [h("dt", {text: label}), h("dd", {text, dir: "auto"})]));
  }};
}
