"""How somebody moves: from one stance to another, with anticipation and a little too far; on feet that are planted or step."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ..media.body import Build, shape
from ..media.skeleton import Pose
from ..media.vectors import Array, Y, turn
from .stance import SIDE, Stance, mix, moved, pose_of, slerp

STRIDE = 0.55  # metres of a step
QUARTER = 50.0  # degrees that one step turns at most
PLANTED = 0.04  # metres: a foot that has less to go stays where it is
LIFT = 0.075  # metres that a foot is lifted in a step
WALKS = 0.8  # metres: who goes farther looks where he goes
HANGING = 1.0  # metres: a hand that is lower swings with the steps


def ease(share: float) -> float:
    """0 to 1 with a slow start and a slow end."""
    x = min(max(share, 0.0), 1.0)
    return x * x * x * (x * (6 * x - 15) + 10)


def gesture(share: float, touches: bool = False) -> float:
    """As `ease`, but first a little back, and at last a little too far; never too far where a hand comes to lie on somebody."""
    x = min(max(share, 0.0), 1.0)
    back = -0.025 * math.sin(math.pi * min(x / 0.16, 1.0))
    on = ease((x - 0.08) / (0.92 if touches else 0.74))
    beyond = 0 if touches else 0.035 * math.sin(math.pi * min(max((x - 0.72) / 0.28, 0), 1))
    return on + back + beyond


@dataclass(frozen=True)
class Spot:
    """Where somebody stands, and how turned."""

    at: Array
    yaw: float


@dataclass(frozen=True)
class Step:
    """A foot leaves the floor at `start` and is down again at `end` (0 to 1 of the whole movement)."""

    side: str
    start: float
    end: float
    first: Array
    last: Array
    turn_first: Array
    turn_last: Array


class Movement:
    """A movement of a body from a stance at a spot to a stance at another; `at(share)` is the pose of the world, share 0 to 1."""

    def __init__(self, build: Build, first: Stance, last: Stance, start: Spot, end: Spot, touches: bool = False) -> None:
        self.build, self.first, self.last, self.start, self.end, self.touches = build, first, last, start, end, touches
        self.far = float(np.linalg.norm((end.at - start.at)[[0, 2]]))
        self.walks = self.far > WALKS
        joints = shape(build)[1]
        self.leg = float(
            np.linalg.norm(joints["calf_l"] - joints["thigh_l"]) + np.linalg.norm(joints["foot_l"] - joints["calf_l"])
        )
        self.hip = {side: joints[f"thigh_{side}"] - joints["pelvis"] for side in SIDE}
        self.pivot = {side: joints[f"ball_{side}"] - joints[f"foot_{side}"] for side in SIDE}
        world = [moved(one, spot.at, spot.yaw) for one, spot in ((first, start), (last, end))]
        self.feet = {side: (world[0].foot[side], world[1].foot[side]) for side in SIDE}
        self.soles = {side: (world[0].sole[side], world[1].sole[side]) for side in SIDE}
        self.standing = all(abs(one.sole[side][1, 1] - 1) < 0.05 for one in (first, last) for side in SIDE)
        self.steps = self._plan()

    def spot(self, share: float) -> Spot:
        """Where the body is: steady while it walks, slow at both ends."""
        on = ease(share) if not self.walks else _steady(share)
        yaw, change = self.start.yaw, _around(self.end.yaw - self.start.yaw)
        if self.walks:
            way = self.end.at - self.start.at
            heading = math.degrees(math.atan2(way[0], way[2]))
            into, out = _around(heading - self.start.yaw), _around(self.end.yaw - heading)
            yaw += into * ease(share / 0.3) + out * ease((share - 0.72) / 0.28)
        else:
            yaw += change * ease(share)
        return Spot(self.start.at + (self.end.at - self.start.at) * on, yaw)

    def _plan(self) -> list[Step]:
        """The steps, foot after foot. Feet that need not move stay planted."""
        gaps = {side: float(np.linalg.norm(one[1] - one[0])) for side, one in self.feet.items()}
        turned = abs(_around(self.end.yaw - self.start.yaw))
        count = max(
            math.ceil(self.far / STRIDE) + 1 if self.far > PLANTED else 0, math.ceil(turned / QUARTER) + 1 if turned > 12 else 0
        )
        if count == 0:
            return self._shuffle([side for side in SIDE if gaps[side] > PLANTED])
        order = self._order(count)
        now = {side: (self.feet[side][0], self.soles[side][0]) for side in SIDE}
        steps = []
        for number, side in enumerate(order):
            start, end = number / count, (number + 1) / count
            if number >= count - 2:
                goal = (self.feet[side][1], self.soles[side][1])
            else:
                goal = self._footfall(side, (number + 1.5) / count)
            steps.append(Step(side, start, end, now[side][0], goal[0], now[side][1], goal[1]))
            now[side] = goal
        return steps

    def _order(self, count: int) -> list[str]:
        """Which foot goes when: the one that is nearer to the goal last, so that no legs cross."""
        way = turn(Y, -self.start.yaw) @ (self.end.at - self.start.at)
        aside = way[0] if self.far > PLANTED else _around(self.end.yaw - self.start.yaw)
        first = "l" if aside > 0 else "r"
        if self.walks:  # the one behind
            first = min(SIDE, key=lambda side: float((self.feet[side][0] - self.start.at) @ (self.end.at - self.start.at)))
        other = "r" if first == "l" else "l"
        return [first if number % 2 == 0 else other for number in range(count)]

    def _footfall(self, side: str, share: float) -> tuple[Array, Array]:
        """Where a foot is set down on the way."""
        spot = self.spot(min(share, 1.0))
        offset = np.array([SIDE[side] * 0.10, self.feet[side][0][1] - self.start.at[1], 0.0])
        sole = turn(Y, spot.yaw) @ turn(Y, SIDE[side] * 7) @ turn(Y, -self._toes(side)) @ self.first.sole[side]
        return spot.at + turn(Y, spot.yaw) @ offset, sole

    def _toes(self, side: str) -> float:
        """How far the toes are turned out in the first stance, degrees."""
        way = self.first.sole[side] @ np.array([self.pivot[side][0], 0, self.pivot[side][2]])
        return math.degrees(math.atan2(way[0], way[2]))

    def _shuffle(self, sides: list[str]) -> list[Step]:
        """Feet that stand otherwise in the other stance: one by one, both at once where somebody kneels down or gets up."""
        steps = []
        for number, side in enumerate(sides):
            start, end = (0.12, 0.8)
            if self.standing and len(sides) == 2:  # one foot is always down
                start, end = 0.06 + 0.44 * number, 0.5 + 0.44 * number
            steps.append(Step(side, start, end, *self.feet[side], *self.soles[side]))
        return steps

    def _foot(self, side: str, share: float) -> tuple[Array, Array, bool]:
        """Where a foot is, how it is turned, and whether it is planted."""
        mine = [step for step in self.steps if step.side == side]
        if not mine:
            last = self.soles[side][1] if not self.standing else self.soles[side][0]
            return self.feet[side][0], slerp(self.soles[side][0], last, ease(share)), True
        done = [step for step in mine if step.end <= share]
        now = next((step for step in mine if step.start < share < step.end), None)
        if now is None:
            one = done[-1] if done else None
            return (one.last, one.turn_last, True) if one else (mine[0].first, mine[0].turn_first, True)
        part = (share - now.start) / (now.end - now.start)
        on = ease(part)
        far = float(np.linalg.norm(now.last - now.first))
        lift = LIFT * min(far / 0.3 + 0.25, 1.0) * math.sin(math.pi * part)
        sole = slerp(now.turn_first, now.turn_last, on)
        if self.standing:  # off with the heel, down with the heel
            tip = 22 * math.sin(math.pi * part) * (1 - 1.6 * part) * min(far / 0.4, 1)
            sole = _pitched(sole, self.pivot[side], tip)
        return now.first + (now.last - now.first) * on + lift * Y, sole, False

    def at(self, share: float) -> Pose:
        """The pose at a share of the movement."""
        spot = self.spot(share)
        arms = gesture(share, self.touches) if not self.walks else ease((share - 0.55) / 0.45)
        trunk, head = ease(share * 1.04), ease(share * 1.25) if not self.walks else ease((share - 0.5) / 0.4)
        body = mix(self.build, self.first, self.last, trunk, arms, head)
        world = moved(body, spot.at, spot.yaw)
        feet = {side: self._foot(side, share) for side in SIDE}
        if self.steps and self.standing:
            world = self._gait(world, spot, share, feet)
        world = replace(
            world, foot={side: one[0] for side, one in feet.items()}, sole={side: one[1] for side, one in feet.items()},
            ball={side: self.first.ball[side] + (self.last.ball[side] - self.first.ball[side]) * ease(share) for side in SIDE},
        )  # fmt: skip
        if self.standing:
            world = self._within_reach(world)
        return pose_of(self.build, world, np.zeros(3), 0.0)

    def _gait(self, world: Stance, spot: Spot, share: float, feet: Mapping[str, tuple[Array, Array, bool]]) -> Stance:
        """What the body does on its steps: over the foot that stands, arms against legs, shoulders against hips."""
        about = turn(Y, spot.yaw)
        strength = min(self.far / 0.9, 1.0) * min(share / 0.15, (1 - share) / 0.15, 1.0)
        apart = float((feet["l"][0] - feet["r"][0]) @ about[:, 2])  # how far the left foot is ahead
        middle = (feet["l"][0] + feet["r"][0]) / 2
        planted = [one[0] for one in feet.values() if one[2]] or [middle]
        over = sum(planted) / len(planted) - spot.at
        aside = float(over @ about[:, 0]) * 0.25 * min(self.far / 0.4 + 0.3, 1.0)
        pos = world.pos + about[:, 0] * aside - 0.012 * strength * Y
        twist = np.array([2.5 * strength, 0, 9 * strength * apart / STRIDE])
        hands = dict(world.hand)
        for side, sign in SIDE.items():
            if self.walks and world.hand[side][1] - spot.at[1] < HANGING:
                hands[side] = world.hand[side] - about[:, 2] * (sign * apart * 0.30 * strength) + Y * abs(apart) * 0.04 * strength
        return replace(
            world, pos=pos, spine=world.spine + twist, hand={side: one + about[:, 0] * aside for side, one in hands.items()}
        )

    def _within_reach(self, world: Stance) -> Stance:
        """Hips as low as both legs need it; a heel rises before the hips sink much."""
        pos, foot, sole, ball = world.pos.copy(), dict(world.foot), dict(world.sole), dict(world.ball)
        for side in SIDE:
            hip = pos + world.rot @ self.hip[side]
            for degrees in (0, 12, 24, 36):
                tipped = _pitched(world.sole[side], self.pivot[side], degrees)
                ankle = world.foot[side] + world.sole[side] @ self.pivot[side] - tipped @ self.pivot[side]
                across = float(np.linalg.norm((hip - ankle)[[0, 2]]))
                high = ankle[1] + math.sqrt(max((self.leg * 0.994) ** 2 - across**2, 0.01))
                if hip[1] - high < 0.035:
                    break
            foot[side], sole[side], ball[side] = ankle, tipped, world.ball[side] - degrees
            if hip[1] > high:
                pos[1] -= hip[1] - high
        return replace(world, pos=pos, foot=foot, sole=sole, ball=ball)


def _pitched(sole: Array, pivot: Array, degrees: float) -> Array:
    """The foot, its heel raised by an angle about the ball."""
    if not degrees:
        return sole
    across = np.cross(Y, np.array([pivot[0], 0, pivot[2]]))
    return sole @ turn(across, degrees)


def _around(degrees: float) -> float:
    """The same turn, the short way round: -180 to 180."""
    return (degrees + 180) % 360 - 180


def _steady(share: float) -> float:
    """0 to 1 at one speed, but for a start and an end of an eighth each."""
    x, ramp = min(max(share, 0.0), 1.0), 0.16
    whole = 1 - ramp
    if x < ramp:
        return x * x / (2 * ramp) / whole
    if x > 1 - ramp:
        return 1 - (1 - x) * (1 - x) / (2 * ramp) / whole
    return (x - ramp / 2) / whole
