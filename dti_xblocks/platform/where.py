"""Where a block stands: the one value under which records, events and pages know it."""

from __future__ import annotations

from dataclasses import dataclass

from xblock.core import XBlock

from .learner import course_key


@dataclass(frozen=True)
class Where:
    """`course` is the course key as text, "" outside of a course (library, workbench); `usage` is the usage key as text."""

    course: str
    usage: str


def where(block: XBlock) -> Where:
    """The place of `block`."""
    return Where(course=str(course_key(block) or ""), usage=str(block.scope_ids.usage_id))
