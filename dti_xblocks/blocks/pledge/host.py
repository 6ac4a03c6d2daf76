"""What the parts of a pledge block need of the block: its fields, its place and its screen."""

from __future__ import annotations

from typing import Any, Protocol

from ...content import Problem
from ...platform.learner import Learner
from ...platform.where import Where


class PledgeHost(Protocol):
    """A pledge block as its parts know it: see the fields of `PledgeBlock`."""

    runtime: Any
    scope_ids: Any
    display_name: str
    content: str
    wording_label: str
    require_reading: bool
    allow_drawing: bool
    offer_plan: bool
    gate_block: str
    gate_percent: int
    opens_on: str
    valid_months: int
    remind_days: int
    certificate_text: str
    agency_logo: str
    reported: str

    @property
    def where(self) -> Where:
        """The course and the place in it."""

    def problems(self) -> list[Problem]:
        """The author's mistakes in the content and settings."""

    def screen(self, learner: Learner | None) -> str:
        """The present HTML of the block for `learner`."""
