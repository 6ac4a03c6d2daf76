"""Films that are built, drawn once more from nothing but storyboards and scenes, to see whether they come out the same."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from .build import Plan, Say, draw, frames_of, stills
from .dubbing import RATE, stretches
from .index import ENGLISH, film_file, read_index
from .mp4 import frames, keyframes


def differences(plan: Plan, jobs: int, say: Say) -> list[str]:
    """What of a built film comes out otherwise: its frames, in each language, and the files of its pictures. Changes nothing.

    The frames are those that are given to the encoder. The film's sound is not made again.
    """
    made = read_index(plan.media).get(plan.name)
    if made is None:
        return ["not built"]
    with tempfile.TemporaryDirectory() as folder:
        fresh = replace(plan, var=Path(folder))  # nothing is kept there: neither cels nor recordings
        draw(fresh, jobs, say)
        found = [f"frames ({language})" for language in made.tracks if _frames(fresh, language) != made.tracks[language].frames]
        pictures, _ = stills(fresh)
    return found + [name for name, data in pictures.items() if _bytes(plan.static / name) != data]


def _frames(plan: Plan, language: str) -> str:
    """The digest of the frames of a film, as its index has it: of those that are its own."""
    import hashlib

    from .encode import digest_of

    film, english = frames_of(plan, language), plan.static / film_file(plan.name)
    if language == ENGLISH:
        return digest_of(film.frame(number / RATE) for number in range(int(plan.timeline.seconds * RATE)))
    total = hashlib.sha256()
    for begin, end in stretches(plan.timeline, language, keyframes(english), frames(english)):
        total.update(digest_of(film.frame(number / RATE) for number in range(begin, end)).encode())
    return total.hexdigest()[:32]


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
