"""The sound that a film already has. While nothing is changed that is heard in it, a film whose scenes or movements are drawn
anew keeps its sound and its captions: nobody has to record voices again, and it is the same to the ear on every machine.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from .index import Track, captions_file, film_file, read_index

if TYPE_CHECKING:
    from .build import Plan


def heard(plan: Plan, language: str) -> str:
    """A number of all that is heard in a film, and of when: lines as they are spoken, by whom and how fast, noises, rain, and
    from when to when a shot lasts (which silences and movements decide, too).
    """
    from .sound.speak import tasks

    said = {task.key: task.digest for task in tasks(plan.storyboard, language)}
    shots = [
        (
            timed.start, timed.end, rains, [(one.sound, one.start) for one in timed.sounds],
            [(said[line.key], line.start, line.end, line.line.radio, line.line.phone) for line in timed.lines],
        )
        for timed, rains in zip(plan.timeline.shots, plan.raining(), strict=True)
    ]  # fmt: skip
    return hashlib.sha256(repr(shots).encode()).hexdigest()[:16]


def lengths(plan: Plan) -> dict[str, float]:
    """How long each line has the word, in seconds, by its key."""
    return {line.key: round(line.end - line.start, 3) for line in plan.timeline.lines()}


def unchanged(plan: Plan, language: str) -> Track | None:
    """The film in a language as it was built, where it sounds as it would now, and its captions are there."""
    made = read_index(plan.media).get(plan.name)
    track = made.tracks.get(language) if made else None
    if track is None or track.heard != heard(plan, language):
        return None
    return track if (plan.static / captions_file(plan.name, language)).is_file() else None


def kept(plan: Plan, language: str) -> Track | None:
    """The film in a language whose sound is that which is wanted now, and whose file is the one that was built."""
    track, file = unchanged(plan, language), plan.static / film_file(plan.name, language)
    if track is None or not file.is_file():
        return None
    return track if hashlib.sha256(file.read_bytes()).hexdigest()[:32] == track.file else None
