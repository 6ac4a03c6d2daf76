// The lines of a scene or ending: narration, speech, pictures and recordings.
import {h, button, fill} from "../studio/dom.js";
import {checkbox, text} from "../studio/fields.js";
import {pictureButton} from "../studio/pictures.js";
import {layoutAt, prose} from "./prose-field.js";
import {blocksBefore} from "../studio/prose.js";
import {addLine, lineXml, moveLine, removeLine, setProse, setRun, setSpeaker, setValue} from "./edit.js";
import {inner} from "../studio/xml.js";

/** @type {Record<string, string>} */
const NEW = {
  prose: "<p></p>",
  say: '<say who=""></say>',
  image: '<image src="/static/" alt=""/>',
  video: '<video src="/static/" title=""><transcript></transcript></video>',
  audio: '<audio src="/static/" title=""><transcript></transcript></audio>',
};
/** @type {Record<string, string>} */
const FIRST_FIELD = {prose: "", say: ".who", image: ".src", video: ".src", audio: ".src"};

/** @param {ScenarioPage} ui @param {Scope} scope @param {string} raw @param {Data} data */
export function linesForm(ui, scope, raw, data) {
  const {words} = ui;
  const cast = ui.session.story.of("person").map((entry) => ui.dataOf(entry.piece).title);
  const others = ui.session.story.entries.flatMap((entry) => ui.dataOf(entry.piece).lines ?? []).map((line) => line.who);
  const names = [...new Set([...cast, ...others].filter(Boolean))];
  const speakers = h("datalist", {id: ui.id("speakers")}, names.map((name) => h("option", {value: name})));
  const items = data.lines.map((line, number) => lineItem(ui, scope, raw, data, line, number));
  return h("div.dti-ed-lines", {},
    speakers,
    h("ol.dti-ed-items", {}, items),
    h("div.dti-ed-adds", {role: "group", "aria-label": words.addLine},
      h("span.dti-ed-addlabel", {text: words.addLine, "aria-hidden": "true"}),
      addButtons(ui, scope, () => data.lines.length - 1, null, "line.add")));
}

/** @param {ScenarioPage} ui @param {Scope} scope @param {any} after @param {any} item @param {Key} key */
function addButtons(ui, scope, after, item, key) {
  const {words} = ui;
  const kinds = [["prose", words.narration], ["say", words.speech], ["image", words.image], ["video", words.video], ["audio", words.audio]];
  return kinds.map(([kind, label]) => button(label, () => add(ui, scope, kind, after(), item), {"data-control": `${key}.${kind}`}));
}

/** @param {ScenarioPage} ui @param {Scope} scope @param {string} kind @param {number} after @param {any} item */
function add(ui, scope, kind, after, item) {
  const data = ui.dataOf(ui.session.story.entry(scope.key).piece);
  const beside = kind === "prose" ? [after, after + 1].find((number) => data.lines[number]?.kind === "prose") : undefined;
  if (beside !== undefined) return goOn(ui, beside, beside === after);
  const blocks = item?.isText() ? Math.max(1, blocksBefore(item.querySelector("textarea").value, item.caret())) : Infinity;
  const {story, line} = addLine(ui.session.story, scope.key, after, NEW[kind], blocks);
  return ui.act(ui.words.addedLine, () => story, `line.${line}${FIRST_FIELD[kind]}`);
}

/**
 * Narration beside narration is one text: the author goes on writing there.
 * @param {ScenarioPage} ui @param {number} number @param {boolean} atEnd
 */
function goOn(ui, number, atEnd) {
  const control = ui.control(`line.${number}`);
  if (!control) return;
  if (atEnd && control.value.trim()) control.value = `${control.value.trimEnd()}\n\n`;
  control.focus();
  const caret = atEnd ? control.value.length : 0;
  control.setSelectionRange(caret, caret);
  ui.announce(ui.words.goOnHere);
}

/**
 * @param {ScenarioPage} ui @param {Scope} scope @param {string} raw @param {Data} data @param {Line} line
 * @param {number} number
 */
