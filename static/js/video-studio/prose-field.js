// The field for a text of prose within a question or tape. Where the shorthand cannot say what stands there it is left to the Text tab.
import {button, h} from "../studio/dom.js";
import {GROWS, field} from "../studio/fields.js";
import {olx, shorthand} from "../studio/prose.js";

/**
 * @param {any} ui
 * @param {{key: string, label: string, raw: string, rows?: number, inlineOnly?: boolean, set: (xml: string) => void, toText: () => void}} options
 */
export function proseField(ui, {key, label, raw, rows = 2, inlineOnly = false, set, toText}) {
  const short = /** @type {any} */ (shorthand(raw, {inlineOnly}));
  const control = h("textarea", {rows, spellcheck: "true", dir: "auto", value: short ? short.text : raw});
  const wrapper = field(ui, {key, label, control, wide: true});
  if (!short) {
    control.readOnly = true;
    control.classList.add("dti-ed-olx");
    wrapper.append(h("div.dti-ed-note", {}, h("p", {text: ui.words.onlyOlx}), button(ui.words.editInText, toText, {"data-control": `${key}.text`})));
    return wrapper;
  }
  if (!GROWS) control.rows = Math.min(12, Math.max(rows, Math.ceil(control.value.length / 60)));
  control.addEventListener("input", () => set(control.value.trim() ? olx(control.value, short.layout) : ""));
  return wrapper;
}
