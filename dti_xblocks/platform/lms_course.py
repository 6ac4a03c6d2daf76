"""A course of Open edX for its staff: what it is made of, from the platform's own collected structure of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from .lms_people import LmsPeople
from .staff_course import Answered, Module, NoCourseError

SECTION, SUBSECTION = "chapter", "sequential"
OURS = "dti_"
# What shows only some of what it holds: nobody has to complete all of that.
DRAWN = ("library_content", "itembank", "split_test", "conditional", "randomize")


def course_of(key: Any, user: Any) -> LmsCourse:
    """The course with that key. Raises `NoCourseError`."""
    from lms.djangoapps.course_blocks.transformers.visibility import VisibilityTransformer
    from lms.djangoapps.grades.course_data import CourseData
    from xmodule.modulestore.django import modulestore
    from xmodule.modulestore.exceptions import ItemNotFoundError

    try:
        structure = CourseData(user, course_key=key).collected_structure
    except ItemNotFoundError as error:
        raise NoCourseError(str(key)) from error
    hidden = VisibilityTransformer.MERGED_VISIBLE_TO_STAFF_ONLY
    return LmsCourse(
        key,
        structure,
        modulestore(),
        lambda one: bool(structure.get_transformer_block_field(one, VisibilityTransformer, hidden, False)),
    )


class LmsCourse(LmsPeople):
    """See `staff_course.StaffCourse`. `structure` is the platform's block structure with what it collects for grades and
    completion; `store` its module store, which has the content of our blocks; `hidden` says what only staff see."""

    def __init__(self, key: Any, structure: Any, store: Any, hidden: Callable[[Any], bool]):
        super().__init__(key)
        self.structure, self.store, self._hidden = structure, store, hidden

    @cached_property
    def title(self) -> str:
        """What the course calls itself."""
        return self._title(self.structure.root_block_usage_key)

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        """The sections that learners see, in order, with what has to be completed in each."""
        found = []
        for section in self._sections:
            wanted = (key for key in self._below(section, DRAWN) if self._completable(key))
            found.append(Module(self._title(section), frozenset(map(str, wanted))))
        return tuple(module for module in found if module.blocks)

    @cached_property
    def parts(self) -> dict[Any, str]:
        """The grading category of each graded subsection whose points are not all from blocks of ours."""
        found = {}
        for section in self._sections:
            for part in self._below(section):
                if part.block_type != SUBSECTION or not self._field(part, "graded") or not self._field(part, "format"):
                    continue
                scored = [key for key in self._below(part) if self._field(key, "has_score") and not self._children(key)]
                if any(not key.block_type.startswith(OURS) for key in scored):
                    found[part] = str(self._field(part, "format"))
        return found

    @cached_property
    def categories(self) -> dict[str, int]:
        """How many `parts` each grading category has, in the order of the course."""
        names = list(self.parts.values())
        return {name: names.count(name) for name in dict.fromkeys(names)}

    def blocks(self, kind: str) -> list[Any]:
        """Our blocks of a type, in the order of the course; one that is not in it has been taken away."""
        found = {one.scope_ids.usage_id: one for one in self.store.get_items(self.course_key, qualifiers={"category": kind})}
        order = [key for section in self._sections for key in self._below(section)]
        return [found[key] for key in order if key in found]

    def answers(self, cohort: int | None, most: int) -> tuple[int, list[Answered]]:
        """How people answered the problems of the course."""
        titles = {
            key: (self._title(key), self._title(part))
            for section in self._sections
            for part in self._children(section)
            for key in self._below(part)
            if key.block_type == "problem"
        }
        people, rows = self.problems(cohort, most)
        return people, [Answered(*titles[key], number, share) for key, number, share in rows if key in titles]

    @cached_property
    def _sections(self) -> list[Any]:
        return [key for key in self._children(self.structure.root_block_usage_key) if key.block_type == SECTION]

    def _children(self, key: Any) -> list[Any]:
        return [child for child in self.structure.get_children(key) if not self._hidden(child)]

    def _below(self, key: Any, closed: tuple[str, ...] = ()) -> Iterator[Any]:
        """`key` and what learners see below it, in order; what is in a block of a `closed` type is left out with it."""
        if key.block_type not in closed:
            yield key
            for child in self._children(key):
                yield from self._below(child, closed)

    def _completable(self, key: Any) -> bool:
        return not self._children(key) and self._field(key, "completion_mode", "completable") == "completable"

    def _field(self, key: Any, name: str, default: Any = None) -> Any:
        found = self.structure.get_xblock_field(key, name, default)
        return default if found is None else found

    def _title(self, key: Any) -> str:
        return " ".join(str(self._field(key, "display_name") or key.block_id).split())
