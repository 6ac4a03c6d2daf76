"""Passages that a learner has marked: how one is remembered, and found again in a text that was edited since.

A passage is remembered by its words, by the words around it and by its place. A mark in the wrong place is worse than one that
says that its words are gone. So words are taken for those marked when they are many, or stand among the words that they stood
among; and words that are not quite the same only where no others could be meant.

Positions are code points of the plain paragraph (`italics.plain`). However a text was edited, nothing here raises, and the work
is bounded: see `Effort`.
"""

from __future__ import annotations

import functools
import heapq
from bisect import insort
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..content.italics import plain, runs
from . import likeness
from .composed import Composed, composed
from .model import Section

LONGEST_QUOTE = 2000
CONTEXT = 32  # characters before and after the words marked
TELLING = 24  # characters: this many identify a place alone, fewer ("the officer") only with the words around them
KNOWN = 0.5  # least similarity of the surroundings: after an edit on one side, the other side is unchanged
MARGIN = 0.05  # by how much a similar place has to lead the next best
CANDIDATES = 16  # places that are looked at closely, after all were looked at quickly
EDGE = "\n"  # stands for the beginning and the end of a paragraph; no text has it within


@dataclass(frozen=True)
class Anchor:
    """A passage as it was when it was marked: its place, its words (`quote`), and what stood before and after them."""

    section: str
    paragraph: int  # from 0
    start: int
    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Placed:
    """Where a passage stands now. `quote` is what stands there; `exact` says whether those are the words that were marked."""

    section: str
    paragraph: int
    start: int
    end: int
    exact: bool
    quote: str


@dataclass(frozen=True)
class Run:
    """A piece of a paragraph, of one kind throughout; `marks` are the ids of the marks that it belongs to."""

    text: str
    italic: bool
    marks: tuple[Hashable, ...] = ()


@dataclass
class Effort:
    """How much may still be done to find words that have changed, in characters compared one after another.

    As given it is enough for one mark in the longest authority (`library.LONGEST_AUTHORITY`). For many marks one of a few times
    that is shared: when it is used up, only marks whose very words still stand somewhere are found.
    """

    left: int = 60_000


@dataclass(frozen=True)
class _Paragraph:
    section: str
    number: int
    text: str
    own: bool  # of the section in which the mark was made
    far: int  # in paragraphs, from the one in which the mark was made
    whole: Composed  # knows where a place in `text` is in the text as written


@dataclass(frozen=True)
class _Candidate:
    """Words that may be the marked ones: the similarity of the words (1.0: the same), and of the words around them (`around`)."""

    paragraph: _Paragraph
    start: int
    end: int
    alike: float
    around: float

    def placed(self) -> Placed:
        start, end = self.paragraph.whole.place(self.start, self.end)
        words = self.paragraph.whole.written[start:end]
        return Placed(self.paragraph.section, self.paragraph.number, start, end, self.alike == 1.0, words)


def anchor_at(parts: Sequence[Section], section: str, paragraph: int, start: int, end: int) -> Anchor:
    """The passage from `start` to `end` of a paragraph of `parts`, without spaces at its ends.

    What goes beyond the paragraph or `LONGEST_QUOTE` is left out. Raises `ValueError` where there is no such passage.
    """
    text = _text_at(parts, section, paragraph)
    if text is None or not 0 <= start < min(end, len(text)):
        raise ValueError(f"There is no passage {start} to {end} in paragraph {paragraph} of {section!r}.")
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    quote = words.strip()[:LONGEST_QUOTE].rstrip()
    if not quote:
        raise ValueError("A passage has to have words.")
    end = start + len(quote)
    return Anchor(section, paragraph, start, quote, text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT])


