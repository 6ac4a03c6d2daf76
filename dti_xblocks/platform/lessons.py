"""Which lessons of a course link which authorities of its reading lists: the way back from an authority to them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache

from . import clock, course_tree
from .learner import course_key
from .siblings import below

log = logging.getLogger(__name__)
LINK = re.compile(r"""["']/jump_to_id/[^"'#?]+#case-([a-z0-9]+(?:-[a-z0-9]+)*)["']""")
SECONDS = 600  # for which a course's lessons are remembered; an author sees a new link by then

# The url_name and the title of a unit.
Lesson = tuple[str, str]


def lessons(block: Any) -> dict[str, list[Lesson]]:
    """For each authority that lessons link (html blocks, to `/jump_to_id/list#case-slug`): the units they are in, by url_name.

    Without units that are for staff or have not started. Empty outside of a course. To know them is a courtesy: no fault on the
    way to them goes further than the log.
    """
    try:
        return _known(block, course_key(block))
    except Exception:
        log.warning("The lessons beside %s could not be found", block.scope_ids.usage_id, exc_info=True)
        return {}


def _known(block: Any, course: Any) -> dict[str, list[Lesson]]:
    if course is None:
        return {}
    try:
        from xmodule.modulestore.django import modulestore  # Studio and the LMS have it
    except ImportError:
        return _by_authority(below(course_tree.root(block), "html", course_tree.DEEPEST))
    key = f"dti-lessons-{course}"
    known: dict[str, list[Lesson]] | None = cache.get(key)
    if known is None:
        known = _by_authority(modulestore().get_items(course, qualifiers={"category": "html"}))
        cache.set(key, known, SECONDS)
    return known


def _by_authority(pages: Iterable[Any]) -> dict[str, list[Lesson]]:
    found: dict[str, set[Lesson]] = {}
    for page in pages:
        slugs = set(LINK.findall(str(page.data or "")))
        if not slugs or not _open(page):
            continue
        unit = course_tree.around(page, "vertical")
        if unit is None or not course_tree.title(unit):
            continue
        for slug in slugs:
            found.setdefault(slug, set()).add((course_tree.name(unit), course_tree.title(unit)))
    return {slug: sorted(units) for slug, units in found.items()}


def _open(page: Any) -> bool:
    now = clock.now()
    around = (page, *course_tree.ancestors(page))
    return not any(getattr(one, "visible_to_staff_only", False) or (getattr(one, "start", None) or now) > now for one in around)
