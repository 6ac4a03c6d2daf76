"""How much of the course a learner has completed: what a review that waits for that asks."""

from __future__ import annotations

import logging
from typing import Any

from .learner import Learner, course_key, in_studio
from .lms_course import course_of

log = logging.getLogger(__name__)


def share_done(block: Any, learner: Learner | None) -> float | None:
    """The share of all that can be completed in the course of `block` that `learner` has completed, 0.0 to 1.0.

    None where that is not known: for visitors, in Studio, outside of a course, in a runtime without completion, and when the
    platform's completion fails, which is for the log.
    """
    course = course_key(block)
    if learner is None or course is None or in_studio(block):
        return None
    try:
        own = getattr(block.runtime, "course_share_done", None)  # the preview
        return float(own()) if own else _of_platform(course, learner.user_id)
    except Exception:
        log.exception("What the learner of %s has completed cannot be found out", block.scope_ids.usage_id)
        return None


def _of_platform(course: Any, user_id: int) -> float | None:
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.get(pk=user_id)
    try:
        return course_of(course, user).share_done(user_id)
    except ImportError:  # a runtime without a platform
        return None
