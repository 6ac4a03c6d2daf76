// The pledge: its forms, that it was read, the reason for another name, a signature that is drawn.
import {attachPad} from "./pad.js";
import {followSeal} from "./seal.js";
import {leadThrough} from "./statements.js";
import {fields, send, takeOver} from "../screen/forms.js";

const SUFFIXES = new Set(["jr", "sr", "ii", "iii", "iv"]);
const LOOSE_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss", "ħ": "h"};
const PAUSE = 600; // ms after the last key: the field must not come and go meanwhile, nor move a button under a click

/**
 * Do two ways of writing a name belong to the same person? The server decides by the same rules (pledge/names.py); both are
 * held to tests/pledge/name_cases.json.
 */
export function namesAgree(typed, account) {
  const mine = wordsOf(typed);
  const theirs = wordsOf(account);
  if (!mine.length || !theirs.length) return false;
  if ([...mine].sort().join(" ") === [...theirs].sort().join(" ") || mine.join("") === theirs.join("")) return true;
  const [shorter, longer] = mine.length <= theirs.length ? [mine, theirs] : [theirs, mine];
  return shorter.length > 1 && eachHasAPartner(shorter, longer);
}

function wordsOf(name) {
  const plain = name.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
    .replace(/[øłđðþæœıßħ]/g, (letter) => LOOSE_LETTERS[letter])
    .replace(/['’ʼ‘`\u200c\u200d]/g, "")
    .normalize("NFC");
  const words = plain.split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);
  const withoutSuffix = words.filter((word) => !SUFFIXES.has(word));
  return withoutSuffix.length > 1 ? withoutSuffix : words;
}

function eachHasAPartner(shorter, longer) {
  const rest = [...longer];
  const take = (matches) => {
    const index = rest.findIndex(matches);
    if (index < 0) return false;
    rest.splice(index, 1);
    return true;
  };
  const initials = [];
  let whole = 0;
  for (const word of shorter) {
    const letters = [...word].length;
    if (take((other) => other === word)) whole += letters > 1 ? 1 : 0;
    else if (letters === 1) initials.push(word);
    else if (!take((other) => [...other].length === 1 && word.startsWith(other))) return false;
  }
  return initials.every((initial) => take((other) => other.startsWith(initial))) && whole > 1;
}

function nameDiffers(name) {
  const typed = name.value.trim();
  return Boolean(typed) && !namesAgree(typed, name.dataset.accountName);
}

/** Show the reason field only when it is wanted: the typed name is another one, or a reason stands there already. */
export function showReason(name, reason, box) {
  const differs = nameDiffers(name);
  box.hidden = !differs && !reason.value.trim();
  reason.required = differs && !box.hidden;
}

function watchName(screen) {
  const box = screen.querySelector("[data-dti-reason]");
  if (!box) return; // signed, or an account without a name
  const name = screen.querySelector("[data-account-name]");
  const reason = box.querySelector("input");
  let timer = 0;
  const look = () => showReason(name, reason, box);
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  };
  name.addEventListener("input", soon);
  name.addEventListener("change", () => {
    if (!nameDiffers(name)) reason.required = false; // at once: the next click may be the one that signs
    soon();
  });
  look();
}

/** Seconds with the page in view: a tab in the background reads nothing. `now` gives milliseconds. */
export function stopwatch(now, hidden) {
  let total = 0;
  let since = hidden ? null : now();
  return {
    turn(away) {
      if (away && since !== null) total += now() - since;
      since = away ? null : since ?? now();
    },
    seconds: () => Math.floor((total + (since === null ? 0 : now() - since)) / 1000),
  };
}

function watchReading(screen, words, watch) {
  const form = screen.querySelector("[data-dti-end]");
  if (!form) return;
  const seconds = form.querySelector("[data-dti-seconds]");
  form.addEventListener("submit", () => {
    seconds.value = String(watch.seconds());
  }, {capture: true});
  if (form.hasAttribute("data-dti-wanted") || !window.IntersectionObserver) return; // the reader says so with the button
  const text = screen.querySelector(".dti-pledge-text");
  const end = text && text.lastElementChild;
  if (!end) return;
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting) || document.hidden) return;
    observer.disconnect();
    seconds.value = String(watch.seconds());
    send(form, null, words, window.fetch.bind(window), document.cookie, [...fields(form), ["by", "scroll"]]); // a note; nothing on the page depends on it
  });
  observer.observe(end);
}

function fillOffset(screen) {
  const field = screen.querySelector("[data-dti-offset]");
  if (field) field.value = String(-new Date().getTimezoneOffset());
}

function showDrawing(screen, words) {
  const drawing = screen.querySelector("[data-dti-drawing]");
  if (!drawing) return;
  drawing.hidden = false; // without a script there is nothing to draw with
  attachPad(drawing, words);
}

function leadSigner(screen) {
  const group = screen.querySelector("[data-dti-statements]");
  if (group) leadThrough(group, screen.querySelector("[data-dti-after]"));
}

export function start(root, words) {
  const watch = stopwatch(() => performance.now(), document.hidden);
  document.addEventListener("visibilitychange", () => watch.turn(document.hidden));
  takeOver(root, words, (screen, form) => {
    if (form) root.querySelector(".dti-title")?.scrollIntoView({block: "start"}); // each step begins at its top
    watchName(screen);
    watchReading(screen, words, watch);
    fillOffset(screen);
    showDrawing(screen, words);
    leadSigner(screen);
    followSeal(screen, words);
  });
}
