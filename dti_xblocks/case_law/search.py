"""Ranked search over authorities, in memory: the library is small enough to be read whole."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from . import citation
from .model import Authority

# How much a word counts in each field: people look for names first, then for what a rule says.
WEIGHTS = {
    "caption": 8.0,
    "citation": 6.0,
    "topics": 4.0,
    "state": 4.0,
    "court": 2.0,
    "rule": 2.0,
    "holding": 2.0,
    "duty": 2.0,
    "on_the_street": 1.5,
    "question": 1.0,
    "facts": 1.0,
    "outcome": 1.0,
    "elements": 1.0,
    "penalties_remedies": 1.0,
    "who_it_covers": 1.0,
    "reporting_and_retaliation": 1.0,
    "later_treatment": 0.5,
}
EXACT_CITATION = 1000.0
MENTIONED_CITATION = 100.0
_COMMON = frozenset(re.findall(r"\w+", "a an and are at by for from in is it of on or that the to v vs was with"))
_SECTION = re.compile(r"(?:§|\bsec(?:tion|\.)?)\s*(\d+)", re.IGNORECASE)


def words(text: str) -> list[str]:
    """The words of `text` for comparison: lower case, without accents, apostrophes and a plural or possessive s."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"'s\b|'", "", plain.replace("’", "'"))
    return [_stem(word) for word in re.findall(r"[a-z0-9]+", plain)]


class Index:
    """The words of some authorities, weighted by where they stand."""

    def __init__(self, authorities: Iterable[Authority]):
        self._weights: dict[str, Counter[str]] = {}
        self._own: dict[str, list[str]] = {}
        self._mentioned: dict[str, list[str]] = {}
        self._captions: dict[str, list[str]] = {}
        for authority in authorities:
            slug = authority.slug
            self._captions[slug] = words(authority.caption)
            self._own[slug] = citation.citations_in(authority.citation) + citation.code_sections_in(authority.citation)
            self._mentioned[slug] = citation.citations_in(authority.plain_text) + citation.code_sections_in(authority.plain_text)
            for field, weight in WEIGHTS.items():
                value = getattr(authority, field)
                for word, count in Counter(words(" ".join(value) if isinstance(value, tuple) else value)).items():
                    self._weights.setdefault(word, Counter())[slug] += weight * (1 + math.log(count))

    def find(self, query: str) -> list[str]:
        """Slugs of what answers `query`, best first. Every word has to be found; the last may be the beginning of one."""
        scores: Counter[str] = Counter()
        asked = citation.citations_in(query) + citation.code_sections_in(query)
        for slug in self._captions:
            scores[slug] += EXACT_CITATION * len(set(asked) & set(self._own[slug]))
            scores[slug] += MENTIONED_CITATION * len(set(asked) & set(self._mentioned[slug]))
        if asked:
            return self._ranked(scores)
        named = self._statutes_numbered(_SECTION.findall(query))
        return named + [slug for slug in self._by_words(query) if slug not in named]

    def _statutes_numbered(self, numbers: list[str]) -> list[str]:
        ends = tuple(f"§ {number}" for number in numbers)
        return [slug for slug, own in self._own.items() if ends and any(one.endswith(ends) for one in own)]

    def _by_words(self, query: str) -> list[str]:
        scores: Counter[str] = Counter()
        wanted = [word for word in words(query) if word not in _COMMON]
        if not wanted:
            return []
        found = None
        for position, word in enumerate(wanted):
            matching = self._matching(word, prefix=position == len(wanted) - 1)
            scores.update(matching)
            found = set(matching) if found is None else found & set(matching)
        for slug in found or ():
            named = len(set(wanted) & set(self._captions[slug]))
            scores[slug] += 10.0 * named / len(self._captions[slug])
        return self._ranked(Counter({slug: scores[slug] for slug in found or ()}))

    def _matching(self, word: str, prefix: bool) -> Counter[str]:
        result: Counter[str] = Counter()
        for known, weights in self._weights.items():
            if known == word:
                share = 1.0
            elif prefix and len(word) > 1 and known.startswith(word):
                share = 0.5
            else:
                continue
            rarity = math.log(1 + len(self._captions) / len(weights))
            for slug, weight in weights.items():
                result[slug] += share * weight * rarity
        return result

    def _ranked(self, scores: Counter[str]) -> list[str]:
        return sorted((slug for slug, score in scores.items() if score > 0), key=lambda slug: (-scores[slug], slug))


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
