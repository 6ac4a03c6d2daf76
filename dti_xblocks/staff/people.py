"""The people on a page of the list, with all that is told of each. A fixed number of statements for any number of people."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..platform.roster import Enrolled
from ..platform.staff_course import Facts, StaffCourse, Wanted
from ..records.activity import standings
from ..records.case_law import reading
from ..records.pledge import roster as pledge_roster
from ..records.pledge.rows import ListedRow
from ..records.review import reviews
from ..records.scenario import people as records
from ..records.scenario.people import Played
from ..records.video import watches
from ..scenario import play
from ..scenario.model import Scenario
from ..scenario.turn import turn_of
from .parts import Parts, ScenarioPart

PORTION = 500  # people read at a time for a file
REMEMBERED = 20_000  # runs whose turn is kept in a process

NOBODY = Facts()
NO_FILM = (0, 0)


@dataclass(frozen=True)
class Run:
    """How a person played a scenario: `played`, whether the best run passed the `pass_mark` (per cent), and where it turned.

    `turn` is the scene's number (from 1) and title, None where the run kept to a strongest path, has not ended, or was played on
    an earlier version of the scenario.
    """

    played: Played
    pass_mark: int
    passed: bool
    turn: tuple[int, str] | None = None


@dataclass(frozen=True)
class Person:
    """One row. `runs` and `signatures` stand in the order of the course's parts, None where there is nothing on record; each
    signature is the person's last one. `stars` are those of the review, `read` how many authorities were opened,
    `acted` how many activities are done, `watched` how many films, `answered` how many moments in them."""

    who: Enrolled
    cohort: str
    facts: Facts
    runs: tuple[Run | None, ...]
    signatures: tuple[ListedRow | None, ...]
    stars: int | None
    read: int
    acted: int = 0
    watched: int = 0
    answered: int = 0


def described(course: StaffCourse, parts: Parts, people: Sequence[Enrolled]) -> list[Person]:
    """All that is told of these people, in their order. Raises `RecordsUnavailableError`."""
    ids = [one.user_id for one in people]
    if not ids:
        return []
    facts, cohorts = course.facts(ids), course.cohort_names(ids)
    runs = _runs(parts, ids)
    signed = [{row.user_id: row for row in _signatures(part.asked, ids)} for part in parts.pledges]
    stars = reviews.stars_of(parts.reviews, ids) if parts.reviews else {}
    read = reading.read_by(parts.lists, ids) if parts.lists else {}
    acted = standings.done_by(parts.activities, ids) if parts.activities else {}
    seen = watches.seen_by(parts.films, ids) if parts.films else {}
    return [
        Person(
            who=one,
            cohort=cohorts.get(one.user_id, ""),
            facts=facts.get(one.user_id, NOBODY),
            runs=tuple(runs.get((one.user_id, part.usage)) for part in parts.scenarios),
            signatures=tuple(rows.get(one.user_id) for rows in signed),
            stars=stars.get(one.user_id),
            read=read.get(one.user_id, 0),
            acted=acted.get(one.user_id, 0),
            watched=seen.get(one.user_id, NO_FILM)[0],
            answered=seen.get(one.user_id, NO_FILM)[1],
        )
        for one in people
    ]


def everyone(course: StaffCourse, parts: Parts, wanted: Wanted) -> Iterator[list[Person]]:
    """All people wanted, in the order of their ids, in portions: in memory that does not grow with their number."""
    after = 0
    while people := course.people_after(wanted, after, PORTION):
        yield described(course, parts, people)
        after = people[-1].user_id


def _signatures(asked: pledge_roster.Asked, ids: list[int]) -> list[ListedRow]:
    return pledge_roster.page(replace(asked, people=ids), 0, len(ids))


def _runs(parts: Parts, ids: list[int]) -> dict[tuple[int, str], Run]:
    if not parts.scenarios:
        return {}
    by_usage = {part.usage: part for part in parts.scenarios}
    found = records.played(list(by_usage), ids)
    open_ways = [one.start for (_user, usage), one in found.items() if one.start is not None and _known(by_usage[usage], one)]
    journeys = records.journeys(open_ways) if open_ways else {}
    return {key: _run(by_usage[key[1]], one, journeys.get(one.start or 0)) for key, one in found.items()}


def _known(part: ScenarioPart, one: Played) -> bool:
    """Whether the run was played on the scenario as it is now, and lost any point that there was."""
    return part.scenario is not None and one.version == part.scenario.version and one.earned < one.possible


def _run(part: ScenarioPart, one: Played, journey: list[list[str]] | None) -> Run:
    passed = one.best is not None and one.earned * 100 >= part.pass_mark * one.possible
    if part.scenario is None or journey is None:
        return Run(one, part.pass_mark, passed)
    decided = tuple((*entry[:2], *entry[3:]) for entry in journey)
    return Run(one, part.pass_mark, passed, _turn(Kept(part.scenario), part.pass_mark, one.pace, decided))


class Kept:
    """A scenario that is told from others by its version, so that what was worked out is found again at little cost."""

    def __init__(self, scenario: Scenario):
        self.scenario, self.name = scenario, (scenario.version, scenario.score_by)

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept) and other.name == self.name


@functools.lru_cache(maxsize=REMEMBERED)
def _turn(kept: Kept, pass_mark: int, pace: int, decided: tuple[tuple[str, ...], ...]) -> tuple[int, str] | None:
    """Where a run with these decisions turned; when they were made does not matter."""
    scenario = kept.scenario
    entries = [[scene, choice, "2026-01-01T00:00:00+00:00", *how] for scene, choice, *how in decided]
    state = play.replay(scenario, entries, pace)
    turn = None if state.lost else turn_of(scenario, state, pass_mark)
    if turn is None:
        return None
    number = next(number for number, scene in enumerate(scenario.scenes, start=1) if scene.id == turn.step.scene.id)
    return number, turn.step.scene.title
