"""What was shown is what is signed; the record outlives what happens afterwards."""

from datetime import UTC, datetime, timedelta

from django.utils import translation

from dti_xblocks.platform import clock
from dti_xblocks.pledge import validity
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.pledge import pledges
from tests.blocks.pledge.at_work import SIGNED, edited, rows, sign, signed
from tests.blocks_at_work import pledge_form
from tests.pledge.samples import PLEDGE as PLEDGE_OLX
from tests.runtime import LEARNER, STAFF, BlockRuntime, again, get, make_block, page, post


def test_a_wording_that_changed_while_it_was_read_is_not_signed(block):
    form = pledge_form(block)
    response = post(edited(block, "step in", "step back"), "sign", form)
    assert response.status_code == 409
    assert "has changed since you opened this page" in response.json["error"]
    assert rows(block) == []


def test_a_language_that_changed_meanwhile_is_not_signed(block):
    form = pledge_form(block)
    with translation.override("es"):
        assert post(block, "sign", form).status_code == 409
    assert rows(block) == []


def test_the_language_of_the_page_is_on_record(block):
    with translation.override("es"):
        assert sign(block).status_code == 200
    assert rows(block)[0].language == rows(block)[0].document["language"] == "es"


def test_a_new_wording_may_be_signed_and_the_old_record_is_shown(block):
    signed(block)
    [old] = rows(block)
    changed = edited(block, "I will step in.", "I will always step in.")
    html = page(changed)
    assert "The wording of this pledge has changed" in html and old.code in html
    assert sign(changed).status_code == 200
    assert [row.document["affirmations"][1]["text"] for row in rows(block)] == ["I will step in.", "I will always step in."]
    html = page(again(block))
    assert SIGNED in html and "What you signed before" in html and old.code in html


def test_a_further_question_does_not_ask_for_a_new_signature(block):
    signed(block)
    assert SIGNED in page(edited(block, 'label="Rank or title"', 'label="Rank"'))


def test_the_old_record_keeps_its_words_and_title(block):
    mine = signed(block)
    edited(block, "I will step in.", "Something else.")
    body = get(mine, "printable", f"pledge={rows(block)[0].id}").text
    assert "I will step in." in body and "Something else." not in body and "Our pledge</bdi></h1>" in body


def test_a_reset_of_the_learners_state_loses_nothing(block):
    signed(block)
    place = block.runtime.place
    for key in [key for key in place.store.db_dict if "reported" in str(key)]:
        del place.store.db_dict[key]
    place.published.clear()
    assert SIGNED in page(again(block))
    assert place.events("grade") == [{"value": 1.0, "max_value": 1.0}]
    assert place.events("completion") == [{"completion": 1.0}]
    page(again(block))
    assert len(place.events("grade")) == 1


def test_a_signature_is_shown_when_its_grade_cannot_be_reported(block, monkeypatch):
    publish = BlockRuntime.publish

    def refusing(runtime, one, event, data):
        if event in ("grade", "completion"):
            raise ConnectionError("the broker of the tasks is down")
        publish(runtime, one, event, data)

    monkeypatch.setattr(BlockRuntime, "publish", refusing)
    response = sign(block)
    assert response.status_code == 200 and SIGNED in response.json["html"]
    assert "could not be passed on yet" in page(again(block))
    monkeypatch.undo()
    page(again(block))
    assert block.runtime.place.events("grade") == [{"value": 1.0, "max_value": 1.0}]


def test_a_database_that_fails_is_a_sentence_and_no_signature(block, monkeypatch):
    form = pledge_form(block)

    def broken(*args):
        raise RecordsUnavailableError("gone")

    monkeypatch.setattr(pledges, "add", broken)
    response = post(block, "sign", form)
    assert response.status_code == 503 and "cannot be recorded twice" in response.json["error"]
    assert block.runtime.place.events("grade") == []


def test_missing_tables_are_a_notice(block, monkeypatch):
    def broken(*args):
        raise RecordsUnavailableError("no such table")

    monkeypatch.setattr(pledges, "of_learner", broken)
    assert "cannot be signed right now" in page(block)
    assert "migrations of dti_records" in page(again(block, STAFF))


def test_a_pledge_that_runs_out_is_signed_again_and_the_old_record_stays(monkeypatch):
    block = make_block(PledgeBlock, PLEDGE_OLX, valid_months=12, remind_days=30)
    mine = signed(block)
    [first] = rows(block)
    assert first.valid_until == validity.months_later(first.signed_at, 12)
    assert "Valid until" in page(mine)

    def at(when):
        monkeypatch.setattr(clock, "now", lambda: when)

    at(first.valid_until - timedelta(days=31))
    assert "<form" not in page(again(block))
    at(first.valid_until - timedelta(days=29))
    html = page(again(block))
    assert "It runs out on" in html and "You may sign again now" in html and "I agree to sign electronically" in html
    at(first.valid_until)
    html = page(again(block))
    assert "Your signature ran out on" in html and SIGNED not in html and first.code in html
    assert sign(again(block)).status_code == 200
    assert [row.turn for row in rows(block)] == [1, 2]
    assert rows(block)[0].document == first.document
    html = page(again(block))
    assert SIGNED in html and "What you signed before" in html


def test_a_withdrawn_pledge_may_be_signed_again(block):
    mine = signed(block)
    [row] = pledges.of_learner(LEARNER.user_id, str(block.scope_ids.usage_id))
    pledges.withdraw(row, STAFF.user_id, STAFF.username, "Signed by mistake", datetime.now(UTC))
    html = page(mine)
    assert "Your last signature was withdrawn" in html and "Signed by mistake" not in html and "withdrawn" in html
    assert sign(again(block)).status_code == 200
    assert [row.turn for row in rows(block)] == [1, 2]


def test_a_first_form_sent_again_after_the_second_turn_signs_nothing(block):
    form = pledge_form(block)
    post(block, "sign", form)
    edited(block, "I will step in.", "I will always step in.")
    response = post(again(block), "sign", form)
    assert response.status_code == 200 and len(rows(block)) == 1
