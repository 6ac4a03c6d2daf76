// Labelled controls of the forms. Each has a key; problems are shown at the field they belong to, and focus comes back to it.
import {XmlError, elements, parse} from "./xml.js?v=0.1.0";
import {PROSE} from "./scene.js?v=0.1.0";
import {h, button, fill} from "./dom.js?v=0.1.0";
import {olx, shorthand} from "./prose.js?v=0.1.0";

/** A field around `control`: label, help, and the place where its problem is said. */
export function field(ui, {key, label, control, help = "", wide = false, beside = []}) {
  const id = ui.id(key);
  control.id = id;
  control.dataset.control = key;
  const notes = [help ? `${id}-help` : "", `${id}-problem`].filter(Boolean).join(" ");
  control.setAttribute("aria-describedby", notes);
  control.addEventListener("blur", () => ui.session.history.settle());
  return h("div.dti-ed-field", {class: wide ? "dti-ed-wide" : "", data: {field: key}},
    h("label", {for: id, text: label}),
    beside.length ? h("div.dti-ed-beside", {}, control, beside) : control,
    help ? h("p.dti-help", {id: `${id}-help`, text: help}) : null,
    h("p.dti-ed-problem", {id: `${id}-problem`, hidden: true}));
}

/** Say `message` ("" : nothing) at the field. */
export function sayAt(wrapper, message) {
  const note = wrapper.querySelector(":scope > .dti-ed-problem, :scope > .dti-ed-itembody > .dti-ed-problem");
  const control = wrapper.classList.contains("dti-ed-field") ? wrapper.querySelector("input, select, textarea") : null;
  if (!note) return;
  note.hidden = !message;
  if (note.textContent !== message) note.textContent = message;
  if (message) control?.setAttribute("aria-invalid", "true");
  else control?.removeAttribute("aria-invalid");
}

export function text(ui, {key, label, value, set, help, list, kind = "text", wide, beside, ...more}) {
  const control = h("input", {type: kind, value, list, autocomplete: "off", dir: kind === "text" ? "auto" : null, ...more, on: {input: () => set(control.value)}});
  if (kind === "number") control.step = "1";
  return field(ui, {key, label, control, help, wide, beside});
}

/** A text that counts only when the author is done with it (an id): `set` returns a sentence when it cannot be taken. */
export function finished(ui, {key, label, value, set, help}) {
  const control = h("input", {type: "text", value, autocomplete: "off", spellcheck: "false", dir: "ltr"});
  const wrapper = field(ui, {key, label, control, help});
  let known = value;
  control.addEventListener("change", () => {
    const refusal = control.value === known ? "" : set(control.value.trim());
    if (!refusal) known = control.value;
    ui.calmly(() => sayAt(wrapper, refusal));
  });
  wrapper.dataset.own = "true";
  return wrapper;
}

const MANY = 30;
const GROWS = globalThis.CSS?.supports?.("field-sizing", "content") ?? false;

/**
 * `options`: [value, label] or {label, options}. A value that is none of them is offered as missing. A long list is written when
 * somebody comes to the field: a form has many of them, and most are never opened.
 */
export function select(ui, {key, label, value, options, set, help, beside}) {
  const flat = options.flatMap((option) => option.options ?? [option]);
  const known = flat.find(([one]) => one === value);
  const made = ([one, name]) => h("option", {value: one, text: name});
  const missing = known ? [] : [made([value, value ? fill(ui.words.missingOption, {id: value}) : ui.words.nothingChosen])];
  const all = () => [...missing, ...options.map((option) => (option.options ? h("optgroup", {label: option.label}, option.options.map(made)) : made(option)))];
  const control = h("select", {on: {change: () => set(control.value)}});
  if (flat.length <= MANY) control.append(...all());
  else {
    control.append(...missing, ...(known ? [made(known)] : []));
    const complete = () => {
      for (const event of ["pointerdown", "focus"]) control.removeEventListener(event, complete);
      const {value: now} = control;
      control.replaceChildren(...all());
      control.value = now;
    };
    for (const event of ["pointerdown", "focus"]) control.addEventListener(event, complete);
  }
  control.value = value;
  return field(ui, {key, label, control, help, beside});
}

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

/**
 * A text of prose. `raw` is its OLX, `set(xml)` takes a new one; `options` are those of `newLayout`. `run`: whole paragraphs of a
 * scene, not the inside of an element. `headed`: a heading above says the label already.
 */
export function prose(ui, {key, label, raw, set, options = {}, rows = 3, run = false, headed = false}) {
  const place = `${ui.session.hand.key}|${key}`;
  let pending = ui.session.pending.get(place);
  let short = pending === undefined ? shorthand(raw, options) : null;
  let asOlx = !short;
  let known = raw;
  const control = h("textarea", {rows, spellcheck: "true"});
  control.style.minBlockSize = `calc(${rows}lh + 0.9rem)`; // by script: a strict page allows no style attributes
  const swap = button("", () => change(), {class: "dti-ed-quiet"});
  const wrapper = field(ui, {key, label, control, wide: true, help: ui.words.proseHelp});
  const help = wrapper.querySelector(".dti-help");
  help.hidden = true;

  const show = () => {
    control.value = asOlx ? pending ?? known : short.text;
    control.classList.toggle("dti-ed-olx", asOlx);
    control.toggleAttribute("data-olx", asOlx);
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
      xml = olx(control.value, short.layout);
    }
    known = xml;
    set(xml);
  });
  const offer = () => ui.calmly(() => {
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

/** Why OLX that an author typed cannot go into the story; "" when it can. */
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

/** Prose layouts for a place where `node` stands in `raw`. */
export function layoutAt(raw, node) {
  const found = /\n[ \t]*$/.exec(raw.slice(0, node.start));
  return {between: found ? found[0] : ""};
}

