"""What draws: bodies that stand, hands that reach where they are told, light and shade, and the same picture every time."""

import dataclasses

import numpy as np
import pytest

from dti_xblocks.course.media import render, strands, water
from dti_xblocks.course.media.body import BUILDS, BodyDataMissingError, data_folder, shape
from dti_xblocks.course.media.camera import Camera
from dti_xblocks.course.media.light import Lamp
from dti_xblocks.course.media.paint import without_specks
from dti_xblocks.course.media.palette import COLOURS, DULL, GLOWING, SHINING, SOFT, WASHED, contrast, rgb
from dti_xblocks.course.media.part import Part
from dti_xblocks.course.media.poses import KEYS, named_poses, placed
from dti_xblocks.course.media.props import PROPS
from dti_xblocks.course.media.scene import Figure, Light, Prop, Scene, SceneFileError, View
from dti_xblocks.course.media.skeleton import Skeleton, reach
from dti_xblocks.course.media.stage import Stage
from dti_xblocks.course.media.wear import OUTFITS, person
from dti_xblocks.course.media.world import World

pytestmark = pytest.mark.once
FLOOR = Prop("ground", name="floor")
LAMP = Light("amber", at=(2, 4, 3))


def a_scene(**changes) -> Scene:
    words = {"title": "One", "alt": "Someone.", "description": "Someone stands."}
    return Scene("one", **words, camera=View((0, 1.2, 4), (0, 1, 0)), prop=(FLOOR,), light=(LAMP,), **changes)


@pytest.mark.parametrize("pose", ["stand", "walk", "prone-cuffed", "sit"])
def test_nobody_sinks_into_the_floor_or_floats(pose):
    build = BUILDS["man"]
    _, parts = person(build, placed(named_poses()[pose], build, np.zeros(3), 0, {}), "officer")
    lowest = min(float(part.vertices[np.unique(part.faces), 1].min()) for part in parts)
    assert -0.10 < lowest < 0.06


@pytest.mark.parametrize("build", BUILDS)
def test_hands_are_where_the_pose_says(build):
    target = np.array([0.25, 1.2, 0.4])
    pose = placed({**named_poses()["stand"], "hand_l": list(target)}, BUILDS[build], np.zeros(3), 0, {})
    assert np.allclose(Skeleton(BUILDS[build], pose).places["hand_l"], target, atol=0.01)


def test_a_hand_may_be_told_to_lie_on_somebody():
    other = Skeleton(BUILDS["woman"], placed(named_poses()["stand"], BUILDS["woman"], np.array([0.5, 0, 0]), 0, {}))
    said = {"of": "her", "bone": "upperarm_r", "off": [0, 0.1, 0]}
    pose = placed({**named_poses()["stand"], "hand_l": said}, BUILDS["man"], np.zeros(3), 0, {"her": other})
    assert np.allclose(pose["hand_l"], other.places["upperarm_r"] + [0, 0.1, 0])


def test_what_is_too_far_is_reached_for_and_bones_keep_their_length():
    middle, end = reach(np.zeros(3), np.array([5.0, 0, 0]), 0.3, 0.25, np.array([0, 1.0, 0]))
    assert np.linalg.norm(middle) == pytest.approx(0.3, abs=0.01)
    assert np.linalg.norm(end - middle) == pytest.approx(0.25, abs=0.01)


def test_faces_have_no_features():
    """The lips, which stand out on the body, lie flat on the figure."""
    from dti_xblocks.course.media.cloth import head_at_rest

    rest, bare = shape(BUILDS["man"])[0], head_at_rest(BUILDS["man"])
    moved = np.linalg.norm(rest - bare, axis=1)
    assert moved.max() > 0.01 and np.array_equal(rest[moved == 0], bare[moved == 0])


def test_poses_say_nothing_that_is_not_known():
    for name, pose in named_poses().items():
        assert set(pose) <= KEYS, name


