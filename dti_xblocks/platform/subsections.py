"""The graded subsections of a block's course, for an editor that lets authors choose one."""

from __future__ import annotations

import logging

from . import course_tree
from .learner import course_key

log = logging.getLogger(__name__)


def graded_subsections(block) -> list[tuple[str, str]] | None:
    """(url_name, section and title) of each, in the order of the course, without the one that the block is in.

    None where nothing is known: outside of a course, or in a runtime that does not say. To know them is a courtesy: no fault on
    the way to them goes further than the log.
    """
    try:
        found = _subsections(block)
        if found is None:
            return None
        around = {course_tree.name(one) for one in course_tree.ancestors(block)}  # to wait for oneself would be to wait for good
        return [
            (course_tree.name(one), _title(one))
            for one in found
            if getattr(one, "graded", False) and course_tree.name(one) not in around
        ]
    except Exception:
        log.warning("The subsections beside %s could not be found", block.scope_ids.usage_id, exc_info=True)
        return None


def _title(subsection) -> str:
    section, title = course_tree.section_title(subsection), course_tree.title(subsection) or course_tree.name(subsection)
    return f"{section}: {title}" if section else title


def _subsections(block) -> list | None:
    course = course_key(block)
    if course is None:
        return None
    try:
        from xmodule.modulestore.django import modulestore  # Studio and the LMS have it
    except ImportError:
        root = course_tree.root(block)
        return _below(root, course_tree.DEEPEST) if root.scope_ids.block_type == "course" else None
    store = modulestore()
    listed = {str(one.scope_ids.usage_id): one for one in store.get_items(course, qualifiers={"category": "sequential"})}
    sections = store.get_course(course, depth=2).get_children()
    ordered = [one for section in sections for one in section.get_children() if str(one.scope_ids.usage_id) in listed]
    return ordered or list(listed.values())


def _below(block, depth: int) -> list:
    """The subsections below `block`. Only those and what holds them are loaded."""
    if block.scope_ids.block_type == "sequential":
        return [block]
    if not depth or not getattr(block, "has_children", False):
        return []
    children = block.get_children(lambda key: key.block_type in ("chapter", "sequential"))
    return [found for child in children for found in _below(child, depth - 1)]
