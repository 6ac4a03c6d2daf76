"""Lamps, and how much of their light falls on what was hit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .vectors import Array, unit, units, vector
from .world import Hits, World

Level = tuple[float, str, float]  # from this much light on, this colour, mixed in so much


@dataclass(frozen=True)
class Kind:
    """What light of a kind does: its planes of colour on people and things, and how it washes over walls and floors."""

    levels: tuple[Level, ...]
    wash: str
    much: float
    shadow: bool = True


KINDS = {
    "amber": Kind(((0.20, "#c46a22", 0.46), (0.52, "#ffb24d", 0.68)), "#e79a45", 0.55),
    "warm": Kind(((0.16, "#a85a20", 0.40), (0.40, "#f09a3a", 0.58), (0.66, "#ffe2a6", 0.70)), "#f0a64e", 0.60),
    "white": Kind(((0.20, "#7f94c4", 0.38), (0.55, "#dfe9fb", 0.60)), "#a9bde6", 0.42),
    "cold": Kind(((0.18, "#4f86a8", 0.36), (0.52, "#a9dcea", 0.56)), "#6fb0c4", 0.40),
    "sun": Kind(((0.16, "#c86a4a", 0.42), (0.45, "#ffb98a", 0.66), (0.72, "#ffe3c2", 0.78)), "#ffb184", 0.55),
    "day": Kind(((0.20, "#6f8fc8", 0.36), (0.50, "#b9cdf4", 0.55)), "#93aee6", 0.50),
    "red": Kind(((0.30, "#ff3347", 0.72),), "#ff3347", 0.42),
    "blue": Kind(((0.30, "#3d86ff", 0.75),), "#3d86ff", 0.42),
    "rim": Kind(((0.28, "#ffb24d", 0.80),), "#ffb24d", 0.0),
    "rim-blue": Kind(((0.28, "#5aa0ff", 0.78),), "#5aa0ff", 0.0),
    "screen": Kind(((0.12, "#3f9fd8", 0.40), (0.34, "#9fe0ff", 0.62)), "#3f9fd8", 0.40),
    "fill": Kind(((0.45, "#5a74c8", 0.16), (0.74, "#7f9bea", 0.26)), "#5a74c8", 0.14, shadow=False),
}


@dataclass(frozen=True)
class Lamp:
    """A light of a kind, at a point or from a direction. `reach` is the distance at which a lamp has half of its light, 0 for
    always the same; `power` scales it. `only` and `never` name groups of the scene.
    """

    kind: str
    at: tuple[float, ...] | None = None
    way: tuple[float, ...] | None = None
    reach: float = 0.0
    power: float = 1.0
    shadow: bool = True
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    def falls_on(self, world: World, hits: Hits, bias: float = 0.025) -> Array:
        """How much light each hit has, 0 to 1: the cosine, where nothing is in the way."""
        lit = np.zeros(len(hits.hit))
        places, normals = hits.places[hits.hit], hits.normals[hits.hit]
        if self.at is None:
            ways = np.broadcast_to(unit(self.way or (0, 1, 0)), places.shape)
            distance = np.full(len(places), 1e3)
        else:
            away = vector(self.at) - places
            distance = np.linalg.norm(away, axis=1)
            ways = units(away)
        much = np.maximum((normals * ways).sum(1), 0)
        facing = much > 0
        if self.shadow and KINDS[self.kind].shadow and facing.any():
            start = places[facing] + hits.flat[hits.hit][facing] * bias
            much[facing] *= ~world.blocked(start, ways[facing], distance[facing] - 0.02)
        if self.reach and self.at is not None:
            much = much / (1 + (distance / self.reach) ** 2)
        lit[hits.hit] = np.minimum(much * self.power, 1)
        return lit


def chosen(lamp: Lamp, groups: Sequence[str]) -> list[bool]:
    """For each group, whether the lamp lights it."""
    return [(not lamp.only or group in lamp.only) and group not in lamp.never for group in groups]
