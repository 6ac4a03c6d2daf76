"""What other learners did first, after a decision: see `scenario.firsts`. Off unless the author wants it."""

from __future__ import annotations

import logging

from ...records.access import RecordsUnavailableError
from ...records.scenario.firsts import first_acts
from ...records.scenario.player import Player
from ...scenario import firsts
from ...scenario.play import State
from .host import ScenarioHost

log = logging.getLogger(__name__)


def stepped_in(block: ScenarioHost, player: Player | None, state: State | None) -> int | None:
    """How many of ten stepped in where the run in `state` has just decided; None where that is not told."""
    if not block.first_acts or player is None or state is None or state.last is None:
        return None
    try:
        taken = first_acts(player.usage_key)
    except RecordsUnavailableError:
        log.exception("What others did first in %s cannot be read.", player.usage_key)
        return None
    scene = state.last.scene
    return firsts.stepped_in(scene, taken.get(scene.id, {}), others=block.attempt == 1 and state.ending is None)
