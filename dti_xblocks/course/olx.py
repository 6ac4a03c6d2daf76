"""An OLX course read for checking: every file, every block with its file and line. Reading never stops at a mistake."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from xblock.core import XBlock

from ..content import Problem, parser
from .build import course_files
from .outline import outline
from .shapes import COURSE_SHAPE, GRADING_SHAPE, shaped
from .tags import HOLDERS, POINTED, inner_blocks, is_pointer, pointed_file

DEEPEST = 20  # pointers in pointers; a course has four
OURS = {"dti_scenario", "dti_case_law", "dti_pledge", "dti_review"}


@dataclass
class Block:
    """One block. `node` is its definition (after following a pointer), `file` and `line` where that stands.

    `named_in` is where its parent names it: file and line of its tag there, which for inline blocks is the same place.
    """

    tag: str
    url_name: str
    node: etree._Element
    file: str
    line: int
    parent: Block | None = None
    named_in: tuple[str, int] = ("", 0)
    children: list[Block] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The name that learners see, "" where there is none."""
        return self.node.get("display_name") or ""

    def below(self) -> Iterator[Block]:
        """This block and all below it, in course order."""
        yield self
        for child in self.children:
            yield from child.below()


@dataclass
class OlxCourse:
    """A course folder. `problems` are the mistakes met while reading; `read` the files that were read as the course's."""

    root: Path
    top: Block | None = None
    org: str = ""
    number: str = ""
    run: str = ""
    read: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_ours(self) -> bool:
        """Whether this is the course whose curriculum is outline.toml."""
        return f"{self.org}+{self.number}+{self.run}" == outline().course

    @functools.cached_property
    def files(self) -> list[str]:
        """Every file, as a path relative to the course folder."""
        return [path.relative_to(self.root).as_posix() for path in course_files(self.root)]

    def blocks(self, *tags: str) -> list[Block]:
        """The blocks in course order, all or those of `tags`."""
        found = [] if self.top is None else list(self.top.below())
        return [block for block in found if not tags or block.tag in tags]

    @property
    def used(self) -> set[str]:
        """The files that the course's own structure reaches: those read, and the pages of its html blocks."""
        return self.read | {page for block in self.blocks("html") if self.has_file(page := html_file(block))}

    def has_file(self, name: str) -> bool:
        """Whether `name` is a file of the course. Names come from authors: they may be impossible, or lead outside."""
        return name in self._file_set

    @functools.cached_property
    def _file_set(self) -> frozenset[str]:
        return frozenset(self.files)

    def text(self, name: str) -> str:
        """A file as text; undecodable bytes are replaced, another rule names them."""
        return (self.root / name).read_text(encoding="utf-8", errors="replace")

    @property
    def policy_file(self) -> str:
        """Where the policy is, or should be: the older place is policies/<run>.json."""
        older = f"policies/{self.run}.json"
        return (
            older
            if self.has_file(older) and not self.has_file(f"policies/{self.run}/policy.json")
            else f"policies/{self.run}/policy.json"
        )

    @property
    def grading_file(self) -> str:
        """Where the grading policy is, or should be: the older place is the course folder itself."""
        usual, older = f"policies/{self.run}/grading_policy.json", "grading_policy.json"
        return older if self.has_file(older) and not self.has_file(usual) else usual

    @property
    def declared_tags(self) -> set[str]:
        """The block types that the course says it needs, in its policy or, in older exports, at its <course>."""
        try:
            written = json.loads(self.top.node.get("advanced_modules") or "[]") if self.top else []
        except ValueError:
            written = []
        both = [*self.settings.get("advanced_modules", []), *(written if isinstance(written, list) else [])]
        return {tag for tag in both if isinstance(tag, str)}

    @functools.cached_property
    def policy(self) -> dict:
        """The policy; empty when missing or broken."""
        return self._json(self.policy_file)

    @functools.cached_property
    def grading(self) -> dict:
        """The grading policy; empty when missing or broken."""
        return self._json(self.grading_file)

    @property
    def settings(self) -> dict:
        """The course block's entry in the policy."""
        entry = self.policy.get(f"course/{self.run}", {})
        return entry if isinstance(entry, dict) else {}

    def _json(self, name: str) -> dict:
        if not self.has_file(name):
            return {}
        self.read.add(name)
        try:
            data = json.loads(self.text(name))
        except (ValueError, RecursionError) as error:
            message = f"This is not JSON: {error}."
            self.problems.append(Problem("CX012", name, message, line=getattr(error, "lineno", 0)))
            return {}
        sound, faults = shaped(data, GRADING_SHAPE if name.endswith("grading_policy.json") else self._policy_shape)
        self.problems += [Problem("CX012", name, fault) for fault in faults]
        return sound

    @property
    def _policy_shape(self) -> dict:
        return {f"course/{self.run}": COURSE_SHAPE}


