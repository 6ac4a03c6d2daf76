"""Building films: cels on as many cores as wanted, then frames and sound. What is done is kept: a build goes on where it was."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from . import scenes
from .index import (
    Built,
    Track,
    board_digest,
    captions_file,
    film_file,
    note,
    picture_kit,
    poster_file,
    recordings_digest,
    still_file,
)
from .posters import poster_shot
from .storyboard import CARD, LANGUAGES, Storyboard
from .timeline import ShotTime, Timeline, recorded, timeline

Say = Callable[[str], None]
STILL = (640, 360)
STILL_BYTES, POSTER_BYTES = 25_000, 90_000


class NotRecordedError(Exception):
    """Lines of a film have no recording, or that of other words."""


@dataclass
class Plan:
    """A film to be built: where everything is, and in which languages it is wanted."""

    path: Path
    storyboard: Storyboard
    media: Path
    static: Path
    var: Path
    languages: tuple[str, ...] = ("en",)
    scale: float = 1.0
    preview: Path | None = None  # a folder for a quick film in low quality, without an entry in the index
    timeline: Timeline = field(init=False)

    def __post_init__(self) -> None:
        self.timeline = timeline(self.storyboard, recorded(self.var, self.storyboard.name))

    @property
    def name(self) -> str:
        """The film's name."""
        return self.storyboard.name

    @property
    def keep(self) -> Path:
        """The folder of its cels."""
        return self.var / self.name / "cels"

    def raining(self) -> list[bool]:
        """In which shots it rains: where the shot says so, else where the scene does."""
        found = []
        for one in self.timeline.shots:
            falls = one.shot.scene != CARD and bool(scenes.scene(self.media, one.shot.scene).rain)
            found.append(falls if one.shot.rain is None else one.shot.rain)
        return found

    def unrecorded(self) -> list[str]:
        """The keys of lines that have no recording, or that of other words, with their language."""
        from .sound.speak import stale as to_be_read

        return [
            f"{language} {task.key}" for language in self.languages for task in to_be_read(self.storyboard, self.var, language)
        ]


def cels_of(plan: Plan, number: int, say: Say = lambda _: None):
    """The cels of a shot; None for a card."""
    from .cels import Shooting

    timed = plan.timeline.shots[number]
    if timed.shot.scene == CARD:
        return None
    scene, said = scenes.scene(plan.media, timed.shot.scene), scenes.digest(plan.media, timed.shot.scene)
    return Shooting(scene, said, timed, plan.keep, plan.scale).cels(say)


def _draw(plan: Plan, number: int) -> int:
    cels_of(plan, number)
    return number


def draw(plan: Plan, jobs: int, say: Say) -> None:
    """All cels of a film, the shots shared by processes."""
    began, count = time.monotonic(), len(plan.timeline.shots)
    order = sorted(range(count), key=lambda number: -sum(act.end - act.start for act in plan.timeline.shots[number].acts))
    for done, number in enumerate(_spread(plan, order, jobs), start=1):
        left = (time.monotonic() - began) / done * (count - done)
        say(f"{plan.name}: drawn {done}/{count} ({plan.timeline.shots[number].shot.id}), {left:.0f} s left")


def _spread(plan: Plan, order: list[int], jobs: int) -> Iterator[int]:
    if jobs == 1:
        yield from (_draw(plan, number) for number in order)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(_draw, [plan] * len(order), order)


def build(plan: Plan, jobs: int, say: Say) -> Built:
    """Build a film, and note it in the index."""
    from .sound.captions import captions, vtt
    from .sound.mix import write

    lacking = plan.unrecorded()
    if lacking:
        raise NotRecordedError(
            f"{plan.path.name}: {len(lacking)} lines are not recorded ({lacking[0]}). Run: dti-course films --voices"
        )
    board = board_digest(plan.path, plan.storyboard, plan.media)  # what is there now, not when it is done
    draw(plan, jobs, say)
    seconds = recorded(plan.var, plan.name)
    tracks, flashes = {}, 0.0
    for language in plan.languages:
        frames, most = _picture(plan, language, say)
        sound = plan.var / plan.name / f"{language}.mix.wav"
        raining = {one.shot.id for one, falls in zip(plan.timeline.shots, plan.raining(), strict=True) if falls}
        loud = write(plan.timeline, plan.var, language, sound, raining)
        file = plan.static / film_file(plan.name, language)
        _join(plan, language, sound, file)
        tracks[language] = Track(frames, _digest(file), file.stat().st_size, loud.lufs, loud.peak)
        flashes = max(flashes, most)
    for language in LANGUAGES:
        cues = captions(plan.timeline, language, seconds)
        (plan.static / captions_file(plan.name, language)).write_text(vtt(cues), encoding="utf-8")
    contrast = _stills(plan)
    words = sum(len(line.en.split()) for _, line in plan.storyboard.lines())
    made = Built(
        board, recordings_digest(plan.var, plan.name), picture_kit(), round(plan.timeline.seconds, 2), len(plan.timeline.shots),
        words, flashes, contrast, tracks,
    )  # fmt: skip
    note(plan.media, plan.name, made)
    return made


