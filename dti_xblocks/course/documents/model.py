"""What a document is made of. All texts are plain: no markup, one paragraph each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True)
class Heading:
    """A heading; `level` 1 begins a chapter. The title of the document stands above all."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    kind: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True)
class Note:
    """A paragraph in small type: where something comes from, and its limits."""

    kind: ClassVar[str] = "note"
    text: str


@dataclass(frozen=True)
class Bullets:
    """A list."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table. Rows are as long as `head`, and the first cell of each is its heading. `widths` are shares of the whole; columns
    in `numbers` are set to the right."""

    kind: ClassVar[str] = "table"
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Blanks:
    """Lines to fill in by hand or on a screen: (label, what is filled in already, "" for nothing)."""

    kind: ClassVar[str] = "blanks"
    caption: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Break:
    """What follows begins on a new page."""

    kind: ClassVar[str] = "break"


Part = Heading | Paragraph | Note | Bullets | Table | Blanks | Break


@dataclass(frozen=True)
class Document:
    """A whole document. `running` stands at the top of each page; `on` is the day that its files give as that of their making."""

    title: str
    running: str
    on: date
    parts: tuple[Part, ...]
    language: str = "en-US"
