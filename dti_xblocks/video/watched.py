"""Which seconds of a film somebody has watched: intervals, merged, and whether they can have been watched in that time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

Span = tuple[float, float]  # from, to, in seconds of the film

FASTEST = 2.0  # the greatest speed that the player offers
MARGIN = 1.05  # what is believed beyond that: clocks and lines are not exact, and add up over a long film
GRACE = 5.0  # seconds by which a first report may come too early: the line is not always equally fast
SAVED = 60.0  # seconds at most that are kept for a next report: while one waits for a server that is away, the film plays on
LONGEST_SILENCE = 600.0  # seconds between two reports that are believed: a line may be down for a while
GAP = 0.5  # seconds between two intervals that are one: players tell the time a few times a second
MOST_SPANS = 200  # of one report


class SpansUnreadableError(ValueError):
    """What was sent is no list of intervals of the film."""


def read_spans(text: str, seconds: float) -> list[Span]:
    """The intervals in the JSON text [[from, to], …], cut to a film of `seconds`. Raises `SpansUnreadableError`."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SpansUnreadableError("no JSON") from error
    if not isinstance(said, list) or len(said) > MOST_SPANS:
        raise SpansUnreadableError("no list of intervals")
    spans = []
    for pair in said:
        if not (isinstance(pair, list) and len(pair) == 2 and all(_is_time(one) for one in pair)):
            raise SpansUnreadableError("no interval")
        start, end = (round(min(float(one), seconds), 1) for one in pair)
        if float(pair[0]) > float(pair[1]):
            raise SpansUnreadableError("an interval ends before it begins")
        if end > start:
            spans.append((start, end))
    return spans


def merged(spans: Iterable[Sequence[float]]) -> tuple[Span, ...]:
    """The same seconds as few intervals, in order, none of which touch."""
    kept: list[Span] = []
    for start, end in sorted((round(one[0], 1), round(one[1], 1)) for one in spans):
        if kept and start <= kept[-1][1] + GAP:
            kept[-1] = (kept[-1][0], max(kept[-1][1], end))
        elif end > start:
            kept.append((start, end))
    return tuple(kept)


def length(spans: Iterable[Span]) -> float:
    """The sum of the intervals, in seconds."""
    return round(sum(end - start for start, end in spans), 1)


def share(spans: Iterable[Sequence[float]], seconds: float) -> float:
    """How much of a film of `seconds` is watched, 0.0 to 1.0."""
    if seconds <= 0:
        return 0.0
    inside = [  # a player may begin or end a little off the mark, and a file be a little shorter than it says
        (0.0 if start <= GAP else start, seconds if end >= seconds - GAP else end) for start, end in spans if start < seconds
    ]
    return min(1.0, length(merged(inside)) / seconds)


def percent(part: float) -> int:
    """A share as a whole number of percent. Nothing but all is 100."""
    return min(100, int(part * 100 + 1e-9))


def credit_after(spans: Iterable[Span], credit: float, since: float | None) -> float | None:
    """The seconds that are still to somebody's credit after watching `spans`, as often as they are listed; None where nobody can
    have watched them in the `since` seconds after the last report, with `credit` left from before.

    With `since` None there was no report before: whoever begins has `GRACE`. Of the time that a report does not need, at most
    `SAVED` is kept for the next one, and none of a pause. All of them together never hold more than can have been played.
    """
    passed = 0.0 if since is None else min(max(0.0, since), LONGEST_SILENCE)
    left = (GRACE if since is None else credit) + FASTEST * MARGIN * passed - length(spans)
    return None if left < 0 else round(min(SAVED if length(spans) else GRACE, left), 3)


def audience(people: Iterable[Iterable[Sequence[float]]], seconds: float, parts: int) -> list[int]:
    """How many of `people` (their intervals) have watched each of so many equal `parts` of a film: its middle."""
    counts = [0] * parts
    middles = [(number + 0.5) * seconds / parts for number in range(parts)]
    for spans in people:
        for number, middle in enumerate(middles):
            counts[number] += any(start <= middle < end for start, end in spans)
    return counts


def _is_time(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e6
