"""How hair lies: locks that run from a line through the head, so that light breaks on them and a hairline is not a cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .vectors import Array, smoothstep, unit, units, vector

ROUND = 0.09  # metres from the line to the surface, about: an angle times it is a way across the locks
DEPTH = 0.55  # how far a lock bends the light across it
NEAR, FAR = 4.0, 11.0  # metres from the viewer: within the first all locks are seen, beyond the second none
FRINGE = 0.0045  # metres by which locks reach over the hairline, or stay behind it
LIGHT = 0.58  # from so much on, of at most 1, the back of a lock is a lighter stroke


@dataclass(frozen=True)
class Strands:
    """Locks around a line from `start` along `axis`, in metres from the joint of a head at rest; `rest` are the places of a
    part's vertices in the same frame.
    """

    rest: Array
    start: tuple[float, float, float]
    axis: tuple[float, float, float]

    def around(self, places: Array) -> tuple[Array, Array, Array]:
        """Of places at rest: how far around the line they are and how far along (metres), and the way across the locks there."""
        along = unit(self.axis)
        side = unit(np.cross(along, (0.31, 0.87, 0.38)))
        other = np.cross(along, side)
        away = places - vector(self.start)
        x, y = away @ side, away @ other
        ways = -y[:, None] * side + x[:, None] * other
        return np.arctan2(y, x) * ROUND, away @ along + np.hypot(x, y), units(ways)


def waves(across: Array, along: Array) -> Array:
    """How high a lock is at each place, -1 to 1: broad locks that drift, and finer ones within them."""
    broad = np.sin(across / 0.0150 * 2 * np.pi + 1.3 * np.sin(along * 34 + across * 40) + 0.6)
    fine = np.sin(across / 0.0066 * 2 * np.pi + 1.7 * np.sin(along * 47 - across * 71) + 2.1)
    return 0.58 * broad + 0.42 * fine


def seen_from(distance: NDArray[np.floating]) -> Array:
    """How much of the locks is seen from so far away, 0 to 1."""
    return smoothstep(FAR, NEAR, distance)
