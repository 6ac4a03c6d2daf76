"""Storyboards: what happens in a film, shot by shot, in both languages. The values; `reading` makes them of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LANGUAGES = ("en", "es")
CARD = "card"  # the scene of a shot that shows words alone
SOUNDS = ("rain", "room", "street", "engine", "squelch", "steps", "cuffs", "door", "phone", "clock", "heart")
LEAD, PAUSE, HOLD = 0.45, 0.34, 0.4  # seconds: before the first line, between lines, after the last


@dataclass(frozen=True)
class Words:
    """The same in both languages."""

    en: str
    es: str

    def of(self, language: str) -> str:
        """The words of a language."""
        return self.es if language == "es" else self.en


@dataclass(frozen=True)
class Person:
    """Who speaks: a voice of the table of voices, and how captions name them."""

    voice: str
    name: Words = Words("", "")


@dataclass(frozen=True)
class Line:
    """What is said. `say` and `di` are for the voice alone, where it would read the words wrongly. `speed` is a factor."""

    who: str
    en: str
    es: str
    say: str = ""
    di: str = ""
    speed: float = 1.0
    radio: bool = False
    phone: bool = False
    line: int = 0

    def written(self, language: str) -> str:
        """What captions show."""
        return self.es if language == "es" else self.en

    def spoken(self, language: str) -> str:
        """What the voice is given."""
        return (self.di if language == "es" else self.say) or self.written(language)


@dataclass(frozen=True)
class At:
    """A moment of a shot: with the line of a number (from 1), or at a second of the shot; `after` seconds later."""

    line: int = 0
    second: float = 0.0
    after: float = 0.0


@dataclass(frozen=True)
class OnScreen:
    """The words that a shot shows, from a moment on."""

    words: Words
    at: At


@dataclass(frozen=True)
class Act:
    """Somebody moves: into another pose, or to another place, or turns."""

    who: str
    at: At
    seconds: float
    pose: str = ""
    joints: Mapping[str, object] = field(default_factory=dict)
    to: tuple[float, ...] | None = None
    turn: float | None = None
    line: int = 0


@dataclass(frozen=True)
class Sound:
    """A sound: with a moment, or `at` None for the whole shot."""

    kind: str
    at: At | None = None


@dataclass(frozen=True)
class Clock:
    """Seconds that run in the corner, from a moment on."""

    at: At
    first: int
    last: int


@dataclass(frozen=True)
class Path:
    """What of the picture is shown at first and at last: the middle (0 to 1 across and down) and how much larger."""

    first: tuple[float, float, float] = (0.5, 0.5, 1.0)
    last: tuple[float, float, float] = (0.5, 0.5, 1.06)


@dataclass(frozen=True)
class Shot:
    """A scene, looked at without a cut. `bar` and `rain` are None where the scene decides."""

    id: str
    scene: str
    camera: Path = Path()
    bar: bool | None = None
    rain: bool | None = None
    lead: float = LEAD
    hold: float = HOLD
    lines: tuple[Line, ...] = ()
    words: OnScreen | None = None
    acts: tuple[Act, ...] = ()
    look: str = ""
    sounds: tuple[Sound, ...] = ()
    clock: Clock | None = None
    line: int = 0


@dataclass(frozen=True)
class Storyboard:
    """A film to be made, `name` being that of its file."""

    name: str
    title: Words
    lesson: str
    idea: str
    cast: Mapping[str, Person]
    shots: tuple[Shot, ...]
    last: str = ""
    outcomes: tuple[str, ...] = ()
    true_story: bool = False
    sources: tuple[str, ...] = ()

    def lines(self) -> list[tuple[str, Line]]:
        """Every line with its key: <shot>-<number from 1>."""
        return [(key(shot, number), line) for shot in self.shots for number, line in enumerate(shot.lines, start=1)]


def key(shot: Shot, number: int) -> str:
    """The name of a shot's line, from 1: that of its recording."""
    return f"{shot.id}-{number}"
