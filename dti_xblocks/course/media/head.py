"""Hair and hats."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import trimesh

from .body import Build, rig, shape, triangles
from .cloth import Mask, head_at_rest, of_bones
from .part import Part, grid
from .skeleton import Skeleton
from .strands import Strands
from .vectors import Array, X, smoothstep, turn, vertex_normals

# How thick the hair lies, and how far down the back of the head it goes, metres.
HAIR = {"short": (0.013, 0.005), "crop": (0.006, 0.0), "bun": (0.014, -0.01), "long": (0.022, 0.10), "bald": (0.0, 0.0)}
SOFT_EDGE = 0.034  # metres from the hairline within which hair comes to its thickness


# The line that locks come from, from the joint of the head: a start and a direction. Short hair turns around the crown, a bun
# pulls all of it back, long hair falls from a parting.
COMBED = {
    "short": ((0.012, 0.20, -0.045), (0.1, -1.0, 0.35)),
    "crop": ((0.012, 0.20, -0.045), (0.1, -1.0, 0.35)),
    "bun": ((0.0, 0.055, -0.10), (0.0, 0.35, 1.0)),
    "long": ((0.0, 0.20, 0.0), (0.0, -1.0, 0.05)),
}


def hair_border(build: Build, hair: str) -> Array:
    """Above 0 where there is hair on the head: the hairline is where it is 0."""
    rest, joints = shape(build)
    head = of_bones("head", "neck_01") if hair == "long" else of_bones("head")
    up, forward = rest[:, 1] - joints["head"][1], rest[:, 2] - joints["head"][2]
    front = up - (0.108 + 0.50 * np.maximum(forward - 0.02, 0))
    back = np.minimum(0.015 - forward, up + HAIR[hair][1])
    around_ear = np.minimum(np.minimum(np.abs(rest[:, 0]) - 0.060, forward + 0.012), 0.078 - up)
    border = np.maximum(front, back) if hair == "long" else np.minimum(np.maximum(front, back), -around_ear)
    within = (np.abs(rest[:, 0]) < 0.045) & (forward > -0.05) & (up < 0.05)  # the mouth
    return np.where(head & ~within, border, -0.05)


def skin_and_hair(skeleton: Skeleton, build: Build, hair: str, bare: Mask) -> list[Part]:
    """The body where it is bare (a mask of vertices), the head with its hair, and a bun."""
    faces = triangles("body")
    shown = faces[bare[faces].sum(1) >= 3]
    vertices, border = head_at_rest(build), np.full(len(bare), -1.0)
    if hair != "bald":
        border = hair_border(build, hair)
        normals = vertex_normals(shape(build)[0], faces)
        vertices = vertices + normals * (smoothstep(-0.002, SOFT_EDGE, border) * HAIR[hair][0])[:, None]
    posed, head = skeleton.skin(vertices, rig().weights), of_bones("head")[shown].all(1)
    at_rest = shape(build)[0] - shape(build)[1]["head"]
    strands = Strands(at_rest, *COMBED[hair]) if hair in COMBED else None
    parts = [
        Part("skin", posed, shown[~head], True, border, "hair"),
        Part("face", posed, shown[head], True, border, "hair", strands),
    ]
    if hair in ("bun", "long"):
        ball = trimesh.creation.icosphere(3, 1)
        middle, size = (
            ((0, 0.055, -0.115), (0.048, 0.046, 0.040)) if hair == "bun" else ((0, -0.012, -0.052), (0.086, 0.150, 0.070))
        )
        tail = ball.vertices * size + shape(build)[1]["head"] + np.array(middle)
        around = Strands(tail - shape(build)[1]["head"], middle, (0.2, 0.3, 1.0)) if hair == "bun" else strands
        if around and hair == "long":
            around = replace(around, rest=tail - shape(build)[1]["head"])
        parts.append(Part("hair", skeleton.attach(tail, "head"), ball.faces, True, strands=around))
    return parts


def peaked_cap(skeleton: Skeleton, badge: str = "metal") -> list[Part]:
    """An eight-point service cap with a band, a visor and a badge."""
    middle = skeleton.joints["head"] + np.array([0, 0.118, 0.006])
    tilt = turn(X, 6)
    around = np.linspace(0, 2 * np.pi, 41)[:-1]
    rings = [
        (0.088, 0.109, -0.022),
        (0.090, 0.111, 0.016),
        (0.112, 0.134, 0.040),
        (0.108, 0.130, 0.054),
        (0.05, 0.06, 0.064),
        (0.001, 0.001, 0.066),
    ]
    cap = np.concatenate(
        [
            np.stack([rx * np.cos(around), h + 0.02 * np.sin(around) * (2 <= k <= 5), rz * np.sin(around)], 1)
            for k, (rx, rz, h) in enumerate(rings)
        ]
    )
    cap = skeleton.attach(cap @ tilt.T + middle, "head")
    faces = grid(len(rings), 40, closed=True)
    front = np.linspace(0.13 * np.pi, 0.87 * np.pi, 15)
    visor = np.concatenate(
        [
            np.stack(
                [
                    (0.090 + out * 0.25) * np.cos(front),
                    h - 0.006 - 0.012 * np.abs(np.cos(front)) * k,
                    (0.108 + out) * np.sin(front),
                ],
                1,
            )
            for k, (out, h) in enumerate(((0, -0.012), (0.035, -0.022), (0.062, -0.042)))
        ]
    )
    box = trimesh.creation.box((0.030, 0.034, 0.012))
    return [
        Part("capband", cap, faces[:80], True),
        Part("cap", cap, faces[80:], True),
        Part("visor", skeleton.attach(visor @ tilt.T + middle, "head"), grid(3, 15, closed=False)),
        Part(badge, skeleton.attach(box.vertices + middle + np.array([0, 0.018, 0.120]), "head"), box.faces),
    ]


def ball_cap(skeleton: Skeleton) -> list[Part]:
    """A baseball cap."""
    middle = skeleton.joints["head"] + np.array([0, 0.10, 0.01])
    ball = trimesh.creation.icosphere(3, 1)
    crown = ball.vertices * [0.094, 0.095, 0.117]
    upper = ball.faces[(crown[:, 1] > -0.004)[ball.faces].all(1)]
    front = np.linspace(0.2 * np.pi, 0.8 * np.pi, 13)
    brim = np.concatenate(
        [
            np.stack([(0.09 + out * 0.1) * np.cos(front), h - 0.012 * np.abs(np.cos(front)), (0.105 + out) * np.sin(front)], 1)
            for out, h in ((0, 0.004), (0.075, -0.016))
        ]
    )
    return [
        Part("cap", skeleton.attach(crown + middle, "head"), upper, True),
        Part("visor", skeleton.attach(brim + middle, "head"), grid(2, 13, closed=False)),
    ]


HATS = {"peaked": peaked_cap, "ball": ball_cap}
