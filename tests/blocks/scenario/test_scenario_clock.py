"""Scenes with a clock, through the block: the server's time decides, and nothing in the browser buys more of it."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from dti_xblocks.platform import clock
from dti_xblocks.records import models
from dti_xblocks.scenario_block import ScenarioBlock
from tests.blocks.scenario.playing import hidden_fields, went_on
from tests.runtime import LEARNER, again, make_block, page, post
from tests.scenario.timed import CONTENT


class Server:
    """The server's time, moved by the test."""

    def __init__(self):
        self.now = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def server(monkeypatch):
    server = Server()
    monkeypatch.setattr(clock, "now", lambda: server.now)
    return server


def at_the_gate(server, **options):
    """A block whose learner has decided once and stands before the scene with the clock."""
    block = make_block(ScenarioBlock, CONTENT, **options)
    fields = hidden_fields(post(block, "begin", hidden_fields(page(again(block)))).json["html"])
    server.wait(30)
    post(again(block), "choose", {**fields, "choice": "sign"})
    return block


def form(block) -> dict:
    """The hidden fields of the first form on the page of the present place."""
    return hidden_fields(went_on(block))


def entered(block):
    """The same, with the clock started; the fields of the form in the scene."""
    answer = post(again(block), "enter", form(block))
    assert answer.status_code == 200
    return hidden_fields(answer.json["html"])


def left(html: str) -> float:
    """The seconds that the page's clock begins with."""
    return float(re.search(r'data-left="([0-9.]+)"', html)[1])


def journal(block) -> list:
    rows = models.ScenarioDecision.objects.filter(run__usage_key=str(block.scope_ids.usage_id)).order_by("serial")
    return [(row.scene, row.choice, row.how) for row in rows]


def test_a_scene_with_a_clock_waits_until_the_learner_is_ready(server):
    block = at_the_gate(server)
    server.wait(3600)
    html = page(again(block))
    assert "Sign-outcome." in html and "Hood-title" not in html
    html = went_on(block)
    assert "Sign-outcome." not in html and "Hood-title" in html
    assert "20 seconds" in html
    assert "Hood-story." not in html and "Call-text." not in html


def test_a_choice_before_the_clock_was_started_is_refused(server):
    block = at_the_gate(server)
    answer = post(again(block), "choose", {**form(block), "choice": "call"})
    assert answer.status_code == 400
    assert journal(block) == [("curb", "sign", "")]


def test_starting_the_clock_shows_the_scene_and_twice_does_not_start_it_again(server):
    block = at_the_gate(server)
    gate = form(block)
    assert "Hood-story." in post(again(block), "enter", gate).json["html"]
    server.wait(10)
    html = post(again(block), "enter", gate).json["html"]
    assert left(html) == 10.0
    assert journal(block) == [("curb", "sign", ""), ("hood", "", "")]


def test_a_reload_shows_the_time_that_is_left(server):
    block = at_the_gate(server)
    entered(block)
    server.wait(13)
    assert left(page(again(block))) == 7.0


def test_a_decision_in_time_counts(server):
    block = at_the_gate(server)
    fields = entered(block)
    server.wait(19)
    html = post(again(block), "choose", {**fields, "choice": "call"}).json["html"]
    assert "Call-outcome." in html and "After-title" in went_on(block)


def test_a_decision_that_was_in_time_may_arrive_a_little_late(server):
    block = at_the_gate(server)
    fields = entered(block)
    server.wait(22)
    assert "Call-outcome." in post(again(block), "choose", {**fields, "choice": "call"}).json["html"]


def test_a_late_decision_finds_that_the_clock_has_decided(server):
    block = at_the_gate(server)
    fields = entered(block)
    server.wait(24)
    html = post(again(block), "choose", {**fields, "choice": "call"}).json["html"]
    assert "Froze-outcome." in html and "Call-outcome." not in html and "Late-title" in went_on(block)
    assert journal(block) == [("curb", "sign", ""), ("hood", "", ""), ("hood", "froze", "time-up")]
    row = models.ScenarioDecision.objects.get(run__usage_key=str(block.scope_ids.usage_id), how="time-up")
    assert row.at == server.now - timedelta(seconds=4), "it was decided when the time was over, not when that was found out"
    assert row.seconds == 20


def test_a_page_opened_long_after_shows_what_the_clock_decided_and_going_on_writes_it_down(server):
    block = at_the_gate(server)
    entered(block)
    server.wait(86400)
    html = page(again(block))
    assert "Froze-outcome." in html and "Late-title" not in html
    assert journal(block)[-1] == ("hood", "", "")
    html = went_on(block)
    assert "Late-title" in html and journal(block)[-1] == ("hood", "froze", "time-up")
    post(again(block), "choose", {**hidden_fields(html), "choice": "walk"})
    assert "Alone-title" in went_on(block)
    assert journal(block)[-2:] == [("hood", "froze", "time-up"), ("late", "walk", "")]


