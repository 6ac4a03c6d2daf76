"""The steps before a signature: reading, agreeing, what must be passed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings

from dti_xblocks.blocks.pledge import gates
from dti_xblocks.pages.pledge import words as pledge_words
from dti_xblocks.platform import clock
from dti_xblocks.platform.results import Result
from dti_xblocks.pledge import seal
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records.pledge import events as pledge_events
from tests.blocks.pledge.at_work import rows, sign, signed
from tests.blocks_at_work import agree, pledge_form, read_to_end, shown
from tests.pledge.samples import PLEDGE as PLEDGE_OLX
from tests.runtime import LEARNER, again, make_block, page, post


def events(block):
    return [event.kind for event in pledge_events.of_learner(LEARNER.user_id, str(block.scope_ids.usage_id))]


def test_opening_is_recorded_once(block):
    page(block)
    page(again(block))
    assert events(block) == ["opened"]
    assert block.runtime.place.events("dti.pledge.opened") == [{"turn": 1}]


def test_the_agreement_is_an_event_with_the_words_that_were_shown(block):
    html = agree(block).json["html"]
    assert "Affirm and sign" in html and "You agreed to sign electronically" in html
    event = pledge_events.of_learner(LEARNER.user_id, str(block.scope_ids.usage_id))[-1]
    details = event.document["details"]
    assert event.kind == "consented" and details["statement"] in page(make_block(PledgeBlock, PLEDGE_OLX))
    assert details["disclosure_hash"] == seal.text_digest(details["disclosure"])
    assert sign(block).status_code == 200
    consent = rows(block)[0].document["consent"]
    assert consent["given_at"] == event.document["at"] and consent["disclosure_hash"] == details["disclosure_hash"]


def test_agreeing_twice_is_one_event(block):
    form = {"shown": shown(block), "consent": "yes"}
    tab = again(block)
    assert post(block, "agree", form).status_code == post(tab, "agree", form).status_code == 200
    assert events(block) == ["opened", "consented"]


@pytest.mark.parametrize("consent", [None, "no", ""])
def test_nobody_agrees_without_checking_the_box(block, consent):
    response = agree(block, consent=consent)
    assert response.status_code == 400 and "Check the box" in response.json["error"]
    assert events(block) == ["opened"]


def test_an_agreement_may_be_taken_back_and_given_again(block):
    form = pledge_form(block)
    html = post(block, "take_back", {}).json["html"]
    assert "I agree to sign electronically" in html and "Affirm and sign" not in html
    response = post(again(block), "sign", form)
    assert response.status_code == 409 and "took it back" in response.json["error"]
    assert sign(again(block)).status_code == 200
    assert events(block) == ["opened", "consented", "taken-back", "consented"]


def test_an_agreement_to_another_disclosure_does_not_count(block, monkeypatch):
    agree(block)
    monkeypatch.setattr(pledge_words, "DISCLOSURE_VERSION", "99")
    assert "I agree to sign electronically" in page(again(block))
    assert sign(again(block)).status_code == 200
    assert rows(block)[0].document["consent"]["disclosure_version"] == "99"


def test_the_end_of_reading_is_recorded_with_the_time_in_view(block, monkeypatch):
    page(block)
    later = datetime.now(UTC) + timedelta(seconds=100)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert read_to_end(block, seconds="40", by="scroll").status_code == 200
    assert sign(block).status_code == 200
    reading = rows(block)[0].document["reading"]
    assert reading["seconds"] == 40 and reading["opened_at"] < reading["ended_at"]


def test_a_clock_that_is_set_back_puts_no_step_before_the_last_one(block, monkeypatch):
    page(block)
    opened = rows_of_events(block)[0].at
    for hours, act in ((1, read_to_end), (3, sign)):
        monkeypatch.setattr(clock, "now", lambda hours=hours: opened - timedelta(hours=hours))
        assert act(again(block)).status_code == 200
    document = rows(block)[0].document
    times = [
        document["reading"]["opened_at"],
        document["reading"]["ended_at"],
        document["consent"]["given_at"],
        document["signed_at"],
    ]
    assert times == sorted(times)


@pytest.mark.parametrize(("told", "kept"), [("999999", 100), ("-5", 0), ("x", 0), ("", 0)])
def test_nobody_reads_longer_than_the_page_was_open(block, monkeypatch, told, kept):
    page(block)
    opened = rows_of_events(block)[0].at
    monkeypatch.setattr(clock, "now", lambda: opened + timedelta(seconds=100))
    read_to_end(block, seconds=told)
    assert rows_of_events(block)[-1].document["details"]["seconds"] == kept


def rows_of_events(block):
    return pledge_events.of_learner(LEARNER.user_id, str(block.scope_ids.usage_id))


def test_scrolling_to_the_end_is_recorded_as_what_it_is(block):
    page(block)
    assert read_to_end(block, by="scroll").status_code == 200
    assert read_to_end(again(block), by="scroll").status_code == 200
    assert events(block) == ["opened", "ended"]
    html = page(signed(block))
    assert "came to its end on" in html and "said on" not in html
    assert rows(block)[0].document["reading"]["by"] == "scroll"


def test_where_reading_is_required_scrolling_is_not_enough(monkeypatch):
    block = make_block(PledgeBlock, PLEDGE_OLX, require_reading=True, gate_block="final", gate_percent=80)
    monkeypatch.setattr(gates, "result_of", lambda *args: Result("Final assessment", 0.9, True))
    form = {"shown": shown(block), "seconds": "3", "by": "scroll"}
    monkeypatch.setattr(gates, "result_of", lambda *args: Result("Final assessment", 0.1, True))
    assert "data-dti-end" not in page(again(block))
    assert post(again(block), "read_to_end", form).status_code == 200
    monkeypatch.setattr(gates, "result_of", lambda *args: Result("Final assessment", 0.9, True))
    html = page(again(block))
    assert "I have read the pledge to the end" in html and "agree to sign electronically</button>" not in html
    assert agree(again(block)).status_code == 409
    html = page(signed(again(block)))
    assert "said on" in html and rows(block)[0].document["reading"]["by"] == "button"


def test_the_page_says_what_is_kept_of_where_it_is_signed_from(block):
    assert "network address and the browser" in agree(block).json["html"]
    with override_settings(DTI_PLEDGE_KEEP_ADDRESS=False):
        assert "So is the browser that you sign with." in page(again(block))
    with override_settings(DTI_PLEDGE_KEEP_ADDRESS=False, DTI_PLEDGE_KEEP_BROWSER=False):
        assert "browser that you" not in page(again(block))


def test_where_reading_is_required_it_comes_first():
    block = make_block(PledgeBlock, PLEDGE_OLX, require_reading=True)
    html = page(block)
    assert "I have read the pledge to the end" in html and "agree to sign electronically</button>" not in html
    response = agree(block)
    assert response.status_code == 409 and "Read the pledge to its end first" in response.json["error"]
    html = read_to_end(block).json["html"]
    assert "I agree to sign electronically</button>" in html
    assert sign(block).status_code == 200


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (None, "cannot be checked right now"),
        (Result("", None, False), "cannot be found in this course"),
        (Result("Final assessment", None, True), "at least 80%. You have no result there yet."),
        (Result("Final assessment", 0.7999, True), "at least 80%. You have 79% so far."),
        (Result("Final assessment", 0.7999, True, shown=False), "at least 80%. Your result there is not enough yet."),
    ],
)
def test_a_gate_says_what_is_missing_and_holds(monkeypatch, result, words):
    block = make_block(PledgeBlock, PLEDGE_OLX, gate_block="final", gate_percent=80)
    monkeypatch.setattr(gates, "result_of", lambda *args: Result("Final assessment", 0.8, True))
    form = pledge_form(block)
    monkeypatch.setattr(gates, "result_of", lambda *args: result)
    html = page(again(block))
    assert words in html and "You can read the pledge already." in html and "<button" not in html
    for handler in ("agree", "sign"):
        if handler == "agree":
            post(again(block), "take_back", {})
        response = post(again(block), handler, form)
        assert response.status_code == 409
    assert rows(block) == []


def test_a_gate_that_is_passed_lets_sign(monkeypatch):
    block = make_block(PledgeBlock, PLEDGE_OLX, gate_block="final", gate_percent=80)
    monkeypatch.setattr(gates, "result_of", lambda *args: Result("Final assessment", 0.8, True))
    assert sign(block).status_code == 200


def test_a_day_to_come_holds():
    block = make_block(PledgeBlock, PLEDGE_OLX, opens_on="2199-01-15")
    html = page(block)
    assert "can be signed from January 15, 2199 on" in html and "<button" not in html
    assert "can be signed" not in page(make_block(PledgeBlock, PLEDGE_OLX, opens_on="2020-01-15T08:00"))
