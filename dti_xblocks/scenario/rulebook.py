"""What a rule about scenarios says of itself, and the book in which all of them are entered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from .. import content
from ..content import ERROR, Book, Finding
from .explore import Atlas
from .model import Choice, Ending, Scenario, Scene


@dataclass(frozen=True)
class Setting:
    """What the rules are told beside the scenario. `authorities` and `pass_mark` are None when they are not known.

    `atlas` is what exploring the scenario found; None where that was not possible. `tangled`: it came to no end.
    """

    authorities: Collection[str] | None = None
    pass_mark: int | None = None
    atlas: Atlas | None = None
    tangled: bool = False


@dataclass(frozen=True)
class Rule(content.Rule[[Scenario, Setting]]):
    """`breaks_play` says that a scenario with this mistake cannot be played at all. A `ground` rule must hold before a scenario
    can be explored, so it breaks play too; a rule that `explores` asks the atlas and is silent where there is none."""

    breaks_play: bool = False
    ground: bool = False
    explores: bool = False


RULES: Book[Rule] = Book()
Find = Callable[[Scenario, Setting], Iterable[Finding]]


def rule(
    code: str, severity: str = ERROR, *, breaks_play: bool = False, ground: bool = False, explores: bool = False
) -> Callable[[Find], Find]:
    """Enter a function in `RULES`. Its docstring is the rule's manual: what is wrong, and why it matters."""

    def enter(find: Find) -> Find:
        RULES.enter(Rule(code, find, severity, breaks_play or ground, ground, explores))
        return find

    return enter


def choices_in(scenario: Scenario) -> Iterator[tuple[str, Scene, Choice]]:
    """Every choice with its scene, and its place as authors read it."""
    for scene in scenario.scenes:
        for choice in scene.choices:
            yield f"{scene.id} > {choice.id}", scene, choice


def owners(scenario: Scenario) -> Iterator[tuple[str, str, Scene | Ending | Choice]]:
    """Everything that may have conditions: its place as authors read it, its name in an atlas, itself."""
    for place in (*scenario.scenes, *scenario.endings):
        yield place.id, place.id, place
    for where, scene, choice in choices_in(scenario):
        yield where, f"{scene.id}/{choice.id}", choice
