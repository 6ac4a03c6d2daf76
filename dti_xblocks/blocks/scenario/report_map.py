"""The map in the report: of which runs, and what they did."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ...pages.scenario.report_map import map_context
from ...records.scenario import run_report
from ...records.scenario.tallies import Tallies
from .report_request import ReportRequest


def context(request: ReportRequest) -> dict[str, Any]:
    """Map and table of the runs that are asked for."""
    names = {
        run_report.FIRST: _("First attempts"),
        run_report.BEST: _("Best attempts"),
        run_report.ALL: _("All runs"),
    }
    numbers = run_report.totals(request.usage_key)
    runs = {run_report.FIRST: numbers.started, run_report.BEST: numbers.finished, run_report.ALL: numbers.begun}[request.which]
    moves = Tallies(request.usage_key).moves(request.which)
    return {
        "kinds": [
            {"title": title, "address": request.link(part="map", which=which), "here": which == request.which}
            for which, title in names.items()
        ],
        "kind": names[request.which],
        **map_context(request.scenario, moves, runs),
    }