def place(parts: Sequence[Section], anchor: Anchor, effort: Effort | None = None) -> Placed | None:
    """Where the passage stands in `parts` as they now are; None where its words are gone (the mark is orphaned).

    The same words in the same section come first, then the same words anywhere, then words at least 80 % alike
    (`likeness`); among several those whose surroundings are most like, then the nearest. Words are the same that are so in NFC.
    """
    if not anchor.quote:
        return None
    text, end = _text_at(parts, anchor.section, anchor.paragraph), anchor.start + len(anchor.quote)
    if (
        text is not None
        and anchor.start >= 0
        and text[anchor.start : end] == anchor.quote
        and _touching(text, anchor.start, end, anchor) == len(anchor.prefix) + len(anchor.suffix)
    ):
        return Placed(anchor.section, anchor.paragraph, anchor.start, end, True, anchor.quote)
    best, total = None, 0
    for paragraphs, read in _readings(parts, anchor):
        same, count = _same_words(paragraphs, read)
        if same:
            best, total = max(same, key=functools.partial(_rank, anchor=read)), count
            if _is_known(best, read):
                return best.placed()
    similar = _similar_words(paragraphs, read, effort or Effort())
    if similar is not None:
        return similar.placed()
    if best is not None and (total == 1 or _is_at_place(best, anchor)):
        return best.placed()
    return None


def highlighted_runs(text_with_stars: str, spans: Iterable[tuple[int, int, Hashable]]) -> tuple[Run, ...]:
    """A paragraph in pieces, for showing `spans` of it (start, end, id) as marked: they may overlap, and reach beyond the text.

    The texts of the pieces together are the plain paragraph; ids stand in the order of `spans`.
    """
    pieces = runs(text_with_stars)
    length = sum(len(words) for words, _italic in pieces)
    ids: list[Hashable] = []
    events: list[tuple[int, bool, int]] = []
    for start, end, mark in spans:
        start, end = max(start, 0), min(end, length)
        if start < end:
            events += [(start, True, len(ids)), (end, False, len(ids))]
            ids.append(mark)
    events.sort(reverse=True)  # the next one is the last
    made: list[Run] = []
    active: list[int] = []
    at = 0
    for words, italic in pieces:
        begin, stop = at, at + len(words)
        while at < stop:
            while events and events[-1][0] <= at:
                _position, begins, number = events.pop()
                insort(active, number) if begins else active.remove(number)
            until = min(stop, events[-1][0]) if events else stop
            made.append(Run(words[at - begin : until - begin], italic, tuple(ids[number] for number in active)))
            at = until
    return tuple(made)


# -- finding again -------------------------------------------------------------------------------------------------------------


def _text_at(parts: Sequence[Section], section: str, paragraph: int) -> str | None:
    for part in parts:
        if part.code == section:
            return plain(part.paragraphs[paragraph]) if 0 <= paragraph < len(part.paragraphs) else None
    return None


def _readings(parts: Sequence[Section], anchor: Anchor) -> Iterator[tuple[list[_Paragraph], Anchor]]:
    """The paragraphs and the passage as they are written, then in NFC where that is another text."""
    written = _paragraphs(parts, anchor)
    yield written, anchor
    in_nfc = [replace(one, text=whole.text, whole=whole) for one in written for whole in (composed(one.text),)]
    quote, prefix, suffix = (composed(part).text for part in (anchor.quote, anchor.prefix, anchor.suffix))
    same = replace(anchor, quote=quote, prefix=prefix, suffix=suffix)
    if same != anchor or any(one.whole.cuts for one in in_nfc):
        yield in_nfc, same


def _paragraphs(parts: Sequence[Section], anchor: Anchor) -> list[_Paragraph]:
    """All paragraphs, those of the mark's section first, then by how far they are from its own."""
    flat = [(part.code, number, plain(text)) for part in parts for number, text in enumerate(part.paragraphs)]
    its = (anchor.section, anchor.paragraph)
    home = next((at for at, (code, number, _text) in enumerate(flat) if (code, number) == its), None)
    if home is None:
        home = max((at for at, (code, _number, _text) in enumerate(flat) if code == anchor.section), default=0)
    every = [
        _Paragraph(code, number, text, code == anchor.section, abs(at - home), Composed(text, text))
        for at, (code, number, text) in enumerate(flat)
    ]
    return sorted(every, key=lambda one: (not one.own, one.far))


