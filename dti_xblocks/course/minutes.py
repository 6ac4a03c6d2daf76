"""How long the course takes, worked out from what is in it: words, films, questions, decisions, activities. `measures` says how.

Two readers are counted, a slow one and one of the usual pace; the time of the second is compared with the outline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .items.model import BANKS, drawn_of
from .measures import COUNTS, METHOD, SLOW, USUAL, Time
from .model import Block, OlxCourse
from .outline import Item

__all__ = [
    "LEAST_OFF",
    "METHOD",
    "OFF",
    "SLOW",
    "SUM_OFF",
    "USUAL",
    "Time",
    "Timed",
    "lines",
    "off",
    "sum_off",
    "time_of",
    "timed",
]

# How far an item may be from the outline: a share of its minutes, or half a minute, as the outline is in whole ones.
OFF, LEAST_OFF = 0.15, 0.5
SUM_OFF = 0.05  # and all items together


@dataclass(frozen=True)
class Timed:
    """An item of the outline with the time that its subsection takes."""

    module: int
    item: Item
    block: Block
    time: Time

    @property
    def is_off(self) -> bool:
        """Whether the outline's minutes are not those of the content."""
        return off(self.item, self.time)


def off(item: Item, time: Time) -> bool:
    """Whether what an item takes is too far from the outline."""
    return abs(time.usual - item.minutes) > max(OFF * item.minutes, LEAST_OFF)


def sum_off(items: Iterable[Timed]) -> tuple[float, int] | None:
    """The minutes of all items together and those of the outline, where they are too far apart."""
    both = [(each.time.usual, each.item.minutes) for each in items]
    counted, planned = sum(usual for usual, _minutes in both), sum(minutes for _usual, minutes in both)
    return (counted, planned) if abs(counted - planned) > SUM_OFF * planned else None


def timed(course: OlxCourse) -> Iterator[Timed]:
    """Every item of the outline that the course has, in order."""
    for module, chapter in zip(course.curriculum.modules, course.blocks("chapter"), strict=False):
        for item, part in zip(module.items, chapter.children, strict=False):
            yield Timed(module.number, item, part, time_of(course, part))


def time_of(course: OlxCourse, block: Block) -> Time:
    """What a block and all below it take."""
    below = sum((time_of(course, child) for child in block.children), Time())
    if block.tag in BANKS:
        return below.times(drawn_of(block) / len(block.children)) if block.children else below
    count = COUNTS.get(block.tag)
    return below if count is None else below + count(course, block)


def lines(course: OlxCourse) -> Iterator[str]:
    """The report: each item, the sum, and the method."""
    paces = f"{f'at {SLOW}':>7} {f'at {USUAL}':>7}"
    yield f"{'':<2} {'item':<34} {'words':>6} {'doing':>6} {'film':>6} {paces} {'outline':>8}"
    whole, planned = Time(), 0
    for each in timed(course):
        yield _row(str(each.module), each.item.title, each.time, each.item.minutes) + ("  off" if each.is_off else "")
        whole, planned = whole + each.time, planned + each.item.minutes
    yield _row("", "In all", whole, planned)
    yield ""
    yield METHOD


def _row(module: str, title: str, time: Time, planned: int) -> str:
    return (
        f"{module:<2} {title:<34} {time.words:>6.0f} {time.seconds / 60:>6.1f} {time.film / 60:>6.1f} "
        f"{time.minutes(SLOW):>7.1f} {time.minutes(USUAL):>7.1f} {planned:>8}"
    )
