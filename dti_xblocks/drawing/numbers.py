"""Numbers over time as lines, and numbers side by side as bars: where everything stands, in units of an SVG's view box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

STEPS = (1, 2, 5)  # times a power of ten: the distances between levels that people read easily
MOST_LEVELS = 4
ABOVE, BELOW, BESIDE, BEHIND = 10.0, 24.0, 40.0, 12.0  # room around the lines for what is written there


@dataclass(frozen=True)
class Level:
    """A horizontal line across the graph, and the number that it stands for."""

    y: float
    value: int


@dataclass(frozen=True)
class Graph:
    """`paths` are SVG path data and `dots` the points of each series; `xs` where each moment stands, in order."""

    width: float
    height: float
    left: float
    right: float
    bottom: float
    levels: tuple[Level, ...]
    xs: tuple[float, ...]
    paths: tuple[str, ...]
    dots: tuple[tuple[tuple[float, float], ...], ...]


def lines(series: Sequence[Sequence[int]], width: float = 480.0, height: float = 180.0) -> Graph:
    """The graph of `series`, each with one number from 0 up for each moment; all are of one length, at least 1."""
    levels = levels_to(max((number for one in series for number in one), default=0))
    left, right, bottom = BESIDE, width - BEHIND, height - BELOW
    count = len(series[0])
    apart = (right - left) / (count - 1) if count > 1 else 0.0
    xs = tuple(round(left + apart * place, 1) for place in range(count)) if count > 1 else (round((left + right) / 2, 1),)

    def y(number: int) -> float:
        return round(bottom - (bottom - ABOVE) * number / levels[-1], 1)

    dots = tuple(tuple((x, y(number)) for x, number in zip(xs, one, strict=True)) for one in series)
    paths = tuple("M" + "L".join(f"{x:g},{down:g}" for x, down in one) for one in dots)
    return Graph(width, height, left, right, bottom, tuple(Level(y(level), level) for level in levels), xs, paths, dots)


def levels_to(most: int) -> list[int]:
    """Round numbers from 0 to `most` or just above, at the same distance: at most `MOST_LEVELS` and the 0."""
    power = 1
    while True:
        for step in STEPS:
            if step * power * MOST_LEVELS >= most:
                return list(range(0, max(most, 1) + step * power, step * power))[: MOST_LEVELS + 1]
        power *= 10


def bars(numbers: Sequence[int], longest: int) -> list[int]:
    """How long the bar of each number is where that of the greatest is `longest`: whole units, 1 for the least."""
    most = max(numbers, default=0)
    return [max(1, round(longest * number / most)) if number else 0 for number in numbers]
