"""Steps left out, sent twice, out of order."""

import pytest

from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records.models import PledgeImage
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import pledges
from tests.blocks.pledge.attacks.at_work import assert_whole, events, rows
from tests.blocks_at_work import agree, pledge_form, read_to_end, shown
from tests.pledge.samples import PLEDGE
from tests.runtime import again, make_block, post


def test_without_the_agreement_nothing_is_signed(block):
    form = {"shown": shown(block), "turn": "1", "name": "Ana Reyes", "affirm": "law", "answer-agency": "PD", "consent": "yes"}
    assert post(block, "sign", form).status_code == 409
    assert rows(block) == []


def test_an_agreement_taken_back_in_another_tab_stops_the_form_that_is_open(block):
    form = pledge_form(block)
    assert post(again(block), "take_back", {}).status_code == 200
    assert post(block, "sign", form).status_code == 409
    assert rows(block) == []


def test_the_reading_that_is_required_cannot_be_left_out():
    block = make_block(PledgeBlock, PLEDGE, require_reading=True)
    text = shown(block)
    assert agree(block).status_code == 409
    assert post(block, "sign", {"shown": text, "turn": "1", "name": "Ana Reyes"}).status_code == 409
    assert read_to_end(block, shown="0" * 64).status_code == 409
    assert [event.kind for event in events(block)] == ["opened"]


def test_a_gate_holds_for_every_act_also_when_it_closes_again(block):
    open_now = {"exam": ("Exam", 9, 10, True)}
    gated = make_block(PledgeBlock, PLEDGE, gate_block="exam", gate_percent=80, results=open_now)
    form = pledge_form(gated)
    closed = again(gated, results={"exam": ("Exam", 5, 10, True)})
    assert post(closed, "sign", form).status_code == 409
    assert rows(gated) == []
    assert post(again(gated, results={}), "sign", form).status_code == 409
    assert post(again(gated, results=open_now), "sign", form).status_code == 200


@pytest.mark.parametrize("turn", ["", "0", "2", "-1", "1e9", "x", "9" * 400, "1 "])
def test_a_forged_turn_makes_no_second_signature(block, turn):
    form = [(name, value) for name, value in pledge_form(block) if name != "turn"]
    assert post(block, "sign", [*form, ("turn", turn)]).status_code in (200, 409)
    assert post(again(block), "sign", [*form, ("turn", turn)]).status_code == 200
    assert [row.turn for row in rows(block)] == [1] or rows(block) == []
    assert_whole(block)


@pytest.mark.parametrize("breaks", ["queue_link", "present_row"])
def test_a_fault_between_two_writes_leaves_neither(block, monkeypatch, breaks):
    form = pledge_form(block)

    def fail(*_ignored):
        raise RuntimeError("between two writes")

    with monkeypatch.context() as broken:
        broken.setattr(pledges, breaks, fail)
        with pytest.raises(RuntimeError):
            post(again(block), "sign", form)
    assert rows(block) == [] and block.runtime.place.events("grade") == []
    assert post(again(block), "sign", form).status_code == 200
    assert_whole(block)


def test_a_chain_that_cannot_be_continued_now_costs_no_signature(block, monkeypatch, caplog):
    form = pledge_form(block)
    with monkeypatch.context() as broken:
        broken.setattr(pledge_chain, "complete", fail := lambda *_ignored: 1 / 0)
        assert fail and post(again(block), "sign", form).status_code == 200
    assert_whole(block)
    assert "could not be continued now" in caplog.text


def test_a_picture_is_kept_once_and_only_with_a_signature(block, monkeypatch):
    count = PledgeImage.objects.count()
    post(block, "sign", {"shown": shown(block)})
    assert PledgeImage.objects.count() == count
