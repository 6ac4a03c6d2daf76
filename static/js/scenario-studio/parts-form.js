// The forms of what is no scene: the introduction, the levels, the meters.
import {h, button, fill} from "../studio/dom.js";
import {text} from "../studio/fields.js";
import {pictureButton} from "../studio/pictures.js";
import {select} from "./select-field.js";
import {layoutAt, prose} from "./prose-field.js";
import {idField} from "./scene-form.js";
import {setProse, setValue} from "./edit.js";
import {moveEntry, newIntroduction, newLevel, newMeter, newPerson, removeEntry} from "./outline.js";
import {inner} from "../studio/xml.js";

/** @param {ScenarioPage} ui */
export function introductionForm(ui) {
  const {words, session} = ui;
  const entries = session.story.of("introduction");
  if (!entries.length) {
    return [
      h("p", {text: words.noIntroduction}),
      button(words.addIntroduction, () => ui.act(words.addIntroduction, (story) => newIntroduction(story).story, "introduction:"), {"data-control": "introduction.add"}),
    ];
  }
  return entries.map((entry) => prose(ui, {
    key: entry.key,
    label: words.introduction,
    raw: inner(entry.piece.raw, entry.piece.element),
    rows: 8,
    options: {between: breakWithin(entry.piece)},
    /** @param {string} xml */
    set: (xml) => ui.type({key: entry.key}, entry.key, (story) => setProse(story, entry.key, {}, "", xml)),
  }));
}

/** @param {Piece} piece */
function breakWithin(piece) {
  const first = piece.element.children.find((child) => child.type === "element");
  return first ? /\n[ \t]*$/.exec(piece.raw.slice(0, first.start))?.[0] ?? "\n" : "\n";
}

/** @param {ScenarioPage} ui @param {Scope[]} scopes */
export function peopleForm(ui, scopes) {
  const {words} = ui;
  const options = {
    help: words.peopleHelp, add: words.addPerson, make: (/** @type {Story} */ story) => newPerson(story, {name: words.newPersonName}),
    named: "name", label: words.personName, meaning: false,
  };
  return listForm(ui, scopes, "person", options, (/** @type {Scope} */ scope, /** @type {Data} */ data, /** @type {string} */ prefix, /** @type {any} */ value) => {
    const {raw} = ui.session.story.entry(scope.key).piece;
    /** @param {string} name @param {XmlNode | null} node @param {string} label */
    const known = (name, node, label) => prose(ui, {
      key: `${prefix}${name}`, label, raw: node ? inner(raw, node) : "", rows: 2, options: layoutAt(raw, node ?? data.node),
      /** @param {string} xml */
      set: (xml) => ui.type(scope, `${prefix}${name}`, (story) => setProse(story, scope.key, {}, name, xml)),
    });
    return [
      value("role", words.personRole, data.role, {help: words.personRoleHelp}),
      h("div.dti-ed-pair", {},
        value("portrait", words.portrait, data.portrait, {dir: "ltr", spellcheck: "false", help: words.portraitHelp, beside: [portraitPicker(ui, scope, prefix)]}),
        value("initials", words.initials, data.initials, {maxlength: 3})),
      h("h5", {text: words.roleCard}),
      h("p.dti-help", {text: words.roleCardHelp}),
      known("knows", data.knows, words.knows),
      known("knows-not", data.knowsNot, words.knowsNot),
    ];
  });
}

/** A portrait stands beside a name, so it needs no words of its own. @param {ScenarioPage} ui @param {Scope} scope @param {string} prefix */
const portraitPicker = (ui, scope, prefix) => pictureButton(ui, {
  key: `${prefix}portrait`,
  label: ui.words.portrait,
  now: () => ({src: ui.dataOf(ui.session.story.entry(scope.key).piece).portrait, alt: ""}),
  take: ({src}) => ui.act(ui.words.pictureTaken, (story) => setValue(story, scope.key, {}, "portrait", src), `${prefix}portrait.pick`),
});

/** @param {ScenarioPage} ui @param {Scope[]} scopes */
export function levelsForm(ui, scopes) {
  const {words} = ui;
  return listForm(ui, scopes, "level", {help: words.levelsHelp, add: words.addLevel, make: (/** @type {Story} */ story) => newLevel(story, {title: words.newLevelTitle})}, () => []);
}

