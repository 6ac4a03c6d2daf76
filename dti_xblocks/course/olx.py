"""From the files of a course to its blocks, as an import finds them. Reading never stops at a mistake."""

from __future__ import annotations

import functools
from pathlib import Path

from lxml import etree
from xblock.core import XBlock

from ..content import ERROR, WARNING, Problem, parser
from .model import OURS, READ_ANYWAY, Block, OlxCourse
from .outline import Outline
from .tags import (
    CUSTOM,
    FOLLOWED,
    HOLDERS,
    OPAQUE,
    PURE,
    definition_file,
    inner_blocks,
    is_pointer,
    name_of,
    pointed_file,
)

DEEPEST = 20  # pointers in pointers; a course has four


def read(root: Path, keeps: Outline | None = None) -> OlxCourse:
    """Read the course in `root`, which holds course.xml. `keeps` is its curriculum, where its key does not say."""
    course = OlxCourse(root, keeps)
    reader = _Reader(course)
    node = reader.parse("course.xml")
    if node is not None:
        reader.top(node)
    for name in course.files:
        if name.endswith(".xml") and name not in course.read and not name.startswith("static/"):
            reader.parse(name, used=False)  # a broken file is named even where nothing uses it
    _ = course.policies.policy, course.grading
    return course


class _Reader:
    def __init__(self, course: OlxCourse) -> None:
        self.course = course
        self.open: list[str] = []

    def parse(self, name: str, used: bool = True) -> etree._Element | None:
        """The root element of a file, or None with a problem."""
        if used:
            self.course.read.add(name)
        severity = ERROR if used or READ_ANYWAY.fullmatch(name) else WARNING
        data = (self.course.root / name).read_bytes()
        try:
            node = etree.fromstring(data, parser())
        except etree.XMLSyntaxError as error:
            self._report("CX001", name, f"This XML is not well-formed: {error.msg}.", error.lineno or 0, severity)
            return None
        if any(part.tag is etree.Entity for part in node.iter()):
            message = "Entities are not allowed. Remove the DOCTYPE and write the characters themselves."
            self._report("CX002", name, message, 1, severity)
            return None
        if node.getroottree().docinfo.doctype:
            self._report("CX002", name, "A document type is not needed here. Remove the DOCTYPE.", 1, WARNING)
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            message = f"This file is not UTF-8 (byte {error.start}), which an import takes it for. Save it again as UTF-8."
            self._report("CX021", name, message, 0, severity)
        return node

    def top(self, node: etree._Element) -> None:
        """The course itself, and all that it holds."""
        course = self.course
        if node.tag != "course" or not (node.get("url_name") or node.get("slug") or node.get("name")):
            message = "The course's own file must hold a <course> with a url_name, an org and a course. Is this a course?"
            self._report("CX003", "course.xml", message, node.sourceline or 0)
            return
        course.org, course.number, course.run = node.get("org", ""), node.get("course", ""), name_of(node)
        course.top = self.block(node, "course.xml", None)

    def block(self, node: etree._Element, file: str, parent: Block | None) -> Block | None:
        """The block that `node` in `file` stands for, with its children; None with a problem where its file is none."""
        tag, name, line = node.tag, name_of(node), node.sourceline or 0
        block = Block(tag, name, node, file, line, parent, (file, line), policy=self.course.policies.of(tag, name))
        target = self._file_of(block)
        if not target:
            return self._with_children(block)
        block.pointed, again = True, target in self.course.read
        definition = self._pointed(block, target)
        if definition is None:
            return None
        for attribute, value in node.attrib.items() if not is_pointer(node) else ():
            definition.set(attribute, value)
        block.node, block.file, block.line = definition, target, definition.sourceline or 0
        if again:  # named twice, which is a problem of its own (CX006): its inside is known already
            return block
        self.open.append(target)
        self._with_children(block)
        self.open.pop()
        return block

    def _file_of(self, block: Block) -> str:
        """The file that holds the definition of a block, "" where it stands in place."""
        tag, node, has_file = block.tag, block.node, self.course.has_file
        if tag == "discussion":  # it reads a file where there is one, and is content without
            target = pointed_file(node)
            return target if block.url_name and has_file(target) else ""
        if tag in FOLLOWED and is_pointer(node):
            return pointed_file(node)
        return "" if tag == "html" else definition_file(tag, block.url_name, node.get("filename"), has_file)

    def _pointed(self, block: Block, target: str) -> etree._Element | None:
        """What stands in the file that a block means."""
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
            message = f"This file is named as a {block.tag} but holds <{definition.tag}>; an import takes it for a {block.tag}."
            self._report("CX003", target, message, definition.sourceline or 0, WARNING)
        return definition

    def _report(self, code: str, file: str, message: str, line: int, severity: str = ERROR) -> None:
        self.course.problems.append(Problem(code, file, message, severity, line))

    def _with_children(self, block: Block) -> Block:
        for child in inner_blocks(block.node, block.tag) if _holds_blocks(block.tag) else ():
            made = self.block(child, block.file, block)
            if made is not None:
                block.children.append(made)
        return block


@functools.cache
def _holds_blocks(tag: str) -> bool:
    """What stands in other blocks is their content, in a language of their own."""
    if tag in HOLDERS | OPAQUE | PURE | OURS | CUSTOM:
        return tag in HOLDERS
    try:
        return bool(XBlock.load_class(tag).has_children)
    except Exception:
        return False
