"""What a rule about scenarios is, and the book in which all of them are entered."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from ..content import ERROR, Book, Finding, Problem, Rule, sentence
from .explore import Analysis
from .model import Choice, Ending, Level, Meter, Scenario, Scene

THE_SCENARIO = sentence("the scenario")  # the place of what is wrong with all of it


@dataclass(frozen=True)
class Setting:
    """What the rules are told beside the scenario. `authorities` and `pass_mark` are None when they are not known.

    `analysis` is what exploring the scenario found; None where that was not possible. `tangled`: it came to no end.
    """

    authorities: Collection[str] | None = None
    pass_mark: int | None = None
    analysis: Analysis | None = None
    tangled: bool = False


Find = Callable[[Scenario, Setting], Iterable[Finding | Problem]]
FindExplored = Callable[[Scenario, Analysis], Iterable[Finding | Problem]]


@dataclass(frozen=True)
class ScenarioRule(Rule[[Scenario, Setting]]):
    """`breaks_play` says that a scenario with this mistake cannot be played at all. A `ground` rule must hold before a scenario
    can be explored, so it breaks play too."""

    breaks_play: bool = False
    ground: bool = False


RULES: Book[ScenarioRule] = Book()


def rule(code: str, severity: str = ERROR, *, breaks_play: bool = False, ground: bool = False) -> Callable[[Find], Find]:
    """Enter a function in `RULES`. Its docstring is the rule's manual: what is wrong, and why it matters."""

    def enter(find: Find) -> Find:
        RULES.enter(ScenarioRule(code, find, severity, breaks_play or ground, ground))
        return find

    return enter


def explored_rule(code: str, severity: str = ERROR, *, breaks_play: bool = False) -> Callable[[FindExplored], FindExplored]:
    """Enter a function that asks the analysis in `RULES`; it is not asked where there is none."""

    def enter(find: FindExplored) -> FindExplored:
        @functools.wraps(find)
        def where_explored(scenario: Scenario, setting: Setting) -> Iterable[Finding | Problem]:
            return find(scenario, setting.analysis) if setting.analysis else ()

        RULES.enter(ScenarioRule(code, where_explored, severity, breaks_play))
        return find

    return enter


def choices_in(scenario: Scenario) -> Iterator[tuple[str, Scene, Choice]]:
    """Every choice with its scene, and its place as authors read it."""
    for scene in scenario.scenes:
        for choice in scene.choices:
            yield f"{scene.id} > {choice.id}", scene, choice


def titled(scenario: Scenario) -> Iterator[tuple[str, Level | Meter | Scene | Ending]]:
    """Everything that has a title: its element's name, itself."""
    for kind, items in (
        ("level", scenario.levels),
        ("meter", scenario.meters),
        ("scene", scenario.scenes),
        ("ending", scenario.endings),
    ):
        for item in items:
            yield kind, item


def owners(scenario: Scenario) -> Iterator[tuple[str, str, Scene | Ending | Choice]]:
    """Everything that may have conditions: its place as authors read it, its name in an analysis, itself."""
    for place in scenario.places:
        yield place.id, place.id, place
    for where, scene, choice in choices_in(scenario):
        yield where, f"{scene.id}/{choice.id}", choice
