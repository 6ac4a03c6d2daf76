"""The scenario block at an ending and on a changed scenario: grade, completion, records, tries."""

import pytest
from xblock.scorable import Score

from dti_xblocks.records import models
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.scenario import journal, runs
from tests.blocks.scenario.playing import BROKEN, choose, hidden_fields, make, play, reset, runs_of, went_on
from tests.runtime import LEARNER, STAFF, again, page, post
from tests.scenario.example import BEST, MIXED, POSSIBLE, WORST


def test_an_ending_is_graded_completed_and_recorded():
    block = make(pass_mark="20")
    play(block, MIXED)
    place = block.runtime.place
    assert place.events("grade") == [{"value": 4000 / POSSIBLE, "max_value": 1.0}]
    assert place.events("completion") == [{"completion": 1.0}]
    (run,) = runs_of(block)
    assert (run.user_id, run.username, run.course_key) == (LEARNER.user_id, "reyes", "course-v1:DTI+DTI101+2026")
    assert (run.attempt, run.ending, run.result, run.earned, run.possible) == (1, "hidden", "mixed", 4000, POSSIBLE)
    entries = run.start.decisions.order_by("serial")
    assert list(entries.values_list("scene", "choice")) == [tuple(step) for step in MIXED]
    assert len(run.scenario_version) == 64
    assert run.started_at <= run.finished_at
    assert block.max_score() == 1.0 and block.has_score


def test_before_the_ending_nothing_is_graded():
    block = make()
    play(block, BEST[:2])
    assert not block.runtime.place.events("grade") and not block.runtime.place.events("completion")
    assert runs_of(block) == []


def test_the_best_run_counts():
    block = make()
    play(block, MIXED)
    play(block, WORST, handler="again")
    html = play(block, BEST, handler="again").json["html"]
    assert "Your best score so far is 100%" in html
    values = [grade["value"] for grade in block.runtime.place.events("grade")]
    assert values == [4000 / POSSIBLE, 4000 / POSSIBLE, 1.0]
    assert [run.attempt for run in runs_of(block)] == [1, 2, 3]
    assert "Your best score so far is 23%" not in html


def test_tracking_events_tell_start_decisions_and_ending():
    block = make()
    play(block, MIXED)
    names = [name for name, _data in block.runtime.place.published if name.startswith("dti.")]
    assert names == ["dti.scenario.started", *["dti.scenario.decided"] * 2, "dti.scenario.ended"]


def test_the_tries_are_limited():
    block = make(max_tries="2")
    assert "You can play it 2 times" in page(block)
    assert "1 try left" in play(block, WORST).json["html"]
    html = play(block, WORST, handler="again").json["html"]
    assert "used all your tries" in html and "Try again" not in html
    refused = post(again(block), "again", {"attempt": "2"})
    assert refused.status_code == 400 and again(block).attempt == 2


def test_trying_again_before_an_ending_changes_nothing():
    block = make()
    play(block, BEST[:1])
    post(again(block), "again", {"attempt": "1"})
    assert (again(block).attempt, len(again(block).decisions)) == (1, 1)


def test_a_reset_learner_plays_and_is_recorded_anew():
    block = make(max_tries="1")
    play(block, WORST)
    reset(block)
    play(block, BEST)
    assert [(run.attempt, run.ending) for run in runs_of(block)] == [(1, "lost"), (2, "stopped")]


def test_where_records_cannot_be_kept_the_grade_is_given_all_the_same(monkeypatch):
    def missing(*_ignored):
        raise RecordsUnavailableError("no such table")

    block = make()
    monkeypatch.setattr(runs, "finish", missing)
    for name in ("begin", "held", "read", "latest_attempt"):
        monkeypatch.setattr(journal, name, missing)
    assert "Stopped-title" in play(block, BEST).json["html"]
    assert block.runtime.place.events("grade") == [{"value": 1.0, "max_value": 1.0}]


def test_a_decision_that_could_not_be_written_is_not_counted_and_can_be_sent_again(monkeypatch):
    block = make()
    fields = hidden_fields(post(block, "begin").json["html"])

    def refuse(*_ignored, **_more):
        raise RecordsUnavailableError("the disk is full")

    with monkeypatch.context() as full:
        full.setattr(journal.Journal, "append", refuse)
        answer = post(again(block), "choose", {**fields, "choice": "speak"})
        assert answer.status_code == 503 and "Nothing was lost" in answer.json["error"]
    assert "Arrival-title" in page(again(block))
    assert "Speak-outcome." in post(again(block), "choose", {**fields, "choice": "speak"}).json["html"]


