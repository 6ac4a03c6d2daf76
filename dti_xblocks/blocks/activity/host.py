"""What the parts of the activity block ask of the block."""

from __future__ import annotations

from typing import Any, Protocol

from ...platform.where import Where


class ActivityHost(Protocol):
    """An activity block. `trial` is how somebody stands in it where nothing becomes a record: in Studio, in a library."""

    activity: str
    content: str
    display_name: str
    earlier: str
    graded_tries: int
    reported: bool
    runtime: Any
    scope_ids: Any
    trial: dict[str, Any]
    weight: float

    @property
    def where(self) -> Where:
        """The course and the place in it."""
