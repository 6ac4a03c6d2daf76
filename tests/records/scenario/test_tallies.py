"""What is counted by portions of the learners is what is counted at once, whatever happened since."""

import random

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection

from dti_xblocks.records.access import PORTIONS
from dti_xblocks.records.models import ScenarioStart, ScenarioTally
from dti_xblocks.records.pledge import retention
from dti_xblocks.records.scenario import journal, run_report, runs, tallies
from dti_xblocks.records.scenario.standing import ALL, BEST, FIRST
from dti_xblocks.records.scenario.tallies import Tallies
from tests.records.scenario.test_run_report import START, Play, block, played

__all__ = ["block", "played"]


KEPT = 3  # statements where nothing happened: marks of runs begun, of runs finished, and the sums


@pytest.fixture(autouse=True)
def large(monkeypatch):
    """Every block counts as one of very many runs."""
    cache.clear()
    ScenarioTally.objects.all().delete()
    monkeypatch.setattr(tallies, "LEAST", 1)


def asked(usage_key):
    """The answers of one page, and how often the database was asked for them."""
    statements, counted = [], Tallies(usage_key)
    with connection.execute_wrapper(lambda execute, *call: statements.append(call[0]) or execute(*call)):
        answers = [counted.choices(which) for which in (FIRST, BEST, ALL)]
        answers += [counted.moves(which) for which in (FIRST, BEST, ALL)] + [counted.scene_seconds()]
    return answers, sum(sql.startswith(("SELECT", "INSERT")) for sql in statements)


def at_once(usage_key):
    choices = [run_report.choices(usage_key, which) for which in (FIRST, BEST, ALL)]
    return [*choices, *(run_report.moves(usage_key, which) for which in (FIRST, BEST, ALL)), run_report.scene_seconds(usage_key)]


def test_the_counts_are_those_of_the_report(played):
    assert asked(played)[0] == at_once(played)
    assert asked("nothing")[0] == at_once("nothing")


def test_where_nothing_happened_only_marks_and_counts_are_read(played):
    _answers, first = asked(played)
    answers, again = asked(played)
    assert (first, again) == (KEPT + 12, KEPT) and answers == at_once(played)  # four are looked for, counted, and kept


def test_whatever_happens_is_counted(played):
    """Each step changes another of the counters that tell of it."""
    asked(played)
    left = Play(played, 70).take("one", "a", "two", 3)  # in the portion of a learner who has played
    assert asked(played)[0] == at_once(played)
    left.take("two", "y", "safe", 9)
    assert asked(played)[0] == at_once(played)
    left.end("safe", "good", 4)
    assert asked(played)[0] == at_once(played)
    left = Play(played, 2).take("one", "b", "two", 2).take("two", "x", "bad", 2)
    left.take("one", "a", "two", 5, position=0)  # the author changed the scenario
    assert asked(played)[0] == at_once(played)
    ScenarioStart.objects.filter(usage_key=played, user_id=1).delete()
    assert asked(played)[0] == at_once(played)


def test_a_practice_run_is_in_no_count(played):
    asked(played)
    player = runs.Player(2, "ben", "course", played)
    journal.begin(player, journal.latest_attempt(player), START, origin=journal.Origin(practice=True))
    with journal.held(player, 2) as held:
        held.append(["one", "a", START.isoformat()], "two", 5)
    assert asked(played)[0] == at_once(played)


def test_only_the_portions_in_which_something_happened_are_counted_again(played, monkeypatch):
    asked(played)
    Play(played, 3).take("one", "a", "two", 3)
    counted = []
    real = tallies.chosen
    monkeypatch.setattr(
        tallies, "chosen", lambda models, key, which, some: counted.append(some) or real(models, key, which, some)
    )
    answers, statements = asked(played)
    assert counted == [[3]] * 3 and statements == KEPT + 12 and answers == at_once(played)


def test_many_learners_at_random(block):
    dice = random.Random(11)
    for _round in range(12):
        for _act in range(dice.randrange(1, 8)):
            run = Play(block, dice.randrange(1, 140))
            for _decision in range(dice.randrange(4)):
                run.take(f"s{dice.randrange(3)}", f"c{dice.randrange(3)}", f"s{dice.randrange(4)}", dice.randrange(40))
            if dice.random() < 0.6:
                run.end(earned=dice.randrange(5))
        assert asked(block)[0] == at_once(block)


