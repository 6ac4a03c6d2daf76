"""The analysis: the strongest path, and what can and cannot happen."""

from dataclasses import replace

import pytest

from dti_xblocks.drawing.graph import backward, components
from dti_xblocks.scenario import explore, play
from dti_xblocks.scenario.explore import analysis
from dti_xblocks.scenario.model import Choice, Effect, Ending, Meter, Need, Scenario, Scene
from tests.scenario import sample_full
from tests.scenario.example import BEST, POSSIBLE, scenario

AT = "2026-11-02T10:00:00+00:00"


def choice(name, to, points=0, **more):
    return Choice(name, to, points, name, "o", "w", **more)


def scene(name, *choices, **more):
    return Scene(name, name, more.pop("level", ""), "", "", (), tuple(choices), **more)


def story(*places, meters=(), score_by="choices"):
    scenes = tuple(place for place in places if isinstance(place, Scene))
    endings = tuple(place for place in places if isinstance(place, Ending))
    return Scenario("", (), scenes, endings, meters=meters, score_by=score_by)


def ending(name="end", points=0, **more):
    return Ending(name, name, "good", (), points, **more)


def test_a_scenario_is_explored_once_however_often_it_is_read():
    first, second = scenario(), scenario()
    assert first is not second
    assert (first, hash(first)) == (second, hash(second))
    assert analysis(first) is analysis(second)
    assert analysis(first) is not analysis(replace(first, score_by="both"))


def test_the_words_of_a_scenario_are_gone_through_once(monkeypatch):
    counted = []
    of_a_scene = Scene.__hash__
    monkeypatch.setattr(Scene, "__hash__", lambda self: counted.append(self.id) or of_a_scene(self))
    one = scenario()
    assert hash(one) == hash(one)
    assert counted == [each.id for each in one.scenes]


def test_the_strongest_path_of_the_examples():
    assert (analysis(scenario()).path, analysis(scenario()).possible) == (BEST, POSSIBLE)
    rich = sample_full.scenario()
    assert (analysis(rich).path, analysis(rich).ending, analysis(rich).possible) == (
        sample_full.BEST,
        "honored",
        sample_full.POSSIBLE,
    )


def test_going_round_is_not_part_of_the_strongest_path():
    here = story(scene("a", choice("round", "a", 5), choice("out", "end", 3)), ending())
    assert (analysis(here).possible, analysis(here).path) == (3, (("a", "out"),))


def test_a_link_to_try_again_changes_nothing_of_what_is_possible():
    """Else whoever goes straight through one branch would miss the points of the other."""
    fork = scene("fork", choice("left", "left", 4), choice("right", "right", 3))
    left, right = scene("left", choice("on", "last", 2)), scene("right", choice("on", "last", 9))
    straight = story(fork, left, right, scene("last", choice("stop", "end", 1)), ending())
    again = story(fork, left, right, scene("last", choice("stop", "end", 1), choice("again", "fork")), ending())
    assert analysis(straight).possible == analysis(again).possible == 3 + 9 + 1
    assert analysis(straight).path == analysis(again).path
    assert analysis(again).back == {("last", "fork")}


def test_whoever_earns_more_by_going_round_has_it_all():
    here = story(scene("a", choice("x", "b", 4), choice("y", "end", 5)), scene("b", choice("back", "a", 3)), ending())
    stored = [["a", "x", AT], ["b", "back", AT], ["a", "y", AT]]
    state = play.replay(here, stored)
    assert (state.earned, state.possible, state.share) == (5, 5, 1.0)


@pytest.mark.parametrize(
    ("ahead", "back"),
    [
        ({"a": ["b"], "b": ["c"], "c": []}, set()),
        ({"a": ["a", "b"], "b": []}, {("a", "a")}),
        ({"a": ["b"], "b": ["c", "a"], "c": ["b"]}, {("b", "a"), ("c", "b")}),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": ["b"]}, {("d", "b")}),
        ({"a": ["b"], "b": ["c"], "c": ["a", "b"]}, {("c", "a"), ("c", "b")}),
    ],
)
def test_ways_back_lead_into_the_entry_of_a_loop(ahead, back):
    assert backward(ahead) == back


