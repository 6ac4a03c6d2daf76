// Labelled controls of the forms. Each has a key; problems are shown at the field they belong to, and focus comes back to it.
import {h} from "./dom.js";

/**
 * A field around `control`: label, help, and the place where its problem is said.
 * @param {Page} ui
 * @param {FieldOptions} options
 */
export function field(ui, {key, label, control, help = "", wide = false, beside = [], advanced = false}) {
  const id = ui.id(key);
  control.id = id;
  control.dataset.control = key;
  const notes = [help ? `${id}-help` : "", `${id}-problem`].filter(Boolean).join(" ");
  control.setAttribute("aria-describedby", notes);
  control.addEventListener("blur", () => ui.session.history.settle());
  const classes = `${wide ? "dti-ed-wide" : ""} ${advanced ? "dti-ed-advanced" : ""}`.trim();
  return h("div.dti-ed-field", {class: classes, data: {field: key}},
    h("label", {for: id, text: label}),
    beside.length ? h("div.dti-ed-beside", {}, control, beside) : control,
    help ? h("p.dti-help", {id: `${id}-help`, text: help}) : null,
    h("p.dti-ed-problem", {id: `${id}-problem`, hidden: true}));
}

/** Say `message` ("" : nothing) at the field. @param {HTMLElement} wrapper @param {string} message */
export function sayAt(wrapper, message) {
  const note = wrapper.querySelector(":scope > .dti-ed-problem, :scope > .dti-ed-itembody > .dti-ed-problem");
  const control = wrapper.classList.contains("dti-ed-field") ? wrapper.querySelector("input, select, textarea") : null;
  if (!note) return;
  note.hidden = !message;
  if (note.textContent !== message) note.textContent = message;
  if (message) control?.setAttribute("aria-invalid", "true");
  else control?.removeAttribute("aria-invalid");
}

/**
 * @param {Page} ui
 * @param {FieldOptions & {set: (value: string) => unknown}} options
 */
export function text(ui, {key, label, value, set, help, list, kind = "text", wide, beside, ...more}) {
  const control = h("input", {type: kind, value, list, autocomplete: "off", dir: kind === "text" ? "auto" : null, ...more, on: {input: () => set(control.value)}});
  if (kind === "number") control.step = "1";
  return field(ui, {key, label, control, help, wide, beside});
}

/**
 * A text that counts only when the author is done with it (an id): `set` returns a sentence when it cannot be taken.
 * @param {Page} ui @param {any} options
 */
export function finished(ui, {key, label, value, set, help, advanced}) {
  const control = h("input", {type: "text", value, autocomplete: "off", spellcheck: "false", dir: "ltr"});
  const wrapper = field(ui, {key, label, control, help, advanced});
  let known = value;
  control.addEventListener("change", () => {
    const refusal = control.value === known ? "" : set(control.value.trim());
    if (!refusal) known = control.value;
    ui.afterPointerUp(() => sayAt(wrapper, refusal));
  });
  wrapper.dataset.own = "true";
  return wrapper;
}

/** Does the browser make a textarea as high as its text? */
export const GROWS = globalThis.CSS?.supports?.("field-sizing", "content") ?? false;

/** @param {Page} ui @param {FieldOptions} options */
export function checkbox(ui, {key, label, value, set, help}) {
  const control = h("input", {type: "checkbox", id: ui.id(key), data: {control: key}, on: {change: () => set(control.checked)}});
  control.checked = value;
  const id = ui.id(key);
  control.setAttribute("aria-describedby", `${id}-help`);
  return h("div.dti-ed-field.dti-ed-check", {data: {field: key}},
    h("label", {for: id}, control, h("span", {text: label})),
    h("p.dti-help", {id: `${id}-help`, text: help ?? ""}),
    h("p.dti-ed-problem", {id: `${id}-problem`, hidden: true}));
}
