"""All of a learner's marks in one place: in the order of the library, searchable, and as Markdown and a table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from .anchoring import Anchor, Effort, Placed, place
from .library import Library
from .text import DIRECTION
from .word_edges import in_whole_words

LONGEST_NOTE = 5000
# Enough for ten marks in the longest authority, or some hundreds in ones of usual length, whose words have changed.
EFFORT_FOR_ALL = 600_000


@dataclass(frozen=True)
class Mark:
    """A learner's mark, as it is stored. What the learner marked and wrote stays out of logs, so it is not in the `repr`."""

    id: int
    key: str
    slug: str
    section: str  # "": the whole authority is bookmarked
    paragraph: int
    start: int
    quote: str = field(repr=False)
    prefix: str = field(repr=False)
    suffix: str = field(repr=False)
    note: str = field(repr=False)
    created_at: datetime
    changed_at: datetime

    @classmethod
    def of(cls, row: object) -> Mark:
        """The mark that `row` holds, by the same names."""
        return cls(**{name: getattr(row, name) for name in cls.__dataclass_fields__})

    @property
    def is_bookmark(self) -> bool:
        """Whether the mark is of a whole authority, not of words in it."""
        return not self.section

    @property
    def anchor(self) -> Anchor | None:
        """The passage as it was marked; None for a bookmark."""
        if self.is_bookmark:
            return None
        return Anchor(self.section, self.paragraph, self.start, self.quote, self.prefix, self.suffix)


@dataclass(frozen=True)
class Item:
    """A mark, and where its words are now (`placed`; None for a bookmark, and where they are gone)."""

    mark: Mark
    placed: Placed | None = None

    @property
    def orphaned(self) -> bool:
        """True when the marked words, or their authority, no longer exist."""
        return not self.mark.is_bookmark and self.placed is None

    @property
    def quote(self) -> str:
        """The words as they stand now; those marked, where they are gone."""
        return self.placed.quote if self.placed else self.mark.quote

    @property
    def old_quote(self) -> str:
        """The words that were marked, where those that stand now are others; else ""."""
        return self.mark.quote if self.placed and not self.placed.exact else ""

    @property
    def section(self) -> str:
        """The code of the section in which the words stand, or stood."""
        return self.placed.section if self.placed else self.mark.section

    @property
    def paragraph(self) -> int:
        """The number of the paragraph: where the words are now, or where they were."""
        return self.placed.paragraph if self.placed else self.mark.paragraph


@dataclass(frozen=True)
class Entry:
    """An authority and the marks in it. One that is not in the library any more is named by its slug (`known` is False)."""

    slug: str
    heading: str
    citation: str
    known: bool
    items: tuple[Item, ...]


Words = Mapping[str, Any]  # what exports say, in the reader's language: see `as_markdown`
Link = Callable[[Entry, Item], str]


def entries(marks: Iterable[Mark], library: Library) -> list[Entry]:
    """`marks` by authority: first those that modules teach, as they do, then the rest of `library`, then what has left it.

    In an authority its bookmark comes first, then passages as they stand in the text, then those whose words are gone.
    """
    by_slug: dict[str, list[Mark]] = {}
    for mark in marks:
        by_slug.setdefault(mark.slug, []).append(mark)
    order = {slug: number for number, slug in enumerate(_in_order(library))}
    effort = Effort(EFFORT_FOR_ALL)
    return [
        _entry(slug, by_slug[slug], library, effort)
        for slug in sorted(by_slug, key=lambda one: (order.get(one, len(order)), one))
    ]


def search(listed: Iterable[Entry], query: str) -> list[Entry]:
    """What has every word of `query` in its words, its note or the name and citation of its authority; all without a query."""
    wanted = _folded(query).split()
    kept = []
    for entry in listed:
        name = f"{entry.heading} {entry.citation} {entry.slug}"
        items = tuple(item for item in entry.items if _has_all(wanted, f"{name} {item.quote} {item.old_quote} {item.mark.note}"))
        if items:
            kept.append(replace(entry, items=items))
    return kept


def clean_note(text: str) -> str:
    """A note as it may be stored: line breaks kept, without spaces at its ends and without control and direction characters."""
    lines = DIRECTION.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(one for one in lines if one == "\n" or unicodedata.category(one) not in ("Cc", "Cs")).strip()


def as_markdown(listed: Iterable[Entry], words: Words, link: Link | None = None) -> str:
    """`listed` as a Markdown text. Nothing that stands in an authority or a note is taken for Markdown or HTML.

    `words` are in the reader's language: "title", "nothing", "bookmark", "note", "orphaned", "created", "changed", and
    "sections", the names of sections by their codes; optionally "was" (before the words that were marked, where the text was
    changed) and "moment", a function that tells a time. `link` gives the address of an item's place, or "".
    """
    blocks = [f"# {_escaped(words['title'])}"]
    for entry in listed:
        blocks.append(f"## {_escaped(entry.heading)}")
        if entry.citation:
            blocks.append(_escaped(entry.citation))
        for item in entry.items:
            blocks += _item_as_markdown(entry, item, words, link)
    if len(blocks) == 1:
        blocks.append(_escaped(words["nothing"]))
    return "\n\n".join(blocks) + "\n"


