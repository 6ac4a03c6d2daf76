"""What staff learn about the runs of a block: every number against runs played by hand."""

import itertools
import statistics
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.records.scenario import journal, run_report, runs

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
numbers = itertools.count()


@pytest.fixture
def block():
    return f"report-block-{next(numbers)}"


class Play:
    """A learner's run, written as the block writes it: every decision takes as many seconds as it is told."""

    def __init__(self, block, user_id, name="", at=START, pace=1):
        self.player = runs.Player(user_id, name or f"u{user_id}", "course", block)
        self.begun = self.now = at
        self.attempt = journal.begin(self.player, journal.latest_attempt(self.player), at, pace, "v" * 64).attempt

    def take(self, scene, choice, led_to="", seconds=10, how="", position=None):
        self.now += timedelta(seconds=seconds)
        entry = [scene, choice, self.now.isoformat(), *([how] if how else [])]
        with journal.held(self.player, self.attempt) as held:
            held.append(entry, led_to, seconds if choice else None, position)
        return self

    def end(self, ending="safe", result="good", earned=1, possible=4):
        path = journal.read(self.player, self.attempt).decisions
        seconds = int((self.now - self.begun).total_seconds())
        run = runs.Finished(self.attempt, "v" * 64, path, ending, result, earned, possible, self.begun, self.now, seconds)
        assert runs.finish(self.player, run)
        return self


@pytest.fixture
def played(block):
    """Ana plays three times, Ben once, Cem gives up twice (in one run at once), Dee starts a clock and leaves."""
    Play(block, 1, "ana").take("one", "a", "two", 10).take("two", "x", "bad", 20).end("bad", "bad", 1)
    Play(block, 1, "ana").take("one", "b", "two", 6).take("two", "y", "safe", 8).end("safe", "good", 4)
    Play(block, 1, "ana").take("one", "b", "two", 4).take("two", "z", "safe", 4, how="time-up").end("safe", "good", 4)
    Play(block, 2, "ben").take("one", "a", "two", 30).take("two", "y", "safe", 50).end("safe", "good", 3)
    Play(block, 3, "Cemal_Ö").take("one", "b", "two", 100)
    Play(block, 3, "Cemal_Ö")
    Play(block, 4, "dee").take("one", "", seconds=1)
    Play(block + "-other", 1, "ana").take("one", "a", "two").end()
    return block


def test_weeks_count_everybody_once(played):
    late = START + timedelta(days=8)
    Play(played, 2, "ben", at=late).take("one", "a", "two").end()  # again: neither begins nor finishes for the first time
    Play(played, 5, "eve", at=late).take("one", "a", "two").end()
    Play(played, 3, "Cemal_Ö", at=late).take("one", "a", "two").end()
    monday = date(2026, 11, 23)
    assert run_report.weeks(played) == {monday: (4, 2), monday + timedelta(days=7): (1, 2)}
    assert run_report.weeks("nothing") == {}


def test_totals(played):
    assert run_report.totals(played) == run_report.Totals(started=4, finished=2, begun=7, ended=4, seconds=22.0)  # 8 14 30 80


def test_totals_of_nothing(block):
    assert run_report.totals(block) == run_report.Totals(0, 0, 0, 0, None)


def test_totals_without_times_have_no_median(block):
    path = [["one", "a", START.isoformat()]]
    runs.finish(runs.Player(1, "a", "c", block), runs.Finished(1, "v", path, "safe", "good", 1, 1, START, START))
    assert run_report.totals(block) == run_report.Totals(1, 1, 1, 1, None)


def test_endings(played):
    assert run_report.endings(played) == [("safe", "good", 3), ("bad", "bad", 1)]


def test_choices_of_all_runs(played):
    assert run_report.choices(played) == [
        *[("one", "a", "", 2), ("one", "b", "", 3)],
        *[("two", "x", "", 1), ("two", "y", "", 2), ("two", "z", "time-up", 1)],
    ]


def test_choices_of_first_runs_are_one_of_each_learner_finished_or_not(played):
    first = run_report.choices(played, run_report.FIRST)
    assert first == [("one", "a", "", 2), ("one", "b", "", 1), ("two", "x", "", 1), ("two", "y", "", 1)]


def test_choices_of_best_runs_are_the_earliest_of_equals(played):
    best = run_report.choices(played, run_report.BEST)
    assert best == [("one", "a", "", 1), ("one", "b", "", 1), ("two", "y", "", 2)]


def test_the_first_run_may_have_any_number(block):
    """The first that could be recorded: the block's own state may know of earlier ones."""
    player = runs.Player(1, "a", "c", block)
    journal.begin(player, 6, START)
    with journal.held(player, 7) as held:
        held.append(["one", "a", START.isoformat()])
    assert run_report.choices(block, run_report.FIRST) == [("one", "a", "", 1)]


