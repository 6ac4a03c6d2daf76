// Elements made in one line. Texts go in as text, never as markup.

/**
 * An element: `props` are class, text, hidden, on {event: listener}, data {name: value}, everything else an attribute.
 * @template {string} Tag @param {Tag} tag "name.class.class" @param {Record<string, any>} [props] @param {...any} children
 * @returns {ElementOf<Tag>}
 */
export function h(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = /** @type {any} */ (document.createElement(name));
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") element.textContent = value;
    else if (key === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (key === "data") for (const [name, datum] of Object.entries(value)) element.dataset[name] = datum;
    else if (key === "value") element.value = value;
    else if (key === "class") element.className = `${element.className} ${value}`.trim();
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} tag @param {Record<string, any>} [props] @param {...(Node | string)} children */
export function svg(tag, props = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(props)) if (value !== null && value !== undefined) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A button that does not send the form. @param {string} label @param {any} press @param {any} [props] */
export function button(label, press, props = {}) {
  return h("button.dti-ed-button", {type: "button", text: label, ...props, on: {click: press, ...(props.on ?? {})}});
}

/** `text` with {names} replaced by values. @param {string} text @param {Record<string, any>} [values] */
export function fill(text, values = {}) {
  return text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}

/** True where keys belong to what is typed: text fields, lists of options. @param {HTMLElement} target */
export function takesKeys(target) {
  if (!target?.closest) return false;
  const field = target.closest("input, textarea, select, [contenteditable]");
  return Boolean(field) && !["checkbox", "radio", "button", "submit", "file"].includes(field.type);
}

/**
 * Runs `work` once, `wait` ms after the last call; `.now()` runs it at once if it is due, `.drop()` forgets it, `.due()` says whether it is.
 * @param {() => void} work @param {number} wait
 */
export function later(work, wait) {
  let timer = 0;
  const run = () => {
    timer = 0;
    work();
  };
  const call = () => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
  call.now = () => {
    if (timer) {
      clearTimeout(timer);
      run();
    }
  };
  call.drop = () => {
    clearTimeout(timer);
    timer = 0;
  };
  call.due = () => timer !== 0;
  return call;
}
