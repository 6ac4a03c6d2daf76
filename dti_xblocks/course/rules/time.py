"""A rule about how long the course takes."""

from __future__ import annotations

from collections.abc import Iterator

from ...content import WARNING, Problem
from ..minutes import OFF, SUM_OFF, sum_off, timed
from ..model import OlxCourse
from .registry import at, rule

SEVERITY = WARNING  # a lesson may be written before the outline is recut


@rule("CX049")
def minutes_are_true(course: OlxCourse) -> Iterator[Problem]:
    """An item of the curriculum that takes over 15 % more or less time than outline.toml says, or all of them over 5 %.

    Half a minute is no difference, as the outline is in whole ones. How it is counted: dti-course minutes.
    """
    if not course.is_ours:
        return
    items = list(timed(course))
    if course.top is not None and (both := sum_off(items)):
        message = f"All items together take {both[0]:.0f} minutes, the outline says {both[1]}: more than {SUM_OFF:.0%} off."
        yield at("CX049", course.top, message, SEVERITY)
    for each in items:
        if each.is_off:
            message = (
                f"“{each.item.title}” takes {each.time.usual:.1f} minutes, the outline says {each.item.minutes}: "
                f"more than {OFF:.0%} off. Recut the outline, or the content."
            )
            yield at("CX049", each.block, message, SEVERITY)
