// The case-law editor: the list, and beside it the library or the form of the selected authority.
import {button, h} from "../studio/dom.js";
import {makeEditor} from "../studio/editor.js";
import {ProblemList} from "../studio/problem-list.js";
import {read} from "./list.js";
import {CaseLawPage} from "./page.js";
import {Panel} from "./panel.js";
import {Rows} from "./rows.js";
import {Checker} from "./server.js";

/** Take over the form in `root`, see `makeEditor`. @param {HTMLElement} root @param {EditorWords} words @param {Runtime} runtime */
export function startEditor(root, words, runtime) {
  return makeEditor(root, words, runtime, {
    format: {read},
    Page: CaseLawPage,
    tab: "visual",
    /** @param {EditorWords} words */
    labels: (words) => ({label: words.visual, broken: words.listBroken}),
    views,
  });
}

/** @param {CaseLawPage} ui */
function views(ui) {
  const {words, session} = ui;
  const checker = new Checker(ui);
  ui.panel = new Panel(ui);
  const rows = new Rows(ui);
  const problems = new ProblemList(ui, checker);
  const pick = () => {
    if (session.selection.key) session.select(null);
    ui.panel.focus("search");
  };
  const tools = h("div.dti-ed-storytools", {},
    h("h3.dti-cls-listhead", {text: words.listTitle}),
    h("div.dti-ed-group", {}, problems.jump, rows.count),
    h("div.dti-ed-group", {},
      button(words.addFromLibrary, pick, {"data-control": "addFromLibrary"}),
      button(words.writeOwn, () => ui.writeOwn(), {"data-control": "writeOwn"})));
  return {
    workspace: h("div.dti-ed-workspace", {}, h("div.dti-ed-left", {}, tools, rows.element, problems.element), ui.panel.element),
    /** @param {SessionEvent} event */
    update(event) {
      if (event.story || event.selection || event.broken || event.checked || event.left) rows.update();
      problems.update();
      ui.panel.update(event);
      checker.update(event);
    },
  };
}