@pytest.mark.parametrize("outfit", OUTFITS)
def test_every_material_of_people_has_a_colour(outfit):
    build = BUILDS["woman"]
    _, parts = person(build, placed(named_poses()["stand"], build, np.zeros(3), 0, {}), outfit, "bun", "peaked")
    assert {part.material for part in parts} | {part.beyond for part in parts} - {""} <= COLOURS.keys() | {""}


@pytest.mark.parametrize("kind", PROPS)
def test_every_thing_can_be_made_and_has_colours(kind):
    parts = PROPS[kind]()
    assert parts and {part.material for part in parts} <= COLOURS.keys()
    assert all(np.isfinite(part.vertices).all() and part.faces.max() < len(part.vertices) for part in parts)


def test_the_palette_knows_what_it_speaks_of():
    assert SOFT.keys() | DULL | GLOWING | WASHED | SHINING <= COLOURS.keys()
    assert contrast(rgb("#ffffff"), rgb("#000000")) == pytest.approx(21)
    assert contrast(rgb("#ffffff"), rgb("#767676")) == pytest.approx(4.54, abs=0.01)


def a_square(y, size):
    corners = np.array([(-size, y, -size), (-size, y, size), (size, y, size), (size, y, -size)], float)
    return Part("wood", corners, np.array([(0, 1, 2), (0, 2, 3)]))


def test_what_is_below_a_roof_lies_in_its_shadow():
    world = World()
    world.add("floor", [a_square(0, 10)])
    world.add("roof", [a_square(2, 1)])
    world.build()
    hits = world.cast(np.array([[0, 1, 0], [5, 1, 0]], float), np.array([[0, -1, 0], [0, -1, 0]], float))
    light = Lamp("amber", way=(0, 1, 0)).falls_on(world, hits)
    assert light[0] == 0 and light[1] == pytest.approx(1)


def test_a_camera_sees_a_point_where_its_rays_go():
    camera = Camera((0, 1, 5), (0, 1, 0), 40, 200, 100)
    x, y, depth = camera.see((0.5, 1.25, 0))
    origins, ways = camera.rays(int(y), int(y) + 1)
    nearest = ways[int(x)] * depth / (ways[int(x)] @ camera.ahead) + origins[int(x)]
    assert np.allclose(nearest, (0.5, 1.25, 0), atol=0.03) and camera.horizon == pytest.approx(50, abs=1)


def test_the_same_scene_makes_the_same_bytes_and_another_light_others():
    scene = a_scene(figure=(Figure("one"),), width=160, height=90, wet=0.5, rain=5)
    first = render.encoded(render.drawn(scene))
    assert first == render.encoded(render.drawn(scene))
    assert first != render.encoded(render.drawn(dataclasses.replace(scene, light=(Light("red", at=(2, 4, 3)),))))


def test_white_words_are_measured_on_the_lightest_of_the_lower_quarter():
    picture = np.zeros((80, 100, 3))
    picture[:60] = 1.0
    assert render.lower_contrast(picture) == pytest.approx(21)
    picture[70:] = 1.0
    assert render.lower_contrast(picture) == pytest.approx(1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"figure": (Figure("one", pose="fly"),)}, "the pose “fly” is not known"),
        ({"figure": (Figure("one", build="giant"),)}, "the build “giant” is not known"),
        ({"figure": (Figure("one", wear="armour"),)}, "the outfit “armour” is not known"),
        ({"figure": (Figure("one", joints={"tail": [0, 0, 0]}),)}, "a pose has no “tail”"),
    ],
)
def test_what_the_kit_does_not_know_is_refused_with_what_it_knows(changes, said):
    with pytest.raises(SceneFileError, match=said):
        Stage(a_scene(**changes))


def test_a_thing_or_a_light_that_cannot_be_made_is_refused():
    for changes, said in (
        ({"prop": (Prop("spaceship"),)}, "the prop “spaceship” is not known"),
        ({"prop": (Prop("room", options={"colour": "red"}),)}, "does not have these options"),
        ({"light": (Light("fill"),)}, "needs “at” or “way”"),
        ({"light": (Light("fill", at={"of": "nobody", "bone": "head"}),)}, "names the figure “nobody”"),
    ):
        with pytest.raises(SceneFileError, match=said):
            Stage(dataclasses.replace(a_scene(), **changes))


