"""What others did first in a scene, told to learners: only how many stepped in, in round figures, and never of a few people.

To step in is to take a choice that is on a level. A scene where every choice is on one, or none is, has nothing to tell.

Nobody can be told from a figure. It is of whole tens of people, so that it changes only when ten more have been there, never by
one; it is rounded to tenths; and where all but a few did the same it says so without a number, so that "all" and "none" are never
said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .model import Scene

TENS = 10  # people; fewer than that are told of to nobody
HARDLY, ALMOST = 1, 9  # tenths from which no number is told


def in_tens(acts: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """How often each choice was taken in each scene: by scene id and choice id, of whole tens of people.

    `acts` are (scene id, choice id), of each person the first act in each scene, oldest first. What is over a whole ten is
    left out.
    """
    by_scene: dict[str, list[str]] = {}
    for scene, choice in acts:
        by_scene.setdefault(scene, []).append(choice)
    return {scene: _counted(taken[: len(taken) - len(taken) % TENS]) for scene, taken in by_scene.items() if len(taken) >= TENS}


def stepped_in(scene: Scene, taken: Mapping[str, int], others: bool) -> int | None:
    """How many of ten people stepped in: `HARDLY` or fewer as `HARDLY`, `ALMOST` or more as `ALMOST`. None where it is not told.

    `taken` is what `in_tens` has of the scene. Without `others` whoever reads it is among those counted, and one of ten are nine
    others: then twenty are needed.
    """
    on_level = {choice.id for choice in scene.choices if choice.level}
    known = {choice.id: taken.get(choice.id, 0) for choice in scene.choices}
    total = sum(known.values())
    if total < (TENS if others else 2 * TENS) or len(on_level) in (0, len(known)):
        return None
    stepped = sum(times for choice, times in known.items() if choice in on_level)
    return min(ALMOST, max(HARDLY, (20 * stepped + total) // (2 * total)))


def _counted(taken: Sequence[str]) -> dict[str, int]:
    return {choice: taken.count(choice) for choice in dict.fromkeys(taken)}
