"""Named poses, and the way from a figure of a scene file to the pose of a skeleton in the world."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from .body import BODY, Build, shape
from .skeleton import Pose, Skeleton
from .vectors import Array, Y, euler, turn, vector

POSES = Path(__file__).with_name("poses.toml")
SOLE = 0.018  # metres
POINTS = ("hand_l", "hand_r", "foot_l", "foot_r")
WAYS = ("elbow_l", "elbow_r", "knee_l", "knee_r", "toe_l", "toe_r", "sole_l", "sole_r")
PALMS = ("palm_l", "palm_r")
AS_THEY_ARE = ("spine", "neck", "clav_l", "clav_r", "curl_l", "curl_r", "ball_bend_l", "ball_bend_r")
OTHERS = ("pelvis", "drop", "tilt", "axes", "like")
KEYS = frozenset((*POINTS, *WAYS, *PALMS, *AS_THEY_ARE, *OTHERS))


@cache
def named_poses() -> dict[str, dict[str, Any]]:
    """All poses by name, each with what it takes over from another."""
    written = tomllib.loads(POSES.read_text(encoding="utf-8"))

    def whole(name: str) -> dict[str, Any]:
        pose = written[name]
        return {**(whole(pose["like"]) if "like" in pose else {}), **{key: value for key, value in pose.items() if key != "like"}}

    return {name: whole(name) for name in written}


def placed(pose: Mapping[str, Any], build: Build, at: Array, yaw: float, others: Mapping[str, Skeleton]) -> Pose:
    """The pose of a figure that stands at a point, turned by `yaw`.

    A point may be a table: {of = "name", bone = "upperarm_l", off = [x, y, z]}, the place of a bone of one of the `others`, moved
    by `off` in this figure's frame.
    """
    rest, joints = shape(build)
    ground = float(np.min(rest[:BODY, 1])) - SOLE
    about = turn(Y, yaw)

    def world(point: Any) -> Array:
        if isinstance(point, Mapping):
            return others[point["of"]].places[point["bone"]] + about @ vector(point.get("off", (0, 0, 0)))
        if len(point) == 2:
            return at + about @ np.array([point[0], joints["foot_l"][1] - ground, point[1]])
        return at + about @ vector(point)

    standing = np.array([0, (joints["pelvis"][1] - ground) * 0.988 - pose.get("drop", 0), 0])
    result: Pose = {
        "pos": at + about @ vector(pose.get("pelvis", standing)),
        "rot": about @ (np.array(pose["axes"], float).T if "axes" in pose else euler(*pose.get("tilt", (0, 0, 0)))),
    }
    result |= {key: world(pose[key]) for key in POINTS if key in pose}
    result |= {key: about @ vector(pose[key]) for key in WAYS if key in pose}
    result |= {key: (about @ vector(pose[key][0]), about @ vector(pose[key][1])) for key in PALMS if key in pose}
    result |= {key: pose[key] for key in AS_THEY_ARE if key in pose}
    return result
