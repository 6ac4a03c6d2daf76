// Nothing is lost: saving, drafts in this browser, what happens when somebody else was first, and leaving.
import {ask} from "./dialog.js";
import {h, button, fill, later} from "./dom.js";
import {post} from "./post.js";
import {conflictDialog, savedDialog, stopsDialog} from "./saving.js";

export class Keeper {
  #busy = false;
  #savedOnce = false;
  #kept = true;
  #ours = false; // the draft in this browser is of this sitting; another one is not ours to clear

  /** @param {any} ui the page @param {import("./draft.js").Drafts} drafts @param {Runtime} runtime */
  constructor(ui, drafts, runtime) {
    this.ui = ui;
    this.drafts = drafts;
    this.runtime = runtime;
    this.version = ui.form.dataset.version;
    this.base = ui.session.saved.text;
    this.status = ui.form.querySelector("[data-dti-status]");
    this.alertBox = ui.form.querySelector("[data-dti-error]");
    this.foot = ui.form.querySelector("[data-dti-foot]");
    this.state = h("span.dti-ed-state", {});
    this.alertBox.classList.add("dti-ed-alert");
    // beside and over the buttons, where nothing moves when they come and go
    this.messages = [h("div.dti-ed-said", {}, ui.notice, this.status, this.state), this.alertBox];
    const live = ui.root.querySelector("[data-dti-live]");
    /** @type {{content: string, settings: Settings} | null} */
    this.live = live ? JSON.parse(live.textContent) : null; // what learners have, where the author works on a draft
    this.draftNote = h("div.dti-ed-draft", {hidden: true}, h("p", {text: ui.words.draftNote}), button(ui.words.draftBack, () => this.#backToLive(), {"data-control": "draftBack"}));
    this.keep = later(() => this.#keep(), 500);
    ui.form.addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      this.save();
    });
    ui.form.querySelector("[data-dti-cancel]").addEventListener("click", () => this.leave());
    /** @param {AnyEvent} event */
    const leaving = (event) => {
      if (!ui.root.isConnected) {
        window.removeEventListener("beforeunload", leaving); // the dialog around us is gone
        return;
      }
      ui.flush();
      if (!ui.session.dirty) return;
      this.keep.now();
      event.preventDefault();
    };
    window.addEventListener("beforeunload", leaving);
    window.addEventListener("pagehide", () => {
      if (!ui.root.isConnected) return;
      ui.flush();
      this.keep.now();
    });
  }

  /** Offer what was left unsaved the last time. */
  start() {
    const draft = this.drafts.read();
    this.changed();
    const {session, words} = this.ui;
    const settings = {...session.settings, ...(draft?.settings ?? {})};
    const same = draft && draft.content === session.text && JSON.stringify(settings) === JSON.stringify(session.settings) && !draft.pending.length;
    if (!draft) return undefined;
    if (same) return this.drafts.clear();
    /** @param {string} value */
    const restore = (value) => {
      if (value === "discard") {
        this.#ours = false;
        this.drafts.clear();
        this.ui.announce(words.draftDiscarded);
        return;
      }
      this.base = draft.version === this.version ? this.base : draft.base;
      this.version = draft.version;
      this.#ours = true;
      session.replaceAll(draft.content, settings, {label: words.draftRestored, pending: draft.pending});
      this.ui.offerUndo(words.draftRestored);
    };
    const older = draft.version === this.version ? null : h("p", {text: words.draftOlder});
    return ask(this.ui, words.draftTitle, [h("p", {text: fill(words.draftFound, {time: timeText(draft.at)})}), older], [
      [words.draftRestore, "restore", ""], [words.draftDiscard, "discard", "dti-secondary"],
    ]).then(restore);
  }

  /** The session has changed: say whether there is something to save, and keep a draft of it. */
  changed() {
    this.#showState();
    this.keep();
  }

  #keep() {
    const {session, root} = this.ui;
    if (!root.isConnected) return;
    if (!session.dirty) {
      if (this.#ours) this.drafts.clear();
      this.#ours = false;
      return;
    }
    const pending = [...session.pending];
    const kept = this.drafts.write({content: session.text, settings: session.changedSettings, version: this.version, base: this.base, pending});
    this.#ours ||= kept;
    if (kept === this.#kept) return;
    this.#kept = kept;
    this.#showState();
  }

  #showState() {
    const {words, session} = this.ui;
    const {dirty} = session;
    this.draftNote.hidden = !this.live;
    if (dirty && !this.#busy) this.status.textContent = "";
    const text = dirty ? (this.#kept ? words.unsaved : words.unsavedNotKept) : this.live ? words.draftSaved : words.allSaved;
    if (this.state.textContent !== text) this.state.textContent = text;
    this.state.classList.toggle("is-dirty", dirty);
  }

  /** Save; `more` goes along with what is sent. */
  async save(more = {}) {
    const {ui} = this;
    const {session, words} = ui;
    if (this.#busy) return;
    ui.flush();
    if (session.broken) return this.#refuse(ui.xmlMessage(session.broken.text, session.broken.error));
    if (session.pending.size) return this.#pendingFirst();
    this.#busy = true;
    this.alertBox.hidden = true;
    this.status.textContent = words.saving;
    const [content, settings] = [session.text, session.settings];
    const answer = await post(ui.form.getAttribute("action"), {settings: session.changedSettings, content, version: this.version, keep: "ask", ...more}, {
      form: ui.form, fetcher: window.fetch.bind(window), cookies: document.cookie,
    });
    this.#busy = false;
    this.status.textContent = "";
    ui.flush(); // what was typed meanwhile is not saved yet
    if (answer.ok && Array.isArray(answer.body.problems) && typeof answer.body.version === "string") return this.#saved(answer.body, content, settings);
    if (answer.status === 409 && answer.body?.confirm) return this.#confirm(answer.body.confirm, more);
    if (answer.status === 409 && answer.body?.stops) return this.#stops(answer, content);
    if (answer.status === 409 && answer.body) return this.#conflict(answer);
    this.keep.now();
    this.#refuse(answer.message || words[answer.error ?? ""] || words.failed);
    return undefined;
  }

  /**
   * @param {{problems: ServerProblem[], version: string, content: string, sentence: string, live: any}} answer @param {string} content
   * @param {Settings} settings
   */
  async #saved(answer, content, settings) {
    const {problems, version, content: cleaned} = answer;
    const {ui} = this;
    const {session, words} = ui;
    this.version = version;
    this.base = cleaned ?? content;
    this.live = answer.live ?? null;
    this.#savedOnce = true;
    session.markSaved(content, settings, cleaned);
    this.keep();
    this.keep.now();
    ui.announce(words.saved);
    this.status.textContent = words.saved;
    if (!problems.length && !session.dirty) return this.close();
    if (problems.length && (await savedDialog(ui, answer, this.base)) === "close") this.leave();
    return undefined;
  }

  /**
   * The server saves this only once the author has confirmed what it says; `ui.confirm(asked)` resolves to what to send along, or null.
   * @param {any} asked @param {any} sent what went along already
   */
  async #confirm(asked, sent) {
    this.keep.now();
    const more = await this.ui.confirm(asked);
    if (more) await this.save({...sent, ...more});
  }

  /** With this, learners could not use the block: a draft, or all the same? @param {any} answer @param {string} content */
  async #stops(answer, content) {
    this.keep.now();
    const keep = await stopsDialog(this.ui, {sentence: answer.message, problems: answer.body.stops}, content);
    if (keep) await this.save({keep});
  }

  /** Take up what learners have; the next save ends the draft. */
  #backToLive() {
    if (!this.live) return;
    const {ui} = this;
    const {session, words} = ui;
    const settings = Object.fromEntries(Object.entries(this.live.settings).map(([name, value]) => [name, typeof value === "number" ? String(value) : value]));
    session.replaceAll(this.live.content, {...session.settings, ...settings}, {label: words.draftBackDone});
    ui.offerUndo(words.draftBackDone);
  }

