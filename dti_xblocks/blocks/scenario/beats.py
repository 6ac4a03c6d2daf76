"""The beats of a decision: what came of it, then, when the learner goes on, where that leads; between them, who they are from
there on, where they become somebody else. An ending has two: how the story ends, then the result.

A beat is a view. The journal knows nothing of it, and a run is as far as its entries say, whichever beat is on the screen.
"""

from __future__ import annotations

from ...scenario.cast import becomes
from ...scenario.model import Scenario
from ...scenario.play import State
from ...scenario.screen import CONSEQUENCE, END, PLACE, ROLE
from .host import ScenarioHost


def shown(block: ScenarioHost, scenario: Scenario, state: State | None) -> str:
    """What is to be shown of a run in `state`: see `scenario.screen`.

    A clock that runs is never kept from the learner, nor the result of a run that ended before there were beats.
    """
    if state is None or not state.steps or (state.clock and state.clock.started):
        return PLACE
    if block.gone_on is None:
        return PLACE if state.ending else CONSEQUENCE
    if block.gone_on < len(state.steps):
        return CONSEQUENCE
    if state.ending:
        return END if block.at_end else PLACE
    return ROLE if block.met < len(state.steps) and becomes(scenario, state) else PLACE


def due(block: ScenarioHost, state: State) -> None:
    """The last decision was made just now: what came of it is to be shown."""
    block.gone_on, block.at_end = len(state.steps) - 1, False
    block.met = min(block.met, block.gone_on)  # it may have been further before the scenario was changed


def go_on(block: ScenarioHost, state: State, beat: str = "") -> None:
    """The learner has seen what came of the last decision, and where `beat` is `ROLE` or `END` the card of whom they become or
    how the story ends, too.

    Who comes from what came of it to an ending is told how the story ends. Runs that had gone on before this was kept have the
    result, as they had it then.
    """
    if block.gone_on is not None and block.gone_on < len(state.steps):
        block.at_end = state.ending is not None
    elif beat == END:
        block.at_end = False
    block.gone_on = len(state.steps)
    if beat == ROLE:
        block.met = len(state.steps)
