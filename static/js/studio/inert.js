// A page of learners as something to look at within an editor.
const LINKS = ["for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "headers"];
const GONE = ["name", "tabindex", "autofocus", "required", "accesskey", "action", "method", "href", "contenteditable"];

/**
 * `body` with nothing to fill in or press, and with ids of its own: they are within the editor's form now.
 * @param {HTMLElement} body @param {string} prefix
 */
export function inert(body, prefix) {
  for (const form of [...body.querySelectorAll("form")]) {
    const plain = body.ownerDocument.createElement("div");
    plain.className = form.className;
    plain.append(...form.childNodes);
    form.replaceWith(plain);
  }
  for (const hidden of [...body.querySelectorAll("input[type=hidden], script, style, link")]) hidden.remove();
  for (const one of body.querySelectorAll("*")) {
    if (one.id) one.id = `${prefix}-${one.id}`;
    for (const name of LINKS) if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).split(/\s+/).map((/** @type {string} */ id) => `${prefix}-${id}`).join(" "));
    for (const name of GONE) one.removeAttribute(name);
    for (const {name} of [...one.attributes]) if (name.startsWith("data-dti")) one.removeAttribute(name);
    if (["INPUT", "BUTTON", "SELECT", "TEXTAREA"].includes(one.tagName)) one.setAttribute("disabled", "");
  }
  return body;
}
