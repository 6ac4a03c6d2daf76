// A list to choose from: levels, meters, where a choice leads.
import {fill, h} from "../studio/dom.js";
import {field} from "../studio/fields.js";

const MANY = 30;

/**
 * Scenes or endings as options: by their titles, with the id where two have the same.
 * @param {ScenarioPage} ui @param {Entry[]} entries
 */
export function named(ui, entries) {
  const titles = entries.map((entry) => ui.dataOf(entry.piece).title || entry.id);
  return entries.map(({id}, number) => {
    const title = titles[number];
    return [id, titles.indexOf(title) === titles.lastIndexOf(title) ? title : `${title} (${id})`];
  });
}

/**
 * `options`: [value, label] or {label, options}. A value that is none of them is offered as missing. A long list is written when
 * somebody comes to the field: a form has many of them, and most are never opened.
 * @param {ScenarioPage} ui
 * @param {FieldOptions & {set: (value: string) => unknown}} field
 */
export function select(ui, {key, label, value, options, set, help, beside}) {
  const flat = options.flatMap((/** @type {any} */ option) => option.options ?? [option]);
  const known = flat.find((/** @type {string[]} */ [one]) => one === value);
  /** @param {any[]} list */
  const made = ([one, name]) => h("option", {value: one, text: name});
  const missing = known ? [] : [made([value, value ? fill(ui.words.missingOption, {id: value}) : ui.words.nothingChosen])];
  const all = () => [...missing, ...options.map((/** @type {any} */ option) => (option.options ? h("optgroup", {label: option.label}, option.options.map(made)) : made(option)))];
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
