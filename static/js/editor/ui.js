// What all views share: words, ids, and the ways to change the story.
import {dataOf} from "./scene.js?v=0.1.0";
import {ask, findDialog, helpDialog, starterDialog} from "./dialogs.js?v=0.1.0";
import {fill, h, button} from "./dom.js?v=0.1.0";
import {newEnding, newScene, removeEntry} from "./outline.js?v=0.1.0";
import {download, fileName, fileText, fromFile, LARGEST} from "./files.js?v=0.1.0";
import {placeOf, XmlError} from "./xml.js?v=0.1.0";
import {playDialog} from "./play.js?v=0.1.0";
import {problemsOf} from "./problems.js?v=0.1.0";

export class Ui {
  #serial = 0;
  #fresh = new Set();
  #pressed = false;
  #waiting = [];

  constructor(root, words, data, session) {
    Object.assign(this, {root, words, data, session, dataOf});
    this.form = root.querySelector("form");
    this.uid = this.form.querySelector("textarea").id.replace(/-content$/, "");
    this.dialogs = h("div");
    this.voice = h("div.dti-sr", {"aria-live": "polite"});
    this.notice = h("div.dti-ed-notice", {role: "status"});
    this.authorities = new Set(data.authorities);
    const released = () => {
      this.#pressed = false;
      if (this.#waiting.length) setTimeout(() => this.#waiting.splice(0).forEach((work) => work()));
    };
    root.addEventListener("pointerdown", () => {
      this.#pressed = true;
      for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, released, {once: true, capture: true});
    }, true);
    session.listen((event) => {
      if (event.renamed && this.#fresh.has(event.renamed.from)) this.#fresh.add(event.renamed.to);
    });
  }

  /** Do `work` soon, but not while a button is being pressed: what moves under the pointer is no longer clicked. */
  calmly(work) {
    if (this.#pressed) this.#waiting.push(work);
    else setTimeout(work);
  }

  id(name) {
    return `${this.uid}-${name.replace(/[^\w-]/g, "_")}`;
  }

  serial() {
    this.#serial += 1;
    return this.#serial;
  }

  short(text, most = 60) {
    return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
  }

  problems() {
    const {story, settings, broken} = this.session;
    return broken ? [] : problemsOf(story, {authorities: this.authorities, scoreBy: settings.score_by || "choices"});
  }

  xmlMessage(text, error) {
    const {line, column} = placeOf(text, error.offset);
    return fill(this.words.xml[error.code] ?? this.words.xml.tag, {name: error.about, line, column});
  }

  announce(text) {
    this.voice.textContent = "";
    setTimeout(() => {
      this.voice.textContent = text;
    }, 50);
  }

  /** Say what was done, with a button that takes it back. */
  offerUndo(text) {
    this.notice.replaceChildren(h("span", {text}), button(this.words.undo, () => {
      this.undo();
    }));
  }

  // -- changes ---------------------------------------------------------------------------------------------------------------------

  /** A change by typing in the field `field`: steps of the same field are one. `edit(story)` gives the new story. */
  type(scope, field, edit) {
    this.session.commit(edit(this.session.story), {label: this.words.edited, merge: `${scope.key}|${field}`, origin: "typing"});
  }

  /** A change by a button. `gone`: something was deleted, offer to take it back. */
  act(label, edit, focus = "", gone = false, hand = null) {
    this.session.history.settle();
    this.notice.replaceChildren();
    const done = this.session.commit(edit(this.session.story), {label, hand, origin: "form", focus});
    if (!done) return;
    if (gone) this.offerUndo(label);
    else this.announce(label);
  }

  /** An id has changed: `edit(story)` gives {story, key}. The form goes on under the new key. */
  rename(label, edit, scope) {
    const {story, key} = edit(this.session.story);
    const from = scope.key;
    this.session.commit(story, {label, origin: "typing", renamed: {from, to: key}});
    this.announce(label);
  }

  /** Remember that an entry was made in this sitting. */
  made(result) {
    this.#fresh.add(result.key);
    return result;
  }

  isFresh(key) {
    return this.#fresh.has(key);
  }

  addScene(after = null) {
    const {session, words} = this;
    const entry = session.story.entry(after ?? session.hand.key);
    const level = entry?.kind === "scene" ? dataOf(entry.piece).level : "";
    const {story, key} = this.made(newScene(session.story, {title: words.newSceneTitle, level, after: entry?.kind === "scene" ? entry.key : null}));
    this.act(words.addedScene, () => story, "title", false, {key});
    this.selectText();
  }

  addEnding() {
    const {story, key} = this.made(newEnding(this.session.story, {title: this.words.newEndingTitle}));
    this.act(this.words.addedEnding, () => story, "title", false, {key});
    this.selectText();
  }

  /** The words in the field with the focus are overwritten by typing. */
  selectText() {
    if (document.activeElement?.select) document.activeElement.select();
  }

  remove(key, fromMap = false) {
    const entry = this.session.story.entry(key);
    if (!entry || !["scene", "ending"].includes(entry.kind)) return;
    const title = dataOf(entry.piece).title || entry.id;
    this.act(fill(this.words.deletedWhat, {title}), (story) => removeEntry(story, key), fromMap ? "" : "heading", true);
    if (fromMap) this.map.visit(this.map.box(this.session.hand.key) ? this.session.hand.key : this.map.active);
  }

  undo() {
    this.#travelled(this.session.undo(this.words.editedText), this.words.undone, this.words.nothingToUndo);
  }

  redo() {
    this.#travelled(this.session.redo(), this.words.redone, this.words.nothingToRedo);
  }

  #travelled(step, done, nothing) {
    const inNotice = this.notice.contains(document.activeElement);
    this.notice.replaceChildren();
    this.announce(step ? fill(done, {what: step.label}) : nothing);
    if (inNotice) this.panel.focus("heading");
  }

  introductionKey() {
    return this.session.story.of("introduction")[0]?.key ?? "introduction";
  }

  // -- dialogs and files -----------------------------------------------------------------------------------------------------------

  help() {
    helpDialog(this);
  }

  find() {
    findDialog(this);
  }

  play(key) {
    this.flush();
    playDialog(this, key);
  }

  chooseStarter() {
    starterDialog(this);
  }

  startFrom(starter) {
    const {content} = starter;
    this.session.replaceAll(content.startsWith("\n") ? content : `\n${content}`, this.session.settings, {label: fill(this.words.startedFrom, {title: starter.title})});
    this.session.select(this.session.story.of("scene")[0]?.key ?? null, null, "heading");
    this.map.fit(0.7);
    this.map.center(this.session.hand.key);
    this.announce(fill(this.words.startedFrom, {title: starter.title}));
  }

  download() {
    this.flush();
    const {text, settings} = this.session;
    download(fileName(settings), fileText(text, settings));
  }

  openFile() {
    const input = h("input", {type: "file", accept: ".xml,.olx,.txt,text/xml,application/xml,text/plain"});
    input.addEventListener("change", () => this.takeFile(input.files[0]));
    input.click();
  }

  async takeFile(file) {
    const {words, session} = this;
    if (!file) return;
    if (file.size > LARGEST) return this.refuse(fill(words.fileTooLarge, {name: file.name}));
    const text = (await file.text()).replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
    try {
      const {content, settings} = fromFile(text, session.settings);
      session.replaceAll(content, settings, {label: fill(words.opened, {name: file.name})});
      session.select(session.story.of("scene")[0]?.key ?? null, null, "heading");
      this.map.fit(0.7);
      this.map.center(session.hand.key);
      this.offerUndo(fill(words.opened, {name: file.name}));
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      this.refuse(`${fill(words.fileBroken, {name: file.name})} ${this.xmlMessage(text, error)}`);
    }
  }

  refuse(message) {
    return ask(this, this.words.notDone, [h("p", {text: message})], []);
  }

  // -- focus -----------------------------------------------------------------------------------------------------------------------

  control(key) {
    return this.panel.control(key);
  }

  focusBack(before) {
    if (before?.isConnected && before !== document.body && before.getClientRects().length) before.focus();
    else this.panel.focus("heading");
  }
}
