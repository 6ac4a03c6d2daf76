"""What officers did first, after a decision: the author's switch, whose runs, and what is never sent."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.scenario import firsts, journal, runs
from dti_xblocks.records.scenario.player import Player
from tests.blocks.scenario.playing import choose, hidden_fields, make, went_on
from tests.runtime import again, page, post
from tests.scenario import example

CONTENT = example.CONTENT.replace('id="speak" to', 'id="speak" level="officer" to')
WORDS = "What officers did first:"
AT = "2026-11-02T10:00:00+00:00"


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


def others(block, stepped, of, attempt=1, finished=True, first=1000):
    """Runs of `of` other people, of whom `stepped` spoke at the first scene."""
    scenario_version = "x"
    for number in range(of):
        choice = "speak" if number < stepped else "wait"
        player = Player(first + number, f"officer{number}", "course", str(block.scope_ids.usage_id))
        path = [["arrival", choice, AT], ["stairs", "watch", AT], ["aftermath", "silent", AT]]
        at = journal.datetime.fromisoformat(AT)
        if finished:
            runs.finish(player, runs.Finished(attempt, scenario_version, path, "lost", "bad", 0, 1, at, at))
        else:
            journal.begin(player, attempt - 1, at)
            with journal.held(player, attempt) as kept:
                kept.append(path[0], "stairs")


def consequence(block, choice="wait"):
    post(again(block), "begin")
    return choose(block, choice).json["html"]


def test_it_is_off_by_default_and_asks_the_database_nothing():
    block = make(CONTENT)
    others(block, 6, 10)
    post(again(block), "begin")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert WORDS not in choose(block, "wait").json["html"]
    assert not [one for one in asked.captured_queries if "scenariorun" in one["sql"].lower()]


def test_the_share_of_those_who_stepped_in_is_told_from_ten_first_runs_on():
    block = make(CONTENT, first_acts="true")
    others(block, 6, 9)
    assert WORDS not in consequence(block)
    block = make(CONTENT, first_acts="true")
    others(block, 6, 10)
    html = consequence(block)
    assert re.search(rf"{WORDS}</span> about 6 in 10 of those who were here stepped in\.", html)
    assert page(again(block)).count(WORDS) == 1
    assert "officer0" not in html and not re.search(r"\b(?:60|6 of 10|10 runs)\b", html)


@pytest.mark.parametrize(("stepped", "words"), [(10, "almost all"), (9, "almost all"), (1, "hardly any"), (0, "hardly any")])
def test_all_and_none_are_not_told(stepped, words):
    block = make(CONTENT, first_acts="true")
    others(block, stepped, 10)
    html = consequence(block)
    assert f"{words} of those who were here stepped in" in html and "in 10 of" not in html


def test_only_finished_first_runs_are_counted():
    block = make(CONTENT, first_acts="true")
    others(block, 6, 9)
    others(block, 5, 5, attempt=2, first=2000)
    others(block, 5, 5, finished=False, first=3000)
    assert WORDS not in consequence(block)


def test_nothing_of_it_is_sent_before_the_decision_or_where_one_goes_on():
    block = make(CONTENT, first_acts="true")
    others(block, 6, 10)
    begun = post(again(block), "begin")
    forged = post(again(block), "choose", {**hidden_fields(begun.json["html"]), "choice": "forged"})
    for text in (page(again(block)), begun.text, forged.text):
        assert WORDS not in text and "stepped in" not in text
    choose(block, "wait")
    assert WORDS not in went_on(block)
    assert WORDS not in choose(block, "watch").json["html"], "in that scene no choice is on a level"


def test_who_finished_before_reads_of_twenty():
    block = make(CONTENT, first_acts="true")
    others(block, 6, 10)
    consequence(block)
    for choice in ("watch", "silent"):
        choose(block, choice)
    post(again(block), "again", hidden_fields(went_on(block)))
    assert WORDS not in choose(block, "wait").json["html"]


def test_the_first_time_in_a_scene_is_what_counts():
    block = make(CONTENT, first_acts="true")
    usage = str(block.scope_ids.usage_id)
    at = journal.datetime.fromisoformat(AT)
    for number in range(10):
        player = Player(4000 + number, f"o{number}", "course", usage)
        path = [["arrival", "wait", AT], ["stairs", "back", AT], ["arrival", "speak", AT], ["stairs", "watch", AT]]
        runs.finish(player, runs.Finished(1, "x", path, "lost", "bad", 0, 1, at, at))
    assert firsts.first_acts(usage) == {"arrival": {"wait": 10}, "stairs": {"back": 10}}


def test_it_is_read_once_an_hour_and_does_without_cache_or_records(monkeypatch):
    block = make(CONTENT, first_acts="true")
    others(block, 6, 10)
    usage = str(block.scope_ids.usage_id)
    known = firsts.first_acts(usage)
    with CaptureQueriesContext(connection) as asked:
        assert firsts.first_acts(usage) == known
    assert not asked.captured_queries

    def down(*_ignored):
        raise OSError("no cache")

    with monkeypatch.context() as away:
        away.setattr(firsts.cache, "get", down, raising=False)
        assert firsts.first_acts(usage) == {}
    cache.clear()

    def missing(_usage):
        raise RecordsUnavailableError("no such table")

    monkeypatch.setattr(firsts, "_acts", missing)
    assert "Wait-outcome." in consequence(block)


def test_of_many_runs_the_newest_thousand_are_read(monkeypatch):
    monkeypatch.setattr(firsts, "NEWEST", 20)
    block = make(CONTENT, first_acts="true")
    others(block, 10, 10)
    others(block, 0, 25, first=5000)
    usage = str(block.scope_ids.usage_id)
    assert firsts.first_acts(usage)["arrival"] == {"wait": 20}
