"""A packet: which authorities somebody takes away, and their own marks in them. How it looks is for templates."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from . import anchoring
from .library import Library
from .model import Authority, Section, by_kind_and_name
from .notebook import Mark
from .text import clean
from .word_edges import in_whole_words

MODULE, LIBRARY, CHOSEN = "module", "library", "chosen"
WHICH = (MODULE, LIBRARY, CHOSEN)
LONGEST_CHOICE = 3500  # characters of slugs with commas between: they stand in an address, which servers bound at 8 kB

# Measured over the shipped library: what fills a page, and what an authority takes beside its text.
PAGE, HEAD, NOTE = 2950, 900, 160  # characters
LINES = 32  # of the contents on a page
ZERO_WIDTH_SPACE = "\u200b"
_UNBROKEN = re.compile(r"\S{120}(?=\S)")


@dataclass(frozen=True)
class Choice:
    """What somebody wants in a packet. `refs` are slugs, for `CHOSEN`; `personal` is with their own marks in it."""

    which: str = MODULE
    refs: tuple[str, ...] = ()
    personal: bool = False


class BadChoiceError(ValueError):
    """No packet can be made of this choice. `code` is "which", "nothing" or "many"."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def select(choice: Choice, listed: Sequence[Authority], library: Library) -> tuple[Authority, ...]:
    """The authorities of `choice`, each once: those of the list first, in its order, then the others by kind and name.

    What is not in the library is left out. Raises `BadChoiceError`.
    """
    if choice.which not in WHICH:
        raise BadChoiceError("which")
    if choice.which == MODULE:
        slugs = dict.fromkeys(authority.slug for authority in listed)
    elif choice.which == LIBRARY:
        slugs = dict.fromkeys(authority.slug for authority in sorted(library, key=by_kind_and_name))
    else:
        if len(",".join(choice.refs)) > LONGEST_CHOICE:
            raise BadChoiceError("many")
        wanted = set(choice.refs)
        order = [*listed, *sorted(library, key=by_kind_and_name)]
        slugs = dict.fromkeys(authority.slug for authority in order if authority.slug in wanted)
    authorities = tuple(authority for authority in map(library.get, slugs) if authority is not None)
    if not authorities:
        raise BadChoiceError("nothing")
    return authorities


# -- somebody's marks ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """A piece of a paragraph, of one look throughout. `ends` are the numbers of the notes whose words end with it."""

    text: str
    italic: bool = False
    marked: bool = False
    ends: tuple[int, ...] = ()


@dataclass(frozen=True)
class Note:
    """A note at its paragraph. `number` ties it to its words; `was` are the words as marked, where they are not the same now."""

    number: int
    text: str
    was: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with somebody's marks in it."""

    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Lost:
    """A mark whose words are gone from the text."""

    quote: str
    note: str


@dataclass(frozen=True)
class Annotated:
    """An authority with somebody's marks: `parts` by the code of the section, what was lost, and whether it is bookmarked."""

    authority: Authority
    parts: dict[str, tuple[Paragraph, ...]]
    lost: tuple[Lost, ...] = ()
    bookmarked: bool = False
    marks: int = field(default=0)


PlacedMarks = list[tuple[anchoring.Placed, Mark]]


def annotated(authority: Authority, marks: Iterable[Mark] = (), effort: anchoring.Effort | None = None) -> Annotated:
    """`authority` with those of `marks` that are on it. Notes are numbered from 1 in reading order.

    `effort` is shared by all marks of a packet: what may be spent on finding words that have changed.
    """
    effort = effort or anchoring.Effort()
    placed: PlacedMarks = []
    lost: list[Lost] = []
    bookmarked, count = False, 0
    order = {section.code: at for at, section in enumerate(authority.parts)}
    for mark in marks:
        if mark.slug != authority.slug:
            continue
        count += 1
        if not mark.section:
            bookmarked = True
            continue
        anchor = anchoring.Anchor(mark.section, mark.paragraph, mark.start, mark.quote, mark.prefix, mark.suffix)
        where = anchoring.place(authority.parts, anchor, effort)
        if where is None:
            lost.append(Lost(mark.quote, _lines(mark.note)))
        else:
            placed.append((in_whole_words(authority.parts, where), mark))
    placed.sort(key=lambda one: (order[one[0].section], one[0].paragraph, one[0].end, one[0].start, one[1].id))
    notes: dict[Hashable, Note] = {}
    for where, mark in placed:
        if mark.note:
            notes[mark.id] = Note(len(notes) + 1, _lines(mark.note), "" if where.exact else mark.quote)
    parts = {section.code: _paragraphs(section, placed, notes) for section in authority.parts}
    return Annotated(authority, parts, tuple(lost), bookmarked, count)


def _paragraphs(section: Section, placed: PlacedMarks, notes: dict[Hashable, Note]) -> tuple[Paragraph, ...]:
    paragraphs = []
    for number, text in enumerate(section.paragraphs):
        here = [(where, mark) for where, mark in placed if (where.section, where.paragraph) == (section.code, number)]
        runs = anchoring.highlighted_runs(text, [(where.start, where.end, mark.id) for where, mark in here])
        last = {mark: at for at, run in enumerate(runs) for mark in run.marks}
        pieces = tuple(
            Piece(
                breakable(run.text),
                run.italic,
                bool(run.marks),
                tuple(sorted(notes[mark].number for mark in run.marks if last[mark] == at and mark in notes)),
            )
            for at, run in enumerate(runs)
        )
        paragraphs.append(Paragraph(pieces, tuple(notes[mark.id] for _where, mark in here if mark.id in notes)))
    return tuple(paragraphs)


def _lines(note: str) -> str:
    """A note with its line breaks, without characters that a page cannot show."""
    return "\n".join(breakable(clean(line)) for line in note.splitlines()).strip()


def breakable(text: str) -> str:
    """`text` with places to break in what is longer than any word: laying out a line without one takes very long."""
    return _UNBROKEN.sub(lambda match: f"{match[0]}{ZERO_WIDTH_SPACE}", text)


def expected_pages(packet: Iterable[Annotated]) -> int:
    """About how many pages the packet will have, for telling somebody who waits how far it is."""
    packet = list(packet)
    characters = 0
    for item in packet:
        notes = [note for paragraphs in item.parts.values() for paragraph in paragraphs for note in paragraph.notes]
        characters += HEAD + len(item.authority.plain_text) + sum(NOTE + len(note.text) + len(note.was) for note in notes)
        characters += sum(NOTE + len(one.quote) + len(one.note) for one in item.lost)
    return 1 + math.ceil(len(packet) / LINES) + math.ceil(characters / PAGE)
