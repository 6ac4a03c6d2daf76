// The dialogs about what the server answered to a save.
import {differences, merged} from "./compare.js";
import {dialog} from "./dialog.js";
import {button, fill, h} from "./dom.js";

/**
 * Problems as a list of links. `ui.worded(problems, text)` says them in the words of the form, `ui.atLine(text, line)` is where one is.
 * @param {any} ui @param {ServerProblem[]} problems @param {string} text @param {(entry: any) => void} go
 */
function linked(ui, problems, text, go) {
  return h("ol.dti-ed-problems", {}, ui.worded(problems, text).map((/** @type {ServerProblem} */ problem) => {
    const entry = problem.line ? ui.atLine(text, problem.line) : null;
    const link = entry ? button(problem.where, () => go(entry), {class: "dti-ed-link"}) : h("strong", {text: problem.where});
    return h("li", {class: problem.severity === "warning" ? "is-warning" : ""}, link, " ", h("span", {text: problem.message}), " ", h("small", {text: `(${problem.code})`}));
  }));
}

/**
 * A dialog about problems, each a link that leads to its place and resolves to null.
 * @param {any} ui @param {{title: string, first: any[], problems: ServerProblem[], text: string, buttons: any[][]}} options
 */
function problemDialog(ui, {title, first, problems, text, buttons}) {
  return new Promise((resolve) => {
    /** @type {any} */
    let target = null;
    const list = linked(ui, problems, text, (entry) => {
      target = entry;
      shown.close(null);
    });
    const shown = dialog(ui, {
      title,
      wide: true,
      content: [...first, list],
      buttons,
      /** @param {any} value */
      done: (value) => {
        if (target) ui.goTo(target);
        resolve(value);
      },
    });
  });
}

/**
 * What was saved has problems. Resolves to "close", or null to go on.
 * @param {any} ui @param {{problems: ServerProblem[], sentence: string, live: any}} saved @param {string} text
 */
export function savedDialog(ui, {problems, sentence, live}, text) {
  const {words} = ui;
  const first = [h("p", {text: live ? words.draftKept : sentence || fill(words.savedWithProblemsHelp, {n: problems.length})})];
  const title = live ? words.savedAsDraft : sentence ? words.savedStopped : words.savedWithProblems;
  return problemDialog(ui, {title, first, problems, text, buttons: [[words.keepEditing, null, ""], [words.closeEditor, "close", "dti-secondary"]]});
}

/**
 * With this, learners could not go on. Resolves to how to save it, "draft" or "live", or null.
 * @param {any} ui @param {{sentence: string, problems: ServerProblem[]}} asked @param {string} text
 */
export function stopsDialog(ui, {sentence, problems}, text) {
  const {words} = ui;
  const buttons = [[words.keepDraft, "draft", ""], [words.keepEditing, null, "dti-secondary"], [words.saveAnyway, "live", "dti-secondary"]];
  const first = [h("p", {}, h("strong", {text: sentence})), h("p", {text: words.keepDraftHelp})];
  return problemDialog(ui, {title: words.stopsTitle, first, problems, text, buttons});
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
