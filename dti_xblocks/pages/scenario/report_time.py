"""How many people began and finished a scenario week by week, as lines and as the same table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ...drawing.numbers import Graph, lines
from ...templating.dates import day_text
from ...templating.listing import short_number

MOST = 26  # weeks, the last
LABELS = 5  # dates below the lines, at most

WEEK = timedelta(days=7)


def over_time(weeks: Mapping[date, tuple[int, int]]) -> dict[str, Any]:
    """For the template: `graph` and `rows`, of the last weeks; nothing of fewer than two."""
    if not weeks:
        return {}
    last, first = max(weeks), max(min(weeks), max(weeks) - (MOST - 1) * WEEK)
    mondays = [first + WEEK * number for number in range((last - first).days // 7 + 1)]
    if len(mondays) < 2:
        return {}
    told = [weeks.get(monday, (0, 0)) for monday in mondays]
    graph = lines([[began for began, _ended in told], [ended for _began, ended in told]])
    rows = [
        {"week": day_text(monday), "began": short_number(began), "ended": short_number(ended)}
        for monday, (began, ended) in zip(mondays, told, strict=True)
    ]
    return {"graph": graph, "labels": _labels(mondays, graph), "rows": rows}


def _labels(mondays: list[date], graph: Graph) -> list[dict[str, Any]]:
    every = -(-len(mondays) // LABELS)
    return [{"x": x, "text": f"{monday:%Y-%m-%d}"} for x, monday in list(zip(graph.xs, mondays, strict=True))[::every]]