function lineItem(ui, scope, raw, data, line, number) {
  const {words} = ui;
  const key = `line.${number}`;
  /** @type {Record<string, string>} */
  const names = {prose: words.narration, say: words.speech, image: words.image, video: words.video, audio: words.audio, other: words.otherElement};
  const name = fill(words.lineName, {n: number + 1, kind: names[line.kind]});
  const body = bodies[line.kind](ui, scope, raw, line, number, key, name);
  const field = line.kind === "prose" ? body[0] : null;
  /** @param {string} label @param {any} sign @param {(event?: any) => unknown} press @param {any} disabled @param {any} control */
  const tool = (label, sign, press, disabled, control) => button(sign, press, {
    class: "dti-ed-tool", "aria-label": `${label}: ${name}`, title: label, disabled, "data-control": `${key}.${control}`,
  });
  /** @param {number} step */
  const move = (step) => ui.act(words.movedLine, (story) => moveLine(story, scope.key, number, step), `line.${number + step}.${step < 0 ? "up" : "down"}`);
  return h("li.dti-ed-item", {data: {field: key}},
    h("div.dti-ed-itemhead", {},
      h("h5", {text: name}),
      h("div.dti-ed-tools", {},
        tool(words.moveUp, "↑", () => move(-1), number === 0, "up"),
        tool(words.moveDown, "↓", () => move(1), number === data.lines.length - 1, "down"),
        tool(words.delete, "×", () => ui.act(words.deletedLine, (story) => removeLine(story, scope.key, number), `line.${Math.max(number - 1, 0)}.up`, true), false, "delete"))),
    body,
    h("details.dti-ed-insert", {},
      h("summary", {data: {control: `${key}.insert`}, "aria-label": `${words.insertBelow}: ${name}`, text: words.insertBelow}),
      h("div.dti-ed-adds", {}, addButtons(ui, scope, () => number, field, `${key}.add`))),
    h("p.dti-ed-problem", {hidden: true}));
}

/**
 * @param {ScenarioPage} ui @param {Scope} scope @param {number} number @param {string} name @param {string} label @param {any} now
 * @param {any} [more]
 */
const value = (ui, scope, number, name, label, now, more = {}) => text(ui, {
  key: `line.${number}.${name}`, label, value: now, ...more,
  /** @param {any} typed */
  set: (typed) => ui.type(scope, `line.${number}.${name}`, (story) => setValue(story, scope.key, {line: number}, name, typed)),
});

/**
 * @param {ScenarioPage} ui @param {Scope} scope @param {string} raw @param {Line} line @param {number} number
 * @param {Key} key
 */
const transcript = (ui, scope, raw, line, number, key) => prose(ui, {
  key: `${key}.transcript`,
  label: ui.words.transcript,
  raw: line.transcript ? inner(raw, line.transcript) : "",
  options: layoutAt(raw, line.transcript ?? line.first),
  /** @param {string} xml */
  set: (xml) => ui.type(scope, `${key}.transcript`, (story) => setProse(story, scope.key, {line: number}, "transcript", xml)),
});

/** Who speaks, by name; the id of somebody who is not in the cast as it stands. @param {ScenarioPage} ui @param {Line} line */
function speakerOf(ui, line) {
  const person = ui.session.story.of("person").find((entry) => entry.id === line.by);
  return person ? ui.dataOf(person.piece).title : line.by || line.who;
}

/**
 * With what a picture tells: words, or that it is a decoration.
 * @param {any} story @param {Scope} scope @param {number} number @param {{alt: string, decorative?: boolean}} told
 */
function pictured(story, scope, number, {alt, decorative}) {
  const made = setValue(story, scope.key, {line: number}, "decorative", decorative ? "yes" : "");
  return setValue(made, scope.key, {line: number}, "alt", decorative ? "" : alt);
}

/** @param {ScenarioPage} ui @param {Scope} scope @param {Line} line @param {number} number */
const picker = (ui, scope, line, number) => pictureButton(ui, {
  key: `line.${number}.src`,
  label: fill(ui.words.lineName, {n: number + 1, kind: ui.words.image}),
  now: () => {
    const {src = "", alt = "", decorative = ""} = ui.dataOf(ui.session.story.entry(scope.key).piece).lines[number];
    return {src, alt, decorative: decorative === "yes"};
  },
  take: ({src, ...told}, label) => ui.act(label, (story) => pictured(setValue(story, scope.key, {line: number}, "src", src), scope, number, told), `line.${number}.src.pick`),
  described: (src) => ui.session.story.entries.flatMap((entry) => ui.dataOf(entry.piece).lines ?? []).find((one) => one.kind === "image" && one.src === src)?.alt ?? "",
});

const asset = {dir: "ltr", spellcheck: "false"};

