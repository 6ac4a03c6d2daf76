"""Ranked search over authorities, in memory: names first, then what the law says, then everything else.

A query is read as concepts (`query`), each is looked up (`postings`), and an authority is found when it answers all of them;
where none does, those that answer most are (`Results.partial`).
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from .facets import NAMES, Facet, Filters, counted, passes
from .model import Authority, Jurisdiction, by_kind_and_name
from .postings import Document, Segment
from .query import Concept, Reader
from .snippets import GOOD, Marker, Pieces, Snippet, lead, spelling
from .words import COMMON

# What is looked at more closely, for words that stand together.
CLOSELY = 60
NAMED, PHRASE, PAIR, TOGETHER = 10.0, 6.0, 2.0, 4.0
PARTIAL_SHARE = 0.5  # of what the best partial answer has


Ranked = tuple[float, int, tuple[str, ...]]  # score, number of the document, words that it does not answer


@dataclass(frozen=True)
class Hit:
    """An authority that was found. `missing` are words of the query that it does not answer."""

    document: Document = field(repr=False)
    score: float = 0.0
    missing: tuple[str, ...] = ()
    marker: Marker | None = field(default=None, repr=False)

    @property
    def authority(self) -> Authority:
        """What was found."""
        return self.document.authority

    @functools.cached_property
    def snippets(self) -> tuple[Snippet, ...]:
        """The passages that answer best, at most two; without a query, or where only the name answers, how the brief begins."""
        return (self.marker.snippets(self.document) if self.marker else ()) or lead(self.authority)

    @functools.cached_property
    def heading_pieces(self) -> Pieces:
        """The heading, with what answers the query in it."""
        heading = self.authority.heading
        return self.marker.pieces(self.document, heading) if self.marker else ((heading, False),)


@dataclass(frozen=True)
class Results:
    """What a query found, best first. `facets` are the values of each filter, with how many hits each would leave.

    With `partial` no authority answers all of the query, and the hits are the nearest. `corrected` is what was searched instead
    of a misspelled query, else empty.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    partial: bool = False
    facets: Mapping[str, tuple[Facet, ...]] = field(default_factory=lambda: dict.fromkeys(NAMES, ()))
    corrected: str = ""


