"""A rule about how long the course takes."""

from __future__ import annotations

from collections.abc import Iterator

from ...content import WARNING, Problem
from ..minutes import OFF, timed
from ..model import OlxCourse
from .registry import at, rule

SEVERITY = WARNING  # an error once the lessons have the length that they are to keep


@rule("CX049")
def minutes_are_true(course: OlxCourse) -> Iterator[Problem]:
    """An item of the curriculum that takes over 15 % more or less time than outline.toml says. See: dti-course minutes."""
    if not course.is_ours:
        return
    for each in timed(course):
        if each.is_off:
            message = (
                f"“{each.item.title}” takes {each.time.usual:.1f} minutes, the outline says {each.item.minutes}: "
                f"more than {OFF:.0%} off. Recut the outline, or the content."
            )
            yield at("CX049", each.block, message, SEVERITY)
