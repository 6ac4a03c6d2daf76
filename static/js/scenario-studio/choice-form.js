// The choices of a scene.
import {h, button, fill} from "../studio/dom.js";
import {checkbox, finished, text} from "../studio/fields.js";
import {named, select} from "./select-field.js";
import {layoutAt, prose} from "./prose-field.js";
import {authoritiesForm, effectsForm, needsForm} from "./needs-form.js";
import {addChoice, cloneChoice, moveChoice, removeChoice, setProse, setValue} from "./edit.js";
import {freeId, nextId} from "../studio/ids.js";
import {newEnding, newScene, renameChoice, usable} from "./outline.js";
import {inner} from "../studio/xml.js";

/** @param {ScenarioPage} ui @param {Scope} scope @param {Data} data @param {Set<string>} open */
export function choicesForm(ui, scope, data, open) {
  const {words} = ui;
  const items = data.choices.map((choice, number) => choiceItem(ui, scope, data, choice, number, open));
  return h("div", {},
    h("ol.dti-ed-items", {}, items),
    h("div.dti-ed-adds", {},
      button(words.addChoice, () => {
        const id = nextId(new Set(data.choices.map((choice) => choice.id)), "choice");
        open.add(`${scope.key}|${id}`);
        ui.act(words.addedChoice, (story) => addChoice(story, scope.key, id), `choice.${data.choices.length}.text`);
      }, {"data-control": "choice.add"})));
}

/** @param {ScenarioPage} ui @param {string} id */
function targetTitle(ui, id) {
  const target = ui.session.story.target(id);
  return target ? ui.dataOf(target.piece).title || id : id || ui.words.nowhere;
}

/** What a closed choice says about itself. @param {ScenarioPage} ui @param {Choice} choice @param {number} number */
export function choiceSummary(ui, choice, number) {
  return fill(ui.words.choiceSummary, {n: number + 1, text: ui.short(choice.text || choice.id), to: ui.short(targetTitle(ui, choice.to), 28)});
}

/**
 * @param {ScenarioPage} ui @param {Scope} scope @param {Data} data @param {Choice} choice @param {number} number
 * @param {Set<string>} open
 */
function choiceItem(ui, scope, data, choice, number, open) {
  const key = `choice.${number}`;
  const mark = `${scope.key}|${choice.id}`;
  const summary = h("summary", {data: {control: `${key}.summary`, summary: number}},
    h("span.dti-ed-summary", {text: choiceSummary(ui, choice, number)}),
    h("span.dti-ed-flag", {hidden: true}));
  /** @type {FieldElement} */
  const details = h("details.dti-ed-choice", {data: {field: key, choice: choice.id}}, summary);
  // what is closed is not built: most choices of a form are never opened
  details.build = () => {
    if (details.children.length > 1) return;
    details.append(choiceBody(ui, scope, number, open));
    ui.panel.refresh();
  };
  details.addEventListener("toggle", () => {
    if (details.open) {
      open.add(mark);
      open.delete(`shut ${mark}`);
      details.build();
    } else {
      open.delete(mark);
      open.add(`shut ${mark}`);
    }
  });
  summary.addEventListener("click", () => details.build());
  details.open = open.has(mark) || (number === 0 && !open.has(`shut ${mark}`)); // the first shows what there is to write
  if (details.open) details.append(choiceBody(ui, scope, number, open));
  return h("li", {}, details);
}

/**
 * The fields of a choice as it now is.
 * @param {ScenarioPage} ui @param {Scope} scope @param {number} number @param {Set<string>} open
 */