def test_where_nothing_can_be_earned_everybody_has_it_all(block):
    Play(block, 1).take("one", "a", "safe").end(earned=0, possible=0)
    Play(block, 1).take("one", "b", "safe").end(earned=3, possible=4)
    assert run_report.choices(block, run_report.BEST) == [("one", "a", "", 1)]
    assert run_report.people(block)[0][0].best == 1.0


def test_what_was_replaced_does_not_count(block):
    play = Play(block, 1).take("one", "a", "two", 1).take("two", "x", "three", 2).take("three", "q", "four", 3)
    play.take("two", "y", "five", 40, position=1).take("five", "", seconds=1).take("five", "k", "safe", 5).end()
    Play(block, 2).take("one", "a", "two", 3)
    assert run_report.choices(block) == [("five", "k", "", 1), ("one", "a", "", 2), ("two", "y", "", 1)]
    assert run_report.scene_seconds(block) == {"five": 5, "one": 2, "two": 40}


def test_a_run_replaced_from_its_beginning(block):
    Play(block, 1).take("one", "a", "two").take("two", "x", "three").take("uno", "b", "dos", position=0)
    assert run_report.choices(block) == [("uno", "b", "", 1)]
    assert run_report.left(block) == [("dos", 1)]


def test_loops_count_every_decision(block):
    Play(block, 1).take("one", "back", "one").take("one", "back", "one").take("one", "on", "safe").end()
    assert run_report.choices(block) == [("one", "back", "", 2), ("one", "on", "", 1)]


def test_where_runs_were_left(played):
    assert run_report.left(played) == [("", 1), ("one", 1), ("two", 1)]


def test_the_median_of_each_scene(played):
    assert run_report.scene_seconds(played) == {"one": 10, "two": 14}


@given(st.lists(st.integers(0, 50), min_size=1))
def test_the_median_of_counted_values(values):
    counted = [(value, len(list(group))) for value, group in itertools.groupby(sorted(values))]
    assert run_report.median(counted) == statistics.median(values)


def test_people_in_the_order_of_their_names(played):
    learners, total = run_report.people(played)
    assert total == 4
    assert sorted(learner.username for learner in learners) == ["Cemal_Ö", "ana", "ben", "dee"]
    known = {learner.username: learner for learner in learners}
    last = START + timedelta(seconds=8)
    assert known["ana"] == run_report.Learner(1, "ana", 3, 3, 1.0, "safe", "good", max(last, START + timedelta(seconds=30)))
    assert known["Cemal_Ö"] == run_report.Learner(3, "Cemal_Ö", 2, 0, None, None, None, START + timedelta(seconds=100))
    assert known["dee"].last_active == START + timedelta(seconds=1)


def test_pages_of_people_leave_nobody_out(played):
    pages = [run_report.people(played, page=page, per_page=3) for page in (1, 2, 3)]
    assert [len(learners) for learners, _total in pages] == [3, 1, 0]
    assert {total for _learners, total in pages} == {4}
    assert len({learner.user_id for learners, _total in pages for learner in learners}) == 4
    assert run_report.people(played, page=0, per_page=3) == pages[0]


@pytest.mark.parametrize(
    ("search", "found"), [("an", ["ana"]), ("AN", ["ana"]), ("mal_", ["Cemal_Ö"]), ("%", []), ("e", ["Cemal_Ö", "ben", "dee"])]
)
def test_people_are_searched_by_a_part_of_their_names(played, search, found):
    learners, total = run_report.people(played, search=search)
    assert sorted(learner.username for learner in learners) == found
    assert total == len(found)


def test_a_learner_with_a_new_username_is_one_learner(block):
    Play(block, 1, "before")
    Play(block, 1, "after").take("one", "a", "safe").end()
    learners, total = run_report.people(block, search="before")
    assert total == 1
    assert (learners[0].begun, learners[0].ended) == (2, 1)


def test_the_runs_of_one_learner(played):
    username, (third, second, first) = run_report.paths(played, 1)
    assert username == "ana"
    assert (first.attempt, first.ending, first.result, first.earned, first.possible) == (1, "bad", "bad", 1, 4)
    assert (first.started_at, first.finished_at, first.duration) == (START, START + timedelta(seconds=30), 30)
    assert [entry[:2] for entry in second.decisions] == [["one", "b"], ["two", "y"]]
    assert second.seconds == [6, 8]
    assert third.decisions[-1] == ["two", "z", (START + timedelta(seconds=8)).isoformat(), "time-up"]
    assert [run.attempt for run in run_report.paths(played, 1, limit=2)[1]] == [3, 2]


