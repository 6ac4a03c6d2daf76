"""How cloth lies on a body, and how a face loses its features. All at rest; kept for each build, as it takes seconds."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix

from .body import Build, joint_at, rig, shape, triangles
from .part import Faces
from .vectors import Array, smoothstep, unit, vertex_normals

Mask = NDArray[np.bool_]
EYES_AND_MOUTH = (("joint-l-eye", 0.036), ("joint-r-eye", 0.036), ("joint-mouth", 0.050))


def of_bones(*names: str) -> Mask:
    """Which vertices move most with one of these bones, of either side."""
    bones = rig()
    columns = [bones.index(name + side) for name in names for side in ("", "_l", "_r") if name + side in bones.order]
    return np.isin(bones.weights.argmax(1), columns)


def smoothed(vertices: Array, faces: Faces, where: Mask, times: int) -> Array:
    """The vertices, those of the mask drawn `times` times towards the middle of their neighbours."""
    count = len(vertices)
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    edges = np.concatenate([edges, edges[:, ::-1]])
    joined = coo_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(count, count)).tocsr()
    joined.data[:] = 1
    rows = joined[np.flatnonzero(where)]
    many = np.maximum(np.asarray(rows.sum(1)).ravel(), 1)[:, None]
    vertices = vertices.copy()
    for _ in range(times):
        vertices[where] = 0.4 * vertices[where] + 0.6 * (rows @ vertices) / many
    return vertices


def _waves(points: Array, scale: float, seed: int) -> Array:
    """Seven sine waves across space, about -1 to 1: folds."""
    random = np.random.default_rng(seed)
    total = np.zeros(len(points))
    for _ in range(7):
        way = unit(random.normal(size=3)) * random.uniform(0.7, 1.6)
        total += np.sin(points @ way * scale + random.uniform(0, 6.28))
    return total / 3.5


class Cloth(NamedTuple):
    """Clothes from neck to sole around a body at rest, and which of their vertices lie where."""

    vertices: Array
    leg: Mask
    foot: Mask
    upper_arm: Mask
    lower_arm: Mask


CUTS = {  # how far the cloth of the trunk and of the sleeves stands off the body, metres; and how deep its folds are
    "uniform": (0.012, 0.020, 1.0),
    "tunic": (0.022, 0.024, 0.7),
    "hoodie": (0.026, 0.028, 1.5),
    "shirt": (0.014, 0.020, 1.2),
}


@cache
def cloth(build: Build, cut: str) -> Cloth:
    """The clothes of a cut, "uniform" (over a vest), "tunic", "hoodie" or "shirt", for a build."""
    rest, joints = shape(build)
    faces = triangles("helper-tights")
    worn = np.zeros(len(rest), bool)
    worn[np.unique(faces)] = True
    soft = smoothed(rest, faces, worn, 10)
    leg, foot = of_bones("thigh", "calf"), of_bones("foot", "ball")
    upper, lower = of_bones("upperarm"), of_bones("lowerarm", "hand")
    trunk = ~(leg | foot | upper | lower)
    y = rest[:, 1]
    body_gap, sleeve_gap, fold = CUTS[cut]
    gap = np.full(len(rest), 0.012)
    knee, ankle = joints["calf_l"][1], joints["foot_l"][1]
    gap = np.where(leg, 0.012 + 0.018 * smoothstep(knee + 0.15, ankle + 0.12, y), gap)
    gap = np.where(foot, 0.020, gap)
    shoulder, waist = joints["upperarm_l"][1], joints["spine_01"][1] + 0.02
    if cut == "uniform":  # a vest below the shirt
        vest = smoothstep(waist + 0.02, waist + 0.06, y) * (1 - smoothstep(shoulder - 0.01, shoulder + 0.05, y))
        vest *= 1 - smoothstep(0.17, 0.21, np.abs(rest[:, 0]))
        gap += np.where(trunk, 0.022 * vest, 0)
    else:
        gap = np.where(trunk, body_gap, gap)
    gap = np.where(upper | lower, sleeve_gap, gap)
    folds = _waves(soft * np.array([1, 1.9, 1]), 26, 3) * 0.0045 + _waves(soft * np.array([1, 2.6, 1]), 55, 5) * 0.0025
    gap += np.where(foot, 0, np.where(leg, 0.40, fold) * folds)
    return Cloth(soft + vertex_normals(soft, faces) * gap[:, None], leg, foot, upper, lower)


@cache
def head_at_rest(build: Build) -> Array:
    """The body with a face that has a profile and no features: no one's likeness, and no look that a learner could read."""
    rest, joints = shape(build)
    faces = triangles("body")
    head = of_bones("head", "neck_01")
    middle = np.abs(rest[:, 0]) < 0.062
    front = head & middle & (rest[:, 2] > joints["head"][2] - 0.02) & (rest[:, 1] < joints["head"][1] + 0.14)
    bare = smoothed(rest, faces, front, 60)
    for name, radius in EYES_AND_MOUTH:
        near = np.linalg.norm(rest - joint_at(rest, name) - [0, 0, 0.02], axis=1) < radius
        bare = smoothed(bare, faces, head & near, 260)
    return smoothed(bare, faces, head & ~middle, 6)
