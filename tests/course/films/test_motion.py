"""How people move: feet that are planted stay, hands arrive, nobody floats, and bones keep their length."""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from dti_xblocks.course.films.motion import LIFT, Movement, Spot, ease, gesture
from dti_xblocks.course.films.stance import moved, pose_of, slerp, stance, swing
from dti_xblocks.course.media.body import BUILDS
from dti_xblocks.course.media.poses import named_poses, placed
from dti_xblocks.course.media.skeleton import Skeleton
from dti_xblocks.course.media.vectors import Y, turn

pytestmark = pytest.mark.once
MAN = BUILDS["man"]
FRAMES = 32  # of two seconds


def stands(pose, at=(0, 0), yaw=0.0, others=None, **joints):
    place = np.array([at[0], 0, at[1]], float)
    said = placed({**named_poses()[pose], **joints}, MAN, place, yaw, others or {})
    return stance(MAN, said, place, yaw), Spot(place, yaw), said


def movement(first, last, **more):
    (a, start, _), (b, end, _) = first, last
    return Movement(MAN, a, b, start, end, **more)


@cache
def skeletons(name):
    move = MOVES[name]()
    return [Skeleton(MAN, move.at(number / FRAMES)) for number in range(FRAMES + 1)]


def balls(skeleton):
    return {side: skeleton.places[f"ball_{side}"] for side in "lr"}


MOVES = {
    "reaches": lambda: movement(stands("stand"), stands("reach")),
    "walks": lambda: movement(stands("stand", (0, 0), 20), stands("stand", (2.4, 1.6), -30)),
    "walks to a reach": lambda: movement(stands("stand", (1, 1), 200), stands("reach", (0.2, -0.6), 215)),
    "turns": lambda: movement(stands("at-ease", (0, 0), 0), stands("stand", (0, 0), 150)),
    "steps aside": lambda: movement(stands("stand"), stands("stand", (0.4, 0.0))),
    "hand to the radio": lambda: movement(stands("at-ease"), stands("radio")),
}


@pytest.mark.parametrize("name", MOVES)
def test_a_foot_that_is_planted_stays(name):
    """The ball of a foot that is down moves less than 5 mm from frame to frame; what moves more is off the floor."""
    made = skeletons(name)
    floor = min(one.places["ball_l"][1] for one in (made[0], made[-1]))
    for before, after in pairwise(made):
        for side in "lr":
            step = np.linalg.norm(balls(after)[side] - balls(before)[side])
            lifted = max(balls(after)[side][1], balls(before)[side][1]) - floor
            assert step < 0.005 or lifted > 0.003, (name, side, step, lifted)


@pytest.mark.parametrize("name", MOVES)
def test_somebody_always_stands_on_a_foot_and_no_foot_sinks(name):
    made = skeletons(name)
    floor = made[0].places["ball_l"][1]
    for one in made:
        heights = [balls(one)[side][1] - floor for side in "lr"]
        assert min(heights) < 0.02 and min(heights) > -0.02 and max(heights) < LIFT + 0.06


@pytest.mark.parametrize("name", MOVES)
def test_it_begins_and_ends_as_it_is_told(name):
    move = MOVES[name]()
    for share, one, spot in ((0.0, move.first, move.start), (1.0, move.last, move.end)):
        told, made = Skeleton(MAN, pose_of(MAN, one, spot.at, spot.yaw)), Skeleton(MAN, move.at(share))
        for bone in ("head", "hand_l", "hand_r", "pelvis"):
            assert np.linalg.norm(told.places[bone] - made.places[bone]) < 0.06, (name, share, bone)


def test_feet_are_far_enough_apart_when_walking():
    move = MOVES["walks"]()
    assert len(move.steps) >= 5
    assert all(one.side != other.side for one, other in pairwise(move.steps))


@pytest.mark.parametrize("name", MOVES)
def test_nothing_jumps(name):
    """From one drawing of eight a second to the next (of two seconds) nothing goes farther than a person can."""
    made = skeletons(name)
    for bone in ("head", "hand_l", "hand_r", "pelvis", "calf_l", "calf_r"):
        places = np.array([one.places[bone] for one in made])
        assert np.linalg.norm(np.diff(places, axis=0), axis=1).max() < 0.35, bone


@pytest.mark.parametrize("pose", ["stand", "kneel", "prone-cuffed", "sit", "radio", "kneel-over"])
def test_a_stance_says_everything_that_its_pose_does(pose):
    one, spot, said = stands(pose, (0.5, -0.3), 40)
    told, made = Skeleton(MAN, said), Skeleton(MAN, pose_of(MAN, one, spot.at, spot.yaw))
    for bone in told.places:
        assert np.allclose(told.places[bone], made.places[bone], atol=0.012), bone
        assert np.allclose(told.turns[bone], made.turns[bone], atol=0.06), bone


def test_a_hand_that_comes_to_lie_on_somebody_does_not_pass_through():
    other = Skeleton(MAN, stands("stand", (0.25, 0.55), 180)[2])
    goal = {"of": "other", "bone": "upperarm_l", "off": [0, 0.05, -0.12]}
    move = movement(stands("stand"), stands("reach", others={"other": other}, hand_l=goal), touches=True)
    end = Skeleton(MAN, move.at(1.0)).places["hand_l"]
    assert np.linalg.norm(end - (other.places["upperarm_l"] + [0, 0.05, -0.12])) < 0.06
    ways = [Skeleton(MAN, move.at(share)).places["hand_l"][2] for share in np.linspace(0.7, 1, 12)]
    assert max(ways) < end[2] + 0.03


def test_eases_begin_and_end_where_they_should():
    assert (ease(0), ease(0.5), ease(1)) == (0, 0.5, 1) and (ease(-3), ease(4)) == (0, 1)
    values = [gesture(share / 50) for share in range(51)]
    assert values[0] == 0 and values[-1] == pytest.approx(1) and min(values) < -0.01 and 1.01 < max(values) < 1.06
    touching = [gesture(share / 50, touches=True) for share in range(51)]
    assert max(touching) <= 1 + 1e-9


def test_turns_and_ways_go_the_short_way():
    half = slerp(turn(Y, 10), turn(Y, 70), 0.5)
    assert np.allclose(half, turn(Y, 40))
    assert np.allclose(swing(np.array([1.0, 0, 0]), np.array([0, 0, 2.0]), 0.5), np.array([1, 0, 1]) / np.sqrt(2) * 1.5)
    one, _, _ = stands("stand")
    there = moved(one, np.array([1.0, 0, 2.0]), 90)
    assert np.allclose(there.pos, np.array([1, 0, 2]) + turn(Y, 90) @ one.pos)
