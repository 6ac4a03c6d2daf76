"""Everything that stands in a scene, as one mesh that rays are cast into."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from embreex.mesh_construction import TriangleMesh
from embreex.rtcore_scene import EmbreeScene
from numpy.typing import NDArray

from .part import Part
from .strands import DEPTH, FRINGE, LIGHT, Strands, seen_from, waves
from .vectors import Array, units, vertex_normals

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.floating]


@dataclass(frozen=True)
class Hits:
    """What rays hit, one row a ray: whether, how far, where, the normal towards the viewer, the face's own normal, and the
    number of the material and of the group (-1 where nothing was hit).
    """

    hit: Bools
    distance: Array
    places: Array
    normals: Array
    flat: Array
    material: Ints
    group: Ints


def _carried(ways: Array, rest: Array, posed: Array) -> Array:
    """Directions at rest as they are in the posed triangle of each, units in its plane. `rest`, `posed`: rows of corners."""
    ab, ac = rest[:, 1] - rest[:, 0], rest[:, 2] - rest[:, 0]
    d00, d01, d11 = (ab * ab).sum(1), (ab * ac).sum(1), (ac * ac).sum(1)
    w0, w1 = (ways * ab).sum(1), (ways * ac).sum(1)
    below = d00 * d11 - d01 * d01 + 1e-18
    p, q = (d11 * w0 - d01 * w1) / below, (d00 * w1 - d01 * w0) / below
    return units(p[:, None] * (posed[:, 1] - posed[:, 0]) + q[:, None] * (posed[:, 2] - posed[:, 0]))


class World:
    """Groups of parts; `build()` once before rays are cast."""

    def __init__(self) -> None:
        self.materials: list[str] = []
        self.groups: list[str] = []
        self._parts: list[tuple[int, Part]] = []

    def add(self, group: str, parts: Iterable[Part]) -> None:
        """Put parts into the world. Parts of one group are shaded together."""
        if group not in self.groups:
            self.groups.append(group)
        for part in parts:
            if len(part.faces):
                self._parts.append((self.groups.index(group), part))

    def _number(self, material: str) -> int:
        if material not in self.materials:
            self.materials.append(material)
        return self.materials.index(material)

    def build(self) -> None:
        """Join all parts into one mesh."""
        vertices, faces, normals, borders, materials, beyond, groups, combed = [], [], [], [], [], [], [], []
        count = 0
        self._strands: list[tuple[int, Strands]] = []  # with the number of the part's first vertex
        for group, part in self._parts:
            points, corners = np.asarray(part.vertices, float), np.asarray(part.faces)
            border = np.full(len(points), -1.0) if part.border is None else part.border
            if not part.smooth:  # corners of their own for every triangle
                border, points = border[corners].reshape(-1), points[corners].reshape(-1, 3)
                corners = np.arange(len(points)).reshape(-1, 3)
            vertices.append(points)
            faces.append(corners + count)
            normals.append(vertex_normals(points, corners))
            borders.append(border)
            materials.append(np.full(len(corners), self._number(part.material)))
            beyond.append(np.full(len(corners), self._number(part.beyond or part.material)))
            groups.append(np.full(len(corners), group))
            combed.append(np.full(len(corners), len(self._strands) if part.strands else -1))
            if part.strands:
                self._strands.append((count, part.strands))
            count += len(points)
        self._vertices, self._faces, self._normals = np.concatenate(vertices), np.concatenate(faces), np.concatenate(normals)
        self._borders, self._materials = np.concatenate(borders), np.concatenate(materials)
        self._beyond, self._groups = np.concatenate(beyond), np.concatenate(groups)
        self._combed, self._hair, self._lock = np.concatenate(combed), self._number("hair"), self._number("hairlock")
        self._embree = EmbreeScene(robust=True)
        self._mesh = TriangleMesh(self._embree, self._vertices[self._faces].astype(np.float32))

    def _cast(self, origins: Array, ways: Array) -> dict:
        rays = (np.ascontiguousarray(rows, np.float32) for rows in (origins, ways))
        return self._embree.run(*rays, query="INTERSECT", output=1)

    def cast(self, origins: Array, ways: Array) -> Hits:
        """What each ray hits first."""
        found = self._cast(origins, ways)
        face = found["primID"].astype(np.int64)
        hit = face >= 0
        face = np.maximum(face, 0)
        distance = np.where(hit, found["tfar"], 0).astype(float)
        places = origins + ways * distance[:, None]
        corners = self._faces[face]
        a, b, c = (self._vertices[corners[:, k]] for k in range(3))
        ab, ac, ap = b - a, c - a, places - a
        flat = units(np.cross(ab, ac))
        d00, d01, d11 = (ab * ab).sum(1), (ab * ac).sum(1), (ac * ac).sum(1)
        d20, d21 = (ap * ab).sum(1), (ap * ac).sum(1)
        below = d00 * d11 - d01 * d01 + 1e-18
        u, v = (d11 * d20 - d01 * d21) / below, (d00 * d21 - d01 * d20) / below

        def across(values: Array) -> Array:
            shares = (1 - u - v, u, v)
            rows = [values[corners[:, k]] for k in range(3)]
            return sum((s[:, None] if rows[0].ndim > 1 else s) * r for s, r in zip(shares, rows, strict=True))

        normals = units(across(self._normals))
        flat[(flat * ways).sum(1) > 0] *= -1
        normals[(normals * ways).sum(1) > 0.35] *= -1
        material = self._comb(face, hit, u, v, distance, normals, across(self._borders))
        group = self._groups[face]
        return Hits(hit, distance, places, normals, flat, np.where(hit, material, -1), np.where(hit, group, -1))

    def _comb(self, face: Ints, hit: Bools, u: Floats, v: Floats, distance: Floats, normals: Floats, border: Floats) -> Ints:
        """The material of each hit. Where it is hair, its normal is bent across the locks and their backs are lighter; the
        hairline, where `border` is 0, has a fringe.
        """
        material = np.where(border > 0, self._beyond[face], self._materials[face])
        for number, (first, strands) in enumerate(self._strands):
            index = np.flatnonzero(hit & (self._combed[face] == number))
            if not len(index):
                continue
            corners = self._faces[face[index]]
            shares = np.stack([1 - u[index] - v[index], u[index], v[index]], 1)
            rest = strands.rest[corners - first]
            around, along, ways = strands.around((rest * shares[..., None]).sum(1))
            high = waves(around, along)
            over = border[index] + FRINGE * waves(around * 2.3 + 0.01, along * 0.6)
            own, beyond = self._materials[face[index]], self._beyond[face[index]]
            what = np.where((over > 0) & (beyond != own), beyond, own)
            hairy = what == self._hair
            posed = self._vertices[corners]
            bent = _carried(ways, rest, posed) * (high * DEPTH * seen_from(distance[index]) * hairy)[:, None]
            normals[index] = units(normals[index] + bent)
            material[index] = np.where(hairy & (high * seen_from(distance[index]) > LIGHT), self._lock, what)
        return material

    def blocked(self, origins: Array, ways: Array, within: Array) -> Bools:
        """Whether something is in the way, nearer than `within`."""
        found = self._cast(origins, ways)
        return (found["primID"] >= 0) & (found["tfar"] < within)