def test_a_small_block_is_counted_at_once_and_kept_nowhere(played, monkeypatch):
    monkeypatch.setattr(tallies, "LEAST", 1000)
    assert asked(played)[0] == at_once(played)
    assert not ScenarioTally.objects.exists()


def test_what_is_kept_needs_no_cache(played):
    asked(played)
    cache.clear()
    answers, statements = asked(played)
    assert statements == KEPT and answers == at_once(played)


def test_where_the_cache_does_not_answer_all_is_counted(played, monkeypatch, caplog):
    def fails(*_call):
        raise ConnectionError("no cache")

    monkeypatch.setattr(cache, "add", fails)
    for _page in range(2):
        assert asked(played)[0] == at_once(played)
    assert "The cache does not answer" in caplog.text and not ScenarioTally.objects.exists()


def test_while_another_request_keeps_its_counts_none_are_kept(played, monkeypatch):
    monkeypatch.setattr(cache, "add", lambda *_call: False)
    assert asked(played)[0] == at_once(played)
    assert not ScenarioTally.objects.exists()


def test_where_nothing_can_be_kept_the_report_is_shown_all_the_same(played, monkeypatch, caplog):
    def fails(*_call, **_options):
        raise OperationalError("read only")

    monkeypatch.setattr(type(ScenarioTally.objects.all()), "bulk_create", fails)
    assert asked(played)[0] == at_once(played)
    assert "cannot be kept" in caplog.text


@pytest.mark.parametrize("lost", [{"portion": PORTIONS}, {"portion__lt": PORTIONS}, {"portion": 3}, {"name": BEST}])
def test_what_is_kept_no_more_is_counted_again(played, lost):
    asked(played)
    ScenarioTally.objects.filter(usage_key=played, **lost).delete()
    Play(played, 3).take("one", "a", "two", 3)
    assert asked(played)[0] == at_once(played)
    assert asked(played) == (at_once(played), KEPT)


def test_a_portion_that_was_counted_later_than_the_sum_is_not_taken_off_twice(played):
    """Two requests at once: the one that began first kept its sum last."""
    asked(played)
    sums = list(ScenarioTally.objects.filter(usage_key=played, portion=PORTIONS).values_list("id", "counted"))
    Play(played, 3).take("one", "a", "two", 3)
    asked(played)
    for number, counted in sums:
        ScenarioTally.objects.filter(id=number).update(counted=counted)
    assert asked(played)[0] == at_once(played)
    Play(played, 70).take("one", "b", "two", 3)
    assert asked(played)[0] == at_once(played)


def test_a_portion_counted_twice_from_the_same_marks_is_not_mistaken_for_what_is_in_the_sum(played):
    """Of three requests at once one counts later than it read the marks, and the last keeps a sum made of the earlier count."""
    asked(played)
    left = Play(played, 3).take("one", "a", "two", 3)
    slow, last = Tallies(played), Tallies(played)
    count = slow._count

    def late(*call):
        Tallies(played).moves(ALL)
        Play(played, 70).take("one", "b", "two", 3)
        assert last._marks and last._sums
        left.take("two", "y", "safe", 9)
        return count(*call)

    slow._count = late
    slow.moves(ALL)
    last.moves(ALL)
    assert asked(played)[0] == at_once(played)


def test_a_learner_who_is_removed_is_in_no_count(played):
    asked(played)
    kept = ScenarioTally.objects.filter(usage_key=played)
    assert kept.filter(portion=1).exists()
    retention.remove(1, START)
    assert not kept.filter(portion__in=(1, PORTIONS)).exists() and kept.exists()
    assert asked(played)[0] == at_once(played)


def test_a_portion_has_one_row_of_a_name(played):
    asked(played)
    Play(played, 3).take("one", "a", "two", 3)
    asked(played)
    rows = list(ScenarioTally.objects.filter(usage_key=played).values_list("name", "portion"))
    assert len(rows) == len(set(rows)) > 4


def test_counts_of_one_block_are_not_those_of_another(played):
    asked(played)
    assert asked(f"{played}-other")[0] == at_once(f"{played}-other")
