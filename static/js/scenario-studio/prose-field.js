// The field for a text of prose: in shorthand, or as OLX where the shorthand cannot say it or the author wants it.
import {button, fill, h} from "../studio/dom.js";
import {GROWS, field, sayAt} from "../studio/fields.js";
import {olx, shorthand} from "../studio/prose.js";
import {XmlError, elements, parse} from "../studio/xml.js";
import {PROSE} from "./scene.js";

/**
 * A text of prose. `raw` is its OLX, `set(xml)` takes a new one; `options` are those of `newLayout`. `run`: whole paragraphs of a
 * scene, not the inside of an element. `headed`: a heading above says the label already.
 * @param {ScenarioPage} ui
 * @param {any} field
 */
export function prose(ui, {key, label, raw, set, options = {}, rows = 3, run = false, headed = false}) {
  const place = `${ui.session.selection.key}|${key}`;
  let pending = ui.session.pending.get(place);
  let short = pending === undefined ? shorthand(raw, options) : null;
  let asOlx = !short;
  let known = raw;
  const control = h("textarea", {rows, spellcheck: "true"});
  control.style.minBlockSize = `calc(${rows}lh + 14px)`; // by script: a strict page allows no style attributes
  const swap = button("", () => change(), {class: "dti-ed-quiet"});
  /** @type {FieldElement} */
  const wrapper = field(ui, {key, label, control, wide: true, help: ui.words.proseHelp});
  const help = wrapper.querySelector(".dti-help");
  help.hidden = true;

  const show = () => {
    control.value = short && !asOlx ? short.text : pending ?? known;
    control.classList.toggle("dti-ed-olx", asOlx);
    control.toggleAttribute("data-olx", asOlx);
    swap.classList.toggle("dti-ed-advanced", !asOlx); // the way back is for everybody
    if (asOlx) control.dir = "ltr";
    else control.dir = "auto";
    swap.textContent = asOlx ? ui.words.editAsText : ui.words.editAsOlx;
    swap.setAttribute("aria-label", `${swap.textContent}: ${label}`);
    help.textContent = asOlx ? ui.words.olxHelp : ui.words.proseHelp;
    if (!GROWS) control.rows = Math.min(16, Math.max(rows, Math.ceil(control.value.length / 45) + control.value.split("\n").length));
  };
  const change = () => {
    const next = asOlx ? shorthand(known, options) : short;
    if (pending !== undefined) { // taken back: what the story has is shown
      pending = undefined;
      ui.session.setPending(place, null);
      sayAt(wrapper, "");
      wrapper.dataset.own = "";
      if (!next) {
        show();
        return control.focus();
      }
    }
    if (asOlx && !next) return ui.announce(ui.words.onlyOlx);
    asOlx = !asOlx;
    short = next;
    show();
    return control.focus();
  };
  control.addEventListener("input", () => {
    let xml;
    if (asOlx) {
      const refusal = refused(ui, control.value, run);
      sayAt(wrapper, refusal);
      wrapper.dataset.own = refusal ? "true" : "";
      pending = refusal ? control.value : undefined;
      ui.session.setPending(place, pending ?? null);
      if (refusal) return;
      xml = control.value;
    } else {
      xml = olx(control.value, /** @type {any} */ (short).layout);
    }
    known = xml;
    set(xml);
  });
  const offer = () => ui.afterPointerUp(() => {
    help.hidden = document.activeElement !== control;
  });
  control.addEventListener("focus", offer);
  control.addEventListener("blur", offer);
  show();
  if (pending !== undefined) {
    wrapper.dataset.own = "true";
    sayAt(wrapper, refused(ui, pending, run));
  }
  const name = wrapper.querySelector("label");
  if (headed) name.className = "dti-sr";
  wrapper.prepend(h("div.dti-ed-fieldhead", {}, name, swap));
  wrapper.caret = () => control.selectionEnd ?? control.value.length;
  wrapper.isText = () => !asOlx;
  return wrapper;
}

/**
 * Why OLX that an author typed cannot go into the story; "" when it can.
 * @param {ScenarioPage} ui @param {string} xml @param {boolean} run
 */
function refused(ui, xml, run) {
  try {
    const root = parse(xml);
    if (run) {
      const strange = elements(root).find((node) => !PROSE.has(node.name));
      if (strange) return fill(ui.words.notInText, {name: strange.name});
      if (!elements(root).length || root.children.some((node) => node.type === "text" && xml.slice(node.start, node.end).trim())) {
        return ui.words.needsParagraph;
      }
    }
    return "";
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return ui.xmlMessage(xml, error);
  }
}

/** Prose layouts for a place where `node` stands in `raw`. @param {string} raw @param {XmlNode} node */
export function layoutAt(raw, node) {
  const found = /\n[ \t]*$/.exec(raw.slice(0, node.start));
  return {between: found ? found[0] : ""};
}
