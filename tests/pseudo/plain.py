"""What on a page is still in plain letters, when the site speaks the pseudo-language and authors wrote in Greek."""

from __future__ import annotations

import json
import re

from lxml import etree, html

from dti_xblocks.case_law.library import library


def may_stay(text: str) -> frozenset[str]:
    """Words that may stay as they are."""
    return frozenset(text.split())


# The people of the tests, the issuer of the preview, names of formats and programs, and what Django's own catalogue says of dates.
NAMES = may_stay(
    "Ana Reyes reyes Ben Okafor okafor Chris Zhou zhou Dana sergeant Example Police Department preview Sunset "
    "Open edX Studio PDF CSV HTML ZIP OLX UTC SHA WeasyPrint Markdown Bluebook GET "
    "January February March April May June July August September October November December "
    "Jan Feb Aug Sept Oct Nov Dec noon midnight"
)
LATIN = re.compile(r"[A-Za-z]{3,}")
STATES = frozenset(LATIN.findall(" ".join(place.name for place in library().jurisdictions)))  # names, too
SPOKEN = ("aria-label", "aria-description", "aria-roledescription", "title", "alt", "placeholder", "label")
AUTHORED = {*SPOKEN, "place", "who", "name", "role", "display_name", "packet_title", "hint"}
_CODE = re.compile(
    r"\{\w*\}|[\w.+-]*[/@_=:+#][\w./@=:+#-]*|\b(?:[\w-]+\.)+(?:com|org|gov|edu|net)\b|\b[0-9a-f]{8,}\b|\b[0-9a-f]{4}(?: [0-9a-f]{4})+\b|\b(?:[A-Z0-9]{4}-)+[A-Z0-9]{4}\b|&\w+;"
)
_GREEK = str.maketrans("abcdefghijklmnopqrstuvwxyz", "αβψδεφγηιξκλμνοπϟρστθωςχυζ")


def greek(olx: str) -> str:
    """`olx` with all that people read of it in Greek letters; ids, files and numbers stay."""
    root = etree.fromstring(f"<olx>{olx}</olx>")
    for node in root.iter():
        for name in AUTHORED & set(node.attrib):
            node.set(name, letters(node.get(name)))
        node.text, node.tail = letters(node.text), letters(node.tail)
    inside = etree.tostring(root, encoding="unicode")
    return inside.removeprefix("<olx>").removesuffix("</olx>")


def letters(text: str | None) -> str | None:
    """`text` in Greek letters."""
    return text and text.lower().translate(_GREEK)


def plain(markup: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    """The texts of `markup` with words in plain letters, in their order. What is marked as another language is left out, and
    what a program reads, too: addresses, codes, ids."""
    found: list[str] = []
    _look(html.fromstring(f"<div>{markup}</div>"), found, NAMES | allowed)
    return found


def plain_words(words: object, allowed: frozenset[str] = frozenset()) -> list[str]:
    """The same of the words that a script gets: texts anywhere in lists and mappings, whose keys are names."""
    if isinstance(words, str):
        return [words] if _has_plain(words, NAMES | allowed) else []
    parts = words.values() if isinstance(words, dict) else words if isinstance(words, list | tuple) else ()
    return [text for part in parts for text in plain_words(part, allowed)]


def _look(node, found: list[str], allowed: set[str]) -> None:
    if not isinstance(node.tag, str) or node.tag in ("style", "code", "script", "kbd"):
        return
    if node.get("lang") not in (None, "en-xa"):
        return
    for name, value in node.attrib.items():
        if name in SPOKEN and node.tag != "track" and _has_plain(value, allowed):
            found.append(f"{name}: {value}")
        elif name.startswith("data-") and value[:1] == "{":
            found += plain_words(json.loads(value), frozenset(allowed))
        elif name.startswith("data-") and " " in value.strip() and _has_plain(value, allowed):
            found.append(f"{name}: {value}")
    texts = [node.text, *(child.tail for child in node)]
    if node.tag not in ("bdi", "textarea"):
        found += [" ".join(text.split()) for text in texts if text and _has_plain(text, allowed)]
    for child in node:
        _look(child, found, allowed)


def _has_plain(text: str, allowed: set[str]) -> bool:
    return bool(set(LATIN.findall(_CODE.sub(" ", text))) - allowed)
