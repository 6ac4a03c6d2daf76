"""Rules about the names of blocks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from ...content import ERROR, WARNING, Problem
from ..model import Block, OlxCourse
from .registry import at, rule

COURSE_NAME, BLOCK_NAME = re.compile(r"[\w.~-]+"), re.compile(r"[\w.:~-]+")  # of what opaque_keys makes keys
PAGE = re.compile(r"(about|info|tabs|custom_tags)/(?:[^/]+/)?([^/]+)")  # an import makes a block of each
# Blocks whose second one gets a name of its own from an import. Of others with one name it keeps the last.
RENAMED = frozenset({"chapter", "course", "poll_question", "problem", "sequential", "vertical", "video"})


@rule("CX006")
def duplicate_url_name(course: OlxCourse) -> Iterator[Problem]:
    """Two blocks with one url_name: of two of the same type the import keeps one, and links may lead to either."""
    seen: dict[str, list[Block]] = defaultdict(list)
    for block in course.blocks():
        if block.url_name:
            seen[block.url_name].append(block)
    for name, blocks in seen.items():
        for number, block in enumerate(blocks[1:], 1):
            same = next((first for first in blocks[:number] if first.tag == block.tag), None)
            if not _is_named(block) and (same is None or block.tag in RENAMED):
                continue  # a name made of a title, for which an import finds another
            first = same or blocks[0]
            file, line = block.named_in
            outcome, severity = _outcome(same, block) if same else ("links to the name may lead to either", WARNING)
            word = "url_name" if _is_named(block) else "name that an import makes of the title,"
            message = (
                f"The {word} “{name}” is also that of the {first.tag} in {first.named_in[0]}: {outcome}. "
                f"Give this {block.tag} its own url_name."
            )
            yield Problem("CX006", file, message, severity, line)


def _is_named(block: Block) -> bool:
    """Whether a name stands at the block; a definition in a file is named where it is pointed to."""
    return block.pointed or bool(block.node.get("url_name") or block.node.get("slug"))


def _outcome(first: Block, block: Block) -> tuple[str, str]:
    """What an import makes of a second block of the same type and name, and how bad that is."""
    if block.tag in RENAMED:
        if block.pointed:
            return "the import reads its file once, and leaves this place empty", ERROR
        return "the import gives this one another name", WARNING
    if etree.tostring(first.node, with_tail=False) == etree.tostring(block.node, with_tail=False):
        return "the import keeps one, which stands in both places", WARNING
    return "the import keeps one of them, and the other is lost", ERROR


@rule("CX028")
def name_without_a_key(course: OlxCourse) -> Iterator[Problem]:
    """A url_name, or the name of the course, of which the platform can make no key: the import stops there."""
    top = course.top
    for name, value in {"org": course.org, "course": course.number, "url_name": course.run}.items() if top else ():
        if not value:
            message = f"The <course> does not say its {name}. An import makes one up; say it."
            yield Problem("CX028", "course.xml", message, WARNING, 1)
        elif not COURSE_NAME.fullmatch(value):
            message = f'The course\'s {name} is "{value}". It needs letters, digits, "_", "-", "." and "~", and nothing else.'
            yield Problem("CX028", "course.xml", message, line=1)
    for block in course.blocks():
        if block.url_name and block is not top and not BLOCK_NAME.fullmatch(block.url_name):
            file, line = block.named_in
            message = (
                f"No key can be made of the url_name “{block.url_name}” of this {block.tag}. "
                'Use letters, digits, "_", "-", ".", ":" and "~" only.'
            )
            yield Problem("CX028", file, message, line=line)
    for file in course.files:
        match = PAGE.fullmatch(file)
        if match and not file.endswith("~") and not BLOCK_NAME.fullmatch(match[2].rpartition(".")[0] or match[2]):
            message = (
                "No key can be made of the name of this page, so an import leaves it out. "
                'Use letters, digits, "_", "-" and "." only.'
            )
            yield Problem("CX028", file, message)


@rule("CX031")
def loose_words(course: OlxCourse) -> Iterator[Problem]:
    """Words between blocks: what holds blocks has no text of its own, and an import drops them."""
    for block in course.blocks():
        if not block.children:
            continue
        texts = [(block.node.text, block.line), *((part.tail, part.sourceline or 0) for part in block.node)]
        for text, line in texts:
            words = " ".join((text or "").split())
            if words:
                message = f"The import drops the words “{words[:60]}”, which stand between blocks. Put them into an html block."
                yield at("CX031", block, message, line=line)
