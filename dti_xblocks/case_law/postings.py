"""What search remembers of authorities: which word stands in which of them, and how much it counts there.

Besides words an authority is filed under marks: its citation as `citation` writes it, "§ 1983", "@4th" for its circuit and
"=new jersey" for its state. No word can look like one of these.
"""

from __future__ import annotations

import functools
import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable

from ..content.italics import plain
from . import citation
from .facets import Filed, filed_under
from .model import CASE, Authority
from .words import COMMON, edits, edits_allowed, mask, root, terms

# How much a word counts by where it stands: people look for names first, then for what a rule says.
WEIGHTS = {
    "caption": 8.0,
    "citation": 4.0,
    "topics": 5.0,
    "state": 4.0,
    "court": 3.0,
    "filed": 6.0,
    "in_brief": 2.0,
    "rule": 2.5,
    "holding": 2.5,
    "duty": 2.5,
    "claim": 1.5,
    "elements": 2.0,
    "on_the_street": 1.5,
    "later_treatment": 0.5,
    "limits": 0.5,
}
ELSEWHERE = 1.0
LESS_A_TOPIC = 0.1  # for each topic that stands before it
CAPTION_OF_A_RULE = 5.0  # what a statute is called says less than the name of a case
OWN_CITATION, MENTIONED = 120.0, 2.0
OWN_MARK = 12.0
# What stands in the passages without a section; topics go on from the first.
CAPTION, CITATION, FIRST_TOPIC, COURT, STATE, FILED = 0, 1, 2, -1, -2, -3
SECTION_OF_A_LAW = re.compile(r"(?:(?<!§)§{1,2}|\bsec(?:tions?|s?\.?))\s*(\d[\w.:/-]*\w|\d)", re.IGNORECASE)
_LOGARITHMS = [0.0, *(1 + math.log(count) for count in range(1, 100))]


class Document:
    """One authority as search sees it."""

    def __init__(self, authority: Authority):
        self.authority = authority
        # Every passage as its words between spaces: (section, paragraph, " the words "); what is in no section has "" and a
        # number from `CAPTION` on.
        self.passages: list[tuple[str, int, str]] = []
        self.words = ""  # of all passages
        self.name = frozenset(terms(authority.caption)) - COMMON

    @functools.cached_property
    def filed(self) -> Filed:
        """Under which facets the authority is filed."""
        return filed_under(self.authority)

    def weights(self) -> dict[str, float]:
        """How much each word and mark counts in this authority; notes the passages on the way."""
        authority = self.authority
        weights: dict[str, float] = defaultdict(float)
        self._take(weights, WEIGHTS["caption"] if authority.kind == CASE else CAPTION_OF_A_RULE, "", CAPTION, authority.caption)
        self._take(weights, WEIGHTS["citation"], "", CITATION, authority.citation)
        for number, topic in enumerate(authority.topics, FIRST_TOPIC):
            self._take(weights, weight_of_passage("", number), "", number, topic)
        court = f"{authority.court} {authority.circuit} circuit" if authority.circuit else authority.court
        self._take(weights, WEIGHTS["court"], "", COURT, court)
        self._take(weights, WEIGHTS["state"], "", STATE, authority.state)
        self._take(weights, WEIGHTS["filed"], "", FILED, " ".join([authority.kind, *self.filed["decade"]]))
        texts = [*authority.topics]
        for section in authority.parts:
            weight = WEIGHTS.get(section.code, ELSEWHERE)
            for number, paragraph in enumerate(section.paragraphs):
                texts.append(plain(paragraph))
                self._take(weights, weight, section.code, number, texts[-1])
        for one, weight in self._marks("\n".join(texts)):
            weights[one] = max(weights[one], weight)
        self.words = "|".join(words for _code, _number, words in self.passages)
        return weights

    def weight_of(self, phrase: str) -> float:
        """How much a phrase (" words with spaces around ") counts here: by the best place where it stands; 0.0 for nowhere."""
        if phrase not in self.words:
            return 0.0
        return max(weight_of_passage(code, number) for code, number, words in self.passages if phrase in words)

    def _take(self, weights: dict[str, float], weight: float, code: str, number: int, text: str) -> None:
        words = terms(text)
        if not words:
            return
        self.passages.append((code, number, f" {' '.join(words)} "))
        for word, count in Counter(words).items():
            if word not in COMMON:
                weights[word] += weight * _LOGARITHMS[min(count, 99)]

    def _marks(self, text: str) -> Iterable[tuple[str, float]]:
        authority = self.authority
        yield from ((one, MENTIONED) for _start, _end, one in citation.spans(text))
        yield from ((f"§ {number.lower()}", MENTIONED) for number in SECTION_OF_A_LAW.findall(text))
        yield from ((one, OWN_CITATION) for _start, _end, one in citation.spans(authority.citation))
        if authority.kind != CASE:
            yield from ((f"§ {number.lower()}", OWN_CITATION) for number in SECTION_OF_A_LAW.findall(authority.citation))
        if authority.circuit:
            yield f"@{authority.circuit}", OWN_MARK
        yield from ((f"={state.casefold()}", OWN_MARK) for state in self.filed["state"])


