"""What the parts of the review block ask of the block."""

from __future__ import annotations

from typing import Any, Protocol

from ...platform.where import Where


class ReviewHost(Protocol):
    """A review block. `reported` says whether the learner's completion was reported."""

    content: str
    edit_days: int
    after_share: int
    shows_ratings: bool
    reported: bool
    runtime: Any
    scope_ids: Any

    @property
    def where(self) -> Where:
        """The course and the place in it."""
