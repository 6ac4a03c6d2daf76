"""From written words to spoken ones: citations, statutes, money, times and numbers, in English and Spanish.

The captions keep what is written; the voices read what these rules make of it. Every rule has its examples in the tests. What a
rule cannot know stands in the storyboard, in `say` and `di`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from . import lexicon
from .numbers import LARGEST, english, english_digits, english_ordinal, english_pairs
from .spoken_es import spanish_rules

Rule = tuple[str, Callable[[re.Match[str]], str] | str]

REPORTER = r"(?:F\.(?: ?2d| ?3d| ?4th)?|U\.S\.|S\. ?Ct\.|F\. ?Supp\.(?: ?2d| ?3d)?|Fed\. ?App'?x)"
YEARS = r"1[6-9]\d\d|20\d\d"
ABBREVIATIONS = {
    "Minn. Stat.": "Minnesota Statutes",
    "Fla. Stat.": "Florida Statutes",
    "Cal. Gov't Code": "California Government Code",
    "Ill. Comp. Stat.": "Illinois Compiled Statutes",
    "Sgt.": "Sergeant",
    "Lt.": "Lieutenant",
    "Capt.": "Captain",
    "Dep.": "Deputy",
    "Dr.": "Doctor",
    "Mr.": "Mister",
    "Mrs.": "Missus",
    "Ms.": "Miz",
    "No.": "number",
    "St.": "Saint",
    "Dept.": "Department",
    "eff.": "effective",
    "approx.": "approximately",
    "vs.": "versus",
}


def spoken(text: str, lang: str = "en") -> str:
    """What a voice of `lang` (`en` or `es`) reads for `text`."""
    for pattern, put in _compiled(lang):
        text = pattern.sub(put, text)
    return " ".join(_respelled(text, lang).split())


def _respelled(text: str, lang: str) -> str:
    known = lexicon.words(lang)
    return lexicon.pattern(lang).sub(lambda found: known[found[1]].say or found[1], text) if known else text


def _compiled(lang: str) -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], str] | str]]:
    if lang not in _READY:
        rules = ENGLISH if lang == "en" else spanish_rules()
        _READY[lang] = [(re.compile(pattern), put) for pattern, put in (*COMMON, *rules)]
    return _READY[lang]


_READY: dict[str, list[tuple[re.Pattern[str], Callable[[re.Match[str]], str] | str]]] = {}


def _section(found: re.Match[str]) -> str:
    """626.8475 -> six twenty six point eight four seven five; 1983(a)(1) keeps its letters."""
    whole, _, part = found["number"].partition(".")
    words = english_pairs(int(whole)) + (f" point {english_digits(part)}" if part else "")
    return words + "".join(f", {_mark(mark)}" for mark in re.findall(r"\((\w+)\)", found["marks"] or ""))


def _mark(mark: str) -> str:
    return english(int(mark)) if mark.isdigit() else mark.upper()


def _citation(found: re.Match[str]) -> str:
    """Of a citation the court and the year are said; volume and page stand on the screen and in the library."""
    court = f", {english_ordinal(int(found['circuit'])).capitalize()} Circuit" if found["circuit"] else ""
    return f"{court}, {english_pairs(int(found['year']))}"


def _money(found: re.Match[str]) -> str:
    whole, cents = int(found["whole"].replace(",", "")), found["cents"]
    if found["size"]:
        part = f" point {english_digits(cents)}" if cents else ""
        return f"{english(whole)}{part} {found['size']} dollars"
    words = f"{english(whole)} dollar{'' if whole == 1 else 's'}"
    return f"{words} and {english(int(cents))} cents" if cents and int(cents) else words


def _time(found: re.Match[str]) -> str:
    minutes = int(found["minutes"] or 0)
    oh = "oh " if 0 < minutes < 10 else ""
    half = f" {found['half'].upper()} M" if found["half"] else "" if minutes else " o'clock"
    return english(int(found["hour"])) + (f" {oh}{english(minutes)}" if minutes else "") + half


def _plain(found: re.Match[str]) -> str:
    whole, part = found["whole"].replace(",", ""), found["part"]
    if int(whole) >= LARGEST * 1000 or (len(whole) > 1 and whole.startswith("0")):
        words = english_digits(whole)
    else:
        words = english(int(whole))
    return words + (f" point {english_digits(part)}" if part else "")


COMMON: tuple[Rule, ...] = (
    (r"[’‘]", "'"),
    (r"[“”«»]", '"'),
    (r"\s*(?:—|--)\s*", ", "),
    (r"(?<=\d)\s*–\s*(?=\d)", "–"),
    (r"\s+–\s+", ", "),
    (r"\u00a0", " "),
)

ENGLISH: tuple[Rule, ...] = (
    (
        (
            rf",?\s*\d+ {REPORTER} \d+(?:, \d+(?:[-–]\d+)?)?\s*\("
            rf"(?:(?P<circuit>\d+)(?:st|nd|rd|th|d) Cir\. )?(?:[A-Z][\w. ]* )?(?P<year>{YEARS})\)"
        ),
        _citation,
    ),
    # Statutes' history stays on the screen: § 626.8475 (2020)
    (r"(?<=\d)\s*\((?:eff\. [^)]*|\d{4}|SB [^)]*|HB [^)]*)\)", ""),
    (r"\b(?P<title>\d+) U\.S\.C\. ?(?=§|[Ss]ection)", lambda found: f"title {english(int(found['title']))}, "),
    (
        r"(?:§§? ?|\b(?P<word>[Ss]ections?) )(?P<number>\d+(?:\.\d+)?)(?P<marks>(?:\(\w+\))*)",
        lambda found: f"{found['word'] or 'section'} {_section(found)}",
    ),
    (r"\bv\.(?= )", "versus"),
    (r"\b(\d+)(?:st|nd|rd|th|d) Cir\.", lambda found: f"{english_ordinal(int(found[1])).capitalize()} Circuit"),
    (r"\bU\.S\.C\.", "U S C"),
    (r"\bU\.S\.", "U S"),
    *((rf"(?<!\w){re.escape(short)}(?= |$)", words) for short, words in ABBREVIATIONS.items()),
    (
        r"\$ ?(?P<whole>\d+(?:,\d{3})*)(?:\.(?P<cents>\d+))?(?: (?P<size>thousand|million|billion))?",
        _money,
    ),
    (r"\b(?P<hour>\d{1,2})(?::(?P<minutes>\d\d))? ?(?P<half>[apAP])\.?[mM]\b\.?(?!\w)", _time),
    (r"\b(?P<hour>[01]?\d|2[0-3]):(?P<minutes>[0-5]\d)(?P<half>)\b", _time),
    (r"(?<=\d) ?%", " percent"),
    (r"(?<=\d)–(?=\d)", " to "),
    (r"\b(\d+)(?:st|nd|rd|th)\b", lambda found: english_ordinal(int(found[1]))),
    (rf"\b({YEARS})s\b", lambda found: _decade(int(found[1]))),
    (rf"(?<![\d.,$])({YEARS})(?![\d,]*\d|\.\d)", lambda found: english_pairs(int(found[1]))),
    (r"(?<![\w.])(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?", _plain),
    (r"(?<=[a-z])/(?=[a-z])", " or "),
    (r" & ", " and "),
)


def _decade(year: int) -> str:
    words = english_pairs(year)
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"
