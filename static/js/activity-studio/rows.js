// Groups and cards, a row for each. What a card has depends on the kind of the activity.
import {fill, h} from "../studio/dom.js";
import {checkbox, field, text} from "../studio/fields.js";
import {newLayout, olx, shorthand} from "../studio/prose.js";
import {Row, area} from "../studio/row.js";
import {words as wordsIn} from "../studio/xml.js";
import {attributeOf, partOf} from "./activity.js";
import {setAttribute, setName, setPart} from "./edit.js";

export class GroupRow extends Row {
  /** @param {Entry} entry */
  build(entry) {
    const {ui} = this;
    const name = text(ui, {key: `${this.name}.name`, label: ui.words.groupName, value: wordsIn(entry.piece.raw, entry.piece.element),
      set: (value) => this.type("name", (activity) => setName(activity, this.key, value))});
    this.first = name.querySelector("input");
    this.first.addEventListener("input", () => ui.panel.namesChanged());
    return [name];
  }
}

export class CardRow extends Row {
  /** @param {Entry} entry */
  build(entry) {
    const {ui} = this;
    this.heading = h("h5");
    const parts = ["text", ...["back", "why"].filter((part) => ui.uses(part))].map((part) => this.#part(entry, part));
    this.first = parts[0].querySelector("textarea");
    const belongs = ui.uses("groups") ? this.#belongs() : null;
    const place = ui.uses("area") ? this.#place(entry) : [];
    this.group = belongs?.querySelector("select") ?? null;
    return [this.heading, parts[0], ...(belongs ? [belongs] : []), ...place, ...parts.slice(1)];
  }

  /** @param {number} n */
  number(n) {
    if (this.heading) this.heading.textContent = fill(this.ui.words.cardNumber, {n});
    this.names();
  }

  /** The list of groups as they are called now. */
  names() {
    const entry = this.ui.session.story.entry(this.key);
    if (!this.group || !entry) return;
    const {ui} = this;
    const groups = ui.session.story.of("group").map((/** @type {Entry} */ group) => h("option", {value: group.id, text: ui.title(group)}));
    const chosen = attributeOf(entry.piece, "group");
    this.group.replaceChildren(h("option", {value: "", text: ui.words.noGroup}), ...groups);
    this.group.value = groups.some((/** @type {any} */ one) => one.value === chosen) ? chosen : "";
  }

  /** @param {Entry} entry @param {string} part */
  #part(entry, part) {
    const {ui} = this;
    const raw = partOf(entry.piece, part);
    const short = shorthand(raw, {inline: true});
    const control = area(short ? short.text : raw, 2);
    control.readOnly = !short;
    control.addEventListener("input", () => {
      const layout = short?.layout ?? newLayout({inline: true});
      this.type(part, (activity) => setPart(activity, this.key, part, control.value.trim() ? olx(control.value, layout) : ""));
    });
    const labels = ui.words[part];
    return field(ui, {key: `${this.name}.${part}`, label: labels[ui.kind] ?? labels.otherwise ?? part, control, wide: true, help: short ? "" : ui.words.onlyOlx});
  }

  #belongs() {
    const {ui} = this;
    const control = h("select");
    control.addEventListener("change", () => this.#step("group", (activity) => setAttribute(activity, this.key, "group", control.value)));
    return field(ui, {key: `${this.name}.group`, label: ui.words.belongs, control});
  }

  /** @param {Entry} entry */
  #place(entry) {
    const {ui} = this;
    const {words} = ui;
    const sign = checkbox(ui, {key: `${this.name}.sign`, label: words.sign, value: attributeOf(entry.piece, "sign") !== "false", help: words.signHelp,
      set: (/** @type {boolean} */ value) => this.#step("sign", (activity) => setAttribute(activity, this.key, "sign", value ? "" : "false"))});
    const where = text(ui, {key: `${this.name}.area`, label: words.area, value: attributeOf(entry.piece, "area"), help: words.areaHelp, dir: "ltr",
      set: (value) => this.type("area", (activity) => setAttribute(activity, this.key, "area", value.trim()))});
    return [sign, where];
  }

  /** A change by one press: a step of its own. @param {string} what @param {(story: any) => any} edit */
  #step(what, edit) {
    this.ui.session.history.settle();
    this.type(what, edit);
    this.ui.session.history.settle();
  }
}