def test_what_the_journal_lacks_at_the_ending_is_written_with_the_record(monkeypatch):
    block = make()
    play(block, BEST[:2])
    held, asked = journal.held, []

    def away_once(*whose):
        asked.append(whose)
        if len(asked) == 1:
            raise RecordsUnavailableError("no such table")
        return held(*whose)

    monkeypatch.setattr(journal, "held", away_once)
    choose(block, BEST[2][1])
    (recorded,) = runs.portions(str(block.scope_ids.usage_id))
    assert [entry[:2] for entry in recorded.path] == [list(step) for step in BEST]
    rows = models.ScenarioDecision.objects.filter(run__usage_key=str(block.scope_ids.usage_id)).order_by("serial")
    assert [(row.serial, row.led_to) for row in rows] == [(0, "stairs"), (1, "desk"), (2, "stopped")]


def test_decisions_made_while_the_journal_was_away_are_written_later(monkeypatch):
    def missing(*_ignored):
        raise RecordsUnavailableError("no such table")

    block = make()
    play(block, BEST[:1])
    with monkeypatch.context() as away:
        for name in ("held", "read"):
            away.setattr(journal, name, missing)
        choose(block, "step-in")
    assert "Desk-title" in went_on(block)
    choose(block, "report")
    rows = models.ScenarioDecision.objects.filter(run__usage_key=str(block.scope_ids.usage_id)).order_by("serial")
    assert [(row.scene, row.choice, row.led_to) for row in rows] == [
        ("arrival", "speak", "stairs"),
        ("stairs", "step-in", "desk"),
        ("desk", "report", "stopped"),
    ]


# -- a changed scenario ------------------------------------------------------------------------------------------------


def rewrite(block, old, new):
    place = block.runtime.place
    place.authoring = True
    author = again(block)
    author.content = author.content.replace(old, new)
    author.save()
    place.authoring = False


def test_a_changed_scenario_resumes_at_the_last_sound_point_and_says_so():
    block = make()
    play(block, BEST[:2])
    rewrite(block, 'id="step-in"', 'id="stand-between"')
    html = page(again(block))
    assert "was changed while you were away" in html and "Stairs-title" in html and "Desk-story" not in html
    assert "was changed" not in choose(again(block), "stand-between").json["html"]
    assert "Desk-title" in went_on(block)


def test_a_run_that_now_ends_without_a_decision_can_be_saved():
    block = make()
    play(block, BEST[:2])
    rewrite(block, 'id="step-in" to="desk"', 'id="step-in" to="stopped"')
    rewrite(block, 'id="wait" to="stairs"', 'id="wait" to="desk"')
    html = page(again(block))
    assert "The result is not saved yet" in html and not block.runtime.place.events("grade")
    answer = post(again(block), "settle")
    assert "The result is not saved yet" not in answer.json["html"]
    assert len(block.runtime.place.events("grade")) == len(runs_of(block)) == 1


def test_a_finished_run_keeps_its_grade_and_record():
    block = make()
    play(block, BEST)
    rewrite(block, 'points="4400"', 'points="9"')
    page(again(block))
    play(block, WORST, handler="again")
    assert block.runtime.place.events("grade")[-1] == {"value": 1.0, "max_value": 1.0}
    assert (runs_of(block)[0].earned, runs_of(block)[0].possible) == (POSSIBLE, POSSIBLE)


@pytest.mark.parametrize("content", [BROKEN, ""])
def test_an_unsound_scenario_is_not_played(content):
    block = make(content)
    html = page(block)
    assert "This scenario is being edited" in html and "nowhere" not in html
    assert post(again(block), "begin").status_code == 409
    assert again(block).attempt == 0
    assert "being edited" in page(again(block, STAFF)) and "SC0" in page(again(block, STAFF))
    assert "SC0" in page(again(block, studio="preview"), "author_view")


def test_unreadable_content_is_a_notice():
    block = make()
    rewrite(block, "</scene>", "")
    assert "being edited" in page(again(block))
    assert [problem.code for problem in again(block).problems()] == ["SC001"]


# -- completion --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "path", "complete"),
    [
        ({}, BEST, True),
        ({}, WORST, False),
        ({"completes": "finished"}, WORST, True),
        ({"max_tries": "1"}, WORST, True),
        ({"max_tries": "2"}, WORST, False),
        ({"pass_mark": "1"}, MIXED, True),
    ],
)
def test_a_run_completes_the_block_when_nothing_is_left_to_do(options, path, complete):
    block = make(**options)
    html = play(block, path).json["html"]
    assert block.runtime.place.events("completion") == ([{"completion": 1.0}] if complete else [])
    assert ("complete when you pass" in html) is not complete


def test_a_later_run_that_passes_completes_it():
    block = make()
    play(block, WORST)
    play(block, BEST, "again")
    assert block.runtime.place.events("completion") == [{"completion": 1.0}]


def test_a_passing_score_that_staff_give_completes_it():
    block = make()
    play(block, WORST)
    given = again(block)
    given.set_score(Score(raw_earned=0.9, raw_possible=1.0))
    given.publish_grade()
    assert block.runtime.place.events("completion") == [{"completion": 1.0}]
