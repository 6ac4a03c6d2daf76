"""An OLX course read for checking: every file, every block with its file and line. Reading never stops at a mistake."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from ..content import Problem, parser
from .outline import outline
from .shapes import COURSE_SHAPE, GRADING_SHAPE, shaped

# Tags that the platform follows to a file of their own when all they say is a url_name (platform: XmlMixin.is_pointer_tag).
# Pure XBlocks, ours among them, are never followed.
POINTED = {
    "course", "chapter", "sequential", "vertical", "html", "problem", "video", "poll_question", "word_cloud", "annotatable",
    "conditional", "split_test", "library_content", "itembank", "randomize", "lti", "problemset", "videosequence", "wrapper",
    "static_tab", "course_info", "about", "customtag", "discussion",
}  # fmt: skip
# Blocks whose insides are their own language, not blocks.
OPAQUE = {"html", "problem", "video", "poll_question", "word_cloud", "annotatable", "lti", "customtag", "discussion"}
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
        """The block's `display_name`, "" where it has none."""
        return self.node.get("display_name") or ""

    def below(self) -> Iterator[Block]:
        """This block and all below it, in course order."""
        yield self
        for child in self.children:
            yield from child.below()


@dataclass
class OlxCourse:
    """A course folder. `problems` are the mistakes met while reading; `used` the files that the course reaches."""

    root: Path
    top: Block | None = None
    org: str = ""
    number: str = ""
    run: str = ""
    used: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_ours(self) -> bool:
        """Whether this is the course whose curriculum is outline.toml."""
        return f"{self.org}+{self.number}+{self.run}" == outline().course

    @functools.cached_property
    def files(self) -> list[str]:
        """Every file, as a path relative to the course folder."""
        from .build import course_files

        return [path.relative_to(self.root).as_posix() for path in course_files(self.root)]

    def blocks(self, *tags: str) -> list[Block]:
        """The blocks in course order, all or those of `tags`."""
        found = [] if self.top is None else list(self.top.below())
        return [block for block in found if not tags or block.tag in tags]

    def has_file(self, name: str) -> bool:
        """Whether `name` is a file of the course. Names come from authors: they may be impossible, or lead outside."""
        return name in self._file_set

    @functools.cached_property
    def _file_set(self) -> frozenset[str]:
        return frozenset(self.files)

    def text(self, name: str) -> str:
        """A file as text; undecodable bytes are replaced, another rule names them."""
        return (self.root / name).read_text(encoding="utf-8", errors="replace")

    @functools.cached_property
    def policy(self) -> dict:
        """policies/<run>/policy.json; empty when missing or broken."""
        return self._json(f"policies/{self.run}/policy.json")

    @functools.cached_property
    def grading(self) -> dict:
        """policies/<run>/grading_policy.json; empty when missing or broken."""
        return self._json(f"policies/{self.run}/grading_policy.json")

    @property
    def settings(self) -> dict:
        """The course block's entry in the policy."""
        entry = self.policy.get(f"course/{self.run}", {})
        return entry if isinstance(entry, dict) else {}

    def _json(self, name: str) -> dict:
        if not self.has_file(name):
            return {}
        self.used.add(name)
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
        if name.endswith(".xml") and name not in course.used:
            reader.parse(name, used=False)  # a broken file is named even where nothing uses it
    _ = course.policy, course.grading
    return course


class _Reader:
    def __init__(self, course: OlxCourse):
        self.course = course
        self.open: list[str] = []

    def parse(self, name: str, used: bool = True):
        """The root element of a file, or None with a problem."""
        if used:
            self.course.used.add(name)
        data = (self.course.root / name).read_bytes()
        try:
            node = etree.fromstring(data, parser())
        except etree.XMLSyntaxError as error:
            self.course.problems.append(
                Problem("CX001", name, f"This XML is not well-formed: {error.msg}.", line=error.lineno or 0)
            )
            return None
        info = node.getroottree().docinfo
        if info.doctype or any(part.tag is etree.Entity for part in node.iter()):
            message = "Document types and entities are not allowed. Remove the DOCTYPE and write the characters themselves."
            self.course.problems.append(Problem("CX002", name, message, line=1))
            return None
        return node

    def block(self, node, file: str, parent: Block | None) -> Block | None:
        """The block that `node` in `file` stands for, with its children."""
        tag, url_name, line = node.tag, node.get("url_name", ""), node.sourceline or 0
        named_in = (file, line)
        if tag in POINTED and _is_pointer(node):
            target = f"{tag}/{url_name.replace(':', '/')}.xml"
            if not self.course.has_file(target):
                message = (
                    f'<{tag} url_name="{url_name}"/> points to {target}, which does not exist. Add the file or remove the tag.'
                )
                self.course.problems.append(Problem("CX004", file, message, line=line))
                return None
            if target in self.open or len(self.open) > DEEPEST:
                message = f"{target} contains itself, or lies too deep. Remove the tag that leads to it."
                self.course.problems.append(Problem("CX004", file, message, line=line))
                return None
            again = target in self.course.used
            definition = self.parse(target)
            if definition is None:
                return None
            if definition.tag != tag:
                message = f"This file is named as a {tag} but holds <{definition.tag}>."
                self.course.problems.append(Problem("CX003", target, message, line=definition.sourceline or 0))
            node, file, line = definition, target, definition.sourceline or 0
            if again:  # named twice, which is a problem of its own (CX006): its inside is known already
                return Block(tag, url_name, node, file, line, parent, named_in)
            self.open.append(target)
            made = self._with_children(Block(tag, url_name, node, file, line, parent, named_in))
            self.open.pop()
            return made
        return self._with_children(Block(tag, url_name, node, file, line, parent, named_in))

    def _with_children(self, block: Block) -> Block:
        if block.tag not in OPAQUE | OURS:
            for child in block.node:
                if isinstance(child.tag, str) and not (block.tag == "course" and child.tag == "wiki"):
                    made = self.block(child, block.file, block)
                    if made is not None:
                        block.children.append(made)
        return block


def _is_pointer(node) -> bool:
    allowed = {"url_name", "course", "org"} if node.tag == "course" else {"url_name"}
    return "url_name" in node.attrib and set(node.attrib) <= allowed and not len(node) and not (node.text or "").strip()
