"""How often a learner has played, and may play."""

from __future__ import annotations

from . import aside
from .host import ScenarioHost


def tries(block: ScenarioHost) -> int:
    """How many runs that count the learner has begun in this state."""
    return block.attempt - block.first_attempt + 1 - aside.begun(block) if block.attempt else 0


def tries_left(block: ScenarioHost) -> int | None:
    """How many runs the learner may still begin; None for any number."""
    return max(block.max_tries - tries(block), 0) if block.max_tries else None


def may_try_again(block: ScenarioHost) -> bool:
    """True when another run may begin."""
    return tries_left(block) != 0
