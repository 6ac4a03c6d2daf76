"""A drawn signature as data: strokes of points in a box of 1,000 by 300 units, whatever screen it was drawn on."""

from __future__ import annotations

import itertools
import json
import math
from typing import Any

WIDTH, HEIGHT = 1000, 300
MOST_STROKES = 100
MOST_POINTS = 4000  # of all strokes together; 40 kB of JSON at most
LONGEST_TEXT = 60_000
LEAST_LENGTH = 60  # units of line: a slip of the finger is no signature

Strokes = list[list[list[int]]]

DAMAGED, TOO_MUCH, TOO_LITTLE = "damaged", "too-much", "too-little"


class StrokesUnsoundError(ValueError):
    """A drawing that cannot be kept. `code` is "damaged", "too-much" or "too-little"."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def read(text: object) -> Strokes:
    """The strokes in the JSON `text`, `[[[x, y], …], …]` with whole numbers; [] for an empty text or drawing.

    Raises `StrokesUnsoundError`, also for values that are not text: anybody may send a file in the form.
    """
    if not isinstance(text, str):
        raise StrokesUnsoundError(DAMAGED)
    if not text.strip():
        return []
    if len(text) > LONGEST_TEXT:
        raise StrokesUnsoundError(TOO_MUCH)
    try:
        drawn = json.loads(text)
    except (ValueError, RecursionError):
        raise StrokesUnsoundError(DAMAGED) from None
    if not isinstance(drawn, list) or not all(isinstance(stroke, list) and stroke for stroke in drawn):
        raise StrokesUnsoundError(DAMAGED)
    if len(drawn) > MOST_STROKES or sum(len(stroke) for stroke in drawn) > MOST_POINTS:
        raise StrokesUnsoundError(TOO_MUCH)
    if not all(_is_point(point) for stroke in drawn for point in stroke):
        raise StrokesUnsoundError(DAMAGED)
    if drawn and length(drawn) < LEAST_LENGTH:
        raise StrokesUnsoundError(TOO_LITTLE)
    return drawn


def length(strokes: Strokes) -> float:
    """The length of all lines, in units of the box."""
    pairs = (pair for stroke in strokes for pair in itertools.pairwise(stroke))
    return sum(math.hypot(ax - bx, ay - by) for (ax, ay), (bx, by) in pairs)


def svg_path(strokes: Strokes) -> str:
    """The strokes as the `d` of an SVG path in a view box of WIDTH by HEIGHT; a stroke of one point is a dot."""
    return " ".join(_path(stroke) for stroke in strokes)


def _path(stroke: list[list[int]]) -> str:
    points = stroke if len(stroke) > 1 else [*stroke, *stroke]
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _is_point(point: Any) -> bool:
    return (
        isinstance(point, list)
        and len(point) == 2
        and all(type(number) is int for number in point)
        and 0 <= point[0] <= WIDTH
        and 0 <= point[1] <= HEIGHT
    )
