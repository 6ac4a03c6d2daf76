"""A course of Open edX for its staff: what it is made of, from the platform's own collected structure of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    tree = CourseTree(
        structure, lambda one: bool(structure.get_transformer_block_field(one, VisibilityTransformer, hidden, False))
    )
    return LmsCourse(key, tree, modulestore())


class CourseTree:
    """What learners see of a course. `structure` is the platform's block structure with what it collects for grades and
    completion; `hidden` says what only staff see."""

    def __init__(self, structure: Any, hidden: Callable[[Any], bool]):
        self.structure, self.hidden = structure, hidden
        self.root = structure.root_block_usage_key
        self.sections = [key for key in self.children(self.root) if key.block_type == SECTION]

    def children(self, key: Any) -> list[Any]:
        """The usage keys of what stands directly in a block."""
        return [child for child in self.structure.get_children(key) if not self.hidden(child)]

    def below(self, key: Any, closed: tuple[str, ...] = ()) -> Iterator[Any]:
        """`key` and everything below it, in order; what is in a block of a `closed` type is left out with it."""
        if key.block_type not in closed:
            yield key
            for child in self.children(key):
                yield from self.below(child, closed)

    def field(self, key: Any, name: str, default: Any = None) -> Any:
        """A field that the platform has collected."""
        found = self.structure.get_xblock_field(key, name, default)
        return default if found is None else found

    def title(self, key: Any) -> str:
        """The title of a block, on one line."""
        return " ".join(str(self.field(key, "display_name") or key.block_id).split())

    def modules(self) -> tuple[Module, ...]:
        """The sections with what has to be completed in each, without those where that is nothing."""
        found = [Module(self.title(key), frozenset(map(str, self._to_complete(key)))) for key in self.sections]
        return tuple(module for module in found if module.blocks)

    def parts(self) -> dict[Any, str]:
        """The grading category of each graded subsection without a score of ours: that is told apart."""
        found = {}
        for part in (key for section in self.sections for key in self.children(section) if key.block_type == SUBSECTION):
            if self.field(part, "graded") and self.field(part, "format"):
                scored = {key.block_type for key in self.below(part) if self.field(key, "has_score") and not self.children(key)}
                if scored and not any(kind.startswith(OURS) for kind in scored):
                    found[part] = str(self.field(part, "format"))
        return found

    def _to_complete(self, section: Any) -> Iterator[Any]:
        for key in self.below(section, DRAWN):
            if not self.children(key) and self.field(key, "completion_mode", "completable") == "completable":
                yield key


class LmsCourse(LmsPeople):
    """See `staff_course.StaffCourse`. `store` is the platform's module store, which has the content of our blocks."""

    def __init__(self, key: Any, tree: CourseTree, store: Any):
        super().__init__(key, tree.modules(), tree.parts())
        self.tree, self.store = tree, store
        self.title = tree.title(tree.root)

    @property
    def categories(self) -> dict[str, int]:
        """How many `parts` each grading category has, in the order of the course."""
        names = list(self.parts.values())
        return {name: names.count(name) for name in dict.fromkeys(names)}

    def blocks(self, kind: str) -> list[Any]:
        """Our blocks of a type, in the order of the course; one that is not in it has been taken away."""
        found = {one.scope_ids.usage_id: one for one in self.store.get_items(self.course_key, qualifiers={"category": kind})}
        order = [key for section in self.tree.sections for key in self.tree.below(section)]
        return [found[key] for key in order if key in found]

    def answers(self, cohort: int | None, most: int) -> tuple[int, list[Answered]]:
        """How people answered the problems of the course."""
        tree = self.tree
        titles = {
            key: (tree.title(key), f"{tree.title(section)}: {tree.title(part)}")
            for section in tree.sections
            for part in tree.children(section)
            for key in tree.below(part)
            if key.block_type == "problem"
        }
        people, rows = self.problems(cohort, most)
        return people, [Answered(*titles[key], number, share) for key, number, share in rows if key in titles]
