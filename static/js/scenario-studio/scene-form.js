// The form of the scene or ending that is selected.
import {h, button, fill} from "../studio/dom.js";
import {finished, text} from "../studio/fields.js";
import {named, select} from "./select-field.js";
import {choicesForm} from "./choice-form.js";
import {linesForm} from "./line-form.js";
import {needsForm} from "./needs-form.js";
import {setValue} from "./edit.js";
import {freeId, slug} from "../studio/ids.js";
import {cloneEntry, makeStart, renameEntry, takenIds, usable} from "./outline.js";

/**
 * The form. `open` holds which choices stand open.
 * @param {ScenarioPage} ui @param {Scope} scope @param {Entry} entry @param {Set<string>} open
 */
export function sceneForm(ui, scope, entry, open) {
  const {words} = ui;
  const data = ui.dataOf(entry.piece);
  const isScene = entry.kind === "scene";
  const isStart = isScene && ui.session.story.of("scene")[0].key === entry.key;
  /** @param {string} title @param {any} content */
  const section = (title, ...content) => h("section.dti-ed-section", {}, h("h4", {text: title}), content);
  return [
    h("div.dti-ed-tools", {},
      isScene ? button(words.playFromHere, () => ui.play(scope.key), {"data-control": "play"}) : null,
      button(words.clone, () => clone(ui, scope), {"data-control": "clone"}),
      isScene && !isStart ? button(words.makeStart, () => ui.act(words.madeStart, (story) => makeStart(story, scope.key), "title"), {"data-control": "makeStart"}) : null,
      button(words.delete, () => ui.remove(scope.key), {class: "dti-ed-danger", "data-control": "delete"})),
    isStart ? h("p.dti-ed-note", {text: words.isStart}) : null,
    h("ul.dti-ed-here", {hidden: true}),
    basics(ui, scope, data, isScene),
    section(words.lines, linesForm(ui, scope, entry.piece.raw, data)),
    isScene ? section(words.choices, choicesForm(ui, scope, data, open)) : null,
    conditions(ui, scope, data, isScene),
  ];
}

/** @param {ScenarioPage} ui @param {Scope} scope */
function clone(ui, scope) {
  const {session, words} = ui;
  const data = ui.dataOf(session.story.entry(scope.key).piece);
  const {story, key} = ui.markNew(cloneEntry(session.story, scope.key, fill(words.copyOf, {title: data.title})));
  ui.act(words.clonedScene, () => story, "title", false, {key});
}

/** @param {ScenarioPage} ui @param {Scope} scope @param {Data} data @param {boolean} isScene */
function basics(ui, scope, data, isScene) {
  const {words, session} = ui;
  /** @param {string} name @param {string} label @param {any} [more] */
  const value = (name, label, more = {}) => text(ui, {
    key: name, label, value: /** @type {any} */ (data)[name], ...more,
    /** @param {any} typed */
    set: (typed) => ui.type(scope, name, (story) => setValue(story, scope.key, {}, name, typed)),
  });
  const title = value("title", words.title, {wide: true});
  // a scene that was made a moment ago takes its id from its first title
  title.querySelector("input").addEventListener("change", (/** @type {AnyEvent} */ event) => {
    const entry = session.story.entry(scope.key);
    const id = slug(event.target.value);
    if (!id || !ui.isFresh(entry.key) || !/^(?:scene|ending)-\d+$/.test(entry.id)) return;
    ui.rename(words.renamed, (story) => renameEntry(story, entry.key, freeId(takenIds(story, entry.kind), id)), scope);
  });
  return h("div.dti-ed-grid", {},
    title,
    isScene ? [value("place", words.place), value("time", words.time)] : null,
    isScene && session.story.of("person").length ? select(ui, {
      key: "as", label: words.playedAs, value: data.as,
      options: [["", words.nobodyNamed], ...session.story.of("person").map((entry) => [entry.id, ui.dataOf(entry.piece).title || entry.id])],
      /** @param {string} id */
      set: (id) => ui.type(scope, "as", (story) => setValue(story, scope.key, {}, "as", id)),
    }) : null,
    isScene ? select(ui, {
      key: "level", label: words.level, value: data.level,
      options: [["", words.noLevel], ...session.story.of("level").map((entry) => [entry.id, ui.dataOf(entry.piece).title || entry.id])],
      /** @param {string} level */
      set: (level) => ui.type(scope, "level", (story) => setValue(story, scope.key, {}, "level", level)),
    }) : [
      select(ui, {
        key: "result", label: words.result, value: data.result,
        options: [["good", words.good], ["mixed", words.mixed], ["bad", words.bad]],
        /** @param {any} result */
        set: (result) => ui.type(scope, "result", (story) => setValue(story, scope.key, {}, "result", result)),
      }),
      value("points", words.endingPoints, {kind: "number", min: 0}),
    ],
    isScene ? value("audio", words.sceneAudio, {dir: "ltr", spellcheck: "false", help: words.sceneAudioHelp}) : null,
    idField(ui, scope, data.id));
}

/**
 * The field for the id of an entry; `key` of the field.
 * @param {ScenarioPage} ui @param {Scope} scope @param {string} id @param {Key} [key]
 */
export function idField(ui, scope, id, key = "id") {
  const {words, session} = ui;
  return finished(ui, {
    key, label: words.id, value: id, help: words.idHelp, advanced: true,
    /** @param {any} typed */
    set: (typed) => {
      const entry = session.story.entry(scope.key);
      if (!usable(typed)) return words.unusableId;
      if (typed !== entry.id && takenIds(session.story, entry.kind).has(typed)) return words.takenId;
      ui.rename(words.renamed, (story) => renameEntry(story, scope.key, typed), scope);
      return "";
    },
  });
}

/** @param {ScenarioPage} ui @param {Scope} scope @param {Data} data @param {boolean} isScene */
function conditions(ui, scope, data, isScene) {
  const {words, session} = ui;
  /** @param {string} name @param {any} typed */
  const value = (name, typed) => ui.type(scope, name, (story) => setValue(story, scope.key, {}, name, typed));
  /** @param {string} kind */
  const places = (kind) => named(ui, session.story.of(kind).filter((entry) => entry.key !== scope.key));
  const used = data.clock || data.timeout || data.needs.length || data.otherwise;
  return h("details.dti-ed-section.dti-ed-more", {open: Boolean(used), data: {more: "conditions"}},
    h("summary", {data: {control: "conditions"}, text: isScene ? words.clockAndConditions : words.conditions}),
    isScene ? h("div.dti-ed-pair", {},
      text(ui, {key: "clock", label: words.clock, value: data.clock, kind: "number", min: 5, max: 600, help: words.clockHelp, set: (typed) => value("clock", typed)}),
      select(ui, {
        key: "timeout", label: words.timeout, value: data.timeout,
        options: [["", words.noTimeout], ...data.choices.map((choice) => [choice.id, ui.short(choice.text || choice.id)])],
        /** @param {any} typed */
        set: (typed) => value("timeout", typed),
      })) : null,
    h("h5", {text: words.sceneNeeds}),
    h("p.dti-help", {text: words.sceneNeedsHelp}),
    needsForm(ui, scope, data.needs, {}, ""),
    select(ui, {
      key: "otherwise", label: words.otherwise, value: data.otherwise,
      options: [["", words.noOtherwise], {label: words.scenes, options: places("scene")}, {label: words.endings, options: places("ending")}],
      /** @param {any} typed */
      set: (typed) => value("otherwise", typed),
    }));
}
