"""Who speaks and whom the learner plays, as a page shows it: values made by addition, like those of `screen`."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from .model import RADIO, Line, Media, Person, Scenario
from .play import State

COLORS = 8  # how many colors there are for people without a portrait


@dataclass(frozen=True)
class Face:
    """Somebody by name. `portrait` is the address of a picture, "" where there is none; then `initials` stand on a ground whose
    color has the number `color`, from 0 to `COLORS` - 1."""

    name: str
    role: str
    portrait: str
    initials: str
    color: int


@dataclass(frozen=True)
class Said:
    """What somebody says. `you` marks the learner's own words, `radio` those of somebody who is not there."""

    face: Face
    html: str
    you: bool
    radio: bool
    audio: str


@dataclass(frozen=True)
class Role:
    """Whom the learner becomes: what that person knows, and what not."""

    face: Face
    knows: str
    knows_not: str


Told = Line | Media | Said


def told(scenario: Scenario, lines: tuple[Line | Media, ...], you: str) -> tuple[Told, ...]:
    """`lines` with the faces of those who speak. `you` is the id of the person whom the learner plays."""
    return tuple(_said(scenario, line, you) if isinstance(line, Line) and (line.who or line.by) else line for line in lines)


def opening_picture(lines: tuple[Line | Media, ...]) -> Media | None:
    """The picture over which a scene's title stands: an image before everything else."""
    first = lines[0] if lines else None
    return first if isinstance(first, Media) and first.kind == "image" else None


def becomes(scenario: Scenario, state: State) -> Person | None:
    """Whom the learner becomes on coming to the present scene; None who stays who they were, or begins."""
    if state.scene is None or state.last is None or state.scene.you == state.last.scene.you:
        return None
    return scenario.person(state.scene.you)


def role_of(scenario: Scenario, person: Person) -> Role:
    """`person` on a card of their own."""
    return Role(face_of(scenario, person), person.knows, person.knows_not)


def faces(scenario: Scenario) -> tuple[Face, ...]:
    """Everybody in the cast, in the author's order."""
    return tuple(face_of(scenario, person) for person in scenario.people)


def face_of(scenario: Scenario, person: Person) -> Face:
    """The face of somebody in the cast."""
    color = scenario.people.index(person) % COLORS
    return Face(person.name, person.role, person.portrait, person.initials or initials(person.name), color)


def initials(name: str) -> str:
    """The first letters of the first and the last word of `name`, without short forms such as "Mr."."""
    words = [word for word in name.split() if word[0].isalnum()]
    words = [word for word in words if not word.endswith(".")] or words
    return "".join(word[0].upper() for word in (words if len(words) < 2 else (words[0], words[-1])))


def _said(scenario: Scenario, line: Line, you: str) -> Said:
    named = next((person for person in scenario.people if line.who and person.name == line.who), None)
    person = scenario.person(line.by) or named
    if person is not None:
        face = face_of(scenario, person)
    else:
        name = line.who or line.by
        face = Face(name, "", "", initials(name), zlib.crc32(name.encode()) % COLORS)
    return Said(face, line.html, person is not None and person.id == you, line.over == RADIO, line.audio)