def html_file(block: Block) -> str:
    """The file that holds the page of an html block, "" for a block without one."""
    name = block.node.get("filename")
    return "" if name is None else f"html/{name}.html"


def read(root: Path) -> OlxCourse:
    """Read the course in `root`, which holds course.xml."""
    course = OlxCourse(root)
    reader = _Reader(course)
    node = reader.parse("course.xml")
    if node is not None and (node.tag != "course" or not node.get("url_name")):
        message = "The course's own file must hold a <course> with a url_name, an org and a course. Is this a course?"
        course.problems.append(Problem("CX003", "course.xml", message, line=node.sourceline or 0))
    elif node is not None:
        course.org, course.number, course.run = node.get("org", ""), node.get("course", ""), node.get("url_name", "")
        course.top = reader.block(node, "course.xml", None)
    for name in course.files:
        if name.endswith(".xml") and name not in course.read:
            reader.parse(name, used=False)  # a broken file is named even where nothing uses it
    _ = course.policy, course.grading
    return course


class _Reader:
    def __init__(self, course: OlxCourse) -> None:
        self.course = course
        self.open: list[str] = []

    def parse(self, name: str, used: bool = True) -> etree._Element | None:
        """The root element of a file, or None with a problem."""
        if used:
            self.course.read.add(name)
        data = (self.course.root / name).read_bytes()
        try:
            node = etree.fromstring(data, parser())
        except etree.XMLSyntaxError as error:
            self._report("CX001", name, f"This XML is not well-formed: {error.msg}.", error.lineno or 0)
            return None
        info = node.getroottree().docinfo
        if info.doctype or any(part.tag is etree.Entity for part in node.iter()):
            message = "Document types and entities are not allowed. Remove the DOCTYPE and write the characters themselves."
            self._report("CX002", name, message, 1)
            return None
        return node

    def block(self, node: etree._Element, file: str, parent: Block | None) -> Block | None:
        """The block that `node` in `file` stands for, with its children; None with a problem where its file is none."""
        tag, line = node.tag, node.sourceline or 0
        block = Block(tag, node.get("url_name", ""), node, file, line, parent, (file, line))
        if tag not in POINTED or not is_pointer(node):
            return self._with_children(block)
        target = pointed_file(node)
        again = target in self.course.read
        definition = self._pointed(block, target)
        if definition is None:
            return None
        block.node, block.file, block.line = definition, target, definition.sourceline or 0
        if again:  # named twice, which is a problem of its own (CX006): its inside is known already
            return block
        self.open.append(target)
        self._with_children(block)
        self.open.pop()
        return block

    def _pointed(self, block: Block, target: str) -> etree._Element | None:
        """What stands in the file that a pointer means."""
        if not self.course.has_file(target):
            pointer = f'<{block.tag} url_name="{block.url_name}"/>'
            message = f"{pointer} points to {target}, which does not exist. Add the file or remove the tag."
            self._report("CX004", block.file, message, block.line)
            return None
        if target in self.open or len(self.open) > DEEPEST:
            message = f"{target} contains itself, or lies too deep. Remove the tag that leads to it."
            self._report("CX004", block.file, message, block.line)
            return None
        definition = self.parse(target)
        if definition is not None and definition.tag != block.tag:
            message = f"This file is named as a {block.tag} but holds <{definition.tag}>."
            self._report("CX003", target, message, definition.sourceline or 0)
        return definition

    def _report(self, code: str, file: str, message: str, line: int) -> None:
        self.course.problems.append(Problem(code, file, message, line=line))

    def _with_children(self, block: Block) -> Block:
        for child in inner_blocks(block.node) if _holds_blocks(block.tag) else ():
            made = self.block(child, block.file, block)
            if made is not None:
                block.children.append(made)
        return block


@functools.cache
def _holds_blocks(tag: str) -> bool:
    """What stands in other blocks is their content, in a language of their own."""
    if tag in POINTED | OURS:
        return tag in HOLDERS
    try:
        return bool(XBlock.load_class(tag).has_children)
    except Exception:
        return False