def test_the_browser_says_that_time_is_up_and_the_server_decides_whether_it_is(server):
    block = at_the_gate(server)
    fields = {**entered(block), "time_up": "1"}
    server.wait(15)
    html = post(again(block), "choose", fields).json["html"]
    assert left(html) == 5 and "Froze" not in html
    server.wait(5)
    assert "Froze-outcome." in post(again(block), "choose", fields).json["html"]
    assert "Froze-outcome." in post(again(block), "choose", fields).json["html"], "sent twice it is decided once"
    assert [how for _scene, _choice, how in journal(block)] == ["", "", "time-up"]


@pytest.mark.parametrize(("after", "taken"), [(20, "grab"), (22, "grab"), (24, "froze"), (10, "")])
def test_what_is_selected_when_the_time_runs_out_is_taken(server, after, taken):
    block = at_the_gate(server)
    fields = {**entered(block), "choice": "grab", "time_up": "1"}
    server.wait(after)
    html = post(again(block), "choose", fields).json["html"]
    assert [choice for _scene, choice, _how in journal(block)[2:]] == ([taken] if taken else [])
    assert ("Grab-outcome." in html) is (taken == "grab") and ("Time ran out." in html) is (taken == "froze")


def test_of_what_is_selected_only_an_open_choice_is_taken(server):
    block = at_the_gate(server)
    fields = {**entered(block), "choice": "froze", "time_up": "1"}
    server.wait(20)
    post(again(block), "choose", fields)
    assert journal(block)[-1] == ("hood", "froze", "time-up")


@pytest.mark.parametrize(("pace", "seconds"), [("1", 20), ("10", 200)])
def test_a_learner_may_have_ten_times_the_time(server, pace, seconds):
    block = make_block(ScenarioBlock, CONTENT)
    html = post(block, "begin", {**hidden_fields(page(again(block))), "pace": pace}).json["html"]
    post(again(block), "choose", {**hidden_fields(html), "choice": "sign"})
    post(again(block), "enter", form(block))
    assert left(page(again(block))) == seconds


def test_without_a_clock_the_scene_comes_at_once_and_may_take_all_day(server):
    block = make_block(ScenarioBlock, CONTENT)
    html = post(block, "begin", {**hidden_fields(page(again(block))), "pace": "0"}).json["html"]
    post(again(block), "choose", {**hidden_fields(html), "choice": "sign"})
    html = went_on(block)
    assert "Hood-story." in html and "data-left" not in html
    server.wait(86400)
    post(again(block), "choose", {**hidden_fields(html), "choice": "grab"})
    post(again(block), "choose", {**form(block), "choice": "write"})
    assert block.runtime.place.events("grade") == [{"value": 1.0, "max_value": 1.0}], "no clock costs no points"


@pytest.mark.parametrize(("rule", "seconds"), [("on", 20), ("extended", 200), ("off", None)])
def test_staff_set_the_clock_for_everybody(server, rule, seconds):
    block = make_block(ScenarioBlock, CONTENT, clock_rule=rule)
    opening = page(again(block))
    assert 'name="pace"' not in opening
    html = post(block, "begin", {**hidden_fields(opening), "pace": "10" if rule != "extended" else "1"}).json["html"]
    post(again(block), "choose", {**hidden_fields(html), "choice": "sign"})
    if seconds:
        post(again(block), "enter", form(block))
        assert left(page(again(block))) == seconds
    else:
        html = went_on(block)
        assert "data-left" not in html and "Hood-story." in html


def test_a_run_whose_last_clock_ran_out_unseen_is_reported_when_the_page_asks(server):
    content = CONTENT.replace('to="late" points="0" offered="no"', 'to="alone" points="0" offered="no"')
    content = content.replace('<choice id="back" to="curb"', '<choice id="back" to="hood"').replace(
        '<choice id="skip" to="alone"', '<choice id="skip" to="late"'
    )
    block = make_block(ScenarioBlock, content)
    html = post(block, "begin", hidden_fields(page(again(block)))).json["html"]
    post(again(block), "choose", {**hidden_fields(html), "choice": "sign"})
    post(again(block), "enter", form(block))
    server.wait(60)
    html = page(again(block))
    assert "data-dti-auto" in html and "Alone-title" not in html and block.runtime.place.events("grade") == []
    assert post(again(block), "settle", {}).status_code == 200
    post(again(block), "settle", {})
    assert len(block.runtime.place.events("grade")) == 1
    run = models.ScenarioRun.objects.get(usage_key=str(block.scope_ids.usage_id))
    assert (run.user_id, run.ending, run.seconds) == (LEARNER.user_id, "alone", 20)


def test_events_tell_of_the_clock(server):
    block = at_the_gate(server)
    entered(block)
    server.wait(60)
    post(again(block), "choose", {**form(block), "choice": "walk"})
    place = block.runtime.place
    assert place.events("dti.scenario.clock_started") == [{"attempt": 1, "scene": "hood"}]
    told = {"attempt": 1, "decision": 2, "scene": "hood", "choice": "froze", "led_to": "late", "seconds": 20}
    assert place.events("dti.scenario.timed_out") == [told]
    assert [event["decision"] for event in place.events("dti.scenario.decided")] == [1, 3]
