"""Which films were built, from what, and what they are: the file media/films.json beside a course."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ..media.index import kit_digest
from . import scenes
from .storyboard import CARD, LANGUAGES, Storyboard
from .timeline import Seconds, recorded

INDEX = "films.json"
PREFIX = "film-"
ENGLISH = "en"  # the film whose picture the others share
CAPTIONS = {"en": "en", "es": "es-419"}  # how the files of captions are named
PICTURE_CODE = (
    "acting", "casting", "cels", "encode", "frames", "lettering", "motion", "painting", "staging", "stance",
)  # fmt: skip


@dataclass(frozen=True)
class Track:
    """The film in one language: the digests of its frames and of its file, its size, loudness (LUFS), true peak (dB).

    `picture` is the digest of the English film that a film in another language shares its picture with, and `said` that of its
    recordings; `frames` is then that of the frames that are its own. `heard` is a number of all that is heard (`keeping`).
    """

    frames: str
    file: str
    bytes: int
    loudness: float
    peak: float
    picture: str = ""
    said: str = ""
    heard: str = ""


@dataclass(frozen=True)
class Built:
    """A film that was built: digests of what it was built from, and what it is. `flashes`: the most within a second at a place,
    `contrast` the least of words with what is under them, `lines` how long each line has the word, in seconds.
    """

    board: str
    recordings: str
    kit: str
    seconds: float
    shots: int
    words: int
    flashes: float
    contrast: float
    tracks: Mapping[str, Track] = field(default_factory=dict)
    lines: Mapping[str, float] = field(default_factory=dict)


def film_file(name: str, language: str = "en") -> str:
    """The name of a film's file in static/."""
    return f"{PREFIX}{name}.mp4" if language == "en" else f"{PREFIX}{name}.{language}.mp4"


def captions_file(name: str, language: str, kind: str = "vtt") -> str:
    """The name of a file of captions in static/."""
    return f"{PREFIX}{name}.{CAPTIONS[language]}.{kind}"


def poster_file(name: str) -> str:
    """The name of the picture that stands for a film before it plays."""
    return f"{PREFIX}{name}-poster.webp"


def still_file(name: str, number: int) -> str:
    """The name of the picture of a shot, from 1."""
    return f"{PREFIX}{name}-{number}.webp"


def board_digest(path: Path, storyboard: Storyboard, media: Path) -> str:
    """A number of a storyboard and of the scenes it uses: it changes when the film may have to."""
    total = hashlib.sha256(path.read_bytes())
    for name in sorted({shot.scene for shot in storyboard.shots if shot.scene != CARD}):
        total.update(f"{name} {scenes.digest(media, name)} ".encode())
    return total.hexdigest()[:16]


def recordings_digest(var: Path, name: str, languages: Iterable[str] = LANGUAGES) -> str:
    """A number of the recordings of a film, as far as they are there: of how long each line is, and from what it was made."""
    total = hashlib.sha256()
    for language in languages:
        for end in ("json", "made.json"):
            path = var / name / f"{language}.{end}"
            total.update(path.read_bytes() if path.is_file() else b"-")
    return total.hexdigest()[:16]


def spoken(media: Path, var: Path, name: str) -> Seconds:
    """The seconds of what is recorded of a film, by language; of a film that is built and whose English is not recorded here, how
    long each line has the word in it."""
    seconds = recorded(var, name)
    built = read_index(media).get(name)
    if not seconds["en"] and built:
        seconds["en"] = dict(built.lines)
    return seconds


def picture_kit() -> str:
    """A number of the code that makes the picture."""
    total = hashlib.sha256(kit_digest().encode())
    for name in PICTURE_CODE:
        total.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    return total.hexdigest()[:16]


def read_index(media: Path) -> dict[str, Built]:
    """What is built, by the names of films. An index that cannot be read counts as empty: then all is built again."""
    try:
        said = json.loads((media / INDEX).read_text(encoding="utf-8"))
        return {
            name: Built(**{**values, "tracks": {language: Track(**track) for language, track in values["tracks"].items()}})
            for name, values in said.items()
        }
    except (FileNotFoundError, ValueError, TypeError, AttributeError, KeyError):
        return {}


def write_index(media: Path, built: Mapping[str, Built]) -> None:
    """Keep what is built, in the order of the names: the whole file or, where the machine stops, the one that was there."""
    said = {name: asdict(built[name]) for name in sorted(built)}
    new = media / f"{INDEX}.new"
    new.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    new.replace(media / INDEX)


def note(media: Path, name: str, made: Built) -> None:
    """Enter a film that was built, beside whatever another build has entered meanwhile."""
    with _alone(media):
        write_index(media, {**read_index(media), name: made})


@contextmanager
def _alone(media: Path) -> Iterator[None]:
    """One build at a time gets past here. Where the system has no such locks, all do."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    folder = os.open(media, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
