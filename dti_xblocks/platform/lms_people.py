"""The people of a course of Open edX for its staff: enrolments, completion and grades, from the platform's own tables.

Every question is one statement, of a number that does not grow with the people. Rows are read for the few on a page; the
database does the rest, by the indexes that the platform's tables have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, F, OuterRef, Q, Subquery, Window

from .roster import Cohort, Enrolled, EnrolledRoster
from .staff_course import ACTIVE, GRADE, NAME, NOWHERE, OURS, Facts, Module, Passed, Span, Wanted


class LmsPeople:
    """The half of `staff_course.StaffCourse` that is about people. `parts` are the graded subsections without a score
    of ours: usage key and grading category."""

    def __init__(self, key: Any, modules: Sequence[Module], parts: dict[Any, str]):
        self.key, self.course_key = str(key), key
        self.modules, self.parts = modules, parts
        self.roster = EnrolledRoster(key)

    def cohorts(self) -> list[Cohort]:
        """The cohorts of the course, by name."""
        return self.roster.cohorts()

    def cohort_names(self, user_ids: Iterable[int]) -> dict[int, str]:
        """The names of the cohorts of those of `user_ids` who are in one."""
        return self.roster.cohort_names(user_ids)

    def members(self, cohort: int) -> Any:
        """The user ids of a cohort, as a query."""
        return self.roster.members(cohort)

    def count(self, wanted: Wanted) -> int:
        """How many people are wanted."""
        return int(self._rows(wanted).count())

    def people(self, wanted: Wanted, start: int, stop: int) -> tuple[list[Enrolled], int]:
        """Some of them, in the order wanted, and how many they are in all."""
        # Who is wanted is found out once, with the number of all. Names are asked for of those on the page, and not of all that
        # are sorted.
        rows = self._ordered(self._rows(wanted).annotate(total=Window(Count("*"))), wanted)
        listed = list(rows.values_list("user_id", "total")[start:stop])
        if not listed:
            return [], self.count(wanted) if start else 0
        named = self.roster.named(self.roster.everybody().filter(user_id__in=[user_id for user_id, _total in listed]))
        by_id = {one.user_id: one for one in named}
        return [by_id[user_id] for user_id, _total in listed if user_id in by_id], listed[0][1]

    def people_after(self, wanted: Wanted, after: int, limit: int) -> list[Enrolled]:
        """The next in the order of their ids, behind the id `after`."""
        return self.roster.named(self._rows(wanted).filter(user_id__gt=after).order_by("user_id")[:limit])

    def facts(self, user_ids: Sequence[int]) -> dict[int, Facts]:
        """What the platform knows of these people."""
        from lms.djangoapps.grades.models import PersistentCourseGrade

        done, last, shares = self._done(user_ids), self._last(user_ids), self._shares(user_ids)
        grades = PersistentCourseGrade.objects.filter(course_id=self.course_key, user_id__in=list(user_ids))
        graded = {
            user: (percent, bool(letter))
            for user, percent, letter in grades.values_list("user_id", "percent_grade", "letter_grade")
        }
        found = {}
        for user_id in user_ids:
            percent, passed = graded.get(user_id, (None, False))
            module, at = last.get(user_id, (NOWHERE, None))
            found[user_id] = Facts(done.get(user_id, 0), module, at, shares.get(user_id, {}), percent, passed)
        return found

    def passed_count(self, span: Span) -> int:
        """How many passed within `span`."""
        return int(self._passed(span).count())

    def passed(self, span: Span, after: int, limit: int) -> list[Passed]:
        """The next of them in the order of their ids, behind the id `after`."""
        from lms.djangoapps.certificates.models import GeneratedCertificate

        rows = self._passed(span).filter(user_id__gt=after).order_by("user_id")
        told = list(rows.values_list("user_id", "passed_timestamp", "percent_grade")[:limit])
        ids = [user_id for user_id, *_rest in told]
        named = {one.user_id: one for one in self.roster.named(self.roster.everybody().filter(user_id__in=ids))}
        made = GeneratedCertificate.objects.filter(course_id=self.course_key, user_id__in=ids, status="downloadable")
        certificates = {user: (number, at) for user, number, at in made.values_list("user_id", "verify_uuid", "created_date")}
        return [
            Passed(named[user_id], at, percent, *certificates.get(user_id, ("", None)))
            for user_id, at, percent in told
            if user_id in named
        ]

    def _passed(self, span: Span) -> Any:
        """The grades of those who are enrolled and passed within `span`."""
        from lms.djangoapps.grades.models import PersistentCourseGrade

        grades = PersistentCourseGrade.objects.filter(course_id=self.course_key).exclude(letter_grade="")
        within = grades.filter(passed_timestamp__gte=span.first, passed_timestamp__lt=span.end)
        return within.filter(user_id__in=self.roster.everybody("", span.cohort).values("user_id"))

    def share_done(self, user_id: int) -> float:
        """The share of all that can be completed that somebody has completed, 0.0 to 1.0."""
        from opaque_keys.edx.keys import UsageKey

        keys = [UsageKey.from_string(text) for module in self.modules for text in sorted(module.blocks)]
        if not keys:
            return 0.0
        done = self._completed().filter(user_id=user_id, completion__gte=1.0, block_key__in=keys).count()
        return float(done / len(keys))

    def problems(self, cohort: int | None, most: int) -> tuple[int, list[tuple[Any, int, float]]]:
        """(people, [(usage key, how many answered, average share)]) of the `most` people whose grade changed last."""
        from lms.djangoapps.courseware.models import StudentModule
        from lms.djangoapps.grades.models import PersistentCourseGrade

        grades = PersistentCourseGrade.objects.filter(course_id=self.course_key).order_by("-modified")
        if cohort is not None:
            grades = grades.filter(user_id__in=self.members(cohort))
        ids = list(grades.values_list("user_id", flat=True)[:most])
        rows = StudentModule.objects.filter(
            student_id__in=ids, course_id=self.course_key, module_type="problem", grade__isnull=False, max_grade__gt=0
        )
        told = rows.order_by().values("module_state_key").annotate(people=Count("id"), share=Avg(F("grade") / F("max_grade")))
        return len(ids), list(told.values_list("module_state_key", "people", "share"))

    def _rows(self, wanted: Wanted) -> Any:
        rows, me = self.roster.everybody(wanted.search, wanted.cohort), OuterRef("user_id")
        if wanted.failed:
            from lms.djangoapps.grades.models import PersistentCourseGrade

            passed = PersistentCourseGrade.objects.filter(course_id=self.course_key).exclude(letter_grade="")
            rows = rows.exclude(user_id__in=passed.values("user_id"))
        if wanted.lacking:
            # Not by EXISTS: PostgreSQL would look at the rows of ours anew for each person where it expects few.
            missing = Q()
            for ours in wanted.lacking:
                missing |= ~Q(user_id__in=ours.values("user_id"))
            rows = rows.filter(missing)
        if wanted.last == NOWHERE:
            rows = rows.exclude(user_id__in=self._completed().values("user_id"))
        elif wanted.last is not None:
            newest = self._completed().filter(user_id=me).order_by("-modified")
            rows = rows.alias(last_block=Subquery(newest.values("block_key")[:1])).filter(last_block__in=self._keys(wanted.last))
        return rows

    def _ordered(self, rows: Any, wanted: Wanted) -> Any:
        me = OuterRef("user_id")
        by: Any = F("user__username").asc()
        if wanted.order == NAME:
            by = F("user__profile__name").asc(nulls_first=True)
        elif wanted.order == GRADE:
            from lms.djangoapps.grades.models import PersistentCourseGrade

            grades = PersistentCourseGrade.objects.filter(course_id=self.course_key, user_id=me).values("percent_grade")[:1]
            by = Subquery(grades).asc(nulls_first=True)
        elif wanted.order == ACTIVE:
            by = Subquery(self._completed().filter(user_id=me).order_by("-modified").values("modified")[:1]).asc(nulls_first=True)
        elif wanted.order == OURS and wanted.by is not None:
            by = Subquery(wanted.by.filter(user_id=me).values("value")[:1]).asc(nulls_first=True)
        return rows.order_by(by, "user_id")

    def _completed(self) -> Any:
        from completion.models import BlockCompletion

        return BlockCompletion.objects.filter(context_key=self.course_key)

    def _keys(self, module: int) -> list[Any]:
        """The usage keys of a module's blocks; what no longer exists is in none."""
        from opaque_keys.edx.keys import UsageKey

        known = self.modules[module].blocks if module < len(self.modules) else ()
        return [UsageKey.from_string(text) for text in sorted(known)]

    def _done(self, user_ids: Sequence[int]) -> dict[int, int]:
        """How many modules each of these people has completed."""
        sizes = [len(module.blocks) for module in self.modules]
        each = {f"m{number}": Count("id", filter=Q(block_key__in=self._keys(number))) for number in range(len(sizes))}
        rows = self._completed().filter(user_id__in=list(user_ids), completion__gte=1.0).order_by()
        counted = rows.values("user_id").annotate(**each).values_list("user_id", *each)
        return {user: sum(number >= size for number, size in zip(numbers, sizes, strict=True)) for user, *numbers in counted}

    def _last(self, user_ids: Sequence[int]) -> dict[int, tuple[int, datetime]]:
        """In which module each of these people last completed something, and when."""
        module_of = {key: number for number, module in enumerate(self.modules) for key in module.blocks}
        newest = self._completed().filter(user_id=OuterRef("user_id")).order_by("-modified")
        rows = self.roster.everybody().filter(user_id__in=list(user_ids))
        told = rows.annotate(block=Subquery(newest.values("block_key")[:1]), at=Subquery(newest.values("modified")[:1]))
        found = told.values_list("user_id", "block", "at")
        return {user: (module_of.get(str(block), NOWHERE), at) for user, block, at in found if at is not None}

    def _shares(self, user_ids: Sequence[int]) -> dict[int, dict[str, tuple[float, int]]]:
        """The average share of each category's parts that were begun; what staff gave in place of a score counts."""
        from lms.djangoapps.grades.models import PersistentSubsectionGrade

        rows = PersistentSubsectionGrade.objects.filter(
            course_id=self.course_key, user_id__in=list(user_ids), usage_key__in=list(self.parts)
        )
        mine, put = (
            ("earned_graded", "possible_graded"),
            ("override__earned_graded_override", "override__possible_graded_override"),
        )
        begun: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        for user, part, first, *points in rows.values_list("user_id", "usage_key", "first_attempted", *mine, *put):
            earned, possible, earned_put, possible_put = points
            if earned_put is not None:
                earned, possible = earned_put, possible_put or possible
            elif first is None:
                continue
            if possible:
                begun[user][self.parts[part]].append(min(max(earned / possible, 0.0), 1.0))
        return {
            user: {name: (sum(shares) / len(shares), len(shares)) for name, shares in found.items()}
            for user, found in begun.items()
        }
