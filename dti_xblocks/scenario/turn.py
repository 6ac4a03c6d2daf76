"""Where a run turned: the decision after which the better way was closed."""

from __future__ import annotations

from dataclasses import dataclass

from . import motion
from .explore import analysis
from .model import Scenario
from .play import State, Step


@dataclass(frozen=True)
class Turn:
    """The decision `number` (from 1) of a run. `before` and `after` are the most points that the whole run could come to just
    before it and just after it."""

    number: int
    step: Step
    before: int
    after: int


def turn_of(scenario: Scenario, state: State, pass_mark: int) -> Turn | None:
    """Where the run in `state` turned; None where it kept to a strongest path all the way.

    That is the decision after which a share of `pass_mark` per cent was out of reach. Where it stayed in reach, or was so from
    the start, it is the decision that cost the most; of equals the first.
    """
    explored = analysis(scenario)
    needed = pass_mark * explored.possible
    points, reach = 0, explored.possible
    dearest: Turn | None = None
    for number, step in enumerate(state.steps, start=1):
        points += motion.gain(scenario, step.before, step.choice)
        after = min(reach, points + explored.worth(step.after))
        if after < reach:
            turn = Turn(number, step, reach, after)
            if 100 * reach >= needed > 100 * after:
                return turn
            if dearest is None or reach - after > dearest.before - dearest.after:
                dearest = turn
        reach = after
    return dearest
