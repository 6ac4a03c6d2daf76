// The player: the browser's own, with what it cannot do. It stops at questions, runs tapes until the learner steps in, shows the other
// way, goes on where the learner was, and reports what is watched. What an answer is worth only the server knows.
import {bringIntoSight} from "../screen/beside.js";
import {due, firstOpen, leaveFullScreen, limit, momentsIn, showOnly} from "./moments.js";
import {Reports} from "./report.js";
import {Transcript} from "./transcript.js";

const NEAR_END = 0.5; // seconds
const TICK = 100; // ms between two looks at the film while it plays
const PASSING = 8000; // ms that what was said stays
const NO_SOURCE = 3; // of a player's networkState

export class Player {
  #timer = 0;
  /** @type {Moment | null} */
  #running = null; // the tape that runs
  #reached = 0; // how far it has come
  #practice = false;
  /** @type {{begin: number, end: number, back: number} | null} */
  #other = null; // the other way that is shown
  #answers = false;
  #silence = 0;

  /** @param {HTMLElement} root @param {any} film @param {Words} words */
  constructor(root, film, words) {
    this.root = root;
    this.film = film;
    this.words = words;
    this.said = root.querySelector("[data-dti-said]"); // below the film, where it covers nothing that is to be pressed
    this.cue = root.querySelector("[data-dti-cue]");
    this.end = Number(film.dataset.seconds);
    this.reports = new Reports(film, words, (html) => this.#progress(html), (sentence) => this.say(sentence));
    this.transcript = new Transcript(root, film, words, (time) => this.seek(time));
    this.moments = momentsIn(root);
    root.querySelector("[data-dti-pick]").hidden = false;
    this.#listen();
    this.#resume();
    showOnly(this.moments, null);
    this.#offerAnswers();
  }

  /** @param {string} sentence */
  say(sentence) {
    clearTimeout(this.#silence);
    this.said.textContent = sentence;
    this.#silence = setTimeout(() => {
      this.said.textContent = "";
    }, PASSING);
  }

  pause() {
    this.film.pause();
  }

  /** Play on. A browser that does not want to leaves it to the learner. */
  play() {
    return this.film.play()?.catch(() => {});
  }

  /** @param {number} time */
  seek(time) {
    this.film.currentTime = time;
  }

