"""What a learner may know now. `present` is the only way from a scenario to a learner's page while it is being played.

The values here are made by addition: they hold no scene, choice or scenario, so nothing that is not due can slip out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .model import Line, Scenario
from .play import State

# From a slug to the arguments of `Authority`; None for what the library does not have.
Lookup = Callable[[str], tuple[str, str] | None]


@dataclass(frozen=True)
class Authority:
    """An authority by its name, and the rest of its citation as it follows the name, separator included."""

    caption: str
    citation: str


@dataclass(frozen=True)
class Rung:
    """A level on the ladder. `here` marks where the learner stands, `seen` where they have decided before."""

    title: str
    html: str
    here: bool
    seen: bool


@dataclass(frozen=True)
class Option:
    """A choice, before it is taken: its id and its text and nothing else."""

    id: str
    text: str


@dataclass(frozen=True)
class Moment:
    """The present scene."""

    id: str
    title: str
    place: str
    time: str
    lines: tuple[Line, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Feedback:
    """What came of the decision just made."""

    taken: str
    outcome: str
    why: str
    authorities: tuple[Authority, ...]


@dataclass(frozen=True)
class Close:
    """The ending that was reached."""

    title: str
    result: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Screen:
    """The page before the debrief: `introduction` before the start, else a `moment` or a `close`."""

    introduction: str
    ladder: tuple[Rung, ...]
    made: int
    lost: int
    feedback: Feedback | None = None
    moment: Moment | None = None
    close: Close | None = None


def present(scenario: Scenario, state: State | None, lookup: Lookup) -> Screen:
    """The screen for `state`; None stands for a learner who has not started."""
    if state is None:
        return Screen(introduction=scenario.introduction, ladder=_ladder(scenario, "", set()), made=0, lost=0)
    here = state.scene.level if state.scene else ""
    return Screen(
        introduction="",
        ladder=_ladder(scenario, here, {step.scene.level for step in state.steps}),
        made=len(state.steps),
        lost=state.lost,
        feedback=_feedback(state, lookup),
        moment=_moment(state),
        close=Close(state.ending.title, state.ending.result, state.ending.lines) if state.ending else None,
    )


def known(slugs: tuple[str, ...], lookup: Lookup) -> tuple[Authority, ...]:
    """Those of `slugs` that the library has."""
    found = [lookup(slug) for slug in slugs]
    return tuple(Authority(*names) for names in found if names)


def _ladder(scenario: Scenario, here: str, seen: set[str]) -> tuple[Rung, ...]:
    return tuple(Rung(level.title, level.html, level.id == here, level.id in seen) for level in scenario.levels)


def _moment(state: State) -> Moment | None:
    scene = state.scene
    if scene is None:
        return None
    options = tuple(Option(choice.id, choice.text) for choice in scene.choices)
    return Moment(scene.id, scene.title, scene.place, scene.time, scene.lines, options)


def _feedback(state: State, lookup: Lookup) -> Feedback | None:
    if state.last is None:
        return None
    choice = state.last.choice
    return Feedback(choice.text, choice.outcome, choice.why, known(choice.authorities, lookup))
