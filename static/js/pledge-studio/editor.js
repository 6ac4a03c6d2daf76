// The pledge editor: the form of the pledge, and beside it the page as signers will see it.
import {h} from "../studio/dom.js";
import {Checker} from "../studio/check.js";
import {makeEditor} from "../studio/editor.js";
import {ProblemList} from "../studio/problem-list.js";
import {Form} from "./form.js";
import {gateChooser} from "./gate.js";
import {PledgePage} from "./page.js";
import {read} from "./pledge.js";
import {Preview} from "./preview.js";

/** Take over the form in `root`, see `makeEditor`. @param {HTMLElement} root @param {EditorWords} words @param {Runtime} runtime */
export function startEditor(root, words, runtime) {
  return makeEditor(root, words, runtime, {
    format: {read},
    Page: PledgePage,
    tab: "visual",
    /** @param {EditorWords} words */
    labels: (words) => ({label: words.visual, broken: words.pledgeBroken}),
    views,
  });
}

/** @param {PledgePage} ui */
function views(ui) {
  const checker = new Checker(ui);
  const form = new Form(ui);
  const preview = new Preview(ui);
  const problems = new ProblemList(ui, checker);
  ui.panel = form;
  let refreshGate = () => {};
  const left = h("div.dti-pls-left", {}, h("div.dti-ed-group", {}, problems.jump), form.element, problems.element);
  return {
    workspace: h("div.dti-ed-workspace.dti-ed-read", {}, left, preview.element),
    /** @param {SessionEvent} event */
    update(event) {
      form.update(event);
      problems.update();
      preview.update();
      if (!event.checked) checker.update(event);
    },
    settingsShown: () => refreshGate(),
    started() {
      refreshGate = gateChooser(ui, ui.form.querySelector("[name=gate_block]"), ui.data.gates);
    },
  };
}
