"""The course as its staff's page asks for it: the few people of the preview, one by one. See `platform.staff_course`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ...platform.roster import Cohort, Enrolled
from ...platform.staff_course import (
    ACTIVE,
    GRADE,
    NAME,
    NOWHERE,
    OURS,
    Answered,
    Facts,
    Module,
    NoCourseError,
    NotStaffError,
    Passed,
    Span,
    Wanted,
)
from .completion import progress
from .grading import course_grade
from .models import Completion, Score
from .people import PEOPLE, Person
from .runtime import PreviewRuntime, completion_mode
from .tree import CourseTree, Definition

OUR_BLOCKS = "dti_"


def staff_course(tree: CourseTree, person: Person, key: Any) -> PreviewCourse:
    """The course that is shown, for staff of the preview. Raises `NotStaffError` and `NoCourseError`."""
    if not person.is_staff or person.in_studio:
        raise NotStaffError
    if key != tree.course_key:
        raise NoCourseError(str(key))
    return PreviewCourse(tree, person)


@dataclass(frozen=True)
class PreviewCourse:
    """Reads only. `person` is whoever looks."""

    tree: CourseTree
    person: Person

    @property
    def key(self) -> str:
        """The course key as text."""
        return str(self.tree.course_key)

    @property
    def title(self) -> str:
        """What the course calls itself."""
        return self.tree.title

    @cached_property
    def _learners(self) -> dict[int, Person]:
        enrolled = (one for one in PEOPLE.values() if one.tracks_progress and not one.is_staff)
        return {one.user_id: one for one in enrolled if one.user_id is not None}

    @cached_property
    def _chapters(self) -> list[tuple[Definition, frozenset[str]]]:
        found = []
        for chapter in self.tree.chapters():
            below = (one for one in self.tree.below(chapter.key) if not one.children)
            leaves = frozenset(str(one.key) for one in below if completion_mode(one.cls) == "completable")
            if leaves and not chapter.fields.get("visible_to_staff_only"):
                found.append((chapter, leaves))
        return found

    @cached_property
    def modules(self) -> Sequence[Module]:
        """The sections that learners see, in order."""
        return [Module(chapter.title, leaves) for chapter, leaves in self._chapters]

    @cached_property
    def categories(self) -> dict[str, int]:
        """How many subsections without a score of ours each grading category has."""
        found: dict[str, int] = {}
        for _chapter, sequence in self.tree.sequences():
            below = (one for one in self.tree.below(sequence.key) if not one.children)
            scored = {one.block_type for one in below if getattr(one.cls, "has_score", False)}
            if scored and sequence.fields.get("format") and not any(kind.startswith(OUR_BLOCKS) for kind in scored):
                found[sequence.fields["format"]] = found.get(sequence.fields["format"], 0) + 1
        return found

    def blocks(self, kind: str) -> list[Any]:
        """Our blocks of a type, in the order of the course."""
        runtime = PreviewRuntime(self.tree, self.person)
        return [runtime.get_block(one.key) for one in self.tree.below(self.tree.root) if one.block_type == kind]

    def cohorts(self) -> list[Cohort]:
        """There are none."""
        return []

    def cohort_names(self, user_ids: Iterable[int]) -> dict[int, str]:
        """Nobody is in one."""
        return {}

    def members(self, cohort: int) -> list[int]:
        """Nobody is in one."""
        return []

    def count(self, wanted: Wanted) -> int:
        """How many people are wanted."""
        return len(self._wanted(wanted))

    def people(self, wanted: Wanted, start: int, stop: int) -> tuple[list[Enrolled], int]:
        """Some of them, in the order wanted, and how many they are in all."""
        found = self._wanted(wanted)
        return found[start:stop], len(found)

    def people_after(self, wanted: Wanted, after: int, limit: int) -> list[Enrolled]:
        """The next in the order of their ids, behind the id `after`."""
        found = sorted(self._wanted(wanted), key=lambda one: one.user_id)
        return [one for one in found if one.user_id > after][:limit]

    def facts(self, user_ids: Sequence[int]) -> dict[int, Facts]:
        """What is known of these people."""
        return {user_id: self._facts(self._learners[user_id]) for user_id in user_ids}

    def passed_count(self, span: Span) -> int:
        """How many passed within `span`."""
        return len(self._passed(span))

    def passed(self, span: Span, after: int, limit: int) -> list[Passed]:
        """The next of them in the order of their ids. The preview makes no certificates, and keeps when somebody last worked."""
        return [one for one in self._passed(span) if one.who.user_id > after][:limit]

    def _passed(self, span: Span) -> list[Passed]:
        found = []
        for one in sorted(self._wanted(Wanted(cohort=span.cohort)), key=lambda each: each.user_id):
            facts = self._facts(self._learners[one.user_id])
            if facts.passed and facts.last_at is not None and span.first <= facts.last_at < span.end:
                found.append(Passed(one, facts.last_at, facts.percent or 0.0))
        return found

    def answers(self, cohort: int | None, most: int) -> tuple[int, list[Answered]]:
        """How people answered the problems of the course."""
        owners = [one.key for one in self._learners.values()]
        scores: dict[str, list[float]] = {}
        people = set()
        for owner, place, earned, possible in Score.objects.filter(owner__in=owners, possible__gt=0).values_list(
            "owner", "place", "earned", "possible"
        ):
            scores.setdefault(place, []).append(earned / possible)
            people.add(owner)
        found = []
        for chapter, sequence, unit in self.tree.units():
            for one in self.tree.below(unit.key):
                shares = scores.get(str(one.key))
                if shares and one.block_type == "problem":
                    where = f"{chapter.title}: {sequence.title}"
                    found.append(Answered(one.title, where, len(shares), sum(shares) / len(shares)))
        return len(people), found

    def _facts(self, person: Person) -> Facts:
        runtime = PreviewRuntime(self.tree, person)
        done, grade = progress(runtime).complete, course_grade(runtime)
        number, at = self._last(person)
        shares: dict[str, list[float]] = {}
        for part in grade.subsections:
            if part.category in self.categories and part.possible and any(score.answered for score in part.scores):
                shares.setdefault(part.category, []).append(part.earned / part.possible)
        return Facts(
            modules=sum(chapter.key in done for chapter, _leaves in self._chapters),
            last=number,
            last_at=at,
            shares={name: (sum(found) / len(found), len(found)) for name, found in shares.items()},
            percent=grade.percent,
            passed=grade.passed,
        )

    def _last(self, person: Person) -> tuple[int, Any]:
        newest = Completion.objects.filter(owner=person.key, place__in=[str(key) for key in self.tree.blocks])
        row = newest.order_by("-changed_at").first()
        if row is None:
            return NOWHERE, None
        numbers = [number for number, (_chapter, leaves) in enumerate(self._chapters) if row.place in leaves]
        return (numbers[0] if numbers else NOWHERE), row.changed_at

    def _wanted(self, wanted: Wanted) -> list[Enrolled]:
        found = [Enrolled(user_id, one.username, one.full_name) for user_id, one in self._learners.items()]
        sought = wanted.search.casefold()
        found = [one for one in found if sought in one.username.casefold() or sought in one.full_name.casefold()]
        if wanted.cohort is not None:
            found = []
        if wanted.lacking:
            have = [set(ours.values_list("user_id", flat=True)) for ours in wanted.lacking]
            found = [one for one in found if any(one.user_id not in ids for ids in have)]
        if wanted.failed or wanted.last is not None or wanted.order in (GRADE, ACTIVE):
            facts = self.facts([one.user_id for one in found])
            found = [one for one in found if not (wanted.failed and facts[one.user_id].passed)]
            found = [one for one in found if wanted.last in (None, facts[one.user_id].last)]
        if wanted.order == GRADE:
            return sorted(found, key=lambda one: facts[one.user_id].percent or 0.0)
        if wanted.order == ACTIVE:
            return sorted(found, key=lambda one: str(facts[one.user_id].last_at or ""))
        if wanted.order == OURS and wanted.by is not None:
            values = {row["user_id"]: row["value"] for row in wanted.by.values("user_id", "value")}
            return sorted(found, key=lambda one: (one.user_id in values, str(values.get(one.user_id, ""))))
        return sorted(found, key=lambda one: one.full_name if wanted.order == NAME else one.username)
