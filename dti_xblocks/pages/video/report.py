"""How a film was watched and decided, for course staff: the curve of who was still watching, and when people stepped in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ...drawing.numbers import bars, lines
from ...templating import render
from ...video import watched
from ...video.model import NEVER, Question, Tape, Video, clock_text
from ...video.viewing import RIGHT
from .words import result_heading

PARTS = 40  # points of the curve, at most
COLUMNS = 24  # of a histogram, at most
LABELS = 5
WIDE, HIGH, GAP = 480, 120, 2  # of a histogram, in units of its view box
BAR = 240


@dataclass
class Figures:
    """What is counted of one film, row by row. `stops` and `results` are of first answers, by moment."""

    people: int = 0
    finished: int = 0
    still_there: list[int] = field(default_factory=list)
    stops: dict[str, list[float]] = field(default_factory=dict)
    results: dict[str, Counter[str]] = field(default_factory=dict)
    picked: dict[str, Counter[str]] = field(default_factory=dict)
    by_stills: Counter[str] = field(default_factory=Counter)

    def watch(self, spans: Sequence[Sequence[float]], finished: bool, seconds: float) -> None:
        """One more person, and what they have watched."""
        parts = curve_parts(seconds)
        self.still_there = self.still_there or [0] * parts
        self.people += 1
        self.finished += finished
        for number, count in enumerate(watched.audience([spans], seconds, parts)):
            self.still_there[number] += count

    def answer(self, row: Any) -> None:
        """One more first answer."""
        self.results.setdefault(row.moment, Counter())[row.result] += 1
        self.by_stills[row.moment] += row.how == "stills"
        for name in row.picked:
            self.picked.setdefault(row.moment, Counter())[name] += 1
        if row.at is not None:
            self.stops.setdefault(row.moment, []).append(row.at)


def curve_parts(seconds: float) -> int:
    """Into how many parts the curve divides a film."""
    return max(2, min(PARTS, int(seconds)))


def report(video: Video, figures: Figures, csv_url: str, uid: str) -> SafeString:
    """The report of a film."""
    values = {
        "people": figures.people,
        "finished": figures.finished,
        "curve": _curve(video, figures) if figures.people else None,
        "moments": [_moment(video, moment, figures) for moment in video.moments],
        "bar": BAR,
        "csv_url": csv_url,
        "uid": uid,
    }
    return render("dti/video/report.html", values)


def _curve(video: Video, figures: Figures) -> dict[str, Any]:
    parts, seconds = len(figures.still_there), video.film.seconds
    graph = lines([figures.still_there])
    times = [clock_text(seconds * number / parts) for number in range(parts)]
    every = -(-parts // LABELS)
    return {
        "graph": graph,
        "labels": [{"x": x, "text": time} for x, time in list(zip(graph.xs, times, strict=True))[::every]],
        "rows": [{"when": time, "count": count} for time, count in zip(times, figures.still_there, strict=True)],
    }


def _moment(video: Video, moment: Any, figures: Figures) -> dict[str, Any]:
    results = figures.results.get(moment.id, Counter())
    picked = figures.picked.get(moment.id, Counter())
    inside = moment.choices if isinstance(moment, Question) else moment.ways
    lengths = bars([picked[one.id] for one in inside], BAR)
    told = {
        "id": moment.id,
        "when": clock_text(moment.at),
        "prompt": moment.prompt,
        "count": sum(results.values()),
        "by_stills": figures.by_stills[moment.id],
        "picked": [
            {"text": one.text, "count": picked[one.id], "bar": length, "right": getattr(one, "correct", False)}
            for one, length in zip(inside, lengths, strict=True)
        ],
    }
    if isinstance(moment, Question):
        return {**told, "right": results[RIGHT]}
    kinds = [*(window.kind for window in moment.windows), NEVER]
    rows = [{"kind": kind, "words": result_heading(kind), "count": results[kind]} for kind in kinds]
    return {**told, "results": rows, "histogram": _histogram(moment, figures.stops.get(moment.id, []))}


def _histogram(tape: Tape, stops: Iterable[float]) -> dict[str, Any]:
    """Columns of when people stepped in, over bands that are the windows."""
    span = tape.to - tape.at
    columns = max(1, min(COLUMNS, round(span * 2)))
    counts = [0] * columns
    for at in stops:
        counts[min(columns - 1, max(0, int((at - tape.at) / span * columns)))] += 1
    heights, wide = bars(counts, HIGH), WIDE / columns
    begins, bands = tape.at, []
    for window in tape.windows:
        left, right = ((edge - tape.at) / span * WIDE for edge in (begins, window.until))
        bands.append(
            {
                "x": round(left, 1),
                "width": round(right - left, 1),
                "middle": round((left + right) / 2, 1),
                "kind": window.kind,
                "words": result_heading(window.kind),
            }
        )
        begins = window.until
    return {
        "wide": WIDE,
        "high": HIGH,
        "bands": bands,
        "columns": [
            {"x": round(number * wide + GAP / 2, 1), "y": HIGH - height, "width": round(wide - GAP, 1), "height": height}
            for number, height in enumerate(heights)
        ],
        "begins": clock_text(tape.at),
        "ends": clock_text(tape.to),
        "rows": [
            {"when": f"{clock_text(tape.at + number * span / columns)}", "count": count} for number, count in enumerate(counts)
        ],
    }


def csv_header() -> list[str]:
    """The columns of the table of answers."""
    return [
        _("Username"),
        _("Moment"),
        _("Try"),
        _("Result"),
        _("Picked"),
        _("Time of the film (s)"),
        _("Points"),
        _("Points possible"),
        _("How"),
        _("Time (UTC)"),
    ]
