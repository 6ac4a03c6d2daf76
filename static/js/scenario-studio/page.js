// The scenario editor's page: what all its views share, and the ways to change the story.
import {SCENARIO} from "./format.js";
import {dataOf} from "./scene.js";
import {findDialog, helpDialog, starterDialog} from "./dialogs.js";
import {ask} from "../studio/dialog.js";
import {fill, h} from "../studio/dom.js";
import {newEnding, newScene, removeEntry} from "./outline.js";
import {download, fileName, fileText, fromFile, LARGEST} from "./files.js";
import {goTo, worded} from "./problem-list.js";
import {Page} from "../studio/page.js";
import {playDialog} from "./play.js";
import {problemsOf} from "./problems.js";
import {XmlError} from "../studio/xml.js";

/** @extends {Page<Story>} */
export class ScenarioPage extends Page {
  /** @param {HTMLElement} root @param {EditorWords} words @param {any} data @param {Session<Story>} session */
  constructor(root, words, data, session) {
    super(root, words, data, session);
    this.dataOf = dataOf;
    /** @type {StoryMap} */
    this.map = /** @type {any} */ (null); // comes with the views
    this.format = SCENARIO;
    this.authorities = new Set(data.authorities);
  }

  problems() {
    const {story, settings, broken} = this.session;
    return broken ? [] : problemsOf(story, {authorities: this.authorities, scoreBy: settings.score_by || "choices"});
  }

  /**
   * The scene or choice at a line of the saved text; null where nothing is, or the text is another by now.
   * @param {string} text @param {number} line
   */
  atLine(text, line) {
    const place = this.placeOfLine(text, line);
    if (!place?.entry) return null;
    const {entry} = place;
    const {start} = this.session.story.span(entry.index);
    const choices = dataOf(entry.piece).choices ?? [];
    const within = choices.findLastIndex((choice) => start + choice.node.start <= place.end && place.start < start + choice.node.end);
    return {key: entry.key, at: within < 0 ? null : {choice: within}};
  }

  /** @param {ServerProblem[]} problems @param {string} text */
  worded(problems, text) {
    return worded(this, problems, text);
  }

  /** Go to an entry in the text; null: to the text as it is. @param {Entry} entry */
  showEntry(entry) {
    this.showSpan(entry && this.session.story.span(entry.index));
  }

  /** @param {{key: string, at: any}} options */
  goTo({key, at}) {
    goTo(this, {key, at, field: ""});
  }

  /** @param {Key} [after] the scene after which it is put in; the selected one by default */
  addScene(after) {
    const {session, words} = this;
    const entry = session.story.entry(after ?? session.selection.key);
    const level = entry?.kind === "scene" ? dataOf(entry.piece).level : "";
    const {story, key} = this.markNew(newScene(session.story, {title: words.newSceneTitle, level, after: entry?.kind === "scene" ? entry.key : null}));
    this.act(words.addedScene, () => story, "title", false, {key});
    this.selectText();
  }

  addEnding() {
    const {story, key} = this.markNew(newEnding(this.session.story, {title: this.words.newEndingTitle}));
    this.act(this.words.addedEnding, () => story, "title", false, {key});
    this.selectText();
  }

  /** The whole map, as far as it stays readable, around what is selected. @param {number} [least] the smallest zoom */
  showSelection(least = 0.7) {
    this.map.view.fit(least);
    this.map.center(this.session.selection.key);
  }

  /** The words in the field with the focus are overwritten by typing. */
  selectText() {
    if (document.activeElement?.select) document.activeElement.select();
  }

  /** @param {Key} key @param {boolean} [fromMap] */
  remove(key, fromMap = false) {
    const entry = this.session.story.entry(key);
    if (!entry || !["scene", "ending"].includes(entry.kind)) return;
    const title = dataOf(entry.piece).title || entry.id;
    this.act(fill(this.words.deletedWhat, {title}), (story) => removeEntry(story, key), fromMap ? "" : "heading", true);
    if (fromMap) this.map.visit(this.map.box(this.session.selection.key) ? this.session.selection.key : this.map.active);
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

  /** @param {Key} key */
  play(key) {
    this.flush();
    playDialog(this, key);
  }

  chooseStarter() {
    starterDialog(this);
  }

  /** @param {any} starter */
  startFrom(starter) {
    const {content} = starter;
    this.session.replaceAll(content.startsWith("\n") ? content : `\n${content}`, this.session.settings, {label: fill(this.words.startedFrom, {title: starter.title})});
    this.session.select(this.session.story.of("scene")[0]?.key ?? null, null, "heading");
    this.showSelection();
    this.announce(fill(this.words.startedFrom, {title: starter.title}));
  }

  download() {
    this.flush();
    const {text, settings} = this.session;
    download(fileName(settings), fileText(text, settings));
  }

  openFile() {
    const input = h("input", {type: "file", accept: ".xml,.olx,.txt,text/xml,application/xml,text/plain"});
    input.addEventListener("change", () => this.takeFile(input.files?.[0]));
    input.click();
  }

  /** @param {File | undefined} file */
  async takeFile(file) {
    const {words, session} = this;
    if (!file) return;
    if (file.size > LARGEST) return this.refuse(fill(words.fileTooLarge, {name: file.name}));
    const text = (await file.text()).replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
    try {
      const {content, settings} = fromFile(text, session.settings);
      session.replaceAll(content, settings, {label: fill(words.opened, {name: file.name})});
      session.select(session.story.of("scene")[0]?.key ?? null, null, "heading");
      this.showSelection();
      this.offerUndo(fill(words.opened, {name: file.name}));
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      this.refuse(`${fill(words.fileBroken, {name: file.name})} ${this.xmlMessage(text, error)}`);
    }
  }

  /** @param {string} message */
  refuse(message) {
    return ask(this, this.words.notDone, [h("p", {text: message})], []);
  }

  /** @param {Key} key */
  control(key) {
    return this.panel.control(key);
  }
}
