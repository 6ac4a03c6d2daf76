"""What the parts of a scenario ask of the block that they are parts of."""

from __future__ import annotations

from typing import Any, Protocol

from ...platform.where import Where


class ScenarioHost(Protocol):
    """The block: its settings and content to read, and a learner's state to read and to write.

    `decisions` are the entries of the present run as in `scenario.play`, `attempt` its number (0 before the first) and
    `first_attempt` that of the first run in this state; `started` is an ISO 8601 time, `pace` what clocks are multiplied by;
    `gone_on`, `met` and `at_end` are for `beats`, `practice` and `asked` for `aside`.
    `results` are those of finished runs, oldest first, as `scenario.results` keeps them. `runtime` and `scope_ids` are the
    platform's.
    """

    display_name: str
    content: str
    pass_mark: int | None
    max_tries: int
    score_by: str
    counted: str
    completes: str
    clock_rule: str
    replays: str
    first_acts: bool

    decisions: list[Any]
    attempt: int
    first_attempt: int
    started: str
    gone_on: int | None
    practice: dict[str, Any]
    asked: int
    met: int
    at_end: bool
    pace: int
    results: list[Any]

    runtime: Any
    scope_ids: Any

    @property
    def where(self) -> Where:
        """The course and the place in it."""
