"""A part of the world: triangles of one material."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .strands import Strands
from .vectors import Array

Faces = NDArray[np.int64]


@dataclass(frozen=True)
class Part:
    """Triangles of one material. Where `border` (a number at each vertex) is above 0, the material is `beyond`: so a hairline or
    a waist is a smooth line through the triangles. `smooth` shades across the triangles, not each by itself. `strands` are the
    locks of what is hair.
    """

    material: str
    vertices: Array
    faces: Faces
    smooth: bool = False
    border: Array | None = None
    beyond: str = ""
    strands: Strands | None = None

    def moved(self, rotation: Array, place: Array) -> Part:
        """The part, turned and then put at a place."""
        return replace(self, vertices=self.vertices @ rotation.T + place)


def grid(rows: int, columns: int, closed: bool) -> Faces:
    """The triangles between `rows` rings or strips of `columns` vertices each."""
    faces = []
    for row in range(rows - 1):
        for column in range(columns if closed else columns - 1):
            following = (column + 1) % columns
            a, b, c, d = (r * columns + k for r, k in ((row, column), (row + 1, column), (row + 1, following), (row, following)))
            faces += [(a, b, c), (a, c, d)]
    return np.array(faces)
