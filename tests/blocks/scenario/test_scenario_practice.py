"""Replays from the turn, the strongest answers, and the practice that follows: what counts, and what is never told early."""

import re

import pytest
from xblock.scorable import Score

from dti_xblocks.blocks.scenario import screen
from dti_xblocks.blocks.scenario.loading import scenario_of
from dti_xblocks.blocks.scenario.report_tables import report_rows
from dti_xblocks.records import models
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.scenario import journal, people, run_report
from dti_xblocks.scenario import play as lived
from tests.blocks.scenario.playing import choose, gone_on, hidden_fields, make, play, reset, runs_of, went_on
from tests.blocks.scenario.test_scenario_clock import server
from tests.blocks.scenario.test_scenario_endings import rewrite
from tests.runtime import STAFF, again, get, page, post
from tests.scenario import timed
from tests.scenario.example import BEST, POSSIBLE, WORST

__all__ = ["server"]

SO_SO = (("arrival", "speak"), ("stairs", "watch"), ("aftermath", "silent"))  # it turns at the second decision
STRONGEST = ("Stepin-text.", "Stepin-why.", "Desk-title", "Report-text.", "Stopped-title", "Strongest path")


def counted(block) -> tuple:
    """What must stay as it is in practice: what was told to the platform, the results, the records, the tries."""
    place, fresh = block.runtime.place, again(block)
    usage = str(block.scope_ids.usage_id)
    staff = (run_report.totals(usage).begun, run_report.endings(usage), run_report.left(usage), run_report.choices(usage))
    return (
        *(place.events(name) for name in ("grade", "completion", "dti.scenario.ended")),
        *(fresh.results, [run.id for run in runs_of(block)], fresh.get_score(), fresh.calculate_score()),
        *(staff, run_report.weeks(usage), people.played([usage], [101])),
        *(list(people.best(usage)), run_report.people(usage)[0][0].best),
    )


def replay(block):
    return post(again(block), "replay", hidden_fields(page(again(block))))


def open_answers(block):
    return post(again(block), "open_answers", hidden_fields(page(again(block))))


def go_through(block, answer, path):
    """Decide `path` from the screen of `answer` on; the last answer."""
    for scene, choice in path:
        fields = hidden_fields(answer.json["html"])
        assert fields["scene"] == scene
        answer = post(again(block), "choose", {**fields, "choice": choice})
        answer = gone_on(block, answer.json["html"])
    return answer


# -- replay from the turn ----------------------------------------------------------------------------------------------


def test_a_replay_begins_at_the_turn_with_all_that_was_so_then():
    block = make()
    html = play(block, SO_SO).json["html"]
    assert "Replay from the turn" in html and "Decision 2, <strong>Stairs-title" in html
    html = replay(block).json["html"]
    assert "Stairs-title" in html and "1 decision made." in html and "Speak-outcome." not in html
    assert "<span>Practice</span> <span>23:52</span>" in html
    (_run, first), (start, second) = [(run, list(run.decisions.order_by("serial"))) for run in starts(block)]
    assert (start.attempt, start.practice, start.replays, start.given, start.entries, start.length) == (2, True, 1, 1, 1, 1)
    assert [(row.scene, row.choice, row.led_to, row.seconds) for row in second] == [("arrival", "speak", "stairs", None)]
    assert len(first) == 3, "the run that is replayed stays as it was"
    assert "Stairs-title" in page(again(block))


def starts(block):
    return list(models.ScenarioStart.objects.filter(usage_key=str(block.scope_ids.usage_id)).order_by("attempt"))


def test_a_replay_is_practice_and_changes_nothing_that_counts():
    block = make(max_tries="2")
    play(block, SO_SO)
    before = counted(block)
    html = go_through(block, replay(block), BEST[1:]).json["html"]
    assert counted(block) == before
    assert "Looking back at practice" in html and "Practice: as a run that counts, this would have passed." in html
    assert "That is 100%." in html and "Your best score so far is 44%" in html
    assert "complete when you pass with a run that counts" in html and "The result is not saved" not in html
    assert "1 try left" in html, "it costs no try"
    assert [name for name, _data in block.runtime.place.published][-4:] == [
        *("dti.scenario.replayed", "dti.scenario.decided", "dti.scenario.decided", "dti.scenario.practiced"),
    ]
    assert block.runtime.place.events("dti.scenario.replayed")[0]["decision"] == 2
    play(block, BEST, "again")
    assert block.runtime.place.events("completion") == [{"completion": 1.0}]
    assert [run.attempt for run in runs_of(block)] == [1, 3]
    assert "used all your tries" in page(again(block))


def test_an_author_may_let_a_replay_count():
    block = make(replays="counts", max_tries="2")
    assert "It counts as a try." in play(block, SO_SO).json["html"]
    html = go_through(block, replay(block), BEST[1:]).json["html"]
    assert "You finished this scenario and passed." in html and "practice" not in html.lower().split("what to practice")[0]
    assert [(run.attempt, run.earned) for run in runs_of(block)] == [(1, 7460), (2, POSSIBLE)]
    assert block.runtime.place.events("grade")[-1] == {"value": 1.0, "max_value": 1.0}
    assert "used all your tries" in html