def test_of_equal_paths_the_shortest_is_told():
    here = story(
        scene("a", choice("round", "a"), choice("long", "b", 2), choice("short", "end", 2)),
        scene("b", choice("on", "end")),
        ending(),
    )
    assert analysis(here).path == (("a", "short"),)


def test_where_only_going_back_comes_to_an_ending_the_shortest_way_is_the_path():
    here = story(
        scene("gate", choice("in", "prize", 1, needs=(Need("choice", "shop/key"),)), choice("shop", "shop", 2)),
        scene("shop", choice("key", "gate", 4), choice("nothing", "gate", 8)),
        ending("prize", 9),
        score_by="both",
    )
    assert analysis(here).path == (("gate", "shop"), ("shop", "key"), ("gate", "in"))
    assert (analysis(here).possible, analysis(here).ending, analysis(here).endless) == (2 + 4 + 9, "prize", set())


def test_meters_are_followed_as_far_as_conditions_ask():
    meters = (Meter("asked", "A", "", 0, 0, 100), Meter("never", "N", "", 0, 0, 100))
    here = story(
        *(
            scene(f"a{n}", *(choice(f"by{by}", f"a{n + 1}", effects=(Effect("asked", by), Effect("never", by))) for by in (0, 1)))
            for n in range(20)
        ),
        scene("a20", choice("stop", "gate", 1)),
        scene("gate", choice("in", "end", 50, needs=(Need("meter", "asked", 7),)), choice("no", "end")),
        ending(),
        meters=meters,
    )
    assert analysis(here).possible == 1 + 50
    assert [step[1] for step in analysis(here).path].count("by1") >= 7
    assert len(analysis(here)._worth) < 220  # the values of one meter at twenty scenes, not those of two


def test_what_cannot_matter_any_more_is_forgotten():
    """Thirty scenes that each move a meter, which only the second asks about."""
    up, down = (Effect("m", 1),), (Effect("m", -1),)
    scenes = [
        scene(f"s{n}", choice("a", f"s{n + 1}", n, effects=up), choice("b", f"s{n + 1}", 1, effects=down)) for n in range(30)
    ]
    scenes[1] = scene("s1", *scenes[1].choices, choice("c", "s2", 3, needs=(Need("meter", "m", 51),)))
    here = story(*scenes, ending("s30"), meters=(Meter("m", "M", "", 50, 0, 100),))
    assert len(analysis(here)._worth) == 32
    assert analysis(here).possible == 0 + 3 + sum(range(2, 30))  # the first "b" would give a point, and the way to "c" away


def test_where_conditions_can_no_longer_change_values_are_one():
    """At most ten can be added at the end: whoever is below 50 before it is below 60 after it."""
    meters = (Meter("m", "M", "", 0, 0, 100),)
    steps = tuple(choice(f"c{by}", "last", by, effects=(Effect("m", by),)) for by in range(0, 100, 7))
    last = scene("last", choice("more", "good", effects=(Effect("m", 10),)), choice("less", "good", effects=(Effect("m", -10),)))
    here = story(
        scene("a", *steps),
        last,
        ending("good", 5, needs=(Need("meter", "m", 60),), otherwise="end"),
        ending(),
        meters=meters,
        score_by="both",
    )
    assert len([standing for standing in analysis(here)._worth if standing.place == "last"]) == 4  # below, 56, 63, and above
    assert analysis(here).possible == 98 + 5


@pytest.mark.parametrize(("score_by", "possible"), [("choices", 8), ("endings", 6), ("both", 10)])
def test_the_path_is_the_strongest_by_what_counts(score_by, possible):
    here = story(
        scene("a", choice("x", "poor", 8), choice("y", "rich", 3)), ending("poor", 2), ending("rich", 6), score_by=score_by
    )
    assert analysis(here).possible == possible