def test_without_the_data_of_bodies_the_way_to_it_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("BODY_DATA", str(tmp_path))
    with pytest.raises(BodyDataMissingError, match="make media"):
        data_folder()


def a_head(hair):
    """The picture of a head from the side, dark but for one lamp, and its hair's share of the pixels."""
    scene = a_scene(figure=(Figure("one", hair=hair),), width=200, height=200)
    return render.drawn(dataclasses.replace(scene, camera=View((1.6, 1.62, 0.2), (0, 1.62, 0), 22)))


def test_light_breaks_on_the_locks_of_hair(monkeypatch):
    """With locks the head has more edges, of which none were there without."""
    locks = a_head("short")
    monkeypatch.setattr("dti_xblocks.course.media.world.waves", lambda across, along: np.zeros(len(across)))
    smooth = a_head("short")
    edges = [np.abs(np.diff(picture.mean(2), axis=1)[:90]).sum() for picture in (locks, smooth)]
    assert edges[0] > 1.1 * edges[1]


def test_locks_are_not_seen_from_afar():
    assert strands.seen_from(np.array([2.0, 12.0])).tolist() == [1.0, 0.0]


def test_locks_go_around_the_line_that_they_come_from():
    combed = strands.Strands(np.zeros((0, 3)), (0, 0.2, 0), (0, -1, 0))
    around, along, ways = combed.around(np.array([(0.1, 0.0, 0.0), (0.0, 0.0, 0.1)]))
    assert abs(around[0] - around[1]) == pytest.approx(np.pi / 2 * strands.ROUND)
    assert along == pytest.approx([0.3, 0.3]) and np.allclose((ways * [(1, 0, 0), (0, 0, 1)]).sum(1), 0)


def test_wet_ground_is_nearly_level_and_still_where_waves_are_too_short_to_be_seen():
    places = np.random.default_rng(1).uniform(-5, 5, (500, 3)) * [1, 0, 1]
    near, far = water.ripples(places, np.full(500, 1.0)), water.ripples(places, np.full(500, 40.0))
    assert near[:, 1].min() > 0.995 and np.ptp(near[:, 0]) > 0.01
    assert np.allclose(far, (0, 1, 0))


def test_puddles_mirror_more_than_damp_ground_and_floors_as_puddles():
    places = np.random.default_rng(1).uniform(-20, 20, (2000, 3)) * [1, 0, 1]
    much = water.mirrors(places, np.ones(2000, bool))
    assert much.min() == pytest.approx(water.DAMP) and much.max() == pytest.approx(1)
    assert 0.15 < (much > 0.9).mean() < 0.6
    assert (water.mirrors(places, np.zeros(2000, bool)) == 1).all()


def test_what_is_mirrored_is_drawn_out_within_what_is_wet():
    mirror, wet = np.zeros((60, 60, 3), np.float32), np.zeros((60, 60), bool)
    wet[30:], mirror[45] = True, 1.0
    drawn = water.smeared(mirror, wet, 1.0)
    assert 0 < drawn[42, 30, 0] < drawn[45, 30, 0] < 1 and (drawn[:30] == 0).all()
    assert drawn[45 - water.SMEARED - 1, 30, 0] == 0


def test_small_spots_are_no_part_of_a_face():
    inside = np.ones((60, 60), bool)
    specks = np.full((60, 60), 0.02)
    lit = np.zeros((60, 60), bool)
    lit[10:12, 10:12] = lit[20:50, 20:50] = True
    lit[30:32, 30:32] = False
    clean = without_specks(lit, inside, specks, metre=200)
    assert not clean[10:12, 10:12].any() and clean[20:50, 20:50].all() and not clean[:20].any()
    assert np.array_equal(without_specks(lit, inside, specks * 0, metre=200), lit)
