"""The course grade by the platform's rules, for one person. Percentages are shares from 0.0 to 1.0."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _

from ...scenario.percent import percent
from .records import Records
from .state import Overlay, Store
from .tree import CourseTree, Definition

log = logging.getLogger(__name__)


class Graded(Protocol):
    """What a grade asks of the runtime: the course, what one person sees of it, and what is kept of that person."""

    tree: CourseTree
    store: Store
    records: Records
    overlay: Overlay

    def seen_sequences(self) -> Iterator[tuple[Definition, Definition, list[Definition]]]:
        """(chapter, subsection, units) in order."""

    def seen_below(self, usage_id: Any) -> Iterator[Definition]:
        """Everything below a block, itself included."""

    def get_block(self, usage_id: Any) -> Any:
        """The block itself."""


DEFAULT_CUTOFFS = {"Pass": 0.5}  # the platform's, for a course without a grading policy


@dataclass(frozen=True)
class BlockScore:
    """Points of one block as the course counts them: after its `weight`."""

    definition: Definition
    earned: float
    possible: float
    answered: bool


@dataclass(frozen=True)
class SubsectionGrade:
    """All scored blocks of one subsection."""

    chapter: Definition
    sequence: Definition
    category: str  # the GRADER type it counts for; "" when it is not graded
    scores: tuple[BlockScore, ...]

    @property
    def earned(self) -> float:
        """Points earned in all of its blocks."""
        return sum(score.earned for score in self.scores)

    @property
    def possible(self) -> float:
        """Points that its blocks have."""
        return sum(score.possible for score in self.scores)

    @property
    def percent(self) -> float:
        """The share earned, to whole percents as the platform has it for a subsection, 0.0 where there is nothing to earn."""
        return percent(self.earned, self.possible) / 100 if self.possible > 0 else 0.0


@dataclass(frozen=True)
class CategoryGrade:
    """One GRADER entry: the average of its subsections, without the lowest `drop_count`."""

    name: str
    weight: float
    percent: float
    counted: int  # subsections in the average, missing ones up to min_count included
    dropped: int

    @property
    def contribution(self) -> float:
        """What it adds to the final grade."""
        return self.percent * self.weight


@dataclass(frozen=True)
class CourseGrade:
    """The whole result. `letter` is the name of the cutoff reached, or ""."""

    subsections: tuple[SubsectionGrade, ...]
    categories: tuple[CategoryGrade, ...]
    percent: float
    pass_mark: float
    letter: str

    @property
    def passed(self) -> bool:
        """Whether any cutoff is reached."""
        return bool(self.letter)


def rounded(value: float, digits: int) -> float:
    """Half away from zero, as the platform rounds the grade of a course."""
    scale = 10**digits
    return math.copysign(math.floor(abs(value) * scale + 0.5) / scale, value)


def course_grade(runtime: Graded) -> CourseGrade:
    """The grade of the runtime's person as it stands."""
    stored = runtime.records.scores()
    tree = runtime.tree
    runtime.store.preload(key for key, definition in tree.blocks.items() if getattr(definition.cls, "has_score", False))
    subsections = tuple(
        SubsectionGrade(
            chapter,
            sequence,
            (sequence.fields.get("format") or "") if _graded(sequence) else "",
            tuple(_scores(runtime, sequence, stored)),
        )
        for chapter, sequence, _units in runtime.seen_sequences()
    )
    cutoffs = tree.grading_policy.get("GRADE_CUTOFFS") or DEFAULT_CUTOFFS
    categories = tuple(_category(entry, subsections) for entry in tree.grading_policy.get("GRADER") or ())
    total = sum(category.contribution for category in categories)
    percent = rounded(total * 100 + 0.05, 0) / 100  # the platform's own rounding of the final grade
    reached = [name for name, cutoff in sorted(cutoffs.items(), key=lambda item: -item[1]) if percent >= cutoff]
    return CourseGrade(subsections, categories, min(percent, 1.0), min(cutoffs.values()), reached[0] if reached else "")


def result_below(runtime: Graded, name: str) -> tuple[str, float, float, bool] | None:
    """(title, earned, possible, attempted) of the runtime's person in the part of the course whose url_name is `name`."""
    found = [definition for key, definition in runtime.tree.blocks.items() if key.block_id == name]
    if not found:
        return None
    part = min(found, key=lambda one: one.key.block_type != "sequential")
    scores = tuple(_scores(runtime, part, runtime.records.scores()))
    earned, possible = sum(score.earned for score in scores), sum(score.possible for score in scores)
    return part.title, earned, possible, any(score.answered for score in scores)


def _graded(sequence: Definition) -> bool:
    return bool(sequence.fields.get("graded", sequence.inherited.get("graded", False)))


def _scores(runtime: Graded, sequence: Definition, stored: Mapping[str, Any]) -> Iterator[BlockScore]:
    for definition in runtime.seen_below(sequence.key):
        if definition.children or not getattr(definition.cls, "has_score", False):
            continue
        place = str(definition.key)
        weight, maximum = _worth(runtime, definition)
        if place in stored:
            earned, possible = stored[place]
            points = possible if weight is None else weight
            yield BlockScore(definition, earned / possible * points if possible else 0.0, points, True)
        elif maximum:
            yield BlockScore(definition, 0.0, maximum if weight is None else weight, False)


def _worth(runtime: Graded, definition: Definition) -> tuple[float | None, float | None]:
    """(weight, max_score) of a block; (None, None) for one that cannot be asked or has no score after all."""
    try:
        block = runtime.get_block(definition.key)
        if not getattr(block, "has_score", False):
            return None, None
        return getattr(block, "weight", None), _max_score(runtime, block, definition)
    except Exception:
        log.exception("%s could not tell its points", definition.key)
        return None, None


_max_scores: dict = {}


def _max_score(runtime: Graded, block: Any, definition: Definition) -> float | None:
    """`max_score()` of authored content, remembered: the problem block parses its whole text to find it."""
    place = str(definition.key)
    remembered = (runtime.tree.version, place, str(runtime.overlay.of(place)))
    if remembered not in _max_scores:
        if len(_max_scores) > 20000:
            _max_scores.clear()
        _max_scores[remembered] = block.max_score()
    return _max_scores[remembered]


def _category(entry: Mapping[str, Any], subsections: Iterable[SubsectionGrade]) -> CategoryGrade:
    """As the platform's AssignmentFormatGrader."""
    name = str(entry.get("type") or _("Unnamed"))
    percents = [s.percent for s in subsections if s.category == name and s.possible > 0]
    percents += [0.0] * max(0, int(entry.get("min_count") or 0) - len(percents))
    drop = min(int(entry.get("drop_count") or 0), len(percents))
    kept = sorted(percents, reverse=True)[: len(percents) - drop]
    average = sum(kept) / len(kept) if kept else 0.0
    return CategoryGrade(name, float(entry.get("weight") or 0.0), average, len(kept), drop)
