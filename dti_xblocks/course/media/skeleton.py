"""From a pose to the turn and the place of every bone. Hands and feet are put where the pose says; elbows and knees follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .body import Build, rig, shape
from .vectors import Array, X, Y, Z, euler, frame, turn, unit, vector

SIDES = (("_l", 1.0), ("_r", -1.0))
FINGERS = ("thumb", "index", "middle", "ring", "pinky")
BEND = {1: 66, 2: 92, 3: 55}  # degrees of the three joints of a finger in a fist
LIMBS = (
    ("upperarm", "lowerarm", "hand", "hand", "elbow"),
    ("thigh", "calf", "foot", "foot", "knee"),
)

Pose = dict[str, Any]


def reach(start: Array, target: Array, upper: float, lower: float, pole: Array) -> tuple[Array, Array]:
    """The middle and the end of a limb of two bones that reaches for `target` and bends towards `pole`. What is too far is
    reached for, what is too near is kept off.
    """
    away = target - start
    distance = float(np.linalg.norm(away))
    span = max(min(distance, (upper + lower) * 0.999), abs(upper - lower) * 1.02 + 0.02)
    along = away / (distance + 1e-9)
    first = (upper * upper - lower * lower + span * span) / (2 * span)
    height = np.sqrt(max(upper * upper - first * first, 1e-6))
    aside = unit(pole - along * (pole @ along))
    return start + along * first + aside * height, start + along * span


class Skeleton:
    """A body's bones in a pose: `turns` (3 x 3) and `places` in the world, by the name of the bone.

    A pose may say, all in world coordinates:
    pos, rot: the pelvis (point, 3 x 3)      spine: forward, to the left, twist      neck: forward, turn, tilt
    hand_l, foot_l, ...: the point of the wrist or ankle        elbow_l, knee_l, ...: the way it points
    palm_l, ...: the way of the fingers and of the palm         curl_l, ...: 0 open to 1 fist, or five of it, thumb first
    toe_l, sole_l, ...: the way of the toes, and up from the sole     ball_bend_l     clav_l: shoulder raised, forward
    """

    def __init__(self, build: Build, pose: Pose) -> None:
        self.build = build
        self.joints = shape(build)[1]
        self.pose = pose
        self.turns: dict[str, Array] = {"Root": np.eye(3)}
        self.places: dict[str, Array] = {"Root": np.zeros(3)}
        self._trunk()
        for side, sign in SIDES:
            self._clavicle(side, sign)
            for limb in LIMBS:
                self._limb(limb, side, sign)
            self._hand(side, sign)
            self._foot(side)

    def _child(self, bone: str, bend: Array | None = None) -> None:
        parent = rig().parents[bone]
        self.places[bone] = self.places[parent] + self.turns[parent] @ (self.joints[bone] - self.joints[parent])
        self.turns[bone] = self.turns[parent] if bend is None else self.turns[parent] @ bend

    def _trunk(self) -> None:
        self.turns["pelvis"] = self.turns["Root"] = vector(self.pose["rot"])
        self.places["pelvis"] = vector(self.pose["pos"])
        forward, aside, twist = self.pose.get("spine", (0, 0, 0))
        for bone in ("spine_01", "spine_02", "spine_03"):
            self._child(bone, turn(X, forward / 3) @ turn(Z, aside / 3) @ turn(Y, twist / 3))
        pitch, yaw, roll = self.pose.get("neck", (0, 0, 0))
        for bone in ("neck_01", "head"):
            self._child(bone, euler(pitch / 2, yaw / 2, roll / 2))

    def _clavicle(self, side: str, sign: float) -> None:
        raised, forward = self.pose.get("clav" + side, (0, 0))
        self._child("clavicle" + side, turn(Z, sign * raised) @ turn(Y, -sign * forward))

    def _limb(self, limb: Sequence[str], side: str, sign: float) -> None:
        upper, lower, end, key, pole_key = limb
        upper, lower, end = upper + side, lower + side, end + side
        self._child(upper)
        joints, arm = self.joints, key == "hand"
        first, second = joints[lower] - joints[upper], joints[end] - joints[lower]
        lengths = float(np.linalg.norm(first)), float(np.linalg.norm(second))
        hinge = np.cross(first, second) if arm else X
        trunk = self.turns["spine_03" if arm else "pelvis"]
        target = self.pose.get(key + side)
        if target is None and arm:
            target = self.places[upper] + trunk @ np.array([sign * 0.14, -sum(lengths) * 0.97, 0.06])
        elif target is None:
            target = self.places["pelvis"] + trunk @ (joints[end] - joints["pelvis"])
        pole = self.pose.get(pole_key + side)
        if pole is None:
            pole = trunk @ np.array((sign * 0.35, -0.5, -1) if arm else (sign * 0.12, 0, 1))
        middle, tip = reach(self.places[upper], vector(target), *lengths, vector(pole))
        normal = np.cross(middle - self.places[upper], tip - middle)
        self.turns[upper] = frame(middle - self.places[upper], normal) @ frame(first, hinge).T
        self.places[lower] = middle
        self.turns[lower] = frame(tip - middle, normal) @ frame(second, hinge).T
        self.places[end] = tip

    def _hand(self, side: str, sign: float) -> None:
        joints, hand = self.joints, "hand" + side
        along = joints["middle_01" + side] - joints[hand]
        across = joints["index_01" + side] - joints["pinky_01" + side]
        palm = np.cross(along, across) * sign
        wanted = self.pose.get("palm" + side)
        if wanted is None:
            self.turns[hand] = self.turns["lowerarm" + side]
        else:
            fingers, normal = vector(wanted[0]), vector(wanted[1])
            self.turns[hand] = frame(fingers, np.cross(unit(fingers), normal)) @ frame(along, np.cross(unit(along), palm)).T
        curl = self.pose.get("curl" + side, 0.35)
        curls = [curl] * 5 if isinstance(curl, int | float) else list(curl)
        thumb = joints["thumb_02" + side] - joints["thumb_01" + side]
        thumb_axis = np.cross(unit(thumb), unit(palm) + 0.6 * unit(along))
        for finger, much in zip(FINGERS, curls, strict=True):
            for joint, degrees in BEND.items():
                if finger == "thumb":
                    bend = turn(thumb_axis, much * (54 if joint > 1 else 14))
                else:
                    bend = turn(across, -sign * much * degrees)
                self._child(f"{finger}_0{joint}{side}", bend)

    def _foot(self, side: str) -> None:
        foot = "foot" + side
        along = self.joints["ball" + side] - self.joints[foot]
        flat = np.array([along[0], 0, along[2]])
        toe = self.pose.get("toe" + side)
        if toe is None:
            toe = self.turns["pelvis"] @ unit(flat)
            toe = np.array([toe[0], 0, toe[2]])
        toe, up = unit(toe), vector(self.pose.get("sole" + side, Y))
        self.turns[foot] = frame(toe, np.cross(toe, up)) @ frame(flat, np.cross(unit(flat), Y)).T
        self._child("ball" + side, turn(X, self.pose.get("ball_bend" + side, 0)))

    def skin(self, vertices: Array, weights: Array) -> Array:
        """The vertices, given at rest, in the pose; `weights` is vertices x bones."""
        moved = np.zeros_like(vertices)
        for column, bone in enumerate(rig().order):
            much = weights[:, column]
            on = much > 1e-4
            if on.any():
                moved[on] += much[on, None] * self.attach(vertices[on], bone)
        return moved

    def attach(self, vertices: Array, bone: str) -> Array:
        """The vertices, given at rest, as they move with one bone."""
        return (vector(vertices) - self.joints[bone]) @ self.turns[bone].T + self.places[bone]
