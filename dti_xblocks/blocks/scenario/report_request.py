"""A request for the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from ...content import whole_number
from ...records.scenario import run_report
from ...scenario.model import Scenario
from .host import ScenarioHost


@dataclass(frozen=True)
class ReportRequest:
    """A request for the report: the block, its present scenario, and the `query`."""

    block: ScenarioHost
    scenario: Scenario
    query: Mapping[str, str]

    @property
    def usage_key(self) -> str:
        """The key under which the runs are on record."""
        return self.block.where.usage

    @property
    def which(self) -> str:
        """The runs that are asked for."""
        which = self.text("which")
        return which if which in (run_report.FIRST, run_report.BEST, run_report.ALL) else run_report.FIRST

    @property
    def page(self) -> int:
        """The page of a list, from 1."""
        return max(1, whole_number(self.text("page"), digits=6) or 1)

    @property
    def person(self) -> int:
        """The user id of the learner who is asked for, 0 for nobody: no address has a name in it."""
        return whole_number(self.text("person"), digits=18) or 0

    def text(self, name: str) -> str:
        """A word of the query, "" where there is none."""
        return (self.query.get(name) or "").strip()[:255]

    def link(self, **query: object) -> str:
        """The address of another part of the report."""
        return str(self.block.runtime.handler_url(self.block, "report", query=urlencode(query)))
