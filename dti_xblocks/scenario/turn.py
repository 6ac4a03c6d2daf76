"""Where a finished run turned: the decision that closed the better way, and what was still possible after it."""

from __future__ import annotations

from dataclasses import dataclass

from . import motion
from .explore import analysis
from .model import Scenario
from .play import State


@dataclass(frozen=True)
class Turn:
    """The decision `number` (from 1), in the scene of that title, at which a run turned; `late` when the clock made it.

    From there at most `points` could be earned in the whole run. `closed` when that was too little to pass.
    """

    number: int
    scene: str
    late: bool
    points: int
    closed: bool


def turn_of(scenario: Scenario, state: State, pass_mark: int) -> Turn | None:
    """Where `state`, a run at its ending, turned: in one that did not reach `pass_mark` per cent the decision after which nobody
    could, else the one that cost most; None where nothing was lost."""
    explored, earned, drops = analysis(scenario), 0, []
    most = state.possible
    for number, step in enumerate(state.steps, start=1):
        earned += motion.gain(scenario, step.before, step.choice)
        before, most = most, max(state.earned, min(most, earned + explored.worth(step.after)))
        drops.append((before - most, Turn(number, step.scene.title, step.late, most, most * 100 < pass_mark * state.possible)))
    closing = next((turn for _lost, turn in drops if turn.closed), None)
    if closing:
        return closing
    lost, turn = max(drops, key=lambda drop: drop[0], default=(0, None))
    return turn if lost else None
