"""Who is enrolled in a block's course, and in which cohort.

The LMS keeps both in the database that has our records too, so that a list is one query there. Elsewhere the block's runtime may
give `enrolled_people`, (user id, username, full name) of each; where neither is known, the roster is not `known`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Exists, F, OuterRef, Q

from .learner import course_key

log = logging.getLogger(__name__)

STAFF_ROLES = ("staff", "instructor", "limited_staff")


@dataclass(frozen=True)
class Enrolled:
    """Somebody enrolled. `full_name` is "" where the platform knows none."""

    user_id: int
    username: str
    full_name: str


@dataclass(frozen=True)
class Cohort:
    """A group of learners of the course."""

    id: int
    name: str


def roster_of(block: Any) -> Roster:
    """The roster of the course of `block`: see `Roster` for what it answers."""
    course = course_key(block)
    if course is None:
        return UnknownRoster()
    people = getattr(block.runtime, "enrolled_people", None)
    if people is not None:
        return ListedRoster([Enrolled(*person) for person in people])
    try:
        from common.djangoapps.student.models import CourseEnrollment  # noqa: F401 - asked for only to know where we are
    except ImportError:
        return UnknownRoster()
    return EnrolledRoster(course)


class Roster(Protocol):
    """Who is enrolled in a course. `known` is False where no enrolments are known, and then everything is empty."""

    known: bool

    def cohorts(self) -> list[Cohort]:
        """The cohorts of the course, by name; empty where it has none."""

    def members(self, cohort: int) -> Any:
        """The user ids of a cohort: for `user_id__in`."""

    def missing_count(self, signed: Any, search: str = "", cohort: int | None = None) -> int:
        """How many are enrolled, are no staff, and are not among `signed` (a query set of rows with a `user_id`)."""

    def missing(self, signed: Any, search: str, cohort: int | None, start: int, stop: int) -> list[Enrolled]:
        """Some of them in the order of their usernames, whose username or name contains `search`."""

    def missing_after(self, signed: Any, search: str, cohort: int | None, after: int, limit: int) -> list[Enrolled]:
        """The same in the order of their ids, behind the id `after`."""

    def enrolled(self, user_ids: Iterable[int]) -> set[int]:
        """Those of `user_ids` who are enrolled."""

    def cohort_names(self, user_ids: Iterable[int]) -> dict[int, str]:
        """The names of the cohorts of those of `user_ids` who are in one."""


class _WithoutCohorts:
    """What a roster answers where there are no cohorts."""

    def cohorts(self) -> list[Cohort]:
        """The cohorts of the course, by name."""
        return []

    def members(self, cohort: int) -> Any:
        """The user ids of a cohort's members, as a query."""
        return []

    def cohort_names(self, user_ids: Iterable[int]) -> dict[int, str]:
        """The name of the cohort of each user who has one."""
        return {}


class UnknownRoster(_WithoutCohorts):
    """No enrolments are known here."""

    known = False

    def missing_count(self, signed: Any, search: str = "", cohort: int | None = None) -> int:
        """How many are enrolled and not among `signed`."""
        return 0

    def missing(self, signed: Any, search: str, cohort: int | None, start: int, stop: int) -> list[Enrolled]:
        """Those from `start` to `stop`, by username."""
        return []

    def missing_after(self, signed: Any, search: str, cohort: int | None, after: int, limit: int) -> list[Enrolled]:
        """Up to `limit` of those with a user id above `after`, by user id."""
        return []

    def enrolled(self, user_ids: Iterable[int]) -> set[int]:
        """Those of `user_ids` who are enrolled."""
        return set()


