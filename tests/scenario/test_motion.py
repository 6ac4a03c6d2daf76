"""How a run moves: conditions one by one, effects, where one is sent on to."""

import pytest

from dti_xblocks.scenario import motion
from dti_xblocks.scenario.model import Choice, Effect, Ending, Meter, Need, Scenario, Scene
from dti_xblocks.scenario.motion import Standing

METER = Meter("m", "M", "", 5, -10, 10)


def story(*places, meters=(METER,), score_by="choices"):
    scenes = tuple(place for place in places if isinstance(place, Scene))
    endings = tuple(place for place in places if isinstance(place, Ending))
    return Scenario("", (), scenes, endings, meters=meters, score_by=score_by)


def scene(name, *choices, **more):
    return Scene(name, name, more.pop("level", ""), "", "", (), tuple(choices), **more)


def choice(name, to="end", **more):
    return Choice(name, to, more.pop("points", 1), "t", "o", "w", **more)


END = Ending("end", "E", "good", ())


@pytest.mark.parametrize(
    ("at_least", "at_most", "inside"),
    [(None, 4, False), (None, 5, True), (5, None, True), (6, None, False), (5, 5, True), (4, 6, True), (6, 4, False)],
)
def test_a_meter_is_asked_by_its_bounds(at_least, at_most, inside):
    here = story(scene("a", choice("b")), END)
    need = Need("meter", "m", at_least, at_most)
    refusal = Need("meter", "m", at_least, at_most, negated=True)
    assert motion.holds(here, motion.begin(here), (need,)) is inside
    assert motion.holds(here, motion.begin(here), (refusal,)) is not inside
    assert motion.holds(here, motion.begin(here), (need, refusal)) is False


@pytest.mark.parametrize(
    ("kind", "ref", "met"), [("choice", "a/b", True), ("choice", "a/c", False), ("level", "high", True), ("level", "low", False)]
)
def test_what_happened_is_asked_by_its_name(kind, ref, met):
    here = story(scene("a", choice("b", to="z", level="high")), scene("z", choice("y")), END)
    after = motion.take(here, motion.begin(here), here.start.choices[0])
    assert motion.holds(here, after, (Need(kind, ref),)) is met
    assert motion.holds(here, after, (Need(kind, ref, negated=True),)) is not met


def test_no_condition_holds_always():
    here = story(scene("a", choice("b")), END)
    assert motion.holds(here, motion.begin(here), ())


@pytest.mark.parametrize(("moves", "value"), [((3,), 8), ((3, 3), 10), ((9, -3), 7), ((-999_999,), -10), ((0,), 5)])
def test_effects_are_taken_in_their_order_and_stay_on_the_scale(moves, value):
    moved = choice("b", effects=tuple(Effect("m", by) for by in moves))
    here = story(scene("a", moved), END)
    assert motion.take(here, motion.begin(here), moved).meters == (value,)


def test_one_is_sent_on_until_somebody_lets_one_in():
    shut = (Need("choice", "a/never"),)
    places = [
        scene("a", choice("b", to="first")),
        scene("first", choice("x"), needs=shut, otherwise="second", level="passed"),
        Ending("second", "S", "bad", (), needs=shut, otherwise="third"),
        scene("third", choice("y"), needs=(Need("choice", "a/b"),), otherwise="end", level="entered"),
        END,
    ]
    here = story(*places)
    after = motion.take(here, motion.begin(here), here.start.choices[0])
    assert (after.place, after.levels) == ("third", {"entered"})


def test_round_in_a_circle_one_is_let_in_after_all():
    """`rules` refuse it; until the author has read that nothing may hang."""
    shut = (Need("choice", "a/never"),)
    here = story(
        scene("a", choice("b", to="c")),
        scene("c", choice("x"), needs=shut, otherwise="d"),
        scene("d", choice("x"), needs=shut, otherwise="c"),
        END,
    )
    assert motion.take(here, motion.begin(here), here.start.choices[0]).place in ("c", "d")


def test_a_scene_is_of_its_level_for_its_own_choices():
    here = story(scene("a", choice("b", needs=(Need("level", "high"),)), level="high"), END)
    assert [open_.id for open_ in motion.open_choices(here, motion.begin(here))] == ["b"]


def test_at_an_ending_and_nowhere_there_is_nothing_to_choose():
    here = story(scene("a", choice("b")), END)
    assert motion.open_choices(here, Standing("end", (5,))) == motion.open_choices(here, Standing("gone", (5,))) == ()


def test_the_first_decision_in_a_scene_gives_points():
    loop = choice("b", to="a", points=7)
    here = story(scene("a", loop), END)
    first = motion.begin(here)
    assert motion.gain(here, first, loop) == 7
    assert motion.gain(here, motion.take(here, first, loop), loop) == 0
    counted_by_endings = story(scene("a", loop), END, score_by="endings")
    assert motion.gain(counted_by_endings, first, loop) == 0
