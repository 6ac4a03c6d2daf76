"""What a cheating learner, a hostile request or an unlucky upgrade could do to a scenario, and that it comes to nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from dti_xblocks.blocks.scenario import players
from dti_xblocks.blocks.scenario import screen as scenario_pages
from dti_xblocks.records import models
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.scenario import journal
from dti_xblocks.scenario import results
from tests.blocks.scenario.playing import hidden_fields, make, play, reset, runs_of, went_on
from tests.blocks.scenario.test_scenario_scoring import changed, grades, played
from tests.runtime import again, get, page, post
from tests.scenario.example import BEST, CONTENT, POSSIBLE, WORST

LOOP = """
  <scene id="out" title="Out-title"><p>Out-story.</p>
    <choice id="on" to="back" points="1"><text>On.</text><outcome><p>O.</p></outcome><why><p>W.</p></why></choice>
    <choice id="stop" to="end" points="1"><text>Stop.</text><outcome><p>O.</p></outcome><why><p>W.</p></why></choice>
  </scene>
  <scene id="back" title="Back-title"><p>Back-story.</p>
    <choice id="on" to="out" points="1"><text>On.</text><outcome><p>O.</p></outcome><why><p>W.</p></why></choice>
    <choice id="stop" to="end" points="1"><text>Stop.</text><outcome><p>O.</p></outcome><why><p>W.</p></why></choice>
  </scene>
  <ending id="end" title="End-title" result="good"><p>End-story.</p></ending>
"""
AT_ONCE = """
  <scene id="start" title="Start-title" otherwise="end"><needs choice="start/go"/><p>Start-story.</p>
    <choice id="go" to="end" points="1"><text>Go.</text><outcome><p>O.</p></outcome><why><p>W.</p></why></choice>
  </scene>
  <ending id="end" title="End-title" result="good"><p>End-story.</p></ending>
"""


@pytest.fixture
def printed(monkeypatch):
    """The HTML of each PDF that was made."""
    made = []
    monkeypatch.setattr(scenario_pages, "render_pdf", lambda html, title: made.append(html) or b"%PDF")
    return made


def journal_of(block) -> list:
    rows = models.ScenarioDecision.objects.filter(run__usage_key=str(block.scope_ids.usage_id)).order_by("serial")
    return [(row.scene, row.choice) for row in rows]


# -- forged requests ---------------------------------------------------------------------------------------------------


def test_a_forged_number_of_a_run_does_not_count_on_from_there():
    block = make()
    post(block, "begin", {"attempt": "999999999"})
    assert again(block).attempt == 1
    play(block, BEST[:1])
    reset(block)
    post(again(block), "begin", {"attempt": "999999999"})
    assert again(block).attempt == 2


def test_a_finished_run_cannot_be_played_on_when_the_scenario_was_changed():
    block = played(BEST)
    before, stored = journal_of(block), again(block).decisions
    block = changed(block, 'id="report"', 'id="tell-it"')
    forged = {"attempt": "1", "step": "2", "scene": "desk", "choice": "tell-it"}
    assert "Stopped-title" in post(again(block), "choose", forged).json["html"]
    post(again(block), "settle", {"attempt": "1"})
    assert journal_of(block) == before
    assert again(block).decisions == stored
    assert grades(block) == [1.0]


def test_staff_who_decide_as_a_learner_are_no_learner_in_the_tracking_log(monkeypatch):
    block = make()
    monkeypatch.setattr(players, "is_impersonated", lambda learner: True)
    play(block, BEST)
    assert block.runtime.place.published == []
    assert again(block).results == []


# -- requests that overtake each other ---------------------------------------------------------------------------------


def loaded(block):
    """`block` as a request has it that read the learner's state and then had to wait."""
    waiting = again(block)
    assert all(name in waiting.fields and getattr(waiting, name) is not None for name in ("decisions", "results", "attempt"))
    return waiting


def test_a_lock_that_is_not_given_in_time_does_not_let_a_moment_be_decided_twice(monkeypatch):
    block = make()
    play(block, BEST[:2])
    fields = hidden_fields(went_on(block))
    waiting = loaded(block)
    post(again(block), "choose", {**fields, "choice": "cover"})

    def refuse(*_ignored):
        raise RecordsUnavailableError("too long") from OperationalError(1205, "Lock wait timeout exceeded")

    with monkeypatch.context() as busy:
        busy.setattr(journal, "held", refuse)
        assert post(waiting, "choose", {**fields, "choice": "report"}).status_code == 503
    assert grades(block) == [pytest.approx((7300 + 5200) / POSSIBLE)]
    assert "Hidden-title" in went_on(block)


def test_a_request_that_took_long_does_not_take_later_runs_away():
    block = make()
    play(block, WORST[:2])
    fields = hidden_fields(went_on(block))
    waiting = loaded(block)
    post(again(block), "choose", {**fields, "choice": "silent"})
    play(block, BEST, "again")
    post(waiting, "choose", {**fields, "choice": "silent"})
    assert grades(block)[-1] == 1.0
    assert [result["attempt"] for result in again(block).results] == [1, 2]


