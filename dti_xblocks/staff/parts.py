"""What a course has of our blocks, as the page about it needs them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..platform.staff_course import StaffCourse
from ..pledge import olx as pledge_olx
from ..pledge.validity import Terms
from ..pledge.wording import wording_hash
from ..records.pledge.roster import Asked
from ..scenario.model import Scenario
from ..scenario.playable import playable

PASS_MARK = 70  # of a scenario whose setting was emptied


@dataclass(frozen=True)
class ScenarioPart:
    """A scenario block. `scenario` is None while it is being edited."""

    usage: str
    title: str
    pass_mark: int
    scenario: Scenario | None


@dataclass(frozen=True)
class PledgePart:
    """A pledge block, the question which of its signatures count, and what it asks of who signs: (id, label) of each question."""

    usage: str
    title: str
    asked: Asked
    questions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Parts:
    """All of them, in the order of the course; of reviews, lists of authorities, activities and films the usage keys."""

    scenarios: tuple[ScenarioPart, ...]
    pledges: tuple[PledgePart, ...]
    reviews: tuple[str, ...]
    lists: tuple[str, ...]
    activities: tuple[str, ...] = ()
    films: tuple[str, ...] = ()


def parts_of(course: StaffCourse, now: datetime) -> Parts:
    """The parts of `course`; signatures are judged as of `now`."""
    return Parts(
        scenarios=tuple(_scenario(block) for block in course.blocks("dti_scenario")),
        pledges=tuple(_pledge(block, now) for block in course.blocks("dti_pledge")),
        reviews=tuple(_usage(block) for block in course.blocks("dti_review")),
        lists=tuple(_usage(block) for block in course.blocks("dti_case_law")),
        activities=tuple(_usage(block) for block in course.blocks("dti_activity")),
        films=tuple(_usage(block) for block in course.blocks("dti_video")),
    )


def _scenario(block: Any) -> ScenarioPart:
    mark = PASS_MARK if block.pass_mark is None else block.pass_mark
    return ScenarioPart(_usage(block), _title(block), mark, playable(block.content, block.score_by))


def _pledge(block: Any, now: datetime) -> PledgePart:
    pledge, _problems = pledge_olx.examine(block.content)
    wording = wording_hash(pledge) if pledge else ""
    terms = Terms(block.valid_months, block.remind_days)
    questions = tuple((one.id, one.label) for one in pledge.questions) if pledge else ()
    return PledgePart(_usage(block), _title(block), Asked(_usage(block), wording, terms, now), questions)


def _usage(block: Any) -> str:
    return str(block.scope_ids.usage_id)


def _title(block: Any) -> str:
    return " ".join(str(block.display_name or "").split())
