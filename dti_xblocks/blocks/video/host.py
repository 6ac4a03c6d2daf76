"""What the parts of the film block ask of the block."""

from __future__ import annotations

from typing import Any, Protocol

from ...platform.where import Where


class VideoHost(Protocol):
    """A film block, as this room knows it. See the fields of `VideoBlock` for what each means."""

    scope_ids: Any
    runtime: Any
    fields: Any
    content: str
    # settings of the author
    display_name: str
    complete_share: int
    weight: float
    # state of the learner
    by_stills: bool
    still: int
    reported: bool
    given: float | None
    rehearsal: dict[str, Any]

    @property
    def where(self) -> Where:
        """The course and the place in it."""
