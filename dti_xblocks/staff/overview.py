"""What was hardest for a cohort: the decisions and questions with the lowest shares, of those who were there last.

Not of everybody: how the newest thousand did is what to act on, and takes no longer in a course of any size.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..pages.scenario.report_parts import Share, plain
from ..platform.staff_course import StaffCourse
from ..records.scenario import people as records
from ..scenario.explore import analysis
from .parts import Parts, ScenarioPart
from .words import numbered

NEWEST = 1000  # people whose runs and answers are looked at
WORST = 3
PART = 20  # a scene or question that fewer than one in so many came to is too rare to be among the worst


@dataclass(frozen=True)
class Weak:
    """A decision or question. `share` are the people who did well of all who came there; `instead` is what most others did."""

    title: str
    where: str
    share: Share
    instead: str = ""


def decisions(parts: Parts, members: object | None) -> tuple[int, list[Weak]]:
    """(first runs, the weakest decisions) in all scenarios: where the fewest took a choice that is worth the most."""
    looked, found = 0, []
    for part in parts.scenarios:
        runs, rows = records.first_choices(part.usage, members, NEWEST)
        looked += runs
        if part.scenario is not None and runs:
            found += _decisions(part, runs, rows)
    return looked, sorted(found, key=lambda weak: (weak.share.part, -weak.share.of))[:WORST]


def questions(course: StaffCourse, cohort: int | None) -> tuple[int, list[Weak]]:
    """(people, the weakest questions) of the course: where the average share of the points is lowest."""
    people, answered = course.answers(cohort, NEWEST)
    often = [one for one in answered if one.people * PART >= people and one.share < 1.0]
    worst = sorted(often, key=lambda one: (one.share, -one.people))[:WORST]
    return people, [Weak(one.title, one.where, Share(round(one.share * one.people), one.people)) for one in worst]


def _decisions(part: ScenarioPart, runs: int, rows: list[tuple[str, str, int]]) -> list[Weak]:
    assert part.scenario is not None  # noqa: S101 - the caller has looked
    explored, found = analysis(part.scenario), []
    for number, scene in enumerate(part.scenario.scenes, start=1):
        taken = {choice: times for place, choice, times in rows if place == scene.id}
        total, strong = sum(taken.values()), explored.strongest_at(scene.id)
        others = {choice: times for choice, times in taken.items() if choice not in strong}
        if total * PART < runs or not total or not others or not strong:
            continue
        most = scene.choice(max(others, key=lambda choice: others[choice]))
        share = Share(total - sum(others.values()), total)
        found.append(Weak(numbered(number, scene.title), part.title, share, plain(most.text) if most else ""))
    return found