def test_without_tries_a_replay_is_practice_whatever_the_author_says():
    block = make(replays="counts", max_tries="1")
    assert "Practice: it does not count." in play(block, SO_SO).json["html"]
    replay(block)
    assert [run.practice for run in starts(block)] == [False, True]


def test_a_replay_of_practice_is_practice():
    block = make(replays="counts", max_tries="1")
    play(block, SO_SO)
    go_through(block, replay(block), SO_SO[1:])
    replay(block)
    assert [(run.practice, run.replays, run.given) for run in starts(block)] == [(False, 0, 0), (True, 1, 1), (True, 2, 1)]


def test_a_second_press_begins_no_second_run():
    block = make()
    play(block, SO_SO)
    fields = hidden_fields(page(again(block)))
    first, late = again(block), again(block)  # both read the state before either has saved
    answers = [post(one, "replay", fields) for one in (first, late)]
    assert [hidden_fields(answer.json["html"]) for answer in answers] == [hidden_fields(answers[0].json["html"])] * 2
    post(again(block), "replay", fields)
    assert [run.attempt for run in starts(block)] == [1, 2] and again(block).attempt == 2
    assert [entry[:2] for entry in again(block).decisions] == [["arrival", "speak"]]
    assert len(block.runtime.place.events("dti.scenario.replayed")) == 1


def test_a_replay_and_a_new_run_at_once_are_one_run():
    block = make(max_tries="3")
    play(block, SO_SO)
    fields = hidden_fields(page(again(block)))
    first, late = again(block), again(block)
    post(first, "replay", fields)
    assert "Stairs-title" in post(late, "again", fields).json["html"], "the run that was quicker"
    assert [run.practice for run in starts(block)] == [False, True]
    go_through(block, post(again(block), "again", fields), BEST[1:])
    assert "2 tries left" in page(again(block)) and len(runs_of(block)) == 1


def test_before_an_ending_and_on_a_strongest_path_there_is_nothing_to_replay():
    block = make()
    play(block, BEST[:2])
    assert post(again(block), "replay", {"attempt": "1"}).status_code == 200 and again(block).attempt == 1
    go_through(block, post(again(block), "settle"), BEST[2:])
    assert "Replay from the turn" not in page(again(block))
    assert post(again(block), "replay", {"attempt": "1"}).status_code == 409 and again(block).attempt == 1


def test_a_replay_has_the_clocks_the_meters_and_the_open_choices_of_then(server):
    block = make(timed.CONTENT, pass_mark="80")
    post(again(block), "begin", {"attempt": "0", "pace": "10"})
    choose(block, "sign")
    post(again(block), "enter", hidden_fields(went_on(block)))
    choose(block, "call")
    choose(block, "write")
    assert "Decision 2, <strong>Hood-title" in went_on(block)
    then = lived.replay(scenario_of(block), again(block).decisions, 10).steps[1].before
    html = post(again(block), "replay", {**hidden_fields(page(again(block))), "pace": "0"}).json["html"]
    assert "Start the clock" in html and "3 min" in html, "ten times the time, as in the run before"
    now = lived.replay(scenario_of(block), again(block).decisions, 10)
    assert now.waits and now.standing == then and starts(block)[1].pace == 10
    assert "Grab-text." in post(again(block), "enter", hidden_fields(html)).json["html"], "it needs the first decision"
    server.wait(300)
    assert "Froze-outcome." in page(again(block))


def test_practice_goes_on_where_it_cannot_be_recorded(monkeypatch):
    def missing(*_ignored, **_more):
        raise RecordsUnavailableError("no such table")

    block = make()
    play(block, SO_SO)
    for name in ("begin", "held", "read", "latest_attempt", "practice_runs"):
        monkeypatch.setattr(journal, name, missing)
    html = go_through(block, replay(block), BEST[1:]).json["html"]
    assert "Looking back at practice" in html and len(block.runtime.place.events("grade")) == 1
    assert again(block).attempt == 2 and [run.attempt for run in starts(block)] == [1]


def test_a_replay_survives_a_change_of_the_scenario():
    block = make()
    play(block, SO_SO)
    replay(block)
    rewrite(block, 'id="step-in"', 'id="stand-between"')
    assert "Stairs-title" in page(again(block))
    rewrite(block, 'id="speak"', 'id="say"')
    assert "Arrival-title" in page(again(block)) and "was changed while you were away" in page(again(block))


def test_after_a_reset_practice_is_forgotten():
    block = make(max_tries="1")
    play(block, SO_SO)
    go_through(block, replay(block), BEST[1:])
    reset(block)
    play(block, WORST)
    assert [run.practice for run in starts(block)] == [False, True, False] and len(runs_of(block)) == 2
    assert "used all your tries" in page(again(block))