def _same_words(paragraphs: list[_Paragraph], anchor: Anchor) -> tuple[list[_Candidate], int]:
    """The places of the very words that are worth a close look, and how many places there are."""
    total = 0

    def quickly() -> Iterator[tuple[int, bool, int, int, int, int]]:
        nonlocal total
        for order, paragraph in enumerate(paragraphs):
            start = paragraph.text.find(anchor.quote)
            while start >= 0:
                total += 1
                touching = _touching(paragraph.text, start, start + len(anchor.quote), anchor)
                yield (touching, paragraph.own, -paragraph.far, -abs(start - anchor.start), -order, start)
                start = paragraph.text.find(anchor.quote, start + 1)

    best = [(paragraphs[-order], start) for *_rank, order, start in heapq.nlargest(CANDIDATES, quickly())]
    return [_candidate(paragraph, start, start + len(anchor.quote), 1.0, anchor) for paragraph, start in best], total


def _similar_words(paragraphs: list[_Paragraph], anchor: Anchor, effort: Effort) -> _Candidate | None:
    """The one place of words that are nearly those marked. None also where it may be either of two."""
    for own in (True, False):
        candidates = []
        for paragraph in paragraphs:
            if paragraph.own == own and len(paragraph.text) <= effort.left:
                effort.left -= len(paragraph.text)
                places = likeness.places(anchor.quote, paragraph.text, CANDIDATES)
                candidates += [_candidate(paragraph, *one, anchor) for one in places]
        candidates = sorted(
            (one for one in candidates if _is_known(one, anchor)), key=lambda one: _likeness(one, anchor), reverse=True
        )
        if candidates:
            clear = len(candidates) == 1 or _likeness(candidates[0], anchor) - _likeness(candidates[1], anchor) >= MARGIN
            return candidates[0] if clear else None
    return None


def _candidate(paragraph: _Paragraph, start: int, end: int, alike: float, anchor: Anchor) -> _Candidate:
    return _Candidate(paragraph, start, end, alike, _around(paragraph.text, start, end, anchor))


def _is_known(one: _Candidate, anchor: Anchor) -> bool:
    return len(anchor.quote) >= TELLING or one.around >= KNOWN


def _is_at_place(one: _Candidate, anchor: Anchor) -> bool:
    return (one.paragraph.section, one.paragraph.number, one.start) == (anchor.section, anchor.paragraph, anchor.start)


def _rank(one: _Candidate, anchor: Anchor) -> tuple[bool, bool, float, int, int]:
    near = (-one.paragraph.far, -abs(one.start - anchor.start))
    return (_is_known(one, anchor), one.paragraph.own, one.around, *near)


def _likeness(one: _Candidate, anchor: Anchor) -> float:
    """How like the passage is with its surroundings, each character counted once."""
    words = len(anchor.quote)
    return (words * one.alike + 2 * CONTEXT * one.around) / (words + 2 * CONTEXT)


def _touching(text: str, start: int, end: int, anchor: Anchor) -> int:
    """How many characters directly before and after are as they were. Cheap: for looking at thousands of places."""
    before, after = text[max(start - len(anchor.prefix), 0) : start], text[end : end + len(anchor.suffix)]
    if before == anchor.prefix and after == anchor.suffix:
        return len(before) + len(after)
    return _equal(reversed(before), reversed(anchor.prefix)) + _equal(after, anchor.suffix)


def _equal(one: Iterable[str], other: Iterable[str]) -> int:
    count = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        count += 1
    return count


def _around(text: str, start: int, end: int, anchor: Anchor) -> float:
    """How like the words before and after are to what they were: 1.0 when nothing has changed. Both sides count the same."""
    padded = f"{EDGE}{text}{EDGE}"  # so every position is one further
    prefix = anchor.prefix if len(anchor.prefix) >= CONTEXT else EDGE + anchor.prefix
    suffix = anchor.suffix if len(anchor.suffix) >= CONTEXT else anchor.suffix + EDGE
    before = padded[max(start + 1 - 2 * CONTEXT, 0) : start + 1]
    after = padded[end + 1 : end + 1 + 2 * CONTEXT]
    sides = (prefix[::-1], before[::-1]), (suffix, after)
    return sum(1 - likeness.edits_to_begin(words, with_them) / len(words) for words, with_them in sides) / 2
