"""Wet ground: how its surface bends what it mirrors, where water stands on it, and how rough asphalt draws light out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from .vectors import Array, smoothstep, units

# Long waves and short ones: metres from crest to crest, the way they run (degrees), how steep they are, where they begin.
WAVES = (
    (1.70, 12, 0.0030, 0.4), (1.10, 68, 0.0036, 2.1), (0.63, 141, 0.0042, 4.4), (0.41, 33, 0.0050, 1.2),
    (0.23, 97, 0.0056, 5.0), (0.137, 158, 0.0052, 3.1), (0.083, 51, 0.0046, 0.9),
)  # fmt: skip
POOLS = ((3.4, 20, 0.3), (2.3, 105, 1.9), (1.45, 62, 4.0), (0.95, 150, 5.2))  # crest to crest, way, beginning
DAMP = 0.58  # of what standing water mirrors, damp ground mirrors so much
HIGH = 0.35  # where waves of the ground add up to more than this, of at most 4, water stands
EDGE = 0.10  # how soft the edge of standing water is
SMEAR = (2.4, 0.9)  # pixels of a picture 1600 wide by which what is mirrored is drawn out, down and across
SMEARED = 7  # pixels of such a picture that this reaches at most
FINEST = 260.0  # crests nearer together than a pixel of the picture can show are left out: pixels a metre at one metre


def ripples(places: Array, distance: NDArray[np.floating]) -> Array:
    """The normals of wet ground at places (rows of x, y, z) seen from a distance, units. Waves that are too short to be seen from
    there are still: they would flicker in lines.
    """
    x, z = places[:, 0], places[:, 2]
    tilt = np.zeros((2, len(places)))
    for long, way, steep, begin in WAVES:
        across, along = np.cos(np.radians(way)), np.sin(np.radians(way))
        phase = (x * across + z * along) / long * 2 * np.pi + begin + 0.8 * np.sin(x * 1.3 - z * 0.9 + way)
        seen = smoothstep(2.0, 6.0, long * FINEST / np.maximum(distance, 0.5) ** 2)  # foreshortened: by the square
        tilt += np.cos(phase) * steep * seen * np.array([[across], [along]])
    return units(np.stack([tilt[0] * 1.3, np.ones(len(places)), tilt[1] * 1.3], 1))


def standing(places: Array) -> Array:
    """How much water stands at places, 0 (damp) to 1 (a puddle)."""
    x, z = places[:, 0], places[:, 2]
    high = np.zeros(len(places))
    for long, way, begin in POOLS:
        across = x * np.cos(np.radians(way)) + z * np.sin(np.radians(way))
        high += np.sin(across / long * 2 * np.pi + begin + 0.9 * np.sin(x * 0.8 + z * 1.1 + way))
    return smoothstep(HIGH - EDGE, HIGH + EDGE, high)


def mirrors(places: Array, outside: NDArray[np.bool_]) -> Array:
    """How much each place mirrors, `DAMP` to 1: floors all, the ground outside where water stands."""
    return np.where(outside, DAMP + (1 - DAMP) * standing(places), 1.0)


def smeared(mirror: NDArray[np.floating], wet: NDArray[np.bool_], unit: float) -> NDArray[np.floating]:
    """What is mirrored (height x width x 3), drawn out within what is wet. `unit`: pixels for one of a picture 1600 wide."""
    down, across = (sigma * unit for sigma in SMEAR)
    radius = [max(int(SMEARED * unit), 1), max(int(3 * across), 1)]
    within = np.maximum(gaussian_filter(wet.astype(np.float32), (down, across), radius=radius), 1e-3)
    drawn = gaussian_filter(mirror * wet[..., None], (down, across), axes=(0, 1), radius=radius)
    return np.where(wet[..., None], drawn / within[..., None], mirror).astype(np.float32)