def test_staff_read_that_a_run_is_practice():
    block = make()
    play(block, SO_SO)
    go_through(block, replay(block), BEST[1:])
    staff = again(block, STAFF)
    assert "Practice runs, not counted" in get(staff, "report", "part=overview").text
    html = get(staff, "report", "part=person&person=101").text
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))
    assert (
        "Run 2 practice" in said
        and "Of run 1, from decision 2 on" in said
        and "practice, does not count: 100%, Stopped-title" in said
    )
    (_user, row), *_more = report_rows(scenario_of(block), [StateOf(block)])
    assert (row["Run"], row["Practice"]) == (2, "yes")


class StateOf:
    """A learner's state as the platform hands it to a report."""

    def __init__(self, block):
        fresh = again(block)
        self.username = "reyes"
        self.state = {name: getattr(fresh, name) for name in ("decisions", "attempt", "started", "pace", "practice")}


# -- the strongest answers ---------------------------------------------------------------------------------------------


def test_the_strongest_answers_are_closed_below_the_pass_mark_on_paper_too(monkeypatch):
    monkeypatch.setattr(screen, "render_pdf", lambda html, title: html.encode())
    block = make()
    play(block, SO_SO)
    assert "The strongest answers are closed" in page(again(block))
    for text in (page(again(block)), get(again(block), "review_pdf").text):
        assert "Watch-text." in text and not [words for words in STRONGEST if words in text]
    open_answers(block)
    assert not [words for words in STRONGEST if words not in get(again(block), "review_pdf").text]


@pytest.mark.parametrize("way", ["asked", "passed", "given"])
def test_they_open_when_the_learner_asks_or_has_passed(way):
    block = make()
    if way == "passed":
        play(block, BEST)
        play(block, SO_SO, "again")
    else:
        play(block, SO_SO)
    if way == "given":
        given = again(block)
        given.set_score(Score(raw_earned=0.9, raw_possible=1.0))
        given.save()
    if way == "asked":
        answer = open_answers(block)
        assert re.search(r"data-dti-focus>Your decisions", answer.json["html"])
    html = page(again(block))
    assert not [words for words in STRONGEST if words not in html] and "answers are closed" not in html


def test_asking_is_recorded_once_and_the_next_run_from_the_start_is_practice():
    block = make(max_tries="3")
    play(block, SO_SO)
    before = counted(block)
    for _time in range(2):
        open_answers(block)
    assert block.runtime.place.events("dti.scenario.answers_opened") == [{"attempt": 1}]
    assert starts(block)[0].answers_at is not None and counted(block) == before
    assert "Practice, because you opened the strongest answers" in page(again(block))
    go_through(block, replay(block), BEST[1:])  # a replay in between is no way around
    html = play(block, BEST, "again").json["html"]
    assert counted(block) == before and "Practice: as a run that counts, this would have passed." in html
    assert "2 tries left" in html
    html = play(block, BEST, "again").json["html"]
    assert "You finished this scenario and passed." in html
    assert [run.practice for run in starts(block)] == [False, True, True, False]
    assert [data["practice"] for data in block.runtime.place.events("dti.scenario.retried")] == [True, False]


def test_after_practice_from_the_start_the_answers_are_closed_again():
    block = make()
    play(block, SO_SO)
    open_answers(block)
    play(block, SO_SO, "again")
    assert "The strongest answers are closed" in page(again(block)) and "Stepin-text." not in page(again(block))


def test_what_the_state_has_lost_the_journal_knows():
    """A request that took long may have saved an old state over that of the one that opened the answers."""
    block = make()
    play(block, SO_SO)
    open_answers(block)
    fresh = again(block)
    fresh.asked = 0
    fresh.save()
    assert "Stepin-text." in page(again(block))
    play(block, BEST, "again")
    assert [run.practice for run in starts(block)] == [False, True]


def test_nothing_opens_before_an_ending_or_from_an_old_page():
    block = make()
    play(block, SO_SO[:2])
    assert "Stepin-text." not in open_answers(block).text
    go_through(block, post(again(block), "settle"), SO_SO[2:])
    post(again(block), "open_answers", {"attempt": "7"})
    assert not block.runtime.place.events("dti.scenario.answers_opened") and again(block).asked == 0
    assert post(again(block), "open_answers", {"attempt": "x"}).status_code == 400


def test_in_studio_a_replay_is_tried_and_nothing_is_recorded():
    block = make(studio="preview")
    play(block, SO_SO)
    assert "Stairs-title" in replay(block).json["html"] and starts(block) == []
    html = go_through(block, post(again(block), "settle"), BEST[1:]).json["html"]
    assert "Looking back at practice" in html and starts(block) == []


def test_a_run_from_before_practice_goes_on():
    block = make()
    play(block, SO_SO[:2])
    place = block.runtime.place
    for key in [key for key in place.store.db_dict if key.field_name in ("practice", "asked")]:
        place.store.delete(key)
    html = go_through(block, post(again(block), "settle"), SO_SO[2:]).json["html"]
    assert "Replay from the turn" in html
    assert "Stairs-title" in replay(block).json["html"]
