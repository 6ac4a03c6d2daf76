// Rows of conditions, effects and authorities.
import {dataOf} from "./scene.js";
import {h, button, fill} from "../studio/dom.js";
import {text} from "../studio/fields.js";
import {select} from "./select-field.js";
import {addNeed, addToChoice, needXml, removeAt, replaceAt, setValue} from "./edit.js";
import {escapeAttribute} from "../studio/xml.js";

/**
 * The conditions of a scene, an ending or a choice. `at` is {} or {choice}; `prefix` begins the keys of its fields.
 * @param {ScenarioPage} ui @param {Scope} scope @param {Need[]} list @param {any} at @param {string} prefix
 */
export function needsForm(ui, scope, list, at, prefix) {
  const {words} = ui;
  const rows = list.map((need, number) => needRow(ui, scope, need, {...at, need: number}, `${prefix}need.${number}`, number));
  const add = button(words.addNeed, () => {
    ui.act(words.addNeed, (story) => addNeed(story, scope.key, at, needXml(firstNeed(story))), `${prefix}need.${list.length}.rule`);
  }, {"data-control": `${prefix}addNeed`});
  return h("div.dti-ed-rows", {}, rows.length ? h("ul", {}, rows) : null, add);
}

/** @param {Story} story */
function firstNeed(story) {
  const meter = story.of("meter")[0];
  if (meter) return {negated: false, kind: "meter", ref: meter.id};
  const scene = story.of("scene").find((entry) => dataOf(entry.piece).choices.length);
  return scene ? {negated: false, kind: "choice", ref: ""} : {negated: false, kind: "level", ref: ""};
}

/** @param {ScenarioPage} ui @param {Scope} scope @param {Need} need @param {any} at @param {Key} key @param {number} number */
function needRow(ui, scope, need, at, key, number) {
  const {words} = ui;
  const said = {negated: need.negated, kind: need.kind, ref: need.ref, atLeast: need.atLeast, atMost: need.atMost};
  const rule = `${need.negated ? "not-" : ""}${need.kind}`;
  const rules = [
    ["meter", words.needMeter], ["not-meter", words.needNotMeter], ["choice", words.needChoice],
    ["not-choice", words.needNotChoice], ["level", words.needLevel], ["not-level", words.needNotLevel],
  ];
  const kind = select(ui, {
    key: `${key}.rule`,
    label: fill(words.needNumber, {n: number + 1}),
    value: rule,
    options: rules,
    set: (value) => {
      const now = {negated: value.startsWith("not-"), kind: value.replace("not-", "")};
      const kept = now.kind === said.kind ? said : {ref: "", atLeast: "", atMost: ""};
      ui.act(words.changedNeed, (story) => replaceAt(story, scope.key, at, needXml({...kept, ...now})), `${key}.rule`);
    },
  });
  /** @param {string} name @param {string} label @param {string} value */
  const bound = (name, label, value) => text(ui, {
    key: `${key}.${name}`, label, value, kind: "number",
    /** @param {any} typed */
    set: (typed) => ui.type(scope, `${key}.${name}`, (story) => setValue(story, scope.key, at, name, typed)),
  });
  return h("li.dti-ed-row", {data: {field: key}},
    kind,
    select(ui, {
      key: `${key}.ref`, label: {meter: words.meter, choice: words.choice, level: words.level}[need.kind], value: need.ref,
      options: refOptions(ui, need.kind),
      set: (value) => ui.type(scope, `${key}.ref`, (story) => setValue(story, scope.key, at, need.kind, value)),
    }),
    need.kind === "meter" ? [bound("at-least", words.atLeast, need.atLeast), bound("at-most", words.atMost, need.atMost)] : null,
    removeButton(ui, fill(words.removeNeed, {n: number + 1}), () => {
      ui.act(words.removedNeed, (story) => removeAt(story, scope.key, at), String(key).replace(/need\.\d+$/, "addNeed"));
    }, `${key}.remove`),
    h("p.dti-ed-problem", {hidden: true}));
}

