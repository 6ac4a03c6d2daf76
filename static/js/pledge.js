// The pledge: its form is sent without leaving the page, and the reason field shows when the typed name needs one.
import {takeOver} from "./screen.js?v=0.1.0";

const SUFFIXES = new Set(["jr", "sr", "ii", "iii", "iv"]);
const LOOSE_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss", "ħ": "h"};
const PAUSE = 600; // ms after the last key: the field must not come and go while somebody types, nor move a button under a click

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

/** Show the reason field only when it is wanted: the typed name is another one, or a reason stands there already. */
export function showReason(name, reason, box) {
  const typed = name.value.trim();
  const differs = Boolean(typed) && !namesAgree(typed, name.dataset.accountName);
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
  name.addEventListener("change", soon);
  look();
}

export function start(root, words) {
  takeOver(root, words, watchName);
}
