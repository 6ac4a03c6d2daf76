"""Graphics in the pages of a course: a page names one in an empty figure, and the figure is filled, again and again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

from .model import Graphic, GraphicsError, Item
from .shapes import drawn, row_of_marks

_FIGURE = re.compile(r'<figure class="dti-figure" data-graphic="([^"]*)">.*?</figure>', re.DOTALL)
_NUMBERED = frozenset({"stairs", "tree", "line", "sheet"})


def figure(graphic: Graphic) -> str:
    """The figure of `graphic`: its title, the drawing, the same words as a list, and its note."""
    tag = "ol" if graphic.kind in _NUMBERED else "ul"
    items = [
        _item(item, graphic, graphic.end if at == len(graphic.items) else graphic.next)
        for at, item in enumerate(graphic.items, 1)
    ]
    lead = f"<p>{_text(graphic.lead)}</p>\n" if graphic.lead else ""
    if graphic.kind == "share":  # these words stand over all but the first
        items[1:] = [f"<li><strong>{_text(graphic.lead)}</strong> <ul>{''.join(items[1:])}</ul></li>"]
        lead = ""
    note = f'\n<p class="dti-figure-note">{_text(graphic.note)}</p>' if graphic.note else ""
    return (
        f'<figure class="dti-figure" data-graphic="{escape(graphic.name)}">\n'
        f"<figcaption>{_text(graphic.title)}</figcaption>\n{drawn(graphic)}\n"
        f'<div class="dti-figure-list">\n{lead}<{tag}>\n' + "\n".join(items) + f"\n</{tag}>\n</div>{note}\n</figure>"
    )


def with_graphics(page: str, known: Mapping[str, Graphic]) -> str:
    """The `page` with every graphic that it names as it is now. Raises GraphicsError for one that is not `known`."""

    def filled(match: re.Match[str]) -> str:
        if match[1] not in known:
            raise GraphicsError(f"There is no graphic “{match[1]}”; known are {', '.join(sorted(known))}.")
        return figure(known[match[1]])

    return _FIGURE.sub(filled, page)


def write_graphics(course: Path, known: Mapping[str, Graphic]) -> list[str]:
    """Bring the graphics in the pages of the folder `course` up to date. Returns the names of the files that were changed.

    Nothing is written if one page names a graphic that is not `known` (GraphicsError).
    """
    changed = {}
    for file in sorted((course / "html").glob("*.html")):
        before = file.read_text(encoding="utf-8")
        try:
            after = with_graphics(before, known)
        except GraphicsError as error:
            raise GraphicsError(f"html/{file.name}: {error}") from error
        if after != before:
            changed[file] = after
    for file, after in changed.items():
        file.write_text(after, encoding="utf-8")
    return [file.name for file in changed]


def _item(item: Item, graphic: Graphic, then: str) -> str:
    parts = [f"<strong>{_text(item.head)}</strong>", _text(item.text)]
    if item.out:
        parts += [
            f"<span><em>{_text(answer)}:</em> {_text(follows)}</span>"
            for answer, follows in ((item.side, item.out), (item.down, then))
        ]
    if item.note:
        parts.append(f"<span><em>{_text(item.note)}</em></span>")
    if item.seconds:
        parts.append(row_of_marks(item.seconds, graphic.rtl))
    return f"<li>{' '.join(part for part in parts if part)}</li>"


def _text(words: str) -> str:
    return escape(words, quote=False)
