"""Building films: cels on as many cores as wanted, then frames and sound. What is done is kept: a build goes on where it was."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from . import scenes
from .index import (
    ENGLISH,
    Built,
    Track,
    board_digest,
    captions_file,
    film_file,
    note,
    picture_kit,
    poster_file,
    read_index,
    recordings_digest,
    spoken,
    still_file,
)
from .keeping import heard, kept, lengths, unchanged
from .posters import poster_shot
from .storyboard import CARD, LANGUAGES, Storyboard
from .timeline import ShotTime, Timeline, timeline

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
        self.timeline = timeline(self.storyboard, spoken(self.media, self.var, self.storyboard.name))

    @property
    def name(self) -> str:
        """The film's name."""
        return self.storyboard.name

    @property
    def keep(self) -> Path:
        """The folder of its cels."""
        return self.var / self.name / "cels"

    def board(self) -> str:
        """A number of the storyboard and its scenes as they are now."""
        return board_digest(self.path, self.storyboard, self.media)

    def raining(self) -> list[bool]:
        """In which shots it rains: where the shot says so, else where the scene does."""
        found = []
        for one in self.timeline.shots:
            falls = one.shot.scene != CARD and bool(scenes.scene(self.media, one.shot.scene).rain)
            found.append(falls if one.shot.rain is None else one.shot.rain)
        return found

    def unrecorded(self, languages: Sequence[str] = ()) -> list[str]:
        """The keys of lines that have no recording, or that of other words, with their language; in those of the film if none is
        named."""
        from .sound.speak import stale as to_be_read

        wanted = languages or self.languages
        return [f"{language} {task.key}" for language in wanted for task in to_be_read(self.storyboard, self.var, language)]

    def needs_recordings(self) -> None:
        """Raises `NotRecordedError` where a line lacks one, and the film has no sound that it could keep."""
        lacking = [line for language in self.languages if not kept(self, language) for line in self.unrecorded([language])]
        if lacking:
            raise NotRecordedError(
                f"{self.path.name}: {len(lacking)} lines are not recorded ({lacking[0]}). Run: dti-course films --voices"
            )

    def is_recorded(self, languages: Sequence[str]) -> bool:
        """Whether every line has its recording here."""
        return (self.var / self.name).is_dir() and not self.unrecorded(languages)

    def said(self, languages: Sequence[str]) -> str:
        """A number of the recordings that are here."""
        return recordings_digest(self.var, self.name, languages)


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


def draw(plan: Plan, jobs: int, say: Say, shots: Sequence[int] | None = None) -> None:
    """All cels of a film, or those of some shots; they are shared by processes."""
    wanted = range(len(plan.timeline.shots)) if shots is None else shots
    began, count = time.monotonic(), len(wanted)
    order = sorted(wanted, key=lambda number: -sum(act.end - act.start for act in plan.timeline.shots[number].acts))
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
    """Build a film in English, and note it in the index; what other languages share with it is `dubbing`."""
    plan.needs_recordings()
    board = plan.board()  # what is there now, not when it is done
    draw(plan, jobs, say)
    frames, flashes = _picture(plan, ENGLISH, say)
    for language in LANGUAGES:
        caption(plan, language)
    pictures, contrast = stills(plan)
    for name, data in pictures.items():
        (plan.static / name).write_bytes(data)
    file = plan.static / film_file(plan.name)
    words = sum(len(line.en.split()) for _, line in plan.storyboard.lines())
    older = read_index(plan.media).get(plan.name)
    others = {language: one for language, one in (older.tracks if older else {}).items() if language != ENGLISH}
    # The file and its entry last, one after the other: a build that is broken off leaves both as they were.
    loud, said = sound(plan, ENGLISH, _silent(plan, ENGLISH), file)
    track = Track(frames, digest(file), file.stat().st_size, *loud, heard=heard(plan, ENGLISH))
    made = Built(
        board, older.recordings if older and not said else plan.said(LANGUAGES), picture_kit(), round(plan.timeline.seconds, 2),
        len(plan.timeline.shots), words, flashes, contrast, {ENGLISH: track, **others}, lengths(plan),
    )  # fmt: skip
    note(plan.media, plan.name, made)
    return made


def caption(plan: Plan, language: str) -> None:
    """Write the captions of a film in a language; without recordings it keeps those that it has."""
    from .sound.captions import captions, vtt

    if not plan.is_recorded([language]) and unchanged(plan, language):
        return
    cues = captions(plan.timeline, language, spoken(plan.media, plan.var, plan.name))
    (plan.static / captions_file(plan.name, language)).write_text(vtt(cues), encoding="utf-8")


def sound(plan: Plan, language: str, picture: Path, into: Path) -> tuple[tuple[float, float], str]:
    """Give a picture its sound: the voices that are recorded here with all noises, else what the film had before.

    Returns its loudness (LUFS) and true peak (dB), and a number of the recordings, "" where the sound was kept.
    """
    from .encode import join, join_kept

    older = None if plan.is_recorded([language]) else kept(plan, language)
    if older:
        join_kept(picture, plan.static / film_file(plan.name, language), into)
        return (older.loudness, older.peak), ""
    from .sound.mix import write

    mixed = plan.var / plan.name / f"{language}.mix.wav"
    raining = {one.shot.id for one, falls in zip(plan.timeline.shots, plan.raining(), strict=True) if falls}
    loud = write(plan.timeline, plan.var, language, mixed, raining)
    join(picture, mixed, into)
    return (loud.lufs, loud.peak), plan.said([language])


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


def digest(path: Path) -> str:
    """A number of what a file holds."""
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()[:32]


def stills(plan: Plan) -> tuple[dict[str, bytes], float]:
    """The pictures of each shot and the poster, by the names of their files; and the least contrast of words with the picture."""
    import cv2

    from .lettering import legible

    film, least, made = frames_of(plan, "en"), 21.0, {}
    for number, timed in enumerate(plan.timeline.shots):
        moment = timed.start + (timed.end - timed.start) * 0.62
        small = cv2.resize(film.frame(moment), STILL, interpolation=cv2.INTER_AREA)
        made[still_file(plan.name, number + 1)] = _webp(small, STILL_BYTES)
        if timed.shot.words and timed.words is not None and timed.shot.scene != CARD:
            found = [each for moment in _moments(timed) for each in _contrasts(film, number, timed, moment, legible)]
            least = min(least, *found)
    number = poster_shot(plan.storyboard, plan.media)
    shown = plan.timeline.shots[number]
    poster = film.bare(number, shown.start + (shown.end - shown.start) * 0.5)
    made[poster_file(plan.name)] = _webp(poster, POSTER_BYTES)
    return made, least


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


def stale(plan: Plan, built: Mapping[str, Built]) -> bool:
    """Whether a film has to be built: its storyboard, a scene or a recording is another, or a file is missing."""
    made = built.get(plan.name)
    if made is None or made.board != plan.board() or not set(plan.languages) <= set(made.tracks):
        return True
    if any(not (plan.static / film_file(plan.name, language)).is_file() for language in plan.languages):
        return True
    for language in [one for one in plan.languages if one != ENGLISH]:
        track = made.tracks[language]
        if track.picture != made.tracks[ENGLISH].file or (plan.is_recorded([language]) and track.said != plan.said([language])):
            return True
    return ENGLISH in plan.languages and plan.is_recorded(LANGUAGES) and made.recordings != plan.said(LANGUAGES)
