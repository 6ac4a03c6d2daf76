"""Tables about the items of a course: minutes, outline, hours, goals, outcomes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..documents import Table
from ..items.model import Item as Question
from ..minutes import SLOW, USUAL, Time
from ..outline import Outline
from .parts import Part

KINDS = {
    "info": "introduction",
    "lesson": "lesson",
    "scenario": "scenario",
    "assessment": "assessment",
    "case_law": "case law",
    "handout": "handout",
    "pledge": "pledge",
    "review": "course review",
}
HOUR = 60


def minutes(parts: Sequence[Part]) -> Table:
    """Each item with its words, its minutes at two paces, those of the outline, and its reading level."""
    whole = sum((part.time for part in parts), Time())
    planned = sum(part.item.minutes for part in parts)
    rows = [
        _minutes(part.number, f"{part.item.title} ({KINDS[part.item.kind]})", part.time, part.item.minutes, part)
        for part in parts
    ]
    return Table(
        caption="Minutes and reading level of each item",
        head=("No.", "Item", "Words", f"Minutes at {SLOW}", f"Minutes at {USUAL}", "Outline", "Grade", "Active"),
        rows=(*rows, _minutes("", "In all", whole, planned, None)),
        widths=(7, 37, 10, 11, 11, 9, 8, 7),
        numbers=frozenset(range(2, 8)),
    )


def _minutes(number: str, title: str, time: Time, planned: int, part: Part | None) -> tuple[str, ...]:
    level = f"{part.grade:.1f}" if part and part.grade is not None else ""
    active = str(part.active_moments or "") if part else ""
    return (number, title, f"{time.words:.0f}", f"{time.minutes(SLOW):.1f}", f"{time.usual:.1f}", str(planned), level, active)


def contents(curriculum: Outline, parts: Sequence[Part]) -> Table:
    """The outline to the third level: modules, items, units with their topics, what the learner does, minutes."""
    rows: list[tuple[str, ...]] = []
    for module in curriculum.modules:
        own = [part for part in parts if part.module == module.number]
        rows.append((str(module.number), module.title, "", str(sum(part.item.minutes for part in own))))
        for part in own:
            goals = "; ".join(sorted({goal.outcome for goal in part.goals} or set(part.item.outcomes)))
            kind = KINDS[part.item.kind] + (f", outcomes {goals}" if goals else "")
            rows.append((part.number, part.item.title, kind, str(part.item.minutes)))
            for place, unit in enumerate(part.units, start=1):
                topics = f"{unit.title}: {'; '.join(unit.topics)}" if unit.topics else unit.title
                rows.append((f"{part.number}.{place}", topics, "; ".join(unit.contents), f"({unit.time.usual:.1f})"))
    return Table(
        caption="Outline to the third level. Minutes of modules and items are those of the outline; in brackets, those counted "
        "for a unit.",
        head=("No.", "Title and topics", "What the learner does", "Minutes"),
        rows=tuple(rows),
        widths=(9, 48, 32, 11),
        numbers=frozenset([3]),
    )


def hours(parts: Sequence[Part]) -> Table:
    """The hourly distribution: in which hour each item begins, by the outline's minutes."""
    begun: dict[int, list[Part]] = {}
    spent = 0
    for part in parts:
        begun.setdefault(spent // HOUR + 1, []).append(part)
        spent += part.item.minutes
    rows, clock = [], 0
    for hour, own in sorted(begun.items()):
        length = sum(part.item.minutes for part in own)
        rows.append(
            (
                str(hour),
                f"{own[0].number} to {own[-1].number}",
                "; ".join(part.item.title for part in own),
                f"{clock} to {clock + length}",
                str(length),
            )
        )
        clock += length
    return Table(
        caption="Hourly distribution. An item is listed in the hour in which it begins.",
        head=("Hour", "Items", "Titles", "From minute", "Minutes"),
        rows=(*rows, ("In all", "", "", "", str(clock))),
        widths=(9, 14, 53, 14, 10),
        numbers=frozenset([4]),
    )


def goals(parts: Sequence[Part]) -> Table:
    """Each goal of a lesson with its outcome, the activities of the lesson, and the questions on that lesson and outcome."""
    asked = questions(parts)
    rows = []
    for part in parts:
        done = [f"{activity.title} ({activity.kind})" for activity in part.activities] + ["check question"] * bool(part.checks)
        for goal in part.goals:
            measured = named(one for one in asked if (one.lesson, one.outcome) == (part.name, goal.outcome))
            tests = measured or ("scored decisions of the scenario" if part.decisions else "none; by its activities")
            rows.append((part.number, goal.text, goal.outcome, "; ".join(done), tests, str(part.item.minutes)))
    return Table(
        caption="At the end of the item, the learner will be able to",
        head=("Item", "Objective", "Outcome", "Activities that support it", "Questions that measure it", "Minutes"),
        rows=tuple(rows),
        widths=(6, 30, 9, 24, 22, 9),
        numbers=frozenset([5]),
    )


def outcomes(curriculum: Outline, parts: Sequence[Part]) -> Table:
    """Each outcome of the course with the items that teach it, the activities in them, and its questions."""
    asked = questions(parts)
    last = questions(part for part in parts if part.is_final)
    rows = []
    for code, sentence in curriculum.outcomes.items():
        own = [part for part in parts if code in part.item.outcomes and part.item.kind != "assessment"]
        tests = [one for one in asked if one.outcome == code]
        final = [one for one in tests if one in last]
        count = sum(part.active_moments for part in own)
        rows.append(
            (
                code,
                sentence,
                ", ".join(part.number for part in own),
                str(sum(len([g for g in part.goals if g.outcome == code]) for part in parts)),
                str(count),
                str(len(tests) - len(final)),
                str(len(final)),
            )
        )
    return Table(
        caption="Outcomes, where they are taught, and what measures them",
        head=(
            "Outcome",
            "At the end of the course, the learner will be able to",
            "Items",
            "Objectives",
            "Active moments",
            "Questions in modules",
            "In the final",
        ),
        rows=tuple(rows),
        widths=(8, 34, 18, 10, 10, 10, 10),
        numbers=frozenset(range(3, 7)),
    )


def questions(parts: Iterable[Part]) -> list[Question]:
    """Every question that counts, in course order."""
    return [question for part in parts if part.pool for question in part.pool.items]


def named(questions: Iterable[Question]) -> str:
    """Names of questions in short, those of one bank together: "m02-assessment q01–q03, q06; m09-final-o2 q10"."""
    banks: dict[str, list[str]] = {}
    for one in questions:
        bank, _dash, number = one.name.rpartition("-")
        banks.setdefault(bank, []).append(number)
    return "; ".join(f"{bank} {', '.join(_runs(numbers))}".strip() for bank, numbers in banks.items())


def _runs(numbers: Sequence[str]) -> Iterator[str]:
    """The numbers "q01", "q02", "q03", "q06" as "q01–q03", "q06"."""
    runs: list[list[str]] = []
    for one in numbers:
        last = re.search(r"\d+$", runs[-1][-1]) if runs else None
        here = re.search(r"\d+$", one)
        if last and here and int(here[0]) == int(last[0]) + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return (run[0] if len(run) == 1 else f"{run[0]}{', ' if len(run) == 2 else '–'}{run[-1]}" for run in runs)