def frames_of(plan: Plan, language: str, size: tuple[int, int] | None = None):
    """The frames of a film, for any moment."""
    from .frames import Film

    return Film(plan.timeline, lambda number: cels_of(plan, number), plan.raining(), language, *([size] if size else []))


def _picture(plan: Plan, language: str, say: Say) -> tuple[str, float]:
    from .cels import HEIGHT, WIDTH
    from .encode import RATE, encode

    film, count = frames_of(plan, language), int(plan.timeline.seconds * RATE)
    began, done = time.monotonic(), 0

    def tick() -> None:
        nonlocal done
        done += 1
        if done % (RATE * 10) == 0:
            left = (time.monotonic() - began) / done * (count - done)
            say(f"{plan.name} ({language}): {done // RATE} of {count // RATE} s of film, {left:.0f} s left")

    frames = (film.frame(number / RATE) for number in range(count))
    return encode(frames, (WIDTH, HEIGHT), _silent(plan, language), tick=tick)


def _silent(plan: Plan, language: str) -> Path:
    return plan.var / plan.name / f"{language}.silent.mp4"


def _join(plan: Plan, language: str, sound: Path, into: Path) -> None:
    from .encode import join

    join(_silent(plan, language), sound, into)


def _digest(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()[:32]


def _stills(plan: Plan) -> float:
    """Write the poster and a picture of each shot; the least contrast of words."""
    import cv2

    from .lettering import legible

    film, least = frames_of(plan, "en"), 21.0
    for number, timed in enumerate(plan.timeline.shots):
        moment = timed.start + (timed.end - timed.start) * 0.62
        picture = film.frame(moment)
        small = cv2.resize(picture, STILL, interpolation=cv2.INTER_AREA)
        (plan.static / still_file(plan.name, number + 1)).write_bytes(_webp(small, STILL_BYTES))
        if timed.shot.words and timed.words is not None and timed.shot.scene != CARD:
            found = [each for moment in _moments(timed) for each in _contrasts(film, number, timed, moment, legible)]
            least = min(least, *found)
    number = poster_shot(plan.storyboard, plan.media)
    shown = plan.timeline.shots[number]
    poster = film.bare(number, shown.start + (shown.end - shown.start) * 0.5)
    (plan.static / poster_file(plan.name)).write_bytes(_webp(poster, POSTER_BYTES))
    return least


def _moments(timed: ShotTime) -> list[float]:
    assert timed.words is not None  # noqa: S101, asked by the caller
    return [timed.words + (timed.end - timed.words) * share for share in (0.2, 0.5, 0.8)]


def _contrasts(film, number: int, timed: ShotTime, moment: float, legible: Callable) -> list[float]:
    assert timed.shot.words  # noqa: S101, asked by the caller
    bare = film.bare(number, moment)
    return [legible(bare, timed.shot.words.words.of(language)) for language in LANGUAGES]


def _webp(picture, most: int) -> bytes:
    """The picture as a WebP file of at most so many bytes."""
    import io

    from PIL import Image

    for quality in (82, 74, 66, 58, 50, 40, 30):
        file = io.BytesIO()
        Image.fromarray(picture[..., ::-1]).save(file, "WEBP", quality=quality, method=6)
        if file.tell() <= most:
            break
    return file.getvalue()


def sheet(plan: Plan, into: Path, every: float = 3.0) -> None:
    """A contact sheet: a frame each so many seconds, without words in another language."""
    import cv2
    import numpy as np

    film, moments = frames_of(plan, plan.languages[0]), np.arange(0.8, plan.timeline.seconds, every)
    small = [cv2.resize(film.frame(float(moment)), (480, 270), interpolation=cv2.INTER_AREA) for moment in moments]
    small += [np.zeros_like(small[0])] * (-len(small) % 4)
    cv2.imwrite(str(into), np.vstack([np.hstack(small[row : row + 4]) for row in range(0, len(small), 4)]))


def preview(plan: Plan, into: Path, jobs: int, say: Say) -> Path:
    """A quick film in low quality, without sound, to look at while a storyboard is written."""
    from .encode import RATE, encode, join

    draw(plan, jobs, say)
    film = frames_of(plan, plan.languages[0], (640, 360))
    into.mkdir(parents=True, exist_ok=True)
    silent, file = into / f"{plan.name}.silent.mp4", into / f"{plan.name}.mp4"
    encode((film.frame(number / RATE) for number in range(int(plan.timeline.seconds * RATE))), (640, 360), silent, "ultrafast")
    join(silent, None, file)
    silent.unlink()
    return file


def stale(plan: Plan, built: Mapping[str, Built]) -> bool:
    """Whether a film has to be built: its storyboard, a scene or a recording is another, or a file is missing."""
    made = built.get(plan.name)
    if made is None or made.board != board_digest(plan.path, plan.storyboard, plan.media):
        return True
    if (plan.var / plan.name).is_dir() and not plan.unrecorded() and made.recordings != recordings_digest(plan.var, plan.name):
        return True
    return any(
        language not in made.tracks or not (plan.static / film_file(plan.name, language)).is_file() for language in plan.languages
    )
