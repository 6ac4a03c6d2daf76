// What must be passed first, chosen by its title. The field of the form stays what is sent; without a list it is all there is.
import {fill, h} from "../studio/dom.js";

const OTHER = "\0other";

/**
 * Put a list of `gates` ([url_name, title]) before the field `input`. Returns what has to run when the field's value was set.
 * @param {PledgePage} ui @param {any} input @param {[string, string][]} gates
 */
export function gateChooser(ui, input, gates) {
  if (!input || !gates.length) return () => {};
  const {words} = ui;
  const options = [["", words.gateNone], ...gates.map(([name, title]) => [name, fill(words.gateOption, {title, name})]), [OTHER, words.gateOther]];
  const select = h("select", {id: `${input.id}-list`, "aria-describedby": input.getAttribute("aria-describedby"), data: {control: "gate"}},
    options.map(([value, text]) => h("option", {value, text})));
  const known = new Set(["", ...gates.map(([name]) => name)]);
  const name = h("label", {for: input.id, text: words.gateName, class: "dti-help"});
  const other = h("div.dti-pls-other", {hidden: true}, name);
  input.parentElement.querySelector("label").htmlFor = select.id;
  input.before(select, other);
  other.append(input);
  /** @param {boolean} free */
  const show = (free) => {
    other.hidden = !free;
    select.value = free ? OTHER : input.value;
  };
  select.addEventListener("change", () => {
    if (select.value === OTHER) {
      show(true);
      input.focus();
      return;
    }
    input.value = select.value;
    show(false);
    input.dispatchEvent(new Event("input", {bubbles: true}));
  });
  const refresh = () => {
    if (document.activeElement !== input) show(!known.has(input.value));
  };
  refresh();
  return refresh;
}