def test_a_request_that_took_long_does_not_end_the_next_run():
    block = make()
    play(block, WORST[:2])
    fields = hidden_fields(went_on(block))
    waiting = loaded(block)
    post(again(block), "choose", {**fields, "choice": "silent"})
    post(again(block), "again", {"attempt": "1"})
    post(waiting, "choose", {**fields, "choice": "silent"})
    assert again(block).attempt == 2 and len(again(block).decisions) == 3  # what the platform has then saved
    assert "Arrival-title" in page(again(block))
    fields = hidden_fields(went_on(block))
    assert "Speak-outcome." in post(again(block), "choose", {**fields, "choice": "speak"}).json["html"]
    assert [run.attempt for run in runs_of(block)] == [1]


# -- the review as a PDF -----------------------------------------------------------------------------------------------


def test_a_run_of_a_thousand_decisions_is_not_made_a_pdf(printed):
    block = make(LOOP)
    post(block, "begin")
    began = datetime.now(UTC)
    block = again(block)
    block.decisions = [[("out", "back")[n % 2], "on", (began + timedelta(seconds=n)).isoformat()] for n in range(200)]
    block.decisions = [*block.decisions, ["out", "stop", (began + timedelta(seconds=300)).isoformat()]]
    block.save()
    post(again(block), "settle", {"attempt": "1"})
    html = went_on(block)
    assert "End-title" in html and "review_pdf" not in html
    refused = get(again(block), "review_pdf", json=True)
    assert refused.status_code == 409 and "Print the page" in refused.json["error"]
    assert printed == []


def test_the_pdf_of_a_changed_scenario_keeps_the_result_as_the_page_does(printed):
    block = changed(played(WORST), 'points="160"', 'points="2000"')
    assert "You earned 160 of 16900 points" in page(again(block))
    assert get(again(block), "review_pdf").status_code == 200
    assert "You earned 160 of 16900 points" in printed[0]
    assert "has changed since you played it" in printed[0]


def test_there_is_no_pdf_of_decisions_that_cannot_be_shown_any_more(printed):
    block = changed(played(WORST), 'id="watch" to="aftermath"', 'id="stare" to="aftermath"')
    block = changed(block, 'id="wait" to="stairs"', 'id="wait" to="lost"')  # what is left of the path comes to an ending
    assert "Your result stays as it was" in page(again(block))
    assert get(again(block), "review_pdf", json=True).status_code == 409
    assert printed == []


def test_a_run_without_a_decision_has_its_pdf(printed):
    block = make(AT_ONCE)
    post(block, "begin")
    assert get(again(block), "review_pdf").status_code == 200
    post(again(block), "settle", {"attempt": "1"})
    assert get(again(block), "review_pdf").status_code == 200
    assert "End-title" in printed[1] and "Finished" in printed[1]


# -- scores ------------------------------------------------------------------------------------------------------------


def test_the_best_run_after_a_score_of_staff_is_kept_however_many_follow():
    kept = [results.Result(1, 1, 1, "end"), results.Result(1, 0.1, 1), results.Result(2, 0.9, 1, "end")]
    for attempt in range(3, 30):
        kept = results.trimmed([*kept, results.Result(attempt, 0.2, 1, "end")])
    assert results.counting(kept, results.BEST).share == 0.9
    assert len(kept) <= results.RECENT + 4
    assert results.counting([result for result in kept if result.ending], results.BEST).share == 1.0


def test_many_scores_of_staff_do_not_pile_up():
    kept = []
    for number in range(50):
        kept = results.trimmed([*kept, results.Result(1, number / 100, 1)])
    assert len(kept) <= results.RECENT + 4
    assert results.counting(kept, results.BEST).share == 0.49


def test_rescoring_counts_runs_that_are_only_on_record_any_more():
    block = played(BEST, (("arrival", "leave"), ("aftermath", "silent")), *[WORST] * 14)
    assert 2 not in [result["attempt"] for result in again(block).results]
    block = changed(block, 'points="2100"', 'points="17900"')
    block = changed(block, 'points="7300"', 'points="100"')
    block.rescore(only_if_higher=False)
    block.save()
    possible = 17900 + 1900
    assert grades(block)[-1] == pytest.approx(17900 / possible)
    assert len(again(block).results) <= results.RECENT + 2


def test_an_ending_of_no_known_result_is_recorded_all_the_same():
    block = make(CONTENT.replace('result="good"', 'result="wonderful-beyond-words"'))
    play(block, BEST)
    longest = models.ScenarioRun._meta.get_field("result").max_length
    assert [len(run.result) for run in runs_of(block)] == [longest]  # a strict database takes no more
