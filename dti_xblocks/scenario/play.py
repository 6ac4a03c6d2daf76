"""How a scenario is lived. Stored is only what the learner decided; where that leads is worked out anew each time.

The scenario given here is sound (`rules.playable`); the stored decisions may be of an older version of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from .model import Choice, Ending, Scenario, Scene


@dataclass(frozen=True)
class Step:
    """A decision that holds: in `scene` the learner took `choice`, at an ISO 8601 time."""

    scene: Scene
    choice: Choice
    at: str

    def stored(self) -> list[str]:
        """The step as it is kept."""
        return [self.scene.id, self.choice.id, self.at]


@dataclass(frozen=True)
class State:
    """Where the learner stands: in `scene`, or at `ending` (one of them is None).

    `lost` counts stored decisions that no longer fit because the scenario was changed; they are not among `steps`.
    `earned` and `possible` are points, `possible` those of the strongest path.
    """

    steps: tuple[Step, ...]
    scene: Scene | None
    ending: Ending | None
    lost: int
    earned: int
    possible: int

    @property
    def last(self) -> Step | None:
        """The decision just made, if there is one."""
        return self.steps[-1] if self.steps else None

    @property
    def share(self) -> float:
        """The score, 0.0 to 1.0. Where nothing can be earned everybody has it all."""
        return self.earned / self.possible if self.possible else 1.0

    def stored(self) -> list[list[str]]:
        """The decisions that hold, as they are kept."""
        return [step.stored() for step in self.steps]


def replay(scenario: Scenario, decisions: list) -> State:
    """Live through `decisions`, each [scene id, choice id, ISO time], from the start.

    Stops at the first that does not fit: another scene than the one reached, a choice that is no more, or damaged data.
    """
    steps: list[Step] = []
    scene: Scene | None = scenario.start
    ending: Ending | None = None
    for decision in decisions:
        step = _step(scene, decision) if scene else None
        if step is None:
            break
        steps.append(step)
        scene, ending = scenario.scene(step.choice.to), scenario.ending(step.choice.to)
    return State(
        steps=tuple(steps),
        scene=scene,
        ending=ending,
        lost=len(decisions) - len(steps),
        earned=sum(step.choice.points or 0 for step in steps),
        possible=scenario.possible,
    )


def decide(scenario: Scenario, state: State, choice_id: str, at: str) -> State | None:
    """The state after taking `choice_id` in the present scene; None when the scene has no such choice."""
    if state.scene is None or state.scene.choice(choice_id) is None:
        return None
    return replay(scenario, [*state.stored(), [state.scene.id, choice_id, at]])


def _step(scene: Scene, decision) -> Step | None:
    if not isinstance(decision, (list, tuple)) or len(decision) != 3 or not all(isinstance(part, str) for part in decision):
        return None
    scene_id, choice_id, at = decision
    choice = scene.choice(choice_id) if scene.id == scene_id else None
    return Step(scene, choice, at) if choice else None
