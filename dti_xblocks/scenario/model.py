"""What a scenario is: plain, frozen values. Nothing here says whether it is sound; see `rules`."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property

RESULTS = ("good", "mixed", "bad")


def line_number():
    """The 1-based line of an element in the authored content; no part of what the element is."""
    return field(default=0, compare=False, repr=False)


@dataclass(frozen=True)
class Line:
    """A piece of a scene, in order: narration, or what `who` says. `html` is authored inline or block XML, not yet cleaned."""

    html: str
    who: str = ""
    line: int = line_number()


@dataclass(frozen=True)
class Level:
    """A level of intervention, lowest first: officer, supervisor, agency, or rungs of another ladder."""

    id: str
    title: str
    html: str
    line: int = line_number()


@dataclass(frozen=True)
class Choice:
    """What the learner may do in a scene, and what comes of it. `points` is None where the author wrote no whole number."""

    id: str
    to: str
    points: int | None
    text: str
    outcome: str
    why: str
    authorities: tuple[str, ...] = ()
    line: int = line_number()


@dataclass(frozen=True)
class Scene:
    """One moment with a decision. `level` is the id of a `Level`."""

    id: str
    title: str
    level: str
    place: str
    time: str
    lines: tuple[Line, ...]
    choices: tuple[Choice, ...]
    line: int = line_number()

    def choice(self, choice_id: str) -> Choice | None:
        """The choice of that id, or None."""
        return next((choice for choice in self.choices if choice.id == choice_id), None)

    @property
    def best_points(self) -> int:
        """The most points that a choice of this scene is worth."""
        return max((choice.points or 0 for choice in self.choices), default=0)


@dataclass(frozen=True)
class Ending:
    """Where a path ends. `result` is one of `RESULTS`."""

    id: str
    title: str
    result: str
    lines: tuple[Line, ...]
    line: int = line_number()


@dataclass(frozen=True)
class Stray:
    """Something the reader found and could not place. `kind`: "element", "attribute", "tag" (within prose), "text"
    (between elements) or "speaker" (a missing one)."""

    kind: str
    name: str
    where: str
    line: int = line_number()


@dataclass(frozen=True)
class Scenario:
    """A whole scenario; the first scene is the start."""

    introduction: str
    levels: tuple[Level, ...]
    scenes: tuple[Scene, ...]
    endings: tuple[Ending, ...]
    strays: tuple[Stray, ...] = ()

    @cached_property
    def version(self) -> str:
        """SHA-256 of what is authored, whatever its indentation: an import into the platform drops blank text."""
        return hashlib.sha256(json.dumps(_essence(self)).encode("utf-8")).hexdigest()

    @cached_property
    def _scenes(self) -> dict[str, Scene]:
        return {scene.id: scene for scene in reversed(self.scenes)}

    @cached_property
    def _endings(self) -> dict[str, Ending]:
        return {ending.id: ending for ending in reversed(self.endings)}

    @cached_property
    def _levels(self) -> dict[str, Level]:
        return {level.id: level for level in reversed(self.levels)}

    @property
    def start(self) -> Scene:
        """The first scene. A scenario without scenes has none: `IndexError`."""
        return self.scenes[0]

    def scene(self, scene_id: str) -> Scene | None:
        """The scene of that id, or None."""
        return self._scenes.get(scene_id)

    def ending(self, ending_id: str) -> Ending | None:
        """The ending of that id, or None."""
        return self._endings.get(ending_id)

    def level(self, level_id: str) -> Level | None:
        """The level of that id, or None."""
        return self._levels.get(level_id)

    @cached_property
    def strongest(self) -> dict[str, tuple[int, str]]:
        """For each scene that can be reached: the most points from there to an ending, and the first choice that gets them.

        Counts each scene once; in a scenario with a loop (which `rules` refuses) the way back adds nothing.
        """
        worth: dict[str, tuple[int, str]] = {}
        entered: set[str] = set()
        todo = [self.scenes[0].id] if self.scenes else []
        while todo:  # an own stack: a chain of a thousand scenes is deeper than Python likes to recurse
            scene = self.scene(todo[-1])
            if scene is None or scene.id in worth:
                todo.pop()
                continue
            ahead = [choice.to for choice in scene.choices if choice.to not in entered and self.scene(choice.to)]
            if scene.id not in entered:
                entered.add(scene.id)
                todo += ahead
                if ahead:
                    continue
            best = max(scene.choices, key=lambda choice: _worth(choice, worth), default=None)
            worth[scene.id] = (_worth(best, worth), best.id) if best else (0, "")
            todo.pop()
        return worth

    def worth(self, choice: Choice) -> int:
        """The most points that a path through `choice` gets from its scene to an ending."""
        return _worth(choice, self.strongest)

    @property
    def possible(self) -> int:
        """The points of the strongest path."""
        return self.strongest[self.start.id][0] if self.scenes else 0


def _worth(choice: Choice, worth: dict[str, tuple[int, str]]) -> int:
    return (choice.points or 0) + worth.get(choice.to, (0, ""))[0]


def _essence(value):
    """`value` as plain lists and strings, without line numbers and without the blanks that indentation makes."""
    if is_dataclass(value):
        return [_essence(getattr(value, part.name)) for part in fields(value) if part.compare]
    if isinstance(value, tuple):
        return [_essence(part) for part in value]
    if isinstance(value, str):
        return re.sub(r"\s*(<[^>]*>)\s*", r"\1", re.sub(r"\s+", " ", value)).strip()
    return value
