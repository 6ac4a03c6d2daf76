"""Vectors and rotations: arrays of three, and 3 x 3 matrices that multiply columns from the left."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
X, Y, Z = np.eye(3)
TINY = 1e-12


def vector(value: Sequence[float] | Array) -> Array:
    """The value as an array of floats."""
    return np.asarray(value, dtype=float)


def unit(value: Sequence[float] | Array) -> Array:
    """The vector at length 1."""
    one = vector(value)
    return one / (np.linalg.norm(one) + TINY)


def units(values: Array) -> Array:
    """Each row at length 1."""
    return values / (np.linalg.norm(values, axis=-1, keepdims=True) + TINY)


def turn(axis: Sequence[float] | Array, degrees: float) -> Array:
    """The rotation about an axis through the origin."""
    a = unit(axis)
    angle = np.radians(degrees)
    cross = np.array([[0, -a[2], a[1]], [a[2], 0, -a[0]], [-a[1], a[0], 0]])
    return np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross


def euler(pitch: float = 0, yaw: float = 0, roll: float = 0) -> Array:
    """Rolled, then pitched (forward is positive), then turned about the vertical."""
    return turn(Y, yaw) @ turn(X, pitch) @ turn(Z, roll)


def frame(along: Array, normal: Array) -> Array:
    """An orthonormal frame whose second axis runs along a bone and whose first stands on the bone and on `normal`."""
    y = unit(along)
    x = unit(np.cross(y, normal))
    return np.stack([x, y, np.cross(x, y)], 1)


def smoothstep(low: float, high: float, value: NDArray[np.floating]) -> Array:
    """0 at `low`, 1 at `high`, smooth between; `low` may be the greater."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def vertex_normals(vertices: Array, faces: NDArray[np.int64]) -> Array:
    """Normals of the vertices, from the faces around each, weighted by area."""
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    across = np.cross(b - a, c - a)
    normals = np.zeros_like(vertices)
    for k in range(3):
        np.add.at(normals, faces[:, k], across)
    return units(normals)