/** @type {Record<string, (ui: ScenarioPage, scope: Scope, raw: string, line: Line, number: number, key: string, name: string) => any>} */
const bodies = {
  /**
   * @param {ScenarioPage} ui @param {Scope} scope @param {string} raw @param {Line} line @param {number} number
   * @param {Key} key @param {string} name
   */
  prose: (ui, scope, raw, line, number, key, name) => [prose(ui, {
    key,
    label: name,
    raw: raw.slice(line.first.start, line.last.end),
    run: true,
    headed: true,
    rows: 3,
    options: {...layoutAt(raw, line.first), empty: "<p></p>"},
    /** @param {string} xml */
    set: (xml) => ui.type(scope, key, (story) => setRun(story, scope.key, number, xml)),
  })],
  /**
   * @param {ScenarioPage} ui @param {Scope} scope @param {string} raw @param {Line} line @param {number} number
   * @param {Key} key
   */
  say: (ui, scope, raw, line, number, key) => [
    text(ui, {
      key: `${key}.who`, label: ui.words.who, value: speakerOf(ui, line), list: ui.id("speakers"), help: ui.words.whoHelp,
      /** @param {string} typed */
      set: (typed) => ui.type(scope, `${key}.who`, (story) => setSpeaker(story, scope.key, number, typed)),
    }),
    prose(ui, {
      key: `${key}.said`,
      label: ui.words.said,
      raw: inner(raw, line.first),
      rows: 2,
      options: {inlineOnly: true},
      /** @param {string} xml */
      set: (xml) => ui.type(scope, `${key}.said`, (story) => setProse(story, scope.key, {line: number}, "", xml)),
    }),
    checkbox(ui, {
      key: `${key}.over`, label: ui.words.overRadio, value: line.over === "radio",
      /** @param {boolean} checked */
      set: (checked) => ui.type(scope, `${key}.over`, (story) => setValue(story, scope.key, {line: number}, "over", checked ? "radio" : "")),
    }),
    value(ui, scope, number, "audio", ui.words.lineAudio, line.audio, {...asset, help: ui.words.lineAudioHelp}),
  ],
  /**
   * @param {ScenarioPage} ui @param {Scope} scope @param {string} raw @param {Line} line @param {number} number
   */
  image: (ui, scope, raw, line, number) => [
    value(ui, scope, number, "src", ui.words.src, line.src, {...asset, beside: [picker(ui, scope, line, number)]}),
    line.decorative === "yes" && !line.alt ? null : value(ui, scope, number, "alt", ui.words.alt, line.alt, {help: ui.words.altHelp}),
    checkbox(ui, {
      key: `line.${number}.decorative`, label: ui.words.decorative, help: ui.words.decorativeHelp, value: line.decorative === "yes",
      /** @param {boolean} checked */
      set: (checked) => ui.act(ui.words.decorative, (story) => (checked ? pictured(story, scope, number, {alt: "", decorative: true}) : setValue(story, scope.key, {line: number}, "decorative", "")), `line.${number}.decorative`),
    }),
  ],
  /**
   * @param {ScenarioPage} ui @param {Scope} scope @param {string} raw @param {Line} line @param {number} number
   * @param {Key} key
   */
  video: (ui, scope, raw, line, number, key) => [
    value(ui, scope, number, "src", ui.words.src, line.src, asset),
    value(ui, scope, number, "title", ui.words.title, line.title),
    value(ui, scope, number, "captions", ui.words.captions, line.captions, asset),
    transcript(ui, scope, raw, line, number, key),
  ],
  /**
   * @param {ScenarioPage} ui @param {Scope} scope @param {string} raw @param {Line} line @param {number} number
   * @param {Key} key
   */
  audio: (ui, scope, raw, line, number, key) => [
    value(ui, scope, number, "src", ui.words.src, line.src, asset),
    value(ui, scope, number, "title", ui.words.title, line.title),
    transcript(ui, scope, raw, line, number, key),
  ],
  /**
   * @param {ScenarioPage} ui @param {Scope} scope @param {string} raw @param {Line} line @param {number} number
   * @param {Key} key @param {string} name
   */
  other: (ui, scope, raw, line, number, key, name) => [prose(ui, {
    key,
    label: name,
    headed: true,
    raw: lineXml(ui.session.story, scope.key, number),
    /** @param {string} xml */
    set: (xml) => ui.type(scope, key, (story) => setRun(story, scope.key, number, xml)),
  })],
};
