"""What a course calls itself."""

from __future__ import annotations

import logging

log = logging.getLogger(__name__)

DEEPEST = 20  # a course is four or five levels deep; a runtime that gives a block as its own ancestor must end somewhere


def course_title(block) -> str:
    """The title of the course that `block` is in, or "" where it cannot be had: outside of a course, or in a runtime that does
    not give parents. A title is a courtesy, so no fault on the way to it goes further than the log.
    """
    try:
        return _title(block)
    except Exception:
        log.warning("The title of the course of %s could not be found out", block.scope_ids.usage_id, exc_info=True)
        return ""


def _title(block) -> str:
    for _step in range(DEEPEST):
        if block is None:
            break
        if block.scope_ids.block_type == "course":
            return " ".join(str(block.display_name or "").split())
        block = block.get_parent()
    return ""