  /** The film leaves the page. */
  leave() {
    clearInterval(this.#timer);
    this.reports.send(true);
    this.film.pause();
  }

  /** What stands below the film is that of an answer. @param {any} form */
  answered(form) {
    this.moments = momentsIn(this.root);
    const fresh = this.moments.find((moment) => moment.fresh) ?? null;
    if (!form || !fresh) return;
    if (this.#running?.id === fresh.id) this.#stopTape();
    this.#answers = false;
    showOnly(this.moments, fresh);
    this.#offerAnswers();
    const after = fresh.section.querySelector("[data-dti-after]");
    if (after) after.hidden = false;
    const rerun = fresh.section.querySelector("[data-dti-rerun]");
    if (rerun) rerun.hidden = false;
    this.#focus(fresh);
  }

  #listen() {
    const {film} = this;
    const on = (/** @type {string} */ name, /** @type {(event: any) => void} */ act) => film.addEventListener(name, act);
    on("play", () => {
      if (this.#blocked()) return;
      this.reports.begin();
      clearInterval(this.#timer);
      this.#timer = setInterval(() => this.#tick(), TICK);
    });
    on("pause", () => {
      this.#tick();
      clearInterval(this.#timer);
      this.reports.spans.cut();
      this.reports.send();
    });
    on("seeking", () => {
      this.reports.spans.cut();
      const most = this.#other ? this.#other.end : limit(this.#running && !this.#practice ? this.#running : firstOpen(this.moments), this.#reached, this.end);
      if (film.currentTime <= most + 0.3) return;
      film.currentTime = most;
      if (most < this.end) this.say(this.words.firstDecide);
    });
    on("timeupdate", () => this.transcript.follow(film.currentTime));
    on("ended", () => this.#ended());
    on("error", () => this.#broken());
    if (film.error || film.networkState === NO_SOURCE) this.#broken();
    window.addEventListener("pagehide", () => film.isConnected && this.reports.send(true));
    this.root.addEventListener("click", (event) => {
      if (film.isConnected) this.#pressed(event.target.closest("button"));
    });
  }

  #broken() {
    this.root.querySelector("[data-dti-broken]").hidden = false;
  }

  #resume() {
    const {film} = this;
    const at = Number(film.dataset.resume);
    if (!at) return;
    this.#reached = at;
    const go = () => {
      if (!film.currentTime) film.currentTime = at;
    };
    if (film.readyState) go();
    else film.addEventListener("loadedmetadata", go, {once: true});
  }

  /** Is there something to do first? Then the film does not play. */
  #blocked() {
    const open = this.#other ? null : firstOpen(this.moments);
    const what = due(open, this.#running, this.film.currentTime);
    if (what === "ask" || what === "over") this.#tick();
    return what === "ask" || what === "over";
  }

  #tick() {
    const {film} = this;
    const time = film.currentTime;
    if (!film.paused && !film.seeking) this.reports.spans.at(Math.min(time, Math.max(this.end, this.#other?.end ?? 0)), film.playbackRate);
    this.reports.tick();
    if (this.#other) {
      if (time >= this.#other.end) this.#back();
      return;
    }
    const open = firstOpen(this.moments);
    const what = due(open, this.#running, time);
    if (this.#running) this.#reached = Math.max(this.#reached, time);
    if (what === "roll") this.#roll(open);
    else if (what === "ask") this.#ask(open);
    else if (what === "over") this.#over(this.#running ?? open);
    else if (time >= this.end && !film.paused) film.pause();
  }

  /** A question is due. @param {Moment} moment */
  #ask(moment) {
    this.pause();
    showOnly(this.moments, moment, this.#answers);
    this.#focus(moment);
  }

  /** A tape begins to run. @param {Moment} tape @param {boolean} [practice] */
  #roll(tape, practice = false) {
    this.#running = tape;
    this.#practice = practice;
    this.#reached = Math.max(tape.at, this.film.currentTime);
    Object.assign(this.reports, {tape: tape.id, again: practice, inTape: true});
    leaveFullScreen(this.film);
    showOnly(this.moments, null, this.#answers);
    this.cue.hidden = false;
    this.cue.querySelector("[data-dti-cue-words]").textContent = this.words.stepIn;
    const active = document.activeElement;
    if (active === this.film || active === document.body || active?.hasAttribute("data-dti-go") || active?.hasAttribute("data-dti-run-again")) {
      this.cue.querySelector("[data-dti-step]").focus({preventScroll: true});
    }
    this.reports.tick();
  }

  /** A tape has run out, and nobody has stepped in. @param {Moment} tape */
  #over(tape) {
    this.pause();
    if (!this.#running) this.#roll(tape);
    const form = this.#decision(tape);
    if (!form || form.hasAttribute("aria-busy")) return;
    form.querySelector("[data-dti-never]").value = "1";
    form.noValidate = true;
    form.requestSubmit();
  }

  /** The file is at its end, which may be a little before the end that the author wrote. */
  #ended() {
    const open = firstOpen(this.moments);
    if (this.#other) this.#back();
    else if (this.#running) this.#over(this.#running);
    else if (open && open.at <= this.film.currentTime + NEAR_END) (open.isTape ? this.#over(open) : this.#ask(open));
  }

  #stopTape() {
    this.#running = null;
    this.#reached = 0;
    Object.assign(this.reports, {tape: "", again: false, inTape: false});
    this.cue.hidden = true;
    this.cue.querySelector("[data-dti-cue-words]").textContent = "";
  }

  /** The form in which a tape is decided. @param {Moment} tape */
  #decision(tape) {
    const here = this.moments.find((moment) => moment.id === tape.id);
    return here?.section.querySelector("[data-dti-decide]");
  }

  /** The learner steps in: the film stops, and asks how. */
  #stepIn() {
    const tape = this.#running;
    const form = tape && this.#decision(tape);
    if (!form) return;
    this.pause();
    form.querySelector("[data-dti-at]").value = this.film.currentTime.toFixed(1);
    form.hidden = false;
    form.querySelector("[data-dti-not-yet]").hidden = false;
    const slow = form.parentElement.querySelector(".dti-video-slow");
    if (slow) slow.hidden = true;
    this.cue.hidden = true;
    const here = this.moments.find((moment) => moment.id === tape.id);
    showOnly(this.moments, here);
    this.#focus(here);
  }

  /** @param {any} button */
  #pressed(button) {
    if (!button) return;
    const has = (/** @type {string} */ name) => button.hasAttribute(`data-dti-${name}`);
    if (has("step")) this.#stepIn();
    else if (has("not-yet") && this.#running) {
      this.#decision(this.#running).hidden = true;
      this.cue.hidden = false;
      showOnly(this.moments, null, this.#answers);
      this.film.focus({preventScroll: true});
      this.play();
    } else if (has("go")) {
      showOnly(this.moments, null, this.#answers);
      this.film.focus({preventScroll: true});
      bringIntoSight(this.film, "nearest");
      this.play();
    } else if (has("other")) {
      this.#other = {begin: Number(button.dataset.begin), end: Number(button.dataset.end), back: this.film.currentTime};
      this.say(this.words.otherWay);
      this.seek(this.#other.begin);
      bringIntoSight(this.film, "nearest");
      this.play();
    } else if (has("run-again")) {
      const tape = this.moments.find((moment) => moment.section.contains(button));
      this.seek(tape.at);
      this.#roll(tape, true);
      bringIntoSight(this.film, "nearest");
      this.play();
    } else if (has("answers")) {
      this.#answers = !this.#answers;
      showOnly(this.moments, this.moments.find((moment) => !moment.section.hidden && !moment.answered) ?? null, this.#answers);
      this.#offerAnswers();
    }
  }

  /** The other way was shown: back to where the learner was. */
  #back() {
    const back = this.#other?.back ?? 0;
    this.pause();
    this.#other = null;
    this.seek(Math.min(back, this.end));
  }

  #offerAnswers() {
    const button = this.root.querySelector("[data-dti-answers]");
    if (!button) return;
    button.hidden = false;
    button.setAttribute("aria-expanded", String(this.#answers));
    button.textContent = this.#answers ? this.words.hideAnswers : this.words.showAnswers;
  }

  /** @param {Moment} moment */
  #focus(moment) {
    leaveFullScreen(this.film);
    moment.section.querySelector("[data-dti-heading]").focus({preventScroll: true});
    bringIntoSight(moment.section, "nearest");
  }

  /** @param {string} html */
  #progress(html) {
    const part = this.root.querySelector('[data-dti-part="progress"]');
    const parsed = new DOMParser().parseFromString(html, "text/html"); // our own server's template; scripts stay inert
    part?.replaceChildren(...parsed.body.childNodes);
  }
}
