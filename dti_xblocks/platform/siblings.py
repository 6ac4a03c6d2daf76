"""The other blocks of a block's own kind in its course, for editors: what is used where already."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import course_tree
from .learner import course_key

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sibling:
    """A block of the same kind. `section` is the title of the section of the course that it is in, "" where none is known."""

    block: object
    title: str
    section: str

    @property
    def where(self) -> str:
        """Title and section as one line."""
        return f"{self.section}: {self.title}" if self.section else self.title


def siblings(block) -> list[Sibling]:
    """The other blocks of this type in the course of `block`, as an author sees them (drafts first).

    An empty list outside of a course. To know them is a courtesy: no fault on the way to them goes further than the log.
    """
    try:
        return [_sibling(found) for found in _of_kind(block) if course_tree.name(found) != course_tree.name(block)]
    except Exception:
        log.warning("The blocks beside %s could not be found", block.scope_ids.usage_id, exc_info=True)
        return []


def _of_kind(block) -> list:
    course = course_key(block)
    if course is None:
        return []
    try:
        from xmodule.modulestore.django import modulestore  # Studio and the LMS have it
    except ImportError:
        return list(below(course_tree.root(block), block.scope_ids.block_type, course_tree.DEEPEST))
    found = modulestore().get_items(course, qualifiers={"category": block.scope_ids.block_type})
    return sorted(found, key=lambda one: str(one.scope_ids.usage_id))


def below(block, kind: str, depth: int) -> Iterator:
    """The blocks of type `kind` below `block`, in the order of the course. Only those and what holds others are loaded."""
    if block.scope_ids.block_type == kind:
        yield block
    if depth and block.has_children:
        load = block.runtime.load_block_type
        for child in block.get_children(lambda key: key.block_type == kind or load(key.block_type).has_children):
            yield from below(child, kind, depth - 1)


def _sibling(block: Any) -> Sibling:
    return Sibling(block, course_tree.title(block), course_tree.section_title(block))
