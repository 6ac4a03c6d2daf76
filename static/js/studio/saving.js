// The dialogs about what the server answered to a save.
import {differences, merged} from "./compare.js";
import {dialog} from "./dialog.js";
import {button, fill, h} from "./dom.js";

/**
 * The problems that the server found in what was saved; `ui.atLine(text, line)` is where one is. Resolves to "close" or "keep".
 * @param {any} ui @param {ServerProblem[]} problems @param {string} text
 */
export function savedDialog(ui, problems, text) {
  const {words} = ui;
  return new Promise((resolve) => {
    /** @type {any} */
    let target = null;
    const items = problems.map((problem) => {
      const entry = problem.line ? ui.atLine(text, problem.line) : null;
      const link = entry ? button(problem.where, () => {
        target = entry;
        shown.close("keep");
      }, {class: "dti-ed-link"}) : h("strong", {text: problem.where});
      return h("li", {class: problem.severity === "warning" ? "is-warning" : ""}, link, " ", h("span", {text: problem.message}), " ", h("small", {text: `(${problem.code})`}));
    });
    const shown = dialog(ui, {
      title: words.savedWithProblems,
      wide: true,
      content: [h("p", {text: fill(words.savedWithProblemsHelp, {n: problems.length})}), h("ol.dti-ed-problems", {}, items)],
      buttons: [[words.keepEditing, "keep", ""], [words.closeEditor, "close", "dti-secondary"]],
      /** @param {string} value */
      done: (value) => {
        if (target) ui.goTo(target);
        resolve(value ?? "keep");
      },
    });
  });
}

/**
 * Somebody else has saved; `ui.format` compares, see `differences`. Resolves to "mine" (save over theirs next), "merged" with the
 * text, "theirs", or null.
 * @param {any} ui the page @param {{base: string | null, mine: string, theirs: string, message: string}} options
 */
export function conflictDialog(ui, {base, mine, theirs, message}) {
  const {words} = ui;
  const found = differences(base, mine, theirs, ui.format);
  const both = found?.some((one) => one.status === "both");
  const together = merged(base, mine, theirs, ui.format);
  const canMerge = together !== null && Boolean(found?.some((one) => one.status === "theirs"));
  const rows = (found ?? []).map((one) => h("tr", {}, h("th", {scope: "row", text: one.kind === "order" ? words.order : one.title || words[one.kind] || one.kind}), h("td", {text: words.conflict[one.status]})));
  const other = h("textarea", {readonly: true, rows: 10, dir: "ltr", class: "dti-ed-olx", id: ui.id("theirs"), value: theirs});
  return new Promise((resolve) => {
    dialog(ui, {
      title: words.conflictTitle,
      wide: true,
      content: [
        h("p", {text: message}),
        h("p", {text: words.conflictHelp}),
        rows.length ? h("table", {}, h("caption", {text: words.conflictTable}), h("thead", {}, h("tr", {}, h("th", {scope: "col", text: words.conflictWhere}), h("th", {scope: "col", text: words.conflictWhat}))), h("tbody", {}, rows)) : null,
        both && canMerge ? h("p.dti-ed-note", {text: words.conflictBoth}) : null,
        h("details", {}, h("summary", {text: words.conflictTheirs}), h("label.dti-sr", {for: other.id, text: words.conflictTheirs}), other),
      ],
      buttons: [
        ...(canMerge ? [[words.conflictMerge, {choice: "merged", text: together}, ""]] : []),
        [words.conflictMine, {choice: "mine"}, canMerge ? "dti-secondary" : ""],
        [words.conflictTake, {choice: "theirs"}, "dti-secondary"],
        [words.cancel, null, "dti-secondary"],
      ],
      done: resolve,
    });
  });
}