  /** @param {any} answer */
  async #conflict(answer) {
    const {ui} = this;
    const {session, words} = ui;
    this.keep.now();
    const theirs = answer.body.content;
    if (theirs === session.text) { // nothing to decide: an answer of ours was lost, or they changed settings only
      this.version = answer.body.version;
      this.base = theirs;
      this.live = answer.body.live ?? null;
      session.saved = {text: theirs, settings: session.saved.settings};
      await this.save();
      return;
    }
    const chosen = await conflictDialog(ui, {base: this.base, mine: session.text, theirs, message: words.conflictMessage});
    if (!chosen) return;
    // from here on our text is one that knows theirs
    this.version = answer.body.version;
    this.base = theirs;
    this.live = answer.body.live ?? null;
    session.saved = {text: theirs, settings: session.saved.settings};
    if (chosen.choice === "merged") session.replaceAll(chosen.text, session.settings, {label: words.conflictMerged});
    if (chosen.choice === "theirs") session.replaceAll(theirs, session.settings, {label: words.conflictTaken});
    session.emit({savedState: true});
    if (chosen.choice === "theirs") ui.offerUndo(words.conflictTaken);
    else if (chosen.choice === "merged") ui.offerUndo(words.conflictMerged);
    else await this.save();
  }

  #pendingFirst() {
    const {session, words} = this.ui;
    const [place] = session.pending.keys();
    const [key, field] = [place.slice(0, place.indexOf("|")), place.slice(place.indexOf("|") + 1)];
    this.#refuse(words.pendingFirst);
    this.ui.showVisual();
    if (session.story.has(key)) session.select(key, null, field);
    else session.setPending(place, null); // the scene was deleted, its text with it
  }

  /** @param {string} message */
  #refuse(message) {
    const {words} = this.ui;
    this.alertBox.replaceChildren(h("p", {text: message}), button(words.close, () => {
      this.alertBox.hidden = true;
      this.foot.querySelector("button").focus();
    }));
    this.alertBox.hidden = false;
    this.alertBox.focus();
    this.#notify("error", {title: this.ui.words.title, message});
  }

  /** Leave the editor; unsaved work is asked about. */
  async leave() {
    const {ui} = this;
    const {session, words} = ui;
    ui.flush();
    if (session.dirty) {
      const answer = await ask(ui, words.leaveTitle, [h("p", {text: words.leaveText})], [
        [words.keepEditing, null, ""], [words.leaveDraft, "draft", "dti-secondary"], [words.leaveDiscard, "discard", "dti-secondary"],
      ]);
      if (!answer) return;
      if (answer === "draft") this.keep.now();
      this.keep.drop();
      if (answer === "discard") this.drafts.clear();
      session.saved = {text: session.text, settings: session.settings};
      session.pending.clear();
    }
    this.close();
  }

  /** Tell Studio that we are done; after a save it shows the unit anew. */
  close() {
    if (this.#savedOnce) {
      this.#notify("save", {state: "start", message: this.ui.words.saving});
      this.#notify("save", {state: "end"});
    } else this.#notify("cancel", {});
  }

  /** @param {string} name @param {any} data */
  #notify(name, data) {
    if (this.runtime && this.runtime.notify) this.runtime.notify(name, data);
  }
}

/** @param {string} iso */
function timeText(iso) {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : time.toLocaleString(document.documentElement.lang || undefined, {dateStyle: "medium", timeStyle: "short"});
}