def test_the_best_choice_is_that_of_whoever_stands_there():
    rich = sample_full.scenario()
    called = play.replay(rich, sample_full.entries(("curb", "call")), play.NO_CLOCK)
    looked = play.replay(rich, sample_full.entries(("curb", "look")), play.NO_CLOCK)
    assert analysis(rich).best_choice(called.standing) == "firm"
    assert analysis(rich).best_choice(looked.standing) == "soft"
    assert analysis(rich).worth(called.standing) == 900 + 60
    assert analysis(rich).worth_of(looked.standing, rich.scene("door").choice("retreat")) == 100
    assert analysis(rich).best_choice_at("door") in ("firm", "soft")
    assert analysis(rich).best_choice_at("nowhere") == ""


def test_there_is_no_path_where_none_ends():
    here = story(scene("a", choice("x", "b", 3)), scene("b", choice("y", "a", 4)), ending())
    assert (analysis(here).possible, analysis(here).path, analysis(here).ending, analysis(here).endless) == (
        0,
        (),
        "",
        {"a", "b"},
    )


def test_a_trap_is_endless_and_no_part_of_the_strongest_path():
    here = story(scene("a", choice("trap", "b", 9), choice("out", "end", 1)), scene("b", choice("y", "b", 9)), ending())
    assert (analysis(here).possible, analysis(here).endless, analysis(here).path) == (1, {"b"}, (("a", "out"),))


def test_a_trap_may_be_one_for_some_only():
    out = choice("out", "end", needs=(Need("choice", "a/key"),))
    here = story(scene("a", choice("key", "b"), choice("none", "b")), scene("b", out, choice("y", "b")), ending())
    assert analysis(here).endless == {"b"}


def test_whoever_finds_no_choice_is_stuck():
    here = story(scene("a", choice("x", "b")), scene("b", choice("y", "end", needs=(Need("choice", "a/z"),))), ending())
    assert (analysis(here).stuck, analysis(here).held) == ({"b"}, set())


def test_what_the_clock_does_can_be_reached_and_makes_no_path():
    late = choice("late", "secret", 99, offered=False)
    here = story(scene("a", choice("x", "end", 5), late, clock=20, timeout="late"), ending(), ending("secret"))
    assert analysis(here).reached == {"a", "end", "secret"}
    assert (analysis(here).possible, analysis(here).idle) == (5, ("a",))


@pytest.mark.parametrize(("points", "idle"), [(4, ()), (5, ()), (6, ("a",))])
def test_waiting_is_noticed_when_it_earns_more(points, idle):
    late = choice("late", "b", points, offered=False)
    first = scene("a", choice("x", "b", 5), late, clock=20, timeout="late")
    here = story(first, scene("b", choice("y", "end", 2)), ending())
    assert (analysis(here).possible, analysis(here).idle) == (7, idle)


def test_waiting_is_noticed_where_only_its_consequence_earns_more():
    late = choice("late", "rich", 0, offered=False)
    here = story(
        scene("a", choice("x", "end", 5), late, clock=20, timeout="late"), scene("rich", choice("y", "end", 6)), ending()
    )
    assert analysis(here).idle == ("a",)


def test_exploring_ends_where_it_would_take_too_long(monkeypatch):
    monkeypatch.setattr(explore, "MOST", 10)
    chain = [scene(f"s{n}", choice("x", f"s{n + 1}"), choice("y", f"s{n + 1}")) for n in range(50)]
    found = explore.explore(story(*chain, ending("s50")))
    assert (found.complete, found.path, found.ending, found.possible) == (False, (), "", 0)


def test_an_empty_scenario_has_an_empty_analysis():
    assert (analysis(Scenario("", (), (), ())).path, analysis(Scenario("", (), (), ())).possible) == ((), 0)


def test_a_chain_deeper_than_python_recurses():
    chain = [scene(f"s{n}", choice("x", f"s{n + 1}", 1)) for n in range(5000)]
    assert analysis(story(*chain, ending("s5000"))).possible == 5000


def test_components_come_after_those_that_they_lead_to():
    graph = {"a": "b", "b": "cd", "c": "b", "d": "ef", "e": "d", "f": "", "g": "g"}
    found = [sorted(component) for component in components(graph, graph.__getitem__)]
    assert found == [["f"], ["d", "e"], ["b", "c"], ["a"], ["g"]]
