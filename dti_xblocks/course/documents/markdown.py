"""A document as Markdown, as a code forge shows it."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Blanks, Break, Bullets, Document, Heading, Note, Part, Table


def as_markdown(document: Document) -> str:
    """The text, with a line end at its end."""
    return "\n\n".join([f"# {_plain(document.title)}", *filter(None, map(_part, document.parts))]) + "\n"


def _part(part: Part) -> str:
    match part:
        case Heading(text, level):
            return f"{'#' * (level + 1)} {_plain(text)}"
        case Bullets(items, numbered):
            return "\n".join(f"{f'{place}.' if numbered else '-'} {_plain(item)}" for place, item in enumerate(items, start=1))
        case Table():
            return "\n".join(_table(part))
        case Blanks(caption, lines):
            return "\n".join([f"**{_plain(caption)}**", "", "| | |", "|---|---|", *(_row(line) for line in lines)])
        case Break():
            return ""
        case Note(text):
            return f"*{_plain(text)}*"
    return _plain(part.text)


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield f"**{_plain(table.caption)}**"
        yield ""
    yield _row(table.head)
    yield "|" + "|".join("--:" if place in table.numbers else "---" for place in range(len(table.head))) + "|"
    yield from map(_row, table.rows)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_plain(cell) for cell in cells) + " |"


def _plain(text: str) -> str:
    """A text whose signs mean nothing in Markdown."""
    for sign in "\\`*_<|":
        text = text.replace(sign, f"\\{sign}")
    return text
