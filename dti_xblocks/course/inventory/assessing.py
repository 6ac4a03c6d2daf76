"""Tables about the tests of a course: what is drawn, what form gives away, how far a player comes by wording alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...content import inner_xml
from ...scenario import olx as scenario_olx
from ...scenario.explore import analysis
from ..documents import Table
from ..items.attacks import LIMIT, attacks
from ..items.model import Pool
from ..items.runs import LIMIT as RUNS_LIMIT
from ..items.runs import RUNS, attacked
from ..model import Block, OlxCourse
from .parts import Part

LEVELS = ("1", "2", "3")


def pools_of(parts: Sequence[Part]) -> list[tuple[Part, Pool]]:
    """The items of the outline that are tests, with what they draw from."""
    return [(part, part.pool) for part in parts if part.pool]


def assessments(course: OlxCourse, parts: Sequence[Part]) -> Table:
    """Each test: its bank, what is drawn, kinds, difficulty, tries, weight."""
    graders = {grader.get("type"): grader for grader in course.grading.get("GRADER", [])}
    tests = Counter(str(part.block.setting("format")) for part, _pool in pools_of(parts))
    rows = []
    for part, pool in pools_of(parts):
        kinds = Counter(item.kind for item in pool.items)
        levels = Counter(item.difficulty for item in pool.items)
        category = str(part.block.setting("format"))
        weight = graders.get(category, {}).get("weight", 0) / max(1, tests[category])
        rows.append(
            (
                part.number,
                part.units[0].title if len(part.units) == 1 else part.item.title,
                str(len(pool.items)),
                str(pool.drawn),
                ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())),
                " / ".join(str(levels[level]) for level in LEVELS),
                " or ".join(sorted({str(item.block.setting("max_attempts") or "no limit") for item in pool.items})),
                f"{weight:.1%}",
            )
        )
    return Table(
        caption="Tests that count. Difficulty: 1 knows it, 2 applies it, 3 weighs it against something that looks as good.",
        head=("Item", "Test", "Questions", "Drawn", "Kinds", "Difficulty 1 / 2 / 3", "Tries", "Of the grade"),
        rows=tuple(rows),
        widths=(7, 25, 11, 8, 24, 11, 6, 8),
        numbers=frozenset([2, 3, 7]),
    )


def weights(course: OlxCourse) -> Table:
    """What counts for the grade, and how much."""
    graders = course.grading.get("GRADER", [])
    rows = [(str(one["type"]), str(one["min_count"]), f"{one['weight']:.0%}", str(one["drop_count"])) for one in graders]
    return Table(
        "What the grade is made of",
        ("Category", "Tests in it", "Weight", "Dropped"),
        tuple(rows),
        (52, 16, 16, 16),
        frozenset([1, 2, 3]),
    )


def pass_mark(course: OlxCourse) -> str:
    """The pass mark as the grading policy has it: "80%"."""
    marks = course.grading.get("GRADE_CUTOFFS", {})
    return f"{min(marks.values()):.0%}" if marks else "not set"


def by_form(parts: Sequence[Part]) -> Table:
    """What the best strategy earns in each test that looks at the form of the answers alone."""
    rows = []
    for part, pool in pools_of(parts):
        best = attacks(pool)[0]
        rows.append((part.number, part.name, best.strategy, f"{best.chance:.1%}", f"{best.score:.1%}", f"{best.gain * 100:+.1f}"))
    return Table(
        caption="The most successful of all strategies that look at the form of the answers only. "
        f"At most {LIMIT * 100:.0f} points over guessing are allowed.",
        head=("Item", "Test", "Best strategy", "Guessing", "Strategy", "Points over guessing"),
        rows=tuple(rows),
        widths=(8, 24, 30, 12, 12, 14),
        numbers=frozenset([3, 4, 5]),
    )


def scenarios(course: OlxCourse) -> Table:
    """Each scenario: its size, and the share of runs that pass by wording alone, for the best way of doing so and for chance."""
    rows = []
    for found in attacked(course):
        scenario = scenario_olx.read(inner_xml(found.block.node), found.block.node.get("score_by") or "choices")
        played = {one.strategy: one for one in found.played}
        best = max(found.played, key=lambda one: (one.passed, one.points))
        rows.append(
            (
                found.block.title,
                str(len(scenario.scenes)),
                str(sum(len(scene.choices) for scene in scenario.scenes)),
                str(len(scenario.endings)),
                str(len(analysis(scenario).path)),
                f"{_mark(found.block)}%",
                f"{played['random'].passed:.0%}",
                f"{best.passed:.0%} ({best.strategy})",
            )
        )
    return Table(
        caption=f"Scenarios, and the share of {RUNS} simulated runs that pass. "
        f"No way of choosing by wording may pass in more than {RUNS_LIMIT:.0%}.",
        head=(
            "Scenario",
            "Scenes",
            "Choices",
            "Endings",
            "Decisions, strongest path",
            "Pass mark",
            "Choosing at random",
            "Best by wording",
        ),
        rows=tuple(rows),
        widths=(24, 9, 9, 9, 13, 9, 12, 15),
        numbers=frozenset(range(1, 7)),
    )


def _mark(block: Block) -> str:
    return str(block.node.get("pass_mark") or "70")
