"""The report of `dti-course items`, as lines of plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..model import OlxCourse
from .attacks import LIMIT, attacks, learned_attack
from .model import Item, Pool, pools
from .runs import LIMIT as RUNS_LIMIT
from .runs import attacked
from .vocabulary import vocabulary


def lines(course: OlxCourse, best: int = 5) -> Iterator[str]:
    """Every item, every pool under the `best` strategies against it, every scenario."""
    found = pools(course)
    for pool in found:
        yield from _table(pool)
    yield from _sums(found)
    yield ""
    yield f"Attacks: what each strategy earns, against guessing. No strategy may be more than {LIMIT * 100:.0f} points better."
    for pool in found:
        yield f"{pool.name} ({len(pool.items)} items)"
        for attack in attacks(pool)[:best]:
            yield _row(attack.strategy, attack.score, attack.chance, "  FAILS" if attack.succeeds else "")
    every = [item for pool in found for item in pool.items]
    if every:
        attack = learned_attack(every, Pool(found[0].block, tuple(every), 0).usual_rights, vocabulary(course.curriculum.language))
        yield f"All {len(every)} items, to somebody who has the keys of all others (reported, not judged)"
        yield _row(attack.strategy, attack.score, attack.chance, "")
    yield ""
    yield f"Scenarios: the share of runs that pass. None may pass more than {RUNS_LIMIT:.0%}."
    for scenario in attacked(course):
        yield f"{scenario.block.url_name} ({scenario.block.title})"
        for played in scenario.played:
            over = "  over" if played.passed > RUNS_LIMIT else ""
            yield f"  {played.strategy:<34} {played.passed:>5.0%} pass, {played.points:>4.0%} of the points{over}"


def _row(name: str, score: float, chance: float, end: str) -> str:
    return f"  {name:<34} {score:>6.1%}  chance {chance:>6.1%}  {(score - chance) * 100:>+6.1f}{end}"


def _table(pool: Pool) -> Iterator[str]:
    yield f"{pool.name}: {pool.drawn} drawn of {len(pool.items)}"
    yield f"  {'item':<26} {'kind':<9} {'outcome':<8} {'level':<6} {'lesson':<26} {'source':<34} key"
    for item in pool.items:
        yield (
            f"  {item.name:<26} {item.kind:<9} {item.outcome or '?':<8} {item.difficulty or '?':<6} {item.lesson or '?':<26} "
            f"{item.source or '?':<34} {key(item)} of {len(item.options)}"
        )
    for task in pool.tasks:
        yield (
            f"  {task.name:<26} {task.kind:<9} {task.outcome or '?':<8} {task.difficulty or '?':<6} {task.lesson or '?':<26} "
            f"{task.source or '?':<34} for everybody"
        )
    yield ""


def key(item: Item) -> str:
    """The letters of the right answers."""
    return "".join(chr(ord("A") + place) for place, option in enumerate(item.options) if option.right)


def _sums(found: Sequence[Pool]) -> Iterator[str]:
    items = [item for pool in found for item in pool.items]
    tasks = [task for pool in found for task in pool.tasks]
    for title, values in (
        ("kinds", Counter([item.kind for item in items] + [task.kind for task in tasks])),
        ("outcomes", Counter(item.outcome or "?" for item in items)),
        ("difficulty", Counter(item.difficulty or "?" for item in items)),
        ("sources", Counter({"different": len({item.source for item in items})})),
    ):
        yield f"{title}: " + ", ".join(f"{name} {count}" for name, count in sorted(values.items()))
