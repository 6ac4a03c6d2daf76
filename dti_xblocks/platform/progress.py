"""Grades, completion and tracking events: what a block tells the platform.

A learner's answer does not depend on whether the platform takes the grade for it: the broker of its tasks may be down. What it
did not take (`report_grade`, `report_completion`) is kept in the block's field `owed`, and sent again (`send_owed`) at the
learner's next view or act until it is out.
"""

from __future__ import annotations

import logging
from contextlib import nullcontext
from contextvars import ContextVar
from typing import Any

from django.db import Error, connection, transaction

from .learner import keeps_records

GRADE, COMPLETION = "grade", "completion"

log = logging.getLogger(__name__)
_reporting: ContextVar[Any] = ContextVar("dti_reporting", default=None)


def publish_grade(block, earned: float, possible: float, only_if_higher: bool | None = None) -> None:
    """Report `earned` of `possible` points (both in the block's raw points; the platform applies `weight`).

    With `only_if_higher` the platform keeps a higher grade that it has. Raises what the platform raises: for staff and their
    tasks, who have to know. What a learner does is told by `report_grade`.
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
        _owe(block, GRADE, None)


def report_grade(block, earned: float, possible: float, only_if_higher: bool | None = None) -> None:
    """As `publish_grade`, for what a learner did just now, which stands whether or not the platform can take the grade."""
    grade = [earned, possible, only_if_higher]
    before = block.owed.get(GRADE)
    if before and only_if_higher and before[0] * possible > earned * before[1]:
        grade = before
    _report(block, GRADE, grade)


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


def report_completion(block, share: float = 1.0) -> None:
    """As `publish_completion`, for what a learner did just now, which stands whether or not the platform can take it."""
    _report(block, COMPLETION, [share])


def send_owed(block) -> None:
    """Send what the platform did not take when it was due."""
    for name, what in list(block.owed.items()):
        _report(block, name, what)


def is_owed(block) -> bool:
    """Whether the learner has a grade that the platform did not take yet."""
    return GRADE in block.owed


def _report(block, name: str, what: list[Any]) -> None:
    publish = publish_grade if name == GRADE else publish_completion
    try:
        # The platform may have written something before it failed: that goes, and the answer that was written before stays.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            publish(block, *what)
    except Exception:
        if connection.in_atomic_block and connection.needs_rollback:  # the answer is lost, too: the learner has to know
            raise
        log.exception("%s: the %s could not be reported. It is sent again.", block.scope_ids.usage_id, name)
        _owe(block, name, what)
    else:
        _owe(block, name, None)


def _owe(block, name: str, what: list[Any] | None) -> None:
    """Keep what is still to be sent under `name`; None for nothing."""
    owed = {other: kept for other, kept in block.owed.items() if other != name}
    if what is not None:
        owed[name] = what
    if owed != block.owed:
        block.owed = owed


def emit(block, name: str, data: dict) -> None:
    """Send the tracking event `name` (for example `dti.pledge.signed`) with JSON-ready `data`.

    Where the platform cannot take it (its log, or a service that it passes events on to, is away) it is lost, and what was done
    stands. Raises the database's error inside of a transaction: that may be lost as well, and then nothing stands.
    """
    if not keeps_records(block):
        return
    try:
        block.runtime.publish(block, name, data)
    except Exception as error:
        if connection.in_atomic_block and (connection.needs_rollback or isinstance(error, Error)):
            raise
        log.exception("%s: the event %s could not be written.", block.scope_ids.usage_id, name)
