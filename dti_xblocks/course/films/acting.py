"""The acts of a shot: who is in which pose at which moment, in drawings of eight a second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..media.body import BUILDS
from ..media.scene import Figure
from ..media.skeleton import Pose
from .motion import Movement, Spot
from .staging import FilmStage
from .stance import stance
from .timeline import ActTime, ShotTime

DRAWINGS = 8  # a second: each is on screen for three frames
State = tuple[tuple[int, float], ...]  # the number and the share of the latest act of each figure


def state(timed: ShotTime, second: float) -> State:
    """The drawing of a second of the film: of each figure the latest act that has begun, and its share in steps of a drawing."""
    latest: dict[str, tuple[int, float]] = {}
    for number, act in sorted(enumerate(timed.acts), key=lambda one: one[1].start):
        if second >= act.start:
            count = max(round((act.end - act.start) * DRAWINGS), 2)
            share = min(int((second - act.start) / (act.end - act.start) * count + 1e-6) + 1, count) / count
            latest[act.act.who] = number, share
    return tuple(sorted(latest.values()))


def states(timed: ShotTime) -> list[State]:
    """Every drawing of a shot once, in order."""
    moments = (timed.start + number / DRAWINGS / 6 for number in range(int((timed.end - timed.start + 1.0) * DRAWINGS * 6) + 2))
    return list(dict.fromkeys(state(timed, moment) for moment in moments))


@dataclass
class Part:
    """One act of one figure."""

    who: str
    movement: Movement


class Acting:
    """All acts of a shot on a stage."""

    def __init__(self, stage: FilmStage, shot: ShotTime) -> None:
        self.stage = stage
        self.parts: dict[int, Part] = {}
        self.rest: dict[str, Pose] = {}
        spots: dict[str, tuple[Spot, Figure, str, Mapping[str, Any]]] = {}
        for name in stage.movers:
            figure = stage.figures[name]
            spot = Spot(stage.point(figure.at), figure.turn)
            spots[name] = spot, figure, figure.pose, figure.joints
            self.rest[name] = stage.stance(figure, figure.pose, figure.joints, figure.at, figure.turn)
        for number, act in sorted(enumerate(shot.acts), key=lambda one: one[1].start):
            self._add(number, act, spots)

    def _add(self, number: int, timed: ActTime, spots: dict[str, tuple[Spot, Figure, str, Mapping[str, Any]]]) -> None:
        act, stage = timed.act, self.stage
        spot, figure, pose, joints = spots[act.who]
        new_pose = act.pose or ("stand" if act.to and pose in ("walk", "palm-down") else pose)
        new_joints = act.joints if act.pose else {**joints, **act.joints}
        to = spot.at if act.to is None else stage.point(list(act.to))
        if len(act.to or ()) == 2:
            to = np.array([to[0], spot.at[1], to[2]])
        end = Spot(to, spot.yaw if act.turn is None else act.turn)
        build = BUILDS[figure.build]
        poses = [
            stage.stance(figure, one, more, tuple(where.at), where.yaw)
            for one, more, where in ((pose, joints, spot), (new_pose, new_joints, end))
        ]
        first, last = (stance(build, one, where.at, where.yaw) for one, where in zip(poses, (spot, end), strict=True))
        touches = any(isinstance(value, Mapping) for value in new_joints.values())
        self.parts[number] = Part(act.who, Movement(build, first, last, spot, end, touches))
        spots[act.who] = end, figure, new_pose, new_joints

    def poses(self, state: State) -> dict[str, Pose]:
        """The pose of everybody who moves, in a drawing."""
        poses = dict(self.rest)
        for number, share in state:
            part = self.parts[number]
            poses[part.who] = part.movement.at(share)
        return poses