def columns(words: Words) -> list[str]:
    """The heads of the columns of `rows`; `words` as for `as_markdown`, and "authority", "citation", "section", "words"."""
    return [words[name] for name in ("authority", "citation", "section", "words", "note", "created", "changed")]


def rows(listed: Iterable[Entry], words: Words) -> list[list[str]]:
    """`listed` as a table, a row for each mark; times as ISO 8601 in UTC.

    Where words are gone, the column of the section says so after its name.
    """
    return [
        [entry.heading, entry.citation, _where(item, words), item.quote, item.mark.note]
        + [_iso(moment) for moment in (item.mark.created_at, item.mark.changed_at)]
        for entry in listed
        for item in entry.items
    ]


# -- order ---------------------------------------------------------------------------------------------------------------------


def _in_order(library: Library) -> list[str]:
    taught = [
        (min(zip(one.modules, one.teaching_order, strict=False)), one.slug)
        for one in library
        if one.modules and one.teaching_order
    ]
    ordered = [slug for _place, slug in sorted(taught)]
    return [*ordered, *(one.slug for one in library if one.slug not in set(ordered))]


def _entry(slug: str, marks: list[Mark], library: Library, effort: Effort) -> Entry:
    authority = library.get(slug)
    parts = authority.parts if authority else ()
    sections = {part.code: number for number, part in enumerate(parts)}
    places = [place(parts, mark.anchor, effort) if mark.anchor else None for mark in marks]
    unsorted = [Item(mark, at and in_whole_words(parts, at)) for mark, at in zip(marks, places, strict=True)]

    def rank(item: Item) -> tuple[int, ...]:
        if item.placed is None:
            return (2 if item.orphaned else 0, 0, 0, 0, item.mark.id)
        return (1, sections[item.placed.section], item.placed.paragraph, item.placed.start, item.mark.id)

    items = tuple(sorted(unsorted, key=rank))
    if authority is None:
        return Entry(slug, slug, "", False, items)
    return Entry(slug, authority.heading, authority.citation, True, items)


# -- search --------------------------------------------------------------------------------------------------------------------


def _folded(text: str) -> str:
    """`text` for comparison: without case, accents and the difference between apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(one for one in decomposed if not unicodedata.combining(one))


def _has_all(wanted: list[str], text: str) -> bool:
    folded = _folded(text)
    return all(word in folded for word in wanted)


# -- Markdown ------------------------------------------------------------------------------------------------------------------

_SPECIAL = re.compile(r"([\\`*_\[\]<>&|~$#])")
_LINE_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([+\-=])")


def _item_as_markdown(entry: Entry, item: Item, words: Words, link: Link | None) -> list[str]:
    mark = item.mark
    address = link(entry, item) if link else ""
    label = _escaped(words["bookmark"] if mark.is_bookmark else words["sections"].get(item.section, item.section))
    head = f"[{label}](<{_address(address)}>)" if address else label
    blocks = [f"### {head}"]
    if item.orphaned:
        blocks.append(f"**{_escaped(words['orphaned'])}**")
    if item.quote:
        blocks.append(_quoted(item.quote))
    if item.old_quote and words.get("was"):
        blocks += [_escaped(words["was"]), _quoted(item.old_quote)]
    if mark.note:
        blocks += [f"**{_escaped(words['note'])}**", _paragraphs(mark.note)]
    as_text = words.get("moment") or (lambda moment: f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC")
    times = f"{words['created']}: {as_text(mark.created_at)}"
    if mark.changed_at != mark.created_at:
        times += f" · {words['changed']}: {as_text(mark.changed_at)}"
    return [*blocks, _escaped(times)]


def _escaped(text: str) -> str:
    """One line of Markdown that says `text` and nothing else."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LINE_START.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[0]}", line)


def _paragraphs(text: str) -> str:
    """`text` with its line breaks: a backslash at the end of a line is one, an empty line ends a paragraph."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join("\\\n".join(filter(None, map(_escaped, one.split("\n")))) for one in paragraphs)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in _paragraphs(text).split("\n"))


def _address(address: str) -> str:
    return re.sub(r"[\s<>\\]", lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), address)


# -- table ---------------------------------------------------------------------------------------------------------------------


def _where(item: Item, words: Words) -> str:
    if item.mark.is_bookmark:
        return str(words["bookmark"])
    name = words["sections"].get(item.section, item.section)
    return f"{name} ({words['orphaned']})" if item.orphaned else name


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