class ListedRoster(_WithoutCohorts):
    """The few people of a preview."""

    known = True

    def __init__(self, people: list[Enrolled]):
        self.people = sorted(people, key=lambda one: (one.username, one.user_id))

    def missing_count(self, signed: Any, search: str = "", cohort: int | None = None) -> int:
        """How many are enrolled and not among `signed`."""
        return len(self._missing(signed, search, cohort))

    def missing(self, signed: Any, search: str, cohort: int | None, start: int, stop: int) -> list[Enrolled]:
        """Those from `start` to `stop`, by username."""
        return self._missing(signed, search, cohort)[start:stop]

    def missing_after(self, signed: Any, search: str, cohort: int | None, after: int, limit: int) -> list[Enrolled]:
        """Up to `limit` of those with a user id above `after`, by user id."""
        rest = (one for one in self._missing(signed, search, cohort) if one.user_id > after)
        return sorted(rest, key=lambda one: one.user_id)[:limit]

    def _missing(self, signed: Any, search: str, cohort: int | None) -> list[Enrolled]:
        if cohort is not None:
            return []
        have = set(signed.values_list("user_id", flat=True))
        sought = search.casefold()
        return [
            one
            for one in self.people
            if one.user_id not in have and (sought in one.username.casefold() or sought in one.full_name.casefold())
        ]

    def enrolled(self, user_ids: Iterable[int]) -> set[int]:
        """Those of `user_ids` who are enrolled."""
        return {one.user_id for one in self.people} & set(user_ids)


class EnrolledRoster:
    """Open edX: active enrolments, without the staff of the course and of the site."""

    known = True

    def __init__(self, course: Any):
        self.course = course

    def cohorts(self) -> list[Cohort]:
        """The cohorts of the course, by name."""
        from openedx.core.djangoapps.course_groups.models import CourseUserGroup

        groups = CourseUserGroup.objects.filter(course_id=self.course, group_type=CourseUserGroup.COHORT)
        return [Cohort(*row) for row in groups.order_by("name", "id").values_list("id", "name")]

    def members(self, cohort: int) -> Any:
        """The user ids of a cohort's members, as a query."""
        from openedx.core.djangoapps.course_groups.models import CohortMembership

        rows = CohortMembership.objects.filter(course_id=self.course, course_user_group_id=cohort)
        return rows.values("user_id")

    def missing_count(self, signed: Any, search: str = "", cohort: int | None = None) -> int:
        """How many are enrolled and not among `signed`."""
        return self._missing(signed, search, cohort).count()

    def missing(self, signed: Any, search: str, cohort: int | None, start: int, stop: int) -> list[Enrolled]:
        """Those from `start` to `stop`, by username."""
        return self.named(self._missing(signed, search, cohort).order_by("user__username", "user_id")[start:stop])

    def missing_after(self, signed: Any, search: str, cohort: int | None, after: int, limit: int) -> list[Enrolled]:
        """Up to `limit` of those with a user id above `after`, by user id."""
        rows = self._missing(signed, search, cohort).filter(user_id__gt=after)
        return self.named(rows.order_by("user_id")[:limit])

    def _missing(self, signed: Any, search: str, cohort: int | None) -> Any:
        return self.everybody(search, cohort).filter(~Exists(signed.filter(user_id=OuterRef("user_id"))))

    def everybody(self, search: str = "", cohort: int | None = None) -> Any:
        """The enrolments of those who are no staff, as a query set of rows with a `user_id`; those asked for."""
        from common.djangoapps.student.models import CourseAccessRole, CourseEnrollment

        roles = CourseAccessRole.objects.filter(user_id=OuterRef("user_id"), course_id=self.course, role__in=STAFF_ROLES)
        rows = CourseEnrollment.objects.filter(
            ~Exists(roles),
            course_id=self.course,
            is_active=True,
            user__is_active=True,
            user__is_staff=False,
        )
        if search:
            rows = rows.filter(Q(user__username__icontains=search) | Q(user__profile__name__icontains=search))
        return rows.filter(user_id__in=self.members(cohort)) if cohort is not None else rows

    @staticmethod
    def named(rows: Any) -> list[Enrolled]:
        """The people of these enrolments."""
        found = rows.annotate(the_name=F("user__profile__name")).values_list("user_id", "user__username", "the_name")
        return [Enrolled(user_id, username, name or "") for user_id, username, name in found]

    def enrolled(self, user_ids: Iterable[int]) -> set[int]:
        """Those of `user_ids` who are enrolled."""
        from common.djangoapps.student.models import CourseEnrollment

        rows = CourseEnrollment.objects.filter(course_id=self.course, is_active=True, user_id__in=list(user_ids))
        return set(rows.values_list("user_id", flat=True))

    def cohort_names(self, user_ids: Iterable[int]) -> dict[int, str]:
        """The name of the cohort of each user who has one."""
        from openedx.core.djangoapps.course_groups.models import CohortMembership

        rows = CohortMembership.objects.filter(course_id=self.course, user_id__in=list(user_ids))
        return dict(rows.values_list("user_id", "course_user_group__name"))
