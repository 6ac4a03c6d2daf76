"""From written words to spoken ones, in Spanish as it is spoken in the Americas."""

from __future__ import annotations

import re
from collections.abc import Callable

from .numbers import LARGEST, spanish, spanish_digits

Rule = tuple[str, Callable[[re.Match[str]], str] | str]

REPORTER = r"(?:F\.(?: ?2d| ?3d| ?4th)?|U\.S\.|S\. ?Ct\.|F\. ?Supp\.(?: ?2d| ?3d)?)"
COURTS = ("", "Primer", "Segundo", "Tercer", "Cuarto", "Quinto", "Sexto", "Séptimo", "Octavo", "Noveno", "Décimo", "Undécimo")
HOURS = ("doce", "una", *(spanish(hour) for hour in range(2, 13)))
HALVES = {"a": "de la mañana", "p": "de la tarde"}
ABBREVIATIONS = {
    "Sgto.": "sargento",
    "Sr.": "señor",
    "Sra.": "señora",
    "Dr.": "doctor",
    "Dra.": "doctora",
    "EE. UU.": "Estados Unidos",
    "EE.UU.": "Estados Unidos",
    "art.": "artículo",
    "núm.": "número",
    "n.º": "número",
    "Ud.": "usted",
    "Uds.": "ustedes",
}


def spanish_rules() -> tuple[Rule, ...]:
    """The rules, in the order in which they are used."""
    return (
        (
            rf",?\s*\d+ {REPORTER} \d+(?:, \d+)?\s*\((?:(?P<circuit>\d+)(?:st|nd|rd|th|d|\.º|\.o)? Cir\.,? )?(?P<year>\d{{4}})\)",
            _citation,
        ),
        (r"(?<=\d)\s*\((?:\d{4}|vig\. [^)]*)\)", ""),
        (r"\b(?P<title>\d+) U\.S\.C\. ?(?=§|[Ss]ección)", lambda found: f"título {spanish(int(found['title']))}, "),
        (
            r"(?:§§? ?|\b(?P<word>[Ss]ección) )(?P<number>\d+(?:\.\d+)?)(?P<marks>(?:\(\w+\))*)",
            lambda found: f"{found['word'] or 'sección'} {_section(found)}",
        ),
        (r"\b(?:v|c)\.(?= [A-ZÁÉÍÓÚÑ])", "contra"),
        (r"\bU\.S\.C\.", "U S C"),
        *((rf"(?<!\w){re.escape(short)}(?= |$|,)", words) for short, words in ABBREVIATIONS.items()),
        (
            (
                r"(?:US)?\$ ?(?P<whole>\d+(?:[,\u202f ]\d{3})*)(?:\.(?P<cents>\d+))?(?: (?P<size>mil|millón|millones)\b)?"
                r"(?: de dólares| dólares)?"
            ),
            _money,
        ),
        (r"\b(?P<article>[Ll]as? )?(?P<hour>\d{1,2}):(?P<minutes>[0-5]\d)(?: ?(?P<half>[ap])\. ?m\.?)?", _time),
        (r"(?<=\d) ?%", " por ciento"),
        (r"(?<=\d)–(?=\d)", " a "),
        (r"\b(\d{1,2})\.[ºo](?!\w)", lambda found: _ordinal(int(found[1]), "o")),
        (r"\b(\d{1,2})\.ª", lambda found: _ordinal(int(found[1]), "a")),
        (r"(?<![\w.])(?P<whole>\d{1,3}(?:[,\u202f]\d{3})+|\d+)(?:[.,](?P<part>\d+))?(?P<noun> [a-záéíóúñ]+)?", _plain),
    )


def _section(found: re.Match[str]) -> str:
    whole, _, part = found["number"].partition(".")
    words = spanish(int(whole)) + (f" punto {spanish_digits(part)}" if part else "")
    marks = re.findall(r"\((\w+)\)", found["marks"] or "")
    return words + "".join(f", {spanish(int(mark)) if mark.isdigit() else mark.upper()}" for mark in marks)


def _citation(found: re.Match[str]) -> str:
    number = int(found["circuit"] or 0)
    court = f", {COURTS[number]} Circuito" if 0 < number < len(COURTS) else ""
    return f"{court}, {spanish(int(found['year']))}"


def _money(found: re.Match[str]) -> str:
    whole, cents, size = int(re.sub(r"\D", "", found["whole"])), found["cents"], found["size"]
    if size:
        part = f" punto {spanish_digits(cents)}" if cents else ""
        return f"{spanish(whole, before_noun=not part)}{part} {size}{' de' if size != 'mil' else ''} dólares"
    of = " de" if whole and whole % 10**6 == 0 else ""
    words = f"{spanish(whole, before_noun=True)}{of} dólar{'' if whole == 1 else 'es'}"
    return f"{words} con {spanish(int(cents), before_noun=True)} centavos" if cents and int(cents) else words


def _time(found: re.Match[str]) -> str:
    hour, minutes = int(found["hour"]), int(found["minutes"])
    half = HALVES.get(found["half"] or "", "")
    words = spanish(hour) if not half and hour > 12 else HOURS[hour % 12]
    if half == HALVES["p"] and (hour % 12 >= 8):
        half = "de la noche"
    said = words + (
        "" if not minutes else " y cuarto" if minutes == 15 else " y media" if minutes == 30 else f" y {spanish(minutes)}"
    )
    return f"{found['article'] or ''}{said}" + (f" {half}" if half else "" if minutes else " en punto")


def _ordinal(number: int, end: str) -> str:
    words = ("", "primer", "segund", "tercer", "cuart", "quint", "sext", "séptim", "octav", "noven", "décim")
    return f"{words[number]}{end}" if number < len(words) else spanish(number)


def _plain(found: re.Match[str]) -> str:
    whole, part, noun = re.sub(r"\D", "", found["whole"]), found["part"], found["noun"] or ""
    if (len(whole) > 1 and whole.startswith("0")) or int(whole) >= LARGEST * 1000:
        return spanish_digits(whole) + noun
    if part:
        return f"{spanish(int(whole))} punto {spanish_digits(part)}{noun}"
    female = noun.endswith(("as", "ción", "dad")) and int(whole) % 10 == 1 and int(whole) % 100 != 11
    counted = bool(noun) and noun.strip() not in NOT_COUNTED
    words = spanish(int(whole), before_noun=counted)
    return (f"{words.removesuffix('ún').removesuffix('un')}una" if female and counted else words) + noun


NOT_COUNTED = frozenset(
    ("de", "del", "y", "o", "a", "al", "en", "por", "con", "que", "punto", "se", "es", "no", "lo", "la", "el", "los", "las")
)