function choiceBody(ui, scope, number, open) {
  const {words, session} = ui;
  const key = `choice.${number}`;
  const at = {choice: number};
  const {raw} = session.story.entry(scope.key).piece;
  const data = ui.dataOf(session.story.entry(scope.key).piece);
  const choice = data.choices[number];
  const mark = `${scope.key}|${choice.id}`;
  /** @param {string} name @param {string} value */
  const type = (name, value) => ui.type(scope, `${key}.${name}`, (story) => setValue(story, scope.key, at, name, value));
  /** @param {"text" | "outcome" | "why"} name @param {string} label @param {number} rows @param {boolean} [inlineOnly] */
  const part = (name, label, rows, inlineOnly) => {
    const node = choice.parts[name];
    return prose(ui, {
      key: `${key}.${name}`,
      label,
      raw: node ? inner(raw, node) : "",
      rows,
      options: inlineOnly ? {inlineOnly} : layoutAt(raw, node ?? choice.node),
      /** @param {string} xml */
      set: (xml) => ui.type(scope, `${key}.${name}`, (story) => setProse(story, scope.key, at, name, xml)),
    });
  };
  /** @param {string} label @param {(story: any) => any} edit @param {string} focus @param {boolean} [gone] */
  const act = (label, edit, focus, gone) => ui.act(label, edit, focus, gone);
  /** @param {number} step */
  const move = (step) => act(words.movedChoice, (story) => moveChoice(story, scope.key, number, step), `choice.${number + step}.${step < 0 ? "up" : "down"}`);
  return h("div.dti-ed-itembody", {},
    h("div.dti-ed-tools", {},
      button(words.clone, () => {
        const id = freeId(new Set(data.choices.map((one) => one.id)), `${choice.id || "choice"}-copy`);
        open.add(`${scope.key}|${id}`);
        act(words.clonedChoice, (story) => cloneChoice(story, scope.key, number, id), `choice.${number + 1}.text`);
      }, {"data-control": `${key}.clone`}),
      button(words.moveUp, () => move(-1), {disabled: number === 0, "data-control": `${key}.up`}),
      button(words.moveDown, () => move(1), {disabled: number === data.choices.length - 1, "data-control": `${key}.down`}),
      button(words.delete, () => act(words.deletedChoice, (story) => removeChoice(story, scope.key, number), "choice.add", true), {class: "dti-ed-danger", "data-control": `${key}.delete`})),
    h("p.dti-ed-problem", {hidden: true}),
    part("text", words.choiceText, 2, true),
    toField(ui, scope, choice, number, key, open),
    h("div.dti-ed-pair", {},
      text(ui, {key: `${key}.points`, label: words.points, value: choice.points, kind: "number", min: 0, set: (value) => type("points", value)}),
      select(ui, {
        key: `${key}.level`, label: words.level, value: choice.level,
        options: [["", words.noLevel], ...session.story.of("level").map((entry) => [entry.id, ui.dataOf(entry.piece).title || entry.id])],
        set: (value) => type("level", value),
      })),
    part("outcome", words.outcome, 3),
    part("why", words.why, 3),
    h("details.dti-ed-more", {data: {more: key}, open: Boolean(choice.needs.length || choice.effects.length || choice.authorities.length || choice.offered === "no")},
      h("summary", {data: {control: `${key}.more`}, text: words.moreOfChoice}),
      h("h5", {text: words.effects}), effectsForm(ui, scope, choice, number),
      h("h5", {text: words.authorities}), authoritiesForm(ui, scope, choice, number),
      h("h5", {text: words.choiceNeeds}), needsForm(ui, scope, choice.needs, at, `${key}.`),
      checkbox(ui, {
        key: `${key}.offered`, label: words.neverOffered, help: words.neverOfferedHelp, value: choice.offered === "no",
        /** @param {any} checked */
        set: (checked) => type("offered", checked ? "no" : ""),
      }),
      finished(ui, {
        key: `${key}.id`, label: words.id, value: choice.id, help: words.choiceIdHelp, advanced: true,
        /** @param {string} id */
        set: (id) => {
          if (!usable(id)) return words.unusableId;
          const now = ui.dataOf(session.story.entry(scope.key).piece).choices;
          if (now.some((one, index) => index !== number && one.id === id)) return words.takenId;
          if (open.has(mark)) open.add(`${scope.key}|${id}`);
          ui.rename(words.renamed, (story) => ({story: renameChoice(story, scope.key, number, id), key: scope.key}), scope);
          return "";
        },
      })));
}

/**
 * @param {ScenarioPage} ui @param {Scope} scope @param {Choice} choice @param {number} number @param {Key} key
 * @param {Set<string>} open
 */
function toField(ui, scope, choice, number, key, open) {
  const {words, session} = ui;
  const at = {choice: number};
  /** @param {string} kind */
  const options = (kind) => named(ui, session.story.of(kind));
  /** @param {string} label @param {any} make */
  const create = (label, make) => ui.act(label, (story) => {
    const made = make(story);
    return setValue(made.story, scope.key, at, "to", made.story.entry(made.key).id);
  }, `${key}.go`);
  return select(ui, {
    key: `${key}.to`,
    label: words.leadsTo,
    value: choice.to,
    options: [
      ...(choice.to ? [] : [["", words.nothingChosen]]),
      {label: words.scenes, options: options("scene")},
      {label: words.endings, options: options("ending")},
    ],
    set: (value) => ui.type(scope, `${key}.to`, (story) => setValue(story, scope.key, at, "to", value)),
    beside: [
      button(words.go, () => {
        const data = ui.dataOf(session.story.entry(scope.key).piece);
        const target = session.story.target(data.choices[number].to);
        if (target) session.select(target.key, null, "heading");
        else ui.announce(words.leadsNowhere);
      }, {"data-control": `${key}.go`, "aria-label": fill(words.goTarget, {n: number + 1})}),
      button(words.newScene, () => {
        const made = between(ui, scope, number);
        for (const id of made.choices) open.add(`${made.key}|${id}`);
        ui.act(words.addedScene, () => made.story, "title", false, {key: made.key});
        ui.selectText();
      }, {"data-control": `${key}.newScene`}),
      button(words.newEnding, () => create(words.addedEnding, (/** @type {Story} */ story) => ui.markNew(newEnding(story, {title: words.newEndingTitle}))), {"data-control": `${key}.newEnding`}),
    ],
  });
}

/**
 * The story with a new scene on the way of a choice: its two choices lead where this one led and where another one leads, so that it
 * can be played at once. Returns {story, key, choices: their ids}.
 * @param {ScenarioPage} ui @param {Scope} scope @param {number} number
 */
function between(ui, scope, number) {
  const {words, session} = ui;
  const data = ui.dataOf(session.story.entry(scope.key).piece);
  const on = data.choices[number];
  const other = data.choices.find((one, index) => index !== number && one.to) ?? on;
  const choices = [{id: "choice-1", to: on.to, points: on.points || "0"}, {id: "choice-2", to: other.to, points: (other !== on && other.points) || "0"}];
  const made = ui.markNew(newScene(session.story, {title: words.newSceneTitle, level: data.level, after: scope.key, choices}));
  const story = setValue(made.story, scope.key, {choice: number}, "to", made.story.entry(made.key).id);
  return {story, key: made.key, choices: choices.map(({id}) => id)};
}