def weight_of_passage(code: str, number: int) -> float:
    """How much a word counts in a passage of `Document.passages`."""
    if code:
        return WEIGHTS.get(code, ELSEWHERE)
    if number >= FIRST_TOPIC:  # the first says best what an authority is about
        return WEIGHTS["topics"] - min(LESS_A_TOPIC * (number - FIRST_TOPIC), 1.0)
    return WEIGHTS["caption" if number == CAPTION else "citation" if number == CITATION else "court"]


class Segment:
    """Some documents and the words in them. `first` is the number of the first; numbers go on through all segments."""

    def __init__(self, authorities: Iterable[Authority], first: int = 0):
        self.first = first
        self.documents = [Document(authority) for authority in authorities]
        self.postings: dict[str, dict[int, float]] = {}
        for number, document in enumerate(self.documents, first):
            for word, weight in document.weights().items():
                self.postings.setdefault(word, {})[number] = weight
        self._words = sorted(word for word in self.postings if word.isalnum())  # without the marks
        self._names = {word for document in self.documents for word in document.name}
        self._families: dict[str, list[str]] = defaultdict(list)
        self._by_length: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for word in self._words:
            self._families[root(word)].append(word)
            if not any(map(str.isdecimal, word)):
                self._by_length[len(word)].append((mask(word), word))

    def starting(self, beginning: str) -> list[str]:
        """The words that begin so, without the word itself. After a single letter only those of names."""
        if len(beginning) == 1:
            return [word for word in self._names if word.startswith(beginning)]
        at = bisect_left(self._words, beginning)
        return [word for word in self._words[at : bisect_left(self._words, beginning + "\U0010ffff")] if word != beginning]

    def marks_starting(self, beginning: str) -> list[str]:
        """The citations that begin so."""
        return [word for word in self.postings if word.startswith(beginning)]

    def family(self, word: str) -> list[str]:
        """The other forms of `word`."""
        return [other for other in self._families.get(root(word), ()) if other != word]

    def near(self, word: str) -> list[tuple[int, str]]:
        """(typing errors, word) for the words that `word` may have been meant to be."""
        most = edits_allowed(word)
        nearby = []
        wanted = mask(word)
        for length in range(len(word) - most, len(word) + most + 1) if most else ():
            close = [other for letters, other in self._by_length.get(length, ()) if (letters ^ wanted).bit_count() <= 2 * most]
            for other in close:
                # Two errors are believed only where the first letter is right: people seldom err in it.
                allowed = most if other[0] == word[0] else 1
                distance = edits(word, other, allowed)
                if distance <= allowed:
                    nearby.append((distance, other))
        return nearby

    def near_beginning(self, word: str) -> list[str]:
        """The words whose beginning `word` may have been meant to be, with one typing error."""
        if len(word) < 5 or not edits_allowed(word):
            return []
        size = len(word)
        close = [other for other in self.starting(word[:2]) if len(other) > size]
        return [other for other in close if any(edits(word, other[:length], 1) <= 1 for length in (size - 1, size, size + 1))]
