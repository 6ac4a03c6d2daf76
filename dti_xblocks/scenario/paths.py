"""The path of a run beside the strongest path, scene by scene."""

from __future__ import annotations

from dataclasses import dataclass

from .explore import analysis
from .model import Ending, Scenario
from .play import State


@dataclass(frozen=True)
class Stop:
    """A scene or ending on the map of paths: its title, and the text of the choice taken there ("" at an ending)."""

    title: str
    choice: str
    result: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the map: where both paths pass the same scene, both are set; `same` when they also chose the same."""

    yours: Stop | None
    strongest: Stop | None
    same: bool = False


def side_by_side(scenario: Scenario, state: State, ending: Ending) -> tuple[Row, ...]:
    """Both paths side by side; scenes that both pass, in order, share a row."""
    explored = analysis(scenario)
    yours = [*((step.scene.id, step.choice.id) for step in state.steps), (ending.id, "")]
    best = [*explored.path, *([(explored.ending, "")] if explored.ending else [])]
    rows = []
    left = right = 0
    for shared in [*_shared([place for place, _choice in yours], [place for place, _choice in best]), (len(yours), len(best))]:
        rows += [Row(_stop(scenario, *stop), None) for stop in yours[left : shared[0]]]
        rows += [Row(None, _stop(scenario, *stop)) for stop in best[right : shared[1]]]
        if shared[0] < len(yours):
            mine, strongest = yours[shared[0]], best[shared[1]]
            rows.append(Row(_stop(scenario, *mine), _stop(scenario, *strongest), mine == strongest))
        left, right = shared[0] + 1, shared[1] + 1
    return tuple(rows)


def _shared(first: list[str], second: list[str]) -> list[tuple[int, int]]:
    """The longest common subsequence, as pairs of indexes."""
    longest = [[0] * (len(second) + 1) for _row in range(len(first) + 1)]
    for row in range(len(first) - 1, -1, -1):
        for column in range(len(second) - 1, -1, -1):
            if first[row] == second[column]:
                longest[row][column] = longest[row + 1][column + 1] + 1
            else:
                longest[row][column] = max(longest[row + 1][column], longest[row][column + 1])
    pairs, row, column = [], 0, 0
    while row < len(first) and column < len(second):
        if first[row] == second[column]:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif longest[row + 1][column] >= longest[row][column + 1]:
            row += 1
        else:
            column += 1
    return pairs


def _stop(scenario: Scenario, place_id: str, choice_id: str) -> Stop:
    ending = scenario.ending(place_id)
    if ending:
        return Stop(ending.title, "", ending.result)
    scene = scenario.known_scene(place_id)
    choice = scene.choice(choice_id)
    return Stop(scene.title, choice.text if choice else "")
