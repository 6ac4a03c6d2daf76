"""A course as pieces that can be compared: each block by tag and name, each file, each policy, in a form free of layout."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from ..model import Block, OlxCourse
from ..tags import HOLDERS

SPACE = re.compile(r"\s+")
# Said by the place and the name of a block, or added by Studio's export: no author's words.
NOT_SAID = {"url_name", "slug", "filename", "xblock-family", "org", "course"}
BLOCK, FILE, POLICY = "block", "file", "policy"
POLICIES = "policies/"


@dataclass(frozen=True)
class Piece:
    """One thing of a course. `where` are the titles above it; `said` and `parts` are what is compared, layout left out.

    `parts` are the pieces inside, by what they are called: settings ("setting display_name"), or elements with an id
    ("scene alley-1"). `order` are the names of what it holds.
    """

    kind: str
    tag: str
    name: str
    title: str = ""
    where: tuple[str, ...] = ()
    parent: str = ""
    said: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What makes it the same thing in another version of the course."""
        return f"{self.kind} {self.tag} {self.name}"

    @property
    def label(self) -> str:
        """What people call it: “Title” (tag name)."""
        called = f"“{self.title}” " if self.title else ""
        return f"{called}({self.tag} {self.name})" if self.kind == BLOCK else self.name

    def same_words(self, other: Piece) -> bool:
        """Whether both say the same, wherever they stand."""
        return self.said == other.said and self.parts == other.parts


def pieces(course: OlxCourse) -> dict[str, Piece]:
    """All pieces of a course by their keys, in course order, files behind blocks."""
    found = [*_blocks(course), *_policies(course), *_files(course)]
    return {one.key: one for one in found}


def _blocks(course: OlxCourse) -> Iterator[Piece]:
    if course.top is not None:
        yield from _below(course, course.top, (), "")


def _below(course: OlxCourse, block: Block, where: tuple[str, ...], parent: str) -> Iterator[Piece]:
    piece = _piece(course, block, where, parent)
    yield piece
    inside = (*where, block.title or block.url_name) if block.tag != "course" else where
    for child in block.children:
        yield from _below(course, child, inside, piece.key)


def _piece(course: OlxCourse, block: Block, where: tuple[str, ...], parent: str) -> Piece:
    name = block.url_name or f"number {block.line}"  # an import makes up a name; the place is the best that there is
    parts = {f"setting {key}": SPACE.sub(" ", str(value)) for key, value in block.node.attrib.items() if key not in NOT_SAID}
    parts |= {f"setting {key}": json.dumps(value, sort_keys=True) for key, value in block.policy.items() if key not in NOT_SAID}
    said = ""
    if block.tag == "html":
        page = course.page_of(block)
        said = SPACE.sub(" ", course.text(page) if course.has_file(page) else _inside(block.node)).strip()
    elif block.tag not in HOLDERS:
        for element in block.node:
            if isinstance(element.tag, str):
                parts[_called(element, parts)] = canonical(element)
        said = SPACE.sub(" ", block.node.text or "").strip()
    order = tuple(child.url_name for child in block.children)
    return Piece(BLOCK, block.tag, name, block.title, where, parent, said, parts, order)


def _called(element: etree._Element, taken: dict[str, str]) -> str:
    """What an element in a block is called: its tag with its id, or with a number among those that have none."""
    name = next((element.get(key) for key in ("id", "slug", "name", "at") if element.get(key)), "")
    called, number = f"{element.tag} {name}".strip(), 1
    while called in taken:
        number += 1
        called = f"{element.tag} {name or ''}".strip() + f" {number}"
    return called


def canonical(element: etree._Element) -> str:
    """An element as text, without what only layout changes: order of attributes, line breaks, indentation, comments."""
    copy = deepcopy(element)
    copy.tail = None
    etree.strip_tags(copy, etree.Comment, etree.ProcessingInstruction)
    for node in copy.iter():
        node.text = SPACE.sub(" ", node.text).strip() or None if node.text else None
        node.tail = SPACE.sub(" ", node.tail).strip() or None if node.tail else None
    return etree.tostring(copy, method="c14n").decode()


def _inside(node: etree._Element) -> str:
    return (node.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in node)


def _policies(course: OlxCourse) -> Iterator[Piece]:
    """Grading and the course's own settings, each setting a part."""
    for name, said in (("grading", course.grading), ("settings", course.settings)):
        parts = {f"setting {key}": json.dumps(value, sort_keys=True) for key, value in said.items()}
        yield Piece(POLICY, name, f"the course's {name}", parts=parts)


def _files(course: OlxCourse) -> Iterator[Piece]:
    """What is uploaded, and the pages that are no blocks. Files of blocks are said by the blocks."""
    for name in course.files:
        if name.startswith("static/"):
            yield Piece(FILE, "file", name, said=hashlib.sha256((course.root / name).read_bytes()).hexdigest())
        elif name.startswith(("about/", "info/", "tabs/")):
            yield Piece(FILE, "page", name, said=SPACE.sub(" ", course.text(name)).strip())
