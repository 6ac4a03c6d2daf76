"""Passages that show why an authority answers a query, with the words that answer marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..content.italics import plain
from .model import Authority
from .postings import CITATION, FIRST_TOPIC, Document, weight_of_passage
from .query import Concept
from .words import COMMON, tokens

LONGEST, MOST, CLOSELY = 180, 2, 5
GOOD = 0.75  # how fully a word has to answer for lesser answers to stay unmarked beside it
_SENTENCE = re.compile(r"(?<=[.?!]['\"”’])\s+|(?<=[.?!])\s+")

Match = tuple[int, int, float, int]  # start, end, how fully it answers, number of the concept
Wanted = tuple[dict[str, float], list[tuple[str, float]]]  # words and phrases, each with how fully it answers
Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Snippet:
    """A piece of a passage: of the section `section` ("" for caption and citation), paragraph number `paragraph` from 0.

    `pieces` are its text in order, each with whether it answers the query; "…" stands where it was cut.
    """

    section: str
    paragraph: int
    pieces: Pieces

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(words for words, _is_match in self.pieces)


class Marker:
    """Marks in texts what answers some concepts."""

    def __init__(self, concepts: Iterable[Concept]):
        self._concepts = [concept for concept in concepts if concept.words or concept.phrases]
        self._wanted_in: dict[Document, list[Wanted]] = {}

    def snippets(self, document: Document) -> tuple[Snippet, ...]:
        """The passages that answer best, at most `MOST`, best first; the citation alone where no passage answers as much."""
        wanted = self._wanted(document)
        promising = sorted(self._promising(document, wanted), reverse=True)[:CLOSELY]
        candidates = []
        for _promise, order, code, number in promising:
            text = _text(document.authority, code, number)
            matches = _matches(text, wanted)
            window = _window(matches)
            if window:
                answered, fully = _worth(window)
                candidates.append((answered, fully * _weight(code, number), order, code, number, text, matches, window))
        candidates.sort(reverse=True, key=lambda one: one[:3])
        if candidates and not candidates[0][3]:
            del candidates[1:]
        return tuple(
            Snippet(code, number if code else 0, _cut(text, matches, window))
            for *_value, code, number, text, matches, window in candidates[:MOST]
        )

    def pieces(self, document: Document, text: str) -> Pieces:
        """`text`, which is of `document`, with what answers in it."""
        return _marked(text, 0, len(text), _matches(text, self._wanted(document)))

    def _wanted(self, document: Document) -> list[Wanted]:
        """For each concept the words and phrases to mark here: only good answers where there are any."""
        if document not in self._wanted_in:
            there = set(document.words.split(" "))
            self._wanted_in[document] = [_good(concept, document.words, there) for concept in self._concepts]
        return self._wanted_in[document]

    @staticmethod
    def _promising(document: Document, wanted: list[Wanted]) -> Iterator[tuple[tuple[int, float], int, str, int]]:
        """Passages that can be shown, with what their words promise; the earlier of equals first."""
        for order, (code, number, words) in enumerate(document.passages):
            if code or number == CITATION:
                there = set(words.split())
                shares = [_best(one, words, there) for one in wanted]
                if any(shares):
                    yield (sum(map(bool, shares)), sum(shares) * _weight(code, number)), -order, code, number


def spelling(document: Document, words: Iterable[str]) -> str:
    """How the first of `words` (as they are compared) is written in `document`, in lower case; empty where none stands."""
    wanted = set(words)
    for code, number, passage in document.passages:
        if number >= 0 and not wanted.isdisjoint(passage.split()):
            text = _text(document.authority, code, number)
            token = next(token for token in tokens(text) if token.term in wanted)
            return re.sub("['’]s$", "", text[token.start : token.end].lower())
    return ""


def _good(concept: Concept, text: str, there: set[str]) -> Wanted:
    words = {word: share for word, share in concept.words.items() if word in there and word not in COMMON}
    phrases = {phrase: share for phrase, share in concept.phrases.items() if phrase in text}
    best = max([*words.values(), *phrases.values()], default=0.0)
    least = GOOD if best >= GOOD else 0.0
    singles = {word: share for word, share in words.items() if share >= least}
    return singles, [(phrase, share) for phrase, share in phrases.items() if share >= least]


def _best(wanted: Wanted, text: str, there: set[str]) -> float:
    singles, phrases = wanted
    return max(
        [0.0, *(singles[word] for word in singles.keys() & there), *(share for phrase, share in phrases if phrase in text)]
    )


def _text(authority: Authority, code: str, number: int) -> str:
    if code:
        value = getattr(authority, code)
        return plain(value[number] if isinstance(value, tuple) else value)
    return (
        authority.topics[number - FIRST_TOPIC] if number >= FIRST_TOPIC else authority.citation if number else authority.caption
    )


def _weight(code: str, number: int) -> float:
    return weight_of_passage(code, number) if code else 0.1  # the citation is on the page anyway


def _matches(text: str, wanted: list[Wanted]) -> list[Match]:
    """What is marked in `text`, in order, without overlaps."""
    words = list(tokens(text))
    taken: dict[int, Match] = {}
    for concept, (single, phrases) in enumerate(wanted):
        for phrase, share in phrases:
            sought = phrase.split()
            for at in range(len(words) - len(sought) + 1):
                if words[at].term == sought[0] and [word.term for word in words[at : at + len(sought)]] == sought:
                    match = (words[at].start, words[at + len(sought) - 1].end, share, concept)
                    taken.update(dict.fromkeys(range(at, at + len(sought)), match))
        for at, word in enumerate(words):
            if word.term in single and at not in taken:
                taken[at] = (word.start, word.end, single[word.term], concept)
    return sorted(set(taken.values()))


def lead(authority: Authority) -> tuple[Snippet, ...]:
    """How the brief begins, nothing marked."""
    for section in authority.short_version or authority.full_brief:
        for number, paragraph in enumerate(section.paragraphs):
            text = plain(paragraph)
            return (Snippet(section.code, number, _cut(text, [], [])),)
    return ()


def _window(matches: list[Match]) -> list[Match]:
    """The matches of one snippet: those that together answer the most concepts, most fully."""
    best: list[Match] = []
    last = 0
    for at, first in enumerate(matches):
        while last < len(matches) and matches[last][1] - first[0] <= LONGEST - 10:
            last += 1
        if last > at:
            best = max(best, matches[at:last], key=_worth)
    return best


def _worth(window: list[Match]) -> tuple[int, float]:
    return len({match[3] for match in window}), sum(match[2] for match in window)


def _cut(text: str, matches: list[Match], window: list[Match]) -> Pieces:
    """`text` around `window`, at most `LONGEST` characters, from the beginning of a sentence where that is near."""
    start, end = (window[0][0], max(match[1] for match in window)) if window else (0, 0)
    room = max(0, LONGEST - (end - start))
    first = max(0, start - room // 2, min(start, len(text) - LONGEST))
    sentence = [match.end() for match in _SENTENCE.finditer(text, 0, start) if match.end() >= start - room]
    if start - room <= 0:
        first = 0
    elif sentence:
        first = sentence[0] if sentence[0] >= first else next((one for one in sentence if one >= first), first)
    first = _word_start(text, first, start)
    last = _word_end(text, min(len(text), first + LONGEST), end)
    before, after = ("… " if first else ""), (" …" if last < len(text) else "")
    pieces = _marked(text, first, last, matches)
    return tuple(piece for piece in ((before, False), *pieces, (after, False)) if piece[0])


def _word_start(text: str, at: int, latest: int) -> int:
    while 0 < at < latest and not text[at - 1].isspace():
        at += 1
    while at and not text[at - 1].isspace():  # within "use-of-force"
        at -= 1
    return at


def _word_end(text: str, at: int, earliest: int) -> int:
    if at >= len(text):
        return len(text)
    while at > earliest and not text[at].isspace():
        at -= 1
    return at if at > earliest else max(at, earliest)


def _marked(text: str, first: int, last: int, matches: list[Match]) -> Pieces:
    pieces, at = [], first
    for start, end, *_rest in matches:
        if start < at or end > last:
            continue
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return tuple(piece for piece in [*pieces, (text[at:last], False)] if piece[0])
