"""A course as its staff look at it: its modules, our blocks in it, its people, and what the platform knows of them.

`open_course` gives one. Open edX has all of it in tables of its own: see `lms_course`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from .roster import Cohort, Enrolled

USERNAME, NAME, GRADE, ACTIVE, OURS = ORDERS = ("username", "name", "grade", "active", "ours")
NOWHERE = -1  # "last worked in" no module at all


class NotStaffError(Exception):
    """Whoever asks is no staff of the course."""


class NoCourseError(Exception):
    """There is no such course here."""


@dataclass(frozen=True)
class Module:
    """A section of the course. `blocks` are the usage keys, as text, of what has to be completed in it."""

    title: str
    blocks: frozenset[str]


@dataclass(frozen=True)
class Facts:
    """What the platform knows of one person in the course.

    `modules`: how many are complete. `last`: the number of the module they last completed something in, from 0, or `NOWHERE`,
    and `last_at` when. `shares`: by grading category the average share (0.0 to 1.0) of its parts that were begun, and how many
    were. `percent`: the course grade, a share; None where there is none yet.
    """

    modules: int = 0
    last: int = NOWHERE
    last_at: datetime | None = None
    shares: Mapping[str, tuple[float, int]] = field(default_factory=dict)
    percent: float | None = None
    passed: bool = False


@dataclass(frozen=True)
class Answered:
    """A question of the course: how many people answered it, and their average share of its points (0.0 to 1.0)."""

    title: str
    where: str
    people: int
    share: float


@dataclass(frozen=True)
class Wanted:
    """Which of the people who are enrolled and no staff, and in which order.

    `search` is part of a username or name; `cohort` the id of one; `failed` those without a passing grade; `last` those who last
    completed something in the module of this number. `lacking` are query sets of rows of ours with a `user_id`: those who are
    missing from any of them. `order` is one of `ORDERS`; for `OURS` by the `value` of the rows in `by` (`user_id` and `value`,
    one for each person), who has none first; for `GRADE` the lowest first, for `ACTIVE` who was not there for longest.
    """

    search: str = ""
    cohort: int | None = None
    failed: bool = False
    last: int | None = None
    lacking: tuple[Any, ...] = ()
    order: str = USERNAME
    by: Any = None


@dataclass(frozen=True)
class Span:
    """Whose training is to be filed: who passed the course from `first` on and before `end`, of one `cohort` or of all."""

    first: datetime
    end: datetime
    cohort: int | None = None


@dataclass(frozen=True)
class Passed:
    """Somebody who passed: when first, with which share of the points now (0.0 to 1.0), and the certificate: its number in the
    platform, "" for none, and when it was made."""

    who: Enrolled
    at: datetime
    percent: float
    certificate: str = ""
    certified_at: datetime | None = None


class StaffCourse(Protocol):
    """What a staff page asks of a course. No method asks the database once for each person."""

    @property
    def key(self) -> str:
        """The course key as text."""

    @property
    def title(self) -> str:
        """What the course calls itself."""

    @property
    def modules(self) -> Sequence[Module]:
        """The sections that learners see, in order."""

    @property
    def categories(self) -> Mapping[str, int]:
        """The grading categories with subsections without a score of ours, in the order of the course: how many each has."""

    def blocks(self, kind: str) -> list[Any]:
        """Our blocks of a type ("dti_pledge"), in the order of the course."""

    def cohorts(self) -> list[Cohort]:
        """The cohorts of the course, by name."""

    def cohort_names(self, user_ids: Iterable[int]) -> dict[int, str]:
        """The names of the cohorts of those of `user_ids` who are in one."""

    def members(self, cohort: int) -> Any:
        """The user ids of a cohort: for `user_id__in`."""

    def count(self, wanted: Wanted) -> int:
        """How many people are wanted."""

    def people(self, wanted: Wanted, start: int, stop: int) -> tuple[list[Enrolled], int]:
        """Some of them, in the order wanted, and how many they are in all."""

    def people_after(self, wanted: Wanted, after: int, limit: int) -> list[Enrolled]:
        """The next in the order of their ids, behind the id `after`."""

    def facts(self, user_ids: Sequence[int]) -> dict[int, Facts]:
        """What is known of these people; of those of whom nothing is, there may be none."""

    def passed_count(self, span: Span) -> int:
        """How many passed within `span`."""

    def passed(self, span: Span, after: int, limit: int) -> list[Passed]:
        """The next of them in the order of their ids, behind the id `after`."""

    def answers(self, cohort: int | None, most: int) -> tuple[int, list[Answered]]:
        """How people answered the questions of the course: of how many people, at most the `most` last at work, and each."""