/** @param {ScenarioPage} ui @param {string} kind */
function refOptions(ui, kind) {
  const {story} = ui.session;
  if (kind !== "choice") return story.of(kind).map((entry) => [entry.id, dataOf(entry.piece).title || entry.id]);
  return story.of("scene").map((entry) => {
    const data = dataOf(entry.piece);
    return {label: data.title || entry.id, options: data.choices.map((choice) => [`${entry.id}/${choice.id}`, ui.short(choice.text || choice.id)])};
  });
}

/** @param {ScenarioPage} ui @param {string} label @param {(event?: any) => unknown} press @param {Key} key */
function removeButton(ui, label, press, key) {
  return button("×", press, {class: "dti-ed-remove", "aria-label": label, title: label, "data-control": key});
}

/** What a choice does to meters. @param {ScenarioPage} ui @param {Scope} scope @param {Choice} choice @param {number} number */
export function effectsForm(ui, scope, choice, number) {
  const {words, session} = ui;
  const meters = session.story.of("meter").map((entry) => [entry.id, dataOf(entry.piece).title || entry.id]);
  const prefix = `choice.${number}.effect`;
  const rows = choice.effects.map((effect, index) => {
    const at = {choice: number, effect: index};
    const key = `${prefix}.${index}`;
    return h("li.dti-ed-row", {data: {field: key}},
      select(ui, {
        key: `${key}.meter`, label: words.meter, value: effect.meter, options: meters,
        set: (value) => ui.type(scope, `${key}.meter`, (story) => setValue(story, scope.key, at, "meter", value)),
      }),
      text(ui, {
        key: `${key}.by`, label: words.effectBy, value: effect.by.replace(/^\+/, ""), kind: "number",
        set: (value) => ui.type(scope, `${key}.by`, (story) => setValue(story, scope.key, at, "by", value)),
      }),
      removeButton(ui, fill(words.removeEffect, {n: index + 1}), () => {
        ui.act(words.removedEffect, (story) => removeAt(story, scope.key, at), `${prefix}.add`);
      }, `${key}.remove`),
      h("p.dti-ed-problem", {hidden: true}));
  });
  const add = button(words.addEffect, () => {
    const xml = `<effect meter="${escapeAttribute(meters[0]?.[0] ?? "")}" by="10"/>`;
    ui.act(words.addEffect, (story) => addToChoice(story, scope.key, number, "effect", xml), `${prefix}.${choice.effects.length}.meter`);
  }, {"data-control": `${prefix}.add`});
  return h("div.dti-ed-rows", {},
    rows.length ? h("ul", {}, rows) : null,
    meters.length || rows.length ? add : h("p.dti-help", {text: words.noMeters}));
}

/**
 * What a choice rests on, by slug of the case-law library.
 * @param {ScenarioPage} ui @param {Scope} scope @param {Choice} choice @param {number} number
 */
export function authoritiesForm(ui, scope, choice, number) {
  const {words} = ui;
  const prefix = `choice.${number}.authority`;
  const rows = choice.authorities.map((authority, index) => {
    const at = {choice: number, authority: index};
    const key = `${prefix}.${index}`;
    return h("li.dti-ed-row", {data: {field: key}},
      text(ui, {
        key: `${key}.ref`, label: fill(words.authorityNumber, {n: index + 1}), value: authority.ref, list: ui.id("authorities"), dir: "ltr", spellcheck: "false",
        set: (value) => ui.type(scope, `${key}.ref`, (story) => setValue(story, scope.key, at, "ref", value.trim())),
      }),
      removeButton(ui, fill(words.removeAuthority, {n: index + 1}), () => {
        ui.act(words.removedAuthority, (story) => removeAt(story, scope.key, at), `${prefix}.add`);
      }, `${key}.remove`),
      h("p.dti-ed-problem", {hidden: true}));
  });
  const add = button(words.addAuthority, () => {
    ui.act(words.addAuthority, (story) => addToChoice(story, scope.key, number, "authority", '<authority ref=""/>'), `${prefix}.${choice.authorities.length}.ref`);
  }, {"data-control": `${prefix}.add`});
  return h("div.dti-ed-rows", {}, rows.length ? h("ul", {}, rows) : null, add);
}
