"""What must be true of a storyboard. Each rule yields problems; `docs/films.md` has the list of codes."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ...content import WARNING, Problem
from ..media.scene import Scene, SceneFileError
from .reading import read
from .scenes import pose_names, scene
from .storyboard import CARD, LANGUAGES, SOUNDS, Shot, Storyboard
from .timeline import Seconds, timeline

LEAST_SECONDS, MOST_SECONDS = 60, 120
MOST_SPOKEN = 220  # words of English
MOST_IN_A_LINE = 24  # words, so that captions break well
MOST_ON_SCREEN = 34  # characters, so that the words fit in one row
LEAST_SHOTS, MOST_SHOTS = 5, 9
MOST_ZOOM = 2.2
MOST_LONGER = 1.35  # of Spanish over English, in characters
VOICES = Path(__file__).parent / "sound" / "voices.toml"
AUTHORITIES = Path(__file__).parents[2] / "case_law" / "authorities"


@cache
def voices() -> frozenset[str] | None:
    """The names of voices; None where there is no table of them."""
    if not VOICES.is_file():
        return None
    said = tomllib.loads(VOICES.read_text(encoding="utf-8"))
    return frozenset(name for name, value in said.items() if isinstance(value, dict))


class Checks:
    """The rules of one storyboard."""

    def __init__(self, path: Path, storyboard: Storyboard, media: Path) -> None:
        self.path, self.storyboard, self.media = path, storyboard, media

    def problem(self, code: str, message: str, line: int = 0, severity: str = "error") -> Problem:
        """A mistake in this file."""
        return Problem(code, self.path.name, message, severity, line)

    def every(self, seconds: Seconds) -> Iterator[Problem]:
        """All of them, shot by shot, then the film as a whole."""
        names = Counter(shot.id for shot in self.storyboard.shots)
        for shot in self.storyboard.shots:
            if names[shot.id] > 1:
                yield self.problem("FM005", f"Two shots are called “{shot.id}”.", shot.line)
            yield from self.spoken(shot)
            yield from self.seen(shot)
        yield from self.whole(seconds)

    def spoken(self, shot: Shot) -> Iterator[Problem]:
        """What is said: by somebody of the cast, in lines that captions can break."""
        for line in shot.lines:
            if line.who not in self.storyboard.cast:
                yield self.problem("FM006", f"“{line.who}” is not in the cast.", line.line)
            for language in LANGUAGES:
                count = len(line.written(language).split())
                if count > MOST_IN_A_LINE + (4 if language == "es" else 0):
                    yield self.problem(
                        "FM007", f"This line has {count} words ({language}), {MOST_IN_A_LINE} are allowed.", line.line
                    )
            if len(line.es) > len(line.en) * MOST_LONGER + 12:
                yield self.problem(
                    "FM008", "The Spanish is much longer than the English, which will wait for it.", line.line, WARNING
                )

    def seen(self, shot: Shot) -> Iterator[Problem]:
        """What is seen: scenes, figures and poses that there are, and a camera that stays within the picture."""
        place: Scene | None = None
        if shot.scene != CARD:
            try:
                place = scene(self.media, shot.scene)
            except SceneFileError as error:
                yield self.problem("FM010", f"The scene “{shot.scene}” cannot be used: {error}.", shot.line)
        elif not shot.words:
            yield self.problem("FM009", "A card shows words: give it “words”.", shot.line)
        people = {figure.name for figure in place.figure} if place else set()
        for act in shot.acts:
            if act.who not in people and (place or shot.scene == CARD):
                yield self.problem(
                    "FM011", f"“{act.who}” is not in the scene “{shot.scene}”. There are: {_list(people)}.", act.line
                )
            if act.pose and act.pose not in pose_names():
                yield self.problem("FM012", f"The pose “{act.pose}” is not known.", act.line)
            if not 0.4 <= act.seconds <= 6:
                yield self.problem("FM013", "A movement takes 0.4 to 6 seconds.", act.line)
        if place and shot.look and shot.look not in people:
            yield self.problem(
                "FM011", f"“look” names “{shot.look}”, who is not in the scene. There are: {_list(people)}.", shot.line
            )
        yield from self._heard(shot)
        yield from self._moments(shot)
        yield from self._framed(shot)

    def _moved(self, shot: Shot) -> Iterator[Problem]:
        for act in shot.acts:
            if act.pose and act.pose not in pose_names():
                yield self.problem("FM012", f"The pose “{act.pose}” is not known.", act.line)
            if not 0.4 <= act.seconds <= 6:
                yield self.problem("FM013", "A movement takes 0.4 to 6 seconds.", act.line)

    def _heard(self, shot: Shot) -> Iterator[Problem]:
        for sound in shot.sounds:
            if sound.kind not in SOUNDS:
                yield self.problem("FM014", f"The sound “{sound.kind}” is not known. Known are: {', '.join(SOUNDS)}.", shot.line)

    def _people(self, shot: Shot, people: set[str]) -> Iterator[Problem]:
        named = [(act.who, act.line) for act in shot.acts] + ([(shot.look, shot.line)] if shot.look else [])
        for who, line in named:
            if who not in people:
                yield self.problem("FM011", f"“{who}” is not in the scene “{shot.scene}”. There are: {_list(people)}.", line)

    def _moments(self, shot: Shot) -> Iterator[Problem]:
        moments = [act.at for act in shot.acts] + [sound.at for sound in shot.sounds if sound.at]
        moments += [one.at for one in (shot.words, shot.clock) if one]
        most = max((at.line for at in moments), default=0)
        if most > max(len(shot.lines), 1):
            yield self.problem("FM015", f"Something comes with line {most}, but the shot has {len(shot.lines)}.", shot.line)
        for language in LANGUAGES:
            if shot.words and len(shot.words.words.of(language)) > MOST_ON_SCREEN:
                yield self.problem(
                    "FM016", f"The words on screen ({language}) are too long: at most {MOST_ON_SCREEN} characters.", shot.line
                )

    def _framed(self, shot: Shot) -> Iterator[Problem]:
        for x, y, zoom in (shot.camera.first, shot.camera.last):
            half = 0.5 / zoom if zoom > 0 else 1
            if not 1 <= zoom <= MOST_ZOOM:
                yield self.problem("FM017", f"The picture is shown 1 to {MOST_ZOOM} times as large, not {zoom}.", shot.line)
            elif not (half - 0.002 <= x <= 1.002 - half and half - 0.002 <= y <= 1.002 - half):
                low, high = round(half, 3), round(1 - half, 3)
                yield self.problem(
                    "FM017", f"At {zoom} the middle may be from {low} to {high}; elsewhere it looks past the edge.", shot.line
                )

    def whole(self, seconds: Seconds) -> Iterator[Problem]:
        """The film as a whole: as long as attention lasts, and honest about what is true."""
        board = self.storyboard
        if not LEAST_SHOTS <= len(board.shots) <= MOST_SHOTS:
            yield self.problem("FM018", f"A film has {LEAST_SHOTS} to {MOST_SHOTS} shots, not {len(board.shots)}.", 1)
        words = sum(len(line.en.split()) for _, line in board.lines())
        if words > MOST_SPOKEN:
            yield self.problem("FM019", f"{words} English words are spoken, {MOST_SPOKEN} are allowed.", 1)
        long = timeline(board, seconds).seconds
        if not LEAST_SECONDS <= long <= MOST_SECONDS:
            yield self.problem(
                "FM020", f"The film takes {long:.0f} seconds; from {LEAST_SECONDS} to {MOST_SECONDS} are wanted.", 1
            )
        for silent in sorted(set(board.cast) - {line.who for _, line in board.lines()}):
            yield self.problem("FM021", f"“{silent}” is in the cast and says nothing.", 1, WARNING)
        for name, person in board.cast.items():
            known = voices()
            if known is not None and person.voice not in known:
                yield self.problem("FM022", f"“{name}” has the voice “{person.voice}”, which is not known: {_list(known)}.", 1)
        if board.true_story and not board.sources:
            yield self.problem("FM023", "A true story names its sources.", 1)
        for source in board.sources:
            if not (AUTHORITIES / f"{source}.toml").is_file():
                yield self.problem("FM023", f"The source “{source}” is not in the library.", 1)


def _list(names: object) -> str:
    return ", ".join(sorted(names)) or "none"  # type: ignore[call-overload]


def problems(path: Path, media: Path, seconds: Seconds) -> tuple[Storyboard | None, list[Problem]]:
    """The storyboard of a file, and everything that is wrong with it, in the order of its lines."""
    storyboard, found = read(path)
    if storyboard:
        found += Checks(path, storyboard, media).every(seconds)
    return storyboard, sorted(found, key=lambda one: (one.line, one.code, one.message))
