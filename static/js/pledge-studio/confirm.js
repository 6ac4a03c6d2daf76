// Asks before a new version of the wording is saved: what it means for the people who have signed.
import {dialog} from "../studio/dialog.js";
import {sayAt} from "../studio/fields.js";
import {button, fill, h} from "../studio/dom.js";

/** `asked` is the server's `confirm`. Resolves to {confirmed: hash}, or null. @param {PledgePage} ui @param {any} asked */
export function confirmVersion(ui, asked) {
  const {words} = ui;
  const id = ui.id("confirm-version");
  const box = h("input", {type: "checkbox", id, "aria-describedby": `${id}-problem`, data: {control: "confirmVersion"}});
  const check = h("div.dti-ed-field.dti-ed-check", {}, h("label", {for: id}, box, h("span", {text: words.confirmCheck})),
    h("p.dti-ed-problem", {id: `${id}-problem`, role: "alert", hidden: true}));
  return new Promise((resolve) => {
    const shown = dialog(ui, {
      title: words.confirmTitle,
      content: [
        h("p", {text: fill(words.confirmNumbers, asked)}),
        h("p", {text: asked.sentence}),
        h("ul.dti-pls-points", {}, [words.confirmStay, words.confirmAgain, words.confirmTypos].map((text) => h("li", {text}))),
        h("p.dti-help", {text: fill(words.confirmHashes, {was: asked.was, now: asked.short})}),
        check,
      ],
      buttons: [[words.confirmNot, null, "dti-secondary"]],
      /** @param {string} value */
      done: (value) => resolve(value ? {confirmed: asked.hash} : null),
    });
    box.addEventListener("change", () => sayAt(check, ""));
    shown.foot.prepend(button(words.confirmSave, () => {
      if (box.checked) return shown.close(true);
      sayAt(check, words.confirmFirst);
      return box.focus();
    }, {class: "dti-button", "data-control": "confirmSave"}));
  });
}
