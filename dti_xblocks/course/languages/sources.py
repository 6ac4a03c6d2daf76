"""All texts of a course that a translation needs: of its files, its drawings, its printed papers, and of the paths through it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from html import escape
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from ..build import course_files
from ..graphics import graphics
from ..graphics.model import Graphic, Item
from ..identity import identity
from ..papers import guide
from ..papers.printing import FIELD_GUIDE, WALLET_CARD, printed, titles
from ..paths.cut import cut
from ..paths.model import learning_path, names
from . import table
from .markup import text_of
from .segments import Say, Text, is_readable, texts

DRAWN = re.compile(r'data-graphic="([^"]*)"')
NOT_WORDS = frozenset({"name", "kind", "circuit"})
GRAPHICS = "graphics.toml"
PAPERS = {FIELD_GUIDE: "field_guide", WALLET_CARD: "wallet_card"}


def all_texts(root: Path) -> list[Text]:
    """The texts of the course in `root`, lesson by lesson; after those the ones that only a path through it has."""
    found = list(course_texts(root))
    known = {text.said for text in found}
    course = identity(root)
    for name in names():
        path = learning_path(name)
        if path.source == f"{course.org}+{course.number}+{course.run}":
            with TemporaryDirectory(prefix="dti-texts-") as folder:
                own = course_texts(cut(root, path, Path(folder) / "course"))
                found += [replace(text, file=f"{name}/{text.file}") for text in own if text.said not in known]
    return found


def course_texts(root: Path) -> Iterator[Text]:
    """The texts of a course folder with what belongs to its pages."""
    drawn: set[str] = set()
    for name in sorted(readable_files(root), key=_by_lesson):
        source = (root / name).read_text(encoding="utf-8")
        yield from texts(name, source)
        drawn |= set(DRAWN.findall(source))
    for name, graphic in graphics().items() if drawn else ():
        if name in drawn:
            words: list[Text] = []
            translated(graphic, words.append)
            yield from words
    for name in papers_of(root).values():
        yield Text(escape(titles(guide())[name], quote=False), paper_file(name), table.TITLE)
        yield from texts(paper_file(name), printed(name, guide()))


def readable_files(root: Path) -> list[str]:
    """The files of a course that hold texts, as paths relative to it."""
    every = [path.relative_to(root).as_posix() for path in course_files(root)]
    return [name for name in every if is_readable(name)]


def translated(graphic: Graphic, say: Say) -> Graphic:
    """A drawing with other words."""

    def said(one: Graphic | Item) -> dict[str, Any]:
        words = {each.name: getattr(one, each.name) for each in fields(one) if each.name not in NOT_WORDS}
        found = {
            name: say(Text(escape(text, quote=False), GRAPHICS, table.GRAPHIC))
            for name, text in words.items()
            if _has_words(text)
        }
        return {name: text_of(text) for name, text in found.items() if text is not None}

    head = said(graphic)
    items = tuple(replace(item, **said(item)) for item in graphic.items)
    return replace(graphic, items=items, **head)


def papers_of(root: Path) -> dict[str, str]:
    """The printed papers that the course in `root` has: their files, each with the name of its template."""
    if not identity(root).is_shipped:
        return {}
    return {file: name for file, name in PAPERS.items() if (root / file).is_file()}


def paper_file(name: str) -> str:
    """How a memory names a printed paper, which is no file of the course."""
    return f"papers/{name}.html"


def _has_words(text: object) -> bool:
    return isinstance(text, str) and any(letter.isalpha() for letter in text)


def _by_lesson(name: str) -> tuple[str, str]:
    """Files in the order of lessons: what belongs to a unit stands together."""
    path = PurePosixPath(name)
    return path.stem, path.parent.name
