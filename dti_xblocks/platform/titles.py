"""What a course calls itself."""

from __future__ import annotations

import logging

from . import course_tree

log = logging.getLogger(__name__)


def course_title(block) -> str:
    """The title of the course that `block` is in, or "" where it cannot be had: outside of a course, or in a runtime that does
    not give parents. A title is a courtesy, so no fault on the way to it goes further than the log.
    """
    try:
        return course_tree.title(course_tree.around(block, "course"))
    except Exception:
        log.warning("The title of the course of %s could not be found out", block.scope_ids.usage_id, exc_info=True)
        return ""