class Index:
    """The words of some authorities. An index of a few changes shares the words of what it changes (`over`)."""

    def __init__(self, authorities: Iterable[Authority], jurisdictions: Iterable[Jurisdiction] = (), over: Index | None = None):
        authorities = list(authorities)
        if over is None:
            self._segments: tuple[Segment, ...] = (Segment(authorities),)
            self._hidden: frozenset[int] = frozenset()
        else:
            before = {id(document.authority): number for number, document in over._live()}
            kept = {before[id(item)] for item in authorities if id(item) in before}
            changed = Segment((item for item in authorities if id(item) not in before), over._size)
            self._segments = (*over._segments, changed)
            self._hidden = over._hidden | (set(before.values()) - kept)
        self._size: int = sum(len(segment.documents) for segment in self._segments)
        self._reader = Reader(self._segments, tuple(jurisdictions))

    def find(self, query: str, filters: Filters) -> Results:
        """What `query` finds; a query without words finds everything, by kind and name."""
        text, concepts, sequence = self._reader.read(query)
        if not text:
            everything = sorted(self._live(), key=lambda live: by_kind_and_name(live[1].authority))
            return self._results([(0.0, number, ()) for number, _document in everything], filters, None)
        per_concept = [self._answers(concept) for concept in concepts]
        scores, partial = self._scored(concepts, per_concept)
        self._look_closely(scores, concepts, sequence)
        ranked: list[Ranked] = []
        for number in sorted(scores, key=lambda number: (-scores[number], self._document(number).authority.slug)):
            missing = tuple(
                one.said for one, answers in zip(concepts, per_concept, strict=True) if one.needed and number not in answers
            )
            ranked.append((scores[number], number, missing))
        marker = Marker(concepts)
        results = self._results(ranked, filters, marker, partial)
        return replace(results, corrected=_corrected(text, concepts, results.hits[0])) if results.hits else results

    def _results(self, ranked: list[Ranked], filters: Filters, marker: Marker | None, partial: bool = False) -> Results:
        chosen = filters.chosen
        hits = tuple(
            Hit(self._document(number), score, missing, marker)
            for score, number, missing in ranked
            if passes(self._document(number).filed, chosen)
        )
        facets = counted((self._document(number).filed for _score, number, _missing in ranked), filters)
        return Results(hits, len(hits), partial and bool(hits), facets)

    # -- ranking ---------------------------------------------------------------------------------------------------------

    def _answers(self, concept: Concept) -> dict[int, float]:
        """How well each document answers `concept`, by its best answer. What is rare counts more: the word itself by how rare
        it is, other answers by how rare all answers are together."""
        itself: dict[int, float] = {}
        others: dict[int, float] = {}
        for share, posting in self._postings(concept):
            weights = itself if share >= GOOD else others
            for number, weight in posting.items():
                value = share * weight
                if value > weights.get(number, 0.0):
                    weights[number] = value
        rarity = self._rarity(itself)
        answers = {number: value * rarity for number, value in itself.items()}
        rarity = self._rarity(itself.keys() | others.keys())
        for number, value in others.items():
            if value * rarity > answers.get(number, 0.0):
                answers[number] = value * rarity
        for number in self._hidden & answers.keys():
            del answers[number]
        return answers

    def _postings(self, concept: Concept) -> Iterator[tuple[float, Mapping[int, float]]]:
        for word, share in concept.words.items():
            for segment in self._segments:
                if word in segment.postings:
                    yield share, segment.postings[word]
        for phrase, share in concept.phrases.items():
            weights = {number: self._document(number).weight_of(phrase) for number in self._candidates(phrase)}
            yield share, {number: weight for number, weight in weights.items() if weight}

    def _rarity(self, documents: Collection[int]) -> float:
        return math.log(1 + self._size / max(1, len(documents)))

    def _scored(self, concepts: list[Concept], per_concept: list[dict[int, float]]) -> tuple[dict[int, float], bool]:
        """The documents found with their scores, and whether they are only the nearest."""
        needed = [answers for concept, answers in zip(concepts, per_concept, strict=True) if concept.needed]
        if not needed:
            return {}, False
        full = set.intersection(*map(set, needed))
        if full:
            return {number: sum(answers.get(number, 0.0) for answers in per_concept) for number in full}, False
        worth = [math.log(1 + self._size / len(answers)) if answers else 0.0 for answers in needed]
        covered: dict[int, float] = {}
        for answers, value in zip(needed, worth, strict=True):
            for number in answers:
                covered[number] = covered.get(number, 0.0) + value
        least = PARTIAL_SHARE * max(covered.values(), default=0.0)
        total = sum(worth) or 1.0
        return {
            number: sum(answers.get(number, 0.0) for answers in per_concept) * share / total
            for number, share in covered.items()
            if share >= least
        }, True

    def _look_closely(self, scores: dict[int, float], concepts: list[Concept], sequence: list[str]) -> None:
        """Raise the best of `scores` whose names are asked for, and where the words of the query stand together."""
        words = {word for concept in concepts for word, share in concept.words.items() if share >= 0.4}
        asked = [set(concept.words) for concept in concepts if concept.words]
        phrase = f" {' '.join(sequence)} "
        pairs = [f" {' '.join(pair)} " for pair in _neighbors(sequence)]
        for number in sorted(scores, key=scores.__getitem__, reverse=True)[:CLOSELY]:
            document = self._document(number)
            named = len(words & document.name) / max(1, len(document.name))
            bonus = NAMED * named
            if len(sequence) > 1:
                bonus += PHRASE * _best(document, phrase) + sum(PAIR * _best(document, pair) for pair in pairs) / len(pairs)
            if len(asked) > 1:
                bonus += TOGETHER * max(
                    (_together(words_in, asked) for _code, _number, words_in in document.passages), default=0.0
                )
            scores[number] += bonus

    def _candidates(self, phrase: str) -> Iterable[int]:
        """The documents in which `phrase` may stand: those with its rarest word."""
        words = [word for word in phrase.split() if word not in COMMON]
        if not words:
            return [number for number, _document in self._live()]
        rarest = min(words, key=lambda word: sum(len(segment.postings.get(word, ())) for segment in self._segments))
        return [number for segment in self._segments for number in segment.postings.get(rarest, ())]

    # -- documents -------------------------------------------------------------------------------------------------------

    def _document(self, number: int) -> Document:
        for segment in self._segments:
            if number < segment.first + len(segment.documents):
                return segment.documents[number - segment.first]
        raise IndexError(number)

    def _live(self) -> Iterator[tuple[int, Document]]:
        for segment in self._segments:
            for number, document in enumerate(segment.documents, segment.first):
                if number not in self._hidden:
                    yield number, document


def _corrected(query: str, concepts: list[Concept], best: Hit) -> str:
    """`query` with its misspelled words as `best` has them; empty where it has none of them."""
    corrected = query
    for concept in sorted(concepts, key=lambda one: -one.start):
        if concept.corrected and (word := spelling(best.document, concept.corrected)):
            word = word.capitalize() if concept.said[0].isupper() else word
            corrected = corrected[: concept.start] + word + corrected[concept.end :]
    return corrected if corrected != query else ""


def _neighbors(sequence: list[str]) -> list[list[str]]:
    """Each word of the query that says something with the next such, and what stands between them."""
    at = [number for number, word in enumerate(sequence) if word not in COMMON]
    return [sequence[one : other + 1] for one, other in itertools.pairwise(at)] or [sequence]


def _best(document: Document, phrase: str) -> float:
    return math.sqrt(document.weight_of(phrase))


def _together(words_in: str, asked: list[set[str]]) -> float:
    """Which share of the concepts one passage answers, beyond the first."""
    there = set(words_in.split())
    answered = sum(not there.isdisjoint(words) for words in asked)
    return max(0, answered - 1) / (len(asked) - 1)
