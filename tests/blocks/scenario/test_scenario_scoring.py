"""What a scenario counts in the grade, through the block: which run counts, what points count, rescoring and overriding."""

import pytest
from xblock.scorable import Score

from dti_xblocks.scenario_block import ScenarioBlock
from tests.blocks.scenario.test_scenario_block import play, runs_of
from tests.runtime import again, make_block, page
from tests.scenario import timed
from tests.scenario.example import BEST, CONTENT, MIXED, POSSIBLE, WORST

GOOD, FAIR, POOR = 1.0, (2100 + 1900) / POSSIBLE, 160 / POSSIBLE


def played(*paths, **options):
    block = make_block(ScenarioBlock, CONTENT, **options)
    for number, path in enumerate(paths):
        play(block, path, "again" if number else "begin")
    return block


def grades(block) -> list:
    return [event["value"] for event in block.runtime.place.events("grade")]


def changed(block, old: str, new: str):
    """The block as its author has it after a change, loaded for the learner."""
    author = again(block, authoring=True)
    author.content = author.content.replace(old, new)
    author.save()
    return again(block, authoring=False)


@pytest.mark.parametrize(
    ("counted", "expected"), [("best", [FAIR, GOOD, GOOD]), ("latest", [FAIR, GOOD, POOR]), ("first", [FAIR, FAIR, FAIR])]
)
def test_the_author_says_which_run_counts(counted, expected):
    block = played(MIXED, BEST, WORST, counted=counted)
    assert grades(block) == pytest.approx(expected)
    assert len(runs_of(block)) == 3


def test_a_rule_that_means_nothing_is_the_best_run():
    assert grades(played(MIXED, WORST, counted="whatever"))[-1] == pytest.approx(FAIR)


@pytest.mark.parametrize(("score_by", "share"), [("choices", 1.0), ("endings", 1.0), ("both", 1.0)])
def test_the_strongest_path_is_everything_whatever_is_counted(score_by, share):
    block = make_block(ScenarioBlock, timed.CONTENT, score_by=score_by, clock_rule="off")
    play(block, (("curb", "sign"), ("hood", "grab"), ("after", "write")))
    assert grades(block) == [share]


@pytest.mark.parametrize(
    ("score_by", "earned", "possible"), [("choices", 2930, 5300), ("endings", 4000, 9000), ("both", 6930, 14300)]
)
def test_choices_endings_or_both_are_counted(score_by, earned, possible):
    block = make_block(ScenarioBlock, timed.CONTENT, score_by=score_by, clock_rule="off")
    play(block, (("curb", "look"), ("hood", "call"), ("after", "write")))
    run = runs_of(block)[0]
    assert (run.earned, run.possible, run.ending) == (earned, possible, "half")
    assert grades(block) == pytest.approx([earned / possible])


def test_coming_back_to_a_scene_earns_nothing_more():
    content = timed.CONTENT.replace('offered="no"', 'offered="yes"')
    block = make_block(ScenarioBlock, content, clock_rule="off")
    play(
        block,
        (("curb", "look"), ("hood", "froze"), ("late", "back"), ("curb", "sign"), ("hood", "grab"), ("after", "write")),
    )
    assert runs_of(block)[0].earned == 130 + 0 + 0 + 500


def test_a_score_before_the_first_run_is_none():
    block = make_block(ScenarioBlock, CONTENT)
    assert not block.has_submitted_answer()
    assert block.get_score() == Score(0.0, 1.0)
    with pytest.raises(ValueError, match="no finished run"):
        block.rescore(only_if_higher=False)


def test_rescoring_counts_the_runs_by_the_points_as_they_now_are():
    block = changed(played(MIXED, WORST), 'points="2100"', 'points="6100"')
    assert block.calculate_score().raw_earned == pytest.approx((6100 + 1900) / POSSIBLE)
    assert block.get_score().raw_earned == pytest.approx(FAIR), "calculating changes nothing"
    block.rescore(only_if_higher=False)
    block.save()
    assert grades(block)[-1] == pytest.approx((6100 + 1900) / POSSIBLE)
    assert again(block).get_score().raw_earned == pytest.approx((6100 + 1900) / POSSIBLE)


def test_rescoring_can_be_held_to_better_scores():
    block = changed(played(BEST), 'points="4400"', 'points="0"')
    before = grades(block)
    changed(block, 'points="7300"', 'points="73"').rescore(only_if_higher=True)
    assert grades(block) == before


def test_rescoring_leaves_a_run_alone_that_the_scenario_no_longer_leads_to_its_end():
    block = changed(played(MIXED), 'id="aftermath"', 'id="aftermath-2"')
    block = changed(block, 'to="aftermath"', 'to="aftermath-2"')
    block.rescore(only_if_higher=False)
    assert grades(block)[-1] == pytest.approx(FAIR)


def test_staff_override_a_score_and_the_platform_is_told():
    block = played(MIXED, weight="5")
    block.set_score(Score(raw_earned=0.9 / 5, raw_possible=1.0 / 5))  # as the platform divides by the weight
    block.publish_grade()
    block.save()
    assert grades(block)[-1] == pytest.approx(0.9)
    assert again(block).get_score() == Score(pytest.approx(0.9), 1.0)


@pytest.mark.parametrize(("counted", "expected"), [("best", 0.6), ("latest", POOR), ("first", 0.6)])
def test_an_override_stands_for_all_runs_before_it(counted, expected):
    block = played(BEST, counted=counted)
    block.set_score(Score(0.6, 1.0))
    block.publish_grade()
    block.save()
    play(block, WORST, "again")
    assert grades(block)[-1] == pytest.approx(expected)


def test_a_rescore_forgets_what_staff_gave():
    block = played(BEST)
    block.set_score(Score(0.2, 1.0))
    block.rescore(only_if_higher=False)
    assert grades(block)[-1] == GOOD


def test_a_learner_who_never_played_can_be_given_a_score_and_play_all_the_same():
    block = make_block(ScenarioBlock, CONTENT)
    block.set_score(Score(0.8, 1.0))
    block.publish_grade()
    block.save()
    assert grades(block) == [0.8]
    assert "Start the scenario" in page(again(block))
    play(block, BEST)
    assert grades(block)[-1] == GOOD


def test_many_runs_are_kept_short_and_the_first_and_best_are_not_lost():
    block = played(MIXED, BEST, *[WORST] * 14)
    stored = again(block).results
    assert len(stored) == 12
    assert [result["attempt"] for result in stored[:2]] == [1, 2]
    assert again(block).get_score().raw_earned == GOOD
