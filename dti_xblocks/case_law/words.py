"""The words of texts as search compares them, and which words stand for each other."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONGEST_WORD = 40  # letters; what follows in a longer one is not compared
# A reporter, an initialism or a word, apostrophes within it: "F. Supp. 3d", "U.S.C.", "O'Neill", "4th".
_TOKEN = re.compile(r"[Ff]\.?\s?(?:[Ss]upp\.?\s?)?(?:[23]d|4th)\b|(?:\b[^\W\d_]\.\s?)+\b[^\W\d_]\.|[^\W_]+(?:['’][^\W_]+)*")
_ENDINGS = (
    "ations", "ation", "ating", "ated", "ates", "atory", "ate", "ions", "ion", "ings", "ing", "ers", "er", "ors", "or", "ed",
    "ences", "ence", "ent", "ances", "ance", "ant", "ments", "ment", "ness", "ively", "ive", "ibly", "ible", "ably", "able", "ly",
    "ful", "ally", "al", "ary", "ory", "en", "es", "e",
)  # fmt: skip
_WHOLE = frozenset(["conner"])  # how many write Connor; no form of "Conn."
_LONG = frozenset(["ion", "ions", "al", "ally", "or", "ary", "ory"])  # endings that leave at least five letters


@dataclass(frozen=True)
class Token:
    """A word in a text: as it is compared, and where it stands (code points)."""

    term: str
    start: int
    end: int


def terms(text: str) -> list[str]:
    """The words of `text` as they are compared, common ones too, in order."""
    return [one for one in map(term, _TOKEN.findall(text)) if one]


def tokens(text: str) -> Iterator[Token]:
    """The words of `text` with their places."""
    for match in _TOKEN.finditer(text):
        if compared := term(match[0]):
            yield Token(compared, match.start(), match.end())


def term(word: str) -> str:
    """`word` in lower case without accents, dots, apostrophes and a plural or possessive s."""
    return _term(word[:LONGEST_WORD])


@functools.lru_cache(maxsize=1 << 16)
def _term(word: str) -> str:
    if not word.isascii():
        word = "".join(one for one in unicodedata.normalize("NFKD", word) if not unicodedata.combining(one)).replace("’", "'")
    word = re.sub(r"'s$|['.\s]", "", word.casefold())
    return _singular(word) if len(word) > 3 and word[-1] == "s" and word.isalpha() else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word[:-2]
    return word if word[-2] in "su" else word[:-1]


# What says nothing about which authority is meant. Abbreviations of states are looked at before these are left out.
COMMON = frozenset(
    map(
        term,
        """
        a about after against allowed am an and another any are as at be because been before being by can could did do does each
        for from get go goes going got had happen happens happened has have he her him his how i if in into is it its just may me
        must my no not of off on or our ought out over s she should so someone something than that the their them then there they
        this those to too up us v very vs was we were what when where which while who why will with would you your
        """.split(),  # noqa: SIM905 - one word a line would be longer than all the rest
    )
)


@functools.lru_cache(maxsize=1 << 16)
def root(word: str) -> str:
    """What the forms of a word have in common: "retali" of retaliate, retaliation and retaliatory."""
    if not word.isalpha() or word in _WHOLE:
        return word
    while ending := next(
        (one for one in _ENDINGS if word.endswith(one) and len(word) - len(one) >= (5 if one in _LONG else 4)), ""
    ):
        word = word[: -len(ending)]
    if word[-1] == "y":
        word = word[:-1] + "i"
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sl" else word


def edits_allowed(word: str) -> int:
    """How many typing errors a word of this length may have: numbers and short words none."""
    return 0 if len(word) < 4 or any(one.isdecimal() for one in word) else 1 if len(word) < 8 else 2


def mask(word: str) -> int:
    """The letters of `word` as a set in bits: words whose sets differ in more than two bits an edit cannot be near."""
    bits = 0
    for one in word:
        bits |= 1 << (ord(one) & 31)
    return bits


def edits(one: str, other: str, most: int) -> int:
    """How many letters have to be put in, left out, replaced or exchanged with the next to make `other` of `one`.

    `most` + 1 where it takes more than `most` of them.
    """
    if one == other:
        return 0
    if abs(len(one) - len(other)) > most or not most:
        return most + 1
    start = 0
    shorter = min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    if not one or not other:
        return len(one) + len(other)
    ways = [(one[1:], other[1:]), (one[1:], other), (one, other[1:])]
    if len(one) > 1 and len(other) > 1 and one[0] == other[1] and one[1] == other[0]:
        ways.append((one[2:], other[2:]))
    return 1 + min(edits(*way, most - 1) for way in ways)


# -- words that stand for each other -----------------------------------------------------------------------------------------

SAME, NEAR = 1.0, 0.45


Phrase = tuple[str, ...]


class Synonyms:
    """What synonyms.toml says: which words and phrases stand for which, and how fully (`SAME`, `NEAR`)."""

    def __init__(self, table: Mapping[str, Any]):
        self._of: dict[Phrase, dict[Phrase, float]] = {}
        for said, meant in table["said"].items():
            self._add(NEAR, [said], meant)
        for share, groups in ((NEAR, table["near"]), (SAME, table["same"])):
            for group in groups:
                self._add(share, group, group)
        self.longest = max(map(len, self._of))

    def of(self, said: Phrase) -> dict[Phrase, float]:
        """What stands for `said`, a word in any of its forms or a phrase as it is."""
        return self._of.get(_key(said), {})

    def _add(self, share: float, said: list[str], meant: list[str]) -> None:
        phrases = [tuple(terms(one)) for one in meant]
        for one in said:
            key = _key(tuple(terms(one)))
            self._of.setdefault(key, {}).update({other: share for other in phrases if _key(other) != key})


@functools.cache
def synonyms() -> Synonyms:
    """Those of the package, read once."""
    return Synonyms(tomllib.loads((Path(__file__).parent / "synonyms.toml").read_text(encoding="utf-8")))


def _key(said: Phrase) -> Phrase:
    return (root(said[0]),) if len(said) == 1 else said