def test_the_open_runs_of_one_learner(played):
    username, (second, first) = run_report.paths(played, 3)
    assert username == "Cemal_Ö"
    assert (second.decisions, second.ending, second.finished_at, second.duration) == ([], None, None, None)
    assert first.decisions[0][:2] == ["one", "b"]
    assert run_report.paths(played, 999) == ("", [])


def test_the_seconds_of_replaced_entries_go_with_them(block):
    Play(block, 1, "ana").take("one", "a", "two", 1).take("two", "x", "three", 2).take("two", "y", "safe", 40, position=1)
    assert run_report.paths(block, 1)[1][0].seconds == [1, 40]


def test_a_run_whose_start_could_not_be_recorded_counts_from_its_end(block):
    at = [(START + timedelta(seconds=seconds)).isoformat() for seconds in (5, 7, 12)]
    path = [["one", "a", at[0]], ["two", "", at[1]], ["two", "x", at[2], "time-up"]]
    player = runs.Player(1, "ana", "c", block)
    end = START + timedelta(seconds=12)
    assert runs.finish(player, runs.Finished(3, "v", path, "bad", "bad", 1, 4, START, end, 12, 10))
    assert run_report.choices(block) == [("one", "a", "", 1), ("two", "x", "time-up", 1)]
    assert run_report.left(block) == []
    run = run_report.paths(block, 1)[1][0]
    assert (run.attempt, run.decisions, run.seconds, run.pace, run.duration) == (3, path, [5, 2, 5], 10, 12)
    assert journal.read(player, 3).decisions == path


def test_what_the_journal_lacks_of_a_finished_run_is_written_with_its_end(block):
    """Entries that could not be written when they were made, here the second and the third."""
    player, at = runs.Player(1, "ana", "c", block), [(START + timedelta(seconds=seconds)).isoformat() for seconds in (5, 7, 12)]
    path = [["one", "a", at[0]], ["two", "", at[1]], ["two", "x", at[2], "time-up"]]
    journal.begin(player, 0, START)
    with journal.held(player, 1) as held:
        held.append(path[0], "two", 5)
    finished = runs.Finished(1, "v", path, "bad", "bad", 1, 4, START, START + timedelta(seconds=12), 12, 1)
    assert runs.finish(player, finished) and not runs.finish(player, finished)
    assert journal.read(player, 1).decisions == path
    assert runs.paths(player) == {1: path}
    (run,) = run_report.paths(block, 1)[1]
    assert (run.decisions, run.seconds) == (path, [5, 2, 5])
    assert [found.path for found in runs.portions(block)] == [path]


def test_what_replaced_other_entries_is_what_a_finished_run_comes_to(block):
    player, at = runs.Player(1, "ana", "c", block), START.isoformat()
    journal.begin(player, 0, START)
    with journal.held(player, 1) as held:
        for entry in (["one", "a", at], ["gone", "b", at], ["gone", "c", at]):
            held.append(entry, "next", 1)
        held.append(["two", "x", at], "end", 1, position=1)
    path = [["one", "a", at], ["two", "x", at]]
    assert runs.finish(player, runs.Finished(1, "v", path, "end", "good", 1, 1, START, START))
    assert runs.paths(player) == {1: path}
    assert [found.path for found in runs.portions(block)] == [path]


def test_finished_runs_come_in_portions(played):
    first = runs.portions(played, limit=3)
    assert [run.username for run in first] == ["ana"] * 3
    assert [run.username for run in runs.portions(played, first[-1].id, 3)] == ["ben"]
    assert [run.attempt for run in runs.portions(played)] == [1, 2, 3, 1]


def test_the_paths_of_finished_runs_by_their_numbers(played):
    paths = runs.paths(runs.Player(1, "ana", "course", played), 2)
    assert {number: [entry[1] for entry in path] for number, path in paths.items()} == {2: ["b", "y"], 3: ["b", "z"]}
    assert paths[3][1][3] == "time-up"


def test_the_number_of_queries_does_not_grow_with_the_runs(played):
    def count(ask):
        queries = []
        with connection.execute_wrapper(lambda execute, *call: queries.append(call[0]) or execute(*call)):
            ask()
        return len(queries)

    asked = {
        "totals": (lambda: run_report.totals(played), 4),
        "endings": (lambda: run_report.endings(played), 1),
        "choices": (lambda: run_report.choices(played, run_report.BEST), 1),
        "left": (lambda: run_report.left(played), 1),
        "scene_seconds": (lambda: run_report.scene_seconds(played), 1),
        "people": (lambda: run_report.people(played), 6),
        "paths": (lambda: run_report.paths(played, 1), 2),
        "portions": (lambda: runs.portions(played), 2),
        "paths by number": (lambda: runs.paths(runs.Player(1, "ana", "course", played)), 1),
    }
    assert {name: count(ask) for name, (ask, _most) in asked.items()} == {name: most for name, (_ask, most) in asked.items()}
