"""When everything of a film begins and ends: one timeline for both languages, for the picture is shared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .storyboard import LANGUAGES, PAUSE, Act, At, Line, Shot, Sound, Storyboard, key

PACE = 2.6  # words a second, where nothing is recorded yet
LEAST_SHOT = 2.5  # seconds
Seconds = Mapping[str, Mapping[str, float]]  # language -> key of a line -> seconds of its recording


@dataclass(frozen=True)
class LineTime:
    """A line, and from when to when it has the word; in one language it may end before `end`."""

    key: str
    line: Line
    start: float
    end: float


@dataclass(frozen=True)
class ActTime:
    """Somebody moves from `start` to `end`."""

    act: Act
    start: float
    end: float


@dataclass(frozen=True)
class SoundTime:
    """A sound from `start`; until `end` where it lasts the whole shot, else `end` is `start`."""

    sound: Sound
    start: float
    end: float


@dataclass(frozen=True)
class ShotTime:
    """A shot from `start` to `end`, seconds of the film. `words` and `clock` are when these come on, or None."""

    shot: Shot
    start: float
    end: float
    lines: tuple[LineTime, ...]
    acts: tuple[ActTime, ...]
    sounds: tuple[SoundTime, ...]
    words: float | None
    clock: float | None


@dataclass(frozen=True)
class Timeline:
    """A film in time."""

    storyboard: Storyboard
    shots: tuple[ShotTime, ...]

    @property
    def seconds(self) -> float:
        """How long the film is."""
        return self.shots[-1].end if self.shots else 0.0

    def lines(self) -> list[LineTime]:
        """All lines in order."""
        return [line for shot in self.shots for line in shot.lines]

    def at(self, second: float) -> int:
        """The number of the shot of a moment."""
        return max((number for number, shot in enumerate(self.shots) if shot.start <= second), default=0)


def recorded(var: Path, name: str) -> dict[str, dict[str, float]]:
    """The seconds of what is recorded of a film, by language: of var/films/NAME/<language>.json."""
    found = {}
    for language in LANGUAGES:
        try:
            said = json.loads((var / name / f"{language}.json").read_text(encoding="utf-8"))
            found[language] = {str(one): float(seconds) for one, seconds in said.items()}
        except (FileNotFoundError, ValueError, AttributeError):
            found[language] = {}
    return found


def slot(name: str, line: Line, seconds: Seconds) -> float:
    """How long a line has the word: as long as the longer of its recordings; estimated where there is none."""
    longest = max((seconds.get(language, {}).get(name, 0.0) for language in LANGUAGES), default=0.0)
    return longest or max(len(line.written(language).split()) for language in LANGUAGES) / PACE / line.speed


def timeline(storyboard: Storyboard, seconds: Seconds) -> Timeline:
    """The film in time, by what is recorded."""
    shots, now = [], 0.0
    for shot in storyboard.shots:
        made = _shot(shot, now, seconds)
        shots.append(made)
        now = made.end
    return Timeline(storyboard, tuple(shots))


def _shot(shot: Shot, start: float, seconds: Seconds) -> ShotTime:
    lines, now = [], start + shot.lead
    for number, line in enumerate(shot.lines, start=1):
        name = key(shot, number)
        end = now + slot(name, line, seconds)
        lines.append(LineTime(name, line, round(now, 3), round(end, 3)))
        now = end + PAUSE
    spoken = lines[-1].end if lines else start + shot.lead

    def moment(at: At) -> float:
        first = lines[min(at.line, len(lines)) - 1].start if at.line > 0 and lines else start + at.second
        return round(first + at.after, 3)

    acts = [(act, moment(act.at)) for act in shot.acts]
    clock = None if shot.clock is None else moment(shot.clock.at)
    ends = [spoken + shot.hold, start + LEAST_SHOT, *(begin + act.seconds + 0.3 for act, begin in acts)]
    if shot.clock is not None and clock is not None:
        ends.append(clock + abs(shot.clock.last - shot.clock.first) + 0.5)
    end = round(max(ends), 3)
    sounds = [
        SoundTime(sound, start, end) if sound.at is None else SoundTime(sound, moment(sound.at), moment(sound.at))
        for sound in shot.sounds
    ]
    return ShotTime(
        shot, round(start, 3), end, tuple(lines), tuple(ActTime(act, begin, begin + act.seconds) for act, begin in acts),
        tuple(sounds), None if shot.words is None else moment(shot.words.at), clock,
    )  # fmt: skip
