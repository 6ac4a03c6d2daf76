"""How a learner stands in another part of the same course: what a pledge that waits for the final assessment asks."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from .learner import Learner, course_key, in_studio

log = logging.getLogger(__name__)

SUBSECTION = "sequential"
HIDDEN = ("never", "past_due")  # of a subsection's "Results visibility": when it may be shown is the platform's business


@dataclass(frozen=True)
class Result:
    """`title` of the part as learners see it, "" where there is none by that name (`found` is False). `share` is earned of
    possible points, 0.0 to 1.0; None while nothing has been done there. `told` is False where the course keeps results from
    learners: they may learn that it is not enough, and not the figure."""

    title: str
    share: float | None
    found: bool
    told: bool = True


ABSENT = Result("", None, False)


def result_of(block, learner: Learner | None, name: str) -> Result | None:
    """How `learner` stands in the subsection or block of the course of `block` whose url_name is `name`.

    None where that is not known: for visitors, in Studio, outside of a course, in a runtime without grades, and when the
    platform's grades fail, which is for the log. Who gates something by it must then not let through.
    """
    course = course_key(block)
    if learner is None or course is None or not name or in_studio(block):
        return None
    try:
        own = getattr(block.runtime, "course_result", None)  # the preview
        return _result(own(name)) if own else _of_platform(course, learner.user_id, name)
    except Exception:
        log.exception("How the learner of %s stands in %s cannot be found out", block.scope_ids.usage_id, name)
        return None


def _result(found, told: bool = True) -> Result:
    """Of (title, earned, possible, attempted), or of None for a part that the course has not."""
    if found is None:
        return ABSENT
    title, earned, possible, attempted = found
    share = min(max(earned / possible, 0.0), 1.0) if attempted and possible else None
    return Result(" ".join(str(title or "").split()), share, True, told)


def _of_platform(course, user_id: int, name: str) -> Result | None:
    """From the scores as they are now: the platform's own sum of a subsection follows only minutes later, in the background.

    A score that staff have put in its place is in that sum alone, and counts.
    """
    try:
        from lms.djangoapps.grades.course_data import CourseData
        from lms.djangoapps.grades.subsection_grade_factory import SubsectionGradeFactory
    except ImportError:  # a runtime without a platform
        return None
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.get(pk=user_id)
    data = CourseData(user, course_key=course)
    everything = data.collected_structure
    keys = sorted((key for key in everything if key.block_id == name), key=lambda key: key.block_type != SUBSECTION)
    if not keys:
        return ABSENT
    key = keys[0]
    title = everything.get_xblock_field(key, "display_name", "")
    if key not in data.structure:  # not open to this learner: not released yet, for another group, behind a prerequisite
        return _result((title, 0, 0, False))
    factory, part = SubsectionGradeFactory(user, course_data=data), data.structure[key]
    grade = factory.create(part, read_only=True)
    overridden = grade.override is not None
    if not overridden:
        grade = factory.update(part, persist_grade=False)
    total = grade.graded_total if grade.graded_total.possible else grade.all_total
    return _result(
        (title, total.earned, total.possible, overridden or total.first_attempted is not None),
        told=getattr(grade, "show_correctness", "always") not in HIDDEN,
    )
