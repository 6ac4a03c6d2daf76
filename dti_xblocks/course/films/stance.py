"""A pose with everything said, so that two can be mixed: turns along the shortest way, hands along an arc about the shoulder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.spatial.transform import Rotation

from ..media.body import Build
from ..media.skeleton import SIDES, Pose, Skeleton
from ..media.vectors import Array, Y, turn, unit, vector

SIDE = {side[1:]: sign for side, sign in SIDES}


@dataclass(frozen=True)
class Stance:
    """A body in the frame of the point where it stands. By side, "l" or "r": hand and foot are points, `palm` and `sole` turns
    of hand and foot (3 x 3), elbow and knee the ways they point.
    """

    pos: Array
    rot: Array
    spine: Array
    neck: Array
    clav: dict[str, Array]
    hand: dict[str, Array]
    elbow: dict[str, Array]
    palm: dict[str, Array]
    curl: dict[str, Array]
    foot: dict[str, Array]
    knee: dict[str, Array]
    sole: dict[str, Array]
    ball: dict[str, float]


def _palm_at_rest(skeleton: Skeleton, side: str) -> tuple[Array, Array]:
    joints, end = skeleton.joints, f"_{side}"
    along = joints["middle_01" + end] - joints["hand" + end]
    across = joints["index_01" + end] - joints["pinky_01" + end]
    return along, np.cross(along, across) * SIDE[side]


def _foot_at_rest(skeleton: Skeleton, side: str) -> Array:
    along = skeleton.joints[f"ball_{side}"] - skeleton.joints[f"foot_{side}"]
    return np.array([along[0], 0, along[2]])


def stance(build: Build, pose: Pose, at: Array, yaw: float) -> Stance:
    """Everything that a pose of the world says and leaves to be worked out, seen from a point."""
    skeleton, back = Skeleton(build, pose), turn(Y, -yaw)
    turns, places, sides = skeleton.turns, skeleton.places, SIDE

    def way(key: str, side: str) -> Array:
        said = pose.get(f"{key}_{side}")
        if said is None:
            trunk = turns["spine_03" if key == "elbow" else "pelvis"]
            said = trunk @ np.array((sides[side] * 0.35, -0.5, -1) if key == "elbow" else (sides[side] * 0.12, 0, 1))
        return back @ unit(said)

    curl = {side: pose.get(f"curl_{side}", 0.35) for side in sides}
    return Stance(
        back @ (vector(pose["pos"]) - at), back @ vector(pose["rot"]),
        vector(pose.get("spine", (0, 0, 0))), vector(pose.get("neck", (0, 0, 0))),
        {side: vector(pose.get(f"clav_{side}", (0, 0))) for side in sides},
        {side: back @ (places[f"hand_{side}"] - at) for side in sides},
        {side: way("elbow", side) for side in sides},
        {side: back @ turns[f"hand_{side}"] for side in sides},
        {side: np.full(5, float(one)) if isinstance(one, int | float) else vector(one) for side, one in curl.items()},
        {side: back @ (places[f"foot_{side}"] - at) for side in sides},
        {side: way("knee", side) for side in sides},
        {side: back @ turns[f"foot_{side}"] for side in sides},
        {side: float(pose.get(f"ball_bend_{side}", 0)) for side in sides},
    )  # fmt: skip


def pose_of(build: Build, one: Stance, at: Array, yaw: float) -> Pose:
    """The pose of the world of a stance at a point."""
    about = turn(Y, yaw)
    rest = Skeleton(build, {"pos": np.zeros(3), "rot": np.eye(3)})
    pose: dict[str, Any] = {"pos": at + about @ one.pos, "rot": about @ one.rot, "spine": one.spine, "neck": one.neck}
    for side in SIDE:
        along, palm = _palm_at_rest(rest, side)
        hand, sole = about @ one.palm[side], about @ one.sole[side]
        pose |= {
            f"clav_{side}": one.clav[side], f"hand_{side}": at + about @ one.hand[side], f"elbow_{side}": about @ one.elbow[side],
            f"palm_{side}": (hand @ along, hand @ palm), f"curl_{side}": list(one.curl[side]),
            f"foot_{side}": at + about @ one.foot[side], f"knee_{side}": about @ one.knee[side],
            f"toe_{side}": sole @ _foot_at_rest(rest, side), f"sole_{side}": sole @ Y, f"ball_bend_{side}": one.ball[side],
        }  # fmt: skip
    return pose


def moved(one: Stance, at: Array, yaw: float) -> Stance:
    """The stance as it is seen from elsewhere: `at` and `yaw` are where its own point is from there."""
    about = turn(Y, yaw)

    def point(value: Array) -> Array:
        return at + about @ value

    def each(values: dict[str, Array], how: Callable[[Array], Array]) -> dict[str, Array]:
        return {side: how(value) for side, value in values.items()}

    def turned(value: Array) -> Array:
        return about @ value

    return replace(
        one, pos=point(one.pos), rot=about @ one.rot, hand=each(one.hand, point), foot=each(one.foot, point),
        elbow=each(one.elbow, turned), knee=each(one.knee, turned), palm=each(one.palm, turned), sole=each(one.sole, turned),
    )  # fmt: skip


def slerp(one: Array, other: Array, share: float) -> Array:
    """Between two turns, along the shortest way; a little beyond them too."""
    between = Rotation.from_matrix(one.T @ other).as_rotvec()
    return one @ Rotation.from_rotvec(between * share).as_matrix()


def swing(one: Array, other: Array, share: float) -> Array:
    """Between two ways: as the hand of a clock goes, its length with it."""
    a, b = float(np.linalg.norm(one)), float(np.linalg.norm(other))
    axis = np.cross(unit(one), unit(other))
    angle = float(np.arctan2(np.linalg.norm(axis), unit(one) @ unit(other)))
    if np.linalg.norm(axis) < 1e-6:
        return one + (other - one) * share
    return turn(axis, np.degrees(angle * share)) @ unit(one) * (a + (b - a) * share)


def _shoulder(build: Build, one: Stance, side: str) -> Array:
    pose = {"pos": one.pos, "rot": one.rot, "spine": one.spine, "neck": one.neck, f"clav_{side}": one.clav[side]}
    return Skeleton(build, pose).places[f"upperarm_{side}"]


def mix(build: Build, a: Stance, b: Stance, trunk: float, arms: float, head: float) -> Stance:
    """Between two stances: `trunk`, `arms`, `head` say how far on each is. Feet stay as in `a`: they step (see `motion`)."""

    def line(one: Array, other: Array, share: float) -> Array:
        return one + (other - one) * share

    between = replace(
        a, pos=line(a.pos, b.pos, trunk), rot=slerp(a.rot, b.rot, trunk), spine=line(a.spine, b.spine, trunk),
        neck=line(a.neck, b.neck, head), clav={side: line(a.clav[side], b.clav[side], arms) for side in SIDE},
    )  # fmt: skip
    hands = {}
    for side in SIDE:
        far = [one.hand[side] - _shoulder(build, one, side) for one in (a, b)]
        hands[side] = _shoulder(build, between, side) + swing(far[0], far[1], arms)
    return replace(
        between, hand=hands,
        elbow={side: unit(swing(a.elbow[side], b.elbow[side], arms)) for side in SIDE},
        palm={side: slerp(a.palm[side], b.palm[side], arms) for side in SIDE},
        curl={side: np.clip(line(a.curl[side], b.curl[side], arms), 0, 1) for side in SIDE},
        knee={side: unit(swing(a.knee[side], b.knee[side], trunk)) for side in SIDE},
    )  # fmt: skip
