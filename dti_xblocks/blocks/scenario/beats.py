"""The two beats of a decision: what came of it, then, when the learner goes on, where that leads.

A beat is a view. The journal knows nothing of it, and a run is as far as its entries say, whichever beat is on the screen.
"""

from __future__ import annotations

from ...scenario.play import State
from ...scenario.screen import CONSEQUENCE, PLACE
from .host import ScenarioHost


def shown(block: ScenarioHost, state: State | None) -> str:
    """What is to be shown of a run in `state`: see `scenario.screen`.

    A clock that runs is never kept from the learner, nor the result of a run that ended before there were beats.
    """
    if state is None or not state.steps or (state.clock and state.clock.started):
        return PLACE
    if block.gone_on is None:
        return PLACE if state.ending else CONSEQUENCE
    return CONSEQUENCE if block.gone_on < len(state.steps) else PLACE


def due(block: ScenarioHost, state: State) -> None:
    """The last decision was made just now: what came of it is to be shown."""
    block.gone_on = len(state.steps) - 1


def go_on(block: ScenarioHost, state: State) -> None:
    """The learner has seen what came of the last decision."""
    block.gone_on = len(state.steps)