/** @param {ScenarioPage} ui @param {Scope[]} scopes */
export function metersForm(ui, scopes) {
  const {words} = ui;
  const options = {help: words.metersHelp, add: words.addMeter, make: (/** @type {Story} */ story) => newMeter(story, {title: words.newMeterTitle})};
  return listForm(ui, scopes, "meter", options, (/** @type {Scope} */ scope, /** @type {Data} */ data, /** @type {string} */ prefix, /** @type {any} */ value) => [
    h("div.dti-ed-triple", {},
      value("start", words.meterStart, data.start || "50", {kind: "number"}),
      value("lowest", words.meterLowest, data.lowest || "0", {kind: "number"}),
      value("highest", words.meterHighest, data.highest || "100", {kind: "number"})),
    select(ui, {
      key: `${prefix}show`, label: words.meterShow, value: data.show || "play",
      options: [["play", words.showPlay], ["end", words.showEnd]],
      /** @param {any} typed */
      set: (typed) => ui.type(scope, `${prefix}show`, (story) => setValue(story, scope.key, {}, "show", typed)),
    }),
  ]);
}

/**
 * The list of a kind. `named` is the attribute that an item is called by, `label` its field's; `meaning`: it has prose of its own.
 * @param {ScenarioPage} ui @param {Scope[]} scopes @param {string} kind
 * @param {{help: string, add: any, make: any, named?: string, label?: string, meaning?: boolean}} options @param {any} more
 */
function listForm(ui, scopes, kind, {help, add, make, named = "title", label: called = ui.words.title, meaning = true}, more) {
  const {words, session} = ui;
  const entries = session.story.of(kind);
  const items = entries.map((entry, number) => {
    const scope = {key: entry.key};
    scopes.push(scope);
    const data = ui.dataOf(entry.piece);
    const prefix = `${kind}.${number}.`;
    /** @param {string} name @param {string} label @param {any} now @param {any} [props] */
    const value = (name, label, now, props = {}) => text(ui, {
      key: `${prefix}${name}`, label, value: now, ...props,
      /** @param {any} typed */
      set: (typed) => ui.type(scope, `${prefix}${name}`, (story) => setValue(story, scope.key, {}, name, typed)),
    });
    const name = data.title || entry.id;
    /** @param {string} label @param {any} sign @param {(event?: any) => unknown} press @param {any} disabled @param {any} control */
    const tool = (label, sign, press, disabled, control) => button(sign, press, {
      class: "dti-ed-tool", "aria-label": `${label}: ${name}`, title: label, disabled, "data-control": `${prefix}${control}`,
    });
    /** @param {number} step */
    const move = (step) => ui.act(words.movedLine, (story) => moveEntry(story, scope.key, step), `${kind}.${number + step}.${step < 0 ? "up" : "down"}`);
    return h("li.dti-ed-item", {data: {field: prefix}},
      h("div.dti-ed-itemhead", {},
        h("h4", {text: fill(words.numbered, {n: number + 1, title: name})}),
        h("div.dti-ed-tools", {},
          tool(words.moveUp, "↑", () => move(-1), number === 0, "up"),
          tool(words.moveDown, "↓", () => move(1), number === entries.length - 1, "down"),
          tool(words.delete, "×", () => ui.act(words.deleted, (story) => removeEntry(story, scope.key), `${kind}.add`, true), false, "delete"))),
      text(ui, {
        key: `${prefix}title`, label: called, value: data.title,
        /** @param {any} typed */
        set: (typed) => ui.type(scope, `${prefix}title`, (story) => setValue(story, scope.key, {}, named, typed)),
      }),
      idField(ui, scope, data.id, `${prefix}id`),
      !meaning ? null : prose(ui, {
        key: `${prefix}html`,
        label: words.meaning,
        raw: inner(entry.piece.raw, entry.piece.element),
        rows: 2,
        options: {between: "", inline: true},
        /** @param {string} xml */
        set: (xml) => ui.type(scope, `${prefix}html`, (story) => setProse(story, scope.key, {}, "", xml)),
      }),
      more(scope, data, prefix, value),
      h("p.dti-ed-problem", {hidden: true}));
  });
  return [
    h("p.dti-help", {text: help}),
    h("ol.dti-ed-items", {}, items),
    button(add, () => ui.act(add, (story) => make(story).story, `${kind}.${entries.length}.title`), {"data-control": `${kind}.add`}),
  ];
}
