"""Grades, completion and tracking events: what a block tells the platform."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from .learner import keeps_records

_reporting: ContextVar[Any] = ContextVar("dti_reporting", default=None)


def publish_grade(block, earned: float, possible: float, only_if_higher: bool | None = None) -> None:
    """Report `earned` of `possible` points (both in the block's raw points; the platform applies `weight`).

    With `only_if_higher` the platform keeps a higher grade that it has.
    """
    if keeps_records(block):
        grade: dict[str, Any] = {"value": earned, "max_value": possible}
        if only_if_higher is not None:
            grade["only_if_higher"] = only_if_higher and _can_be_compared(block)
        token = _reporting.set(block)
        try:
            block.runtime.publish(block, "grade", grade)
        finally:
            _reporting.reset(token)


def _can_be_compared(block) -> bool:
    """Whether the platform can look for the higher grade. Where it has kept a state of the learner and no score yet, it fails
    (openedx/core/lib/grade_utils.py: compare_scores, which takes None for a number)."""
    try:
        from lms.djangoapps.courseware.model_data import get_score
    except ImportError:  # no LMS
        return True
    kept = get_score(block.scope_ids.user_id, block.scope_ids.usage_id)
    return kept is None or bool(kept.grade is not None and kept.max_grade)


def is_reporting(block) -> bool:
    """Whether `block` is reporting a grade now. The platform then hands the score back to `set_score`, which is none that staff
    gave (lms/djangoapps/grades/signals/handlers.py: score_published_handler)."""
    return _reporting.get() is block


def publish_completion(block, share: float = 1.0) -> None:
    """Report completion, 0.0 to 1.0. Outside a course there is nobody to report to."""
    if keeps_records(block):
        block.runtime.publish(block, "completion", {"completion": share})


def emit(block, name: str, data: dict) -> None:
    """Send the tracking event `name` (for example `dti.pledge.signed`) with JSON-ready `data`."""
    if keeps_records(block):
        block.runtime.publish(block, name, data)
