"""What is done: units complete when every block in them that can be completed is."""

from __future__ import annotations

from dataclasses import dataclass

from opaque_keys.edx.keys import UsageKey
from xblock.completable import XBlockCompletionMode

from .runtime import PreviewRuntime, completion_mode


@dataclass(frozen=True)
class Progress:
    """Which blocks (units, subsections, chapters) are complete, by usage key, and how many units there are."""

    complete: frozenset
    units: int
    units_complete: int

    @property
    def share(self) -> float:
        """Units complete, from 0.0 to 1.0; 0.0 for a course without units."""
        return self.units_complete / self.units if self.units else 0.0

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 means all."""
        return int(self.share * 100)


def progress(runtime: PreviewRuntime) -> Progress:
    """The person's completion of the whole course. A subsection or chapter is complete when all its units are."""
    done = runtime.records.completed()
    complete: set[UsageKey] = set()
    open_groups: set[UsageKey] = set()
    groups: set[UsageKey] = set()
    count = finished = 0
    for chapter, sequence, units in runtime.seen_sequences():
        groups.update((chapter.key, sequence.key))
        if not units:
            open_groups.add(sequence.key)
        for unit in units:
            count += 1
            if unit_complete(runtime, unit.key, done):
                finished += 1
                complete.add(unit.key)
            else:
                open_groups.update((chapter.key, sequence.key))
    return Progress(frozenset(complete | (groups - open_groups)), count, finished)


def unit_complete(runtime: PreviewRuntime, unit_key, done: dict[str, float]) -> bool:
    """An empty unit is complete once it was seen (its own row), as nothing in it can be."""
    leaves = [
        definition
        for definition in runtime.seen_below(unit_key)
        if not definition.children and completion_mode(definition.cls) == XBlockCompletionMode.COMPLETABLE
    ]
    if not leaves:
        return done.get(str(unit_key), 0.0) >= 1.0
    return all(done.get(str(definition.key), 0.0) >= 1.0 for definition in leaves)
