"""The scenario in a block's content, read and checked once for as long as it is asked for."""

from __future__ import annotations

import functools

from . import olx, rules
from .model import Scenario


@functools.lru_cache(maxsize=64)
def read(content: str, score_by: str) -> Scenario:
    """The scenario as it is written. Raises `olx.ScenarioUnreadableError`."""
    return olx.read(content, score_by)


@functools.lru_cache(maxsize=64)
def playable(content: str, score_by: str) -> Scenario | None:
    """The scenario, or None where it cannot be read or played."""
    try:
        scenario = read(content, score_by)
    except olx.ScenarioUnreadableError:
        return None
    return scenario if rules.playable(rules.check(scenario)) else None
