"""A drawn signature, and from where it is sent."""

import json
from types import SimpleNamespace

import crum
import pytest
from django.test import override_settings

from dti_xblocks.pledge import seal
from dti_xblocks.pledge_block import PledgeBlock
from tests.blocks.pledge.at_work import rows, sign
from tests.pledge.samples import PLEDGE as PLEDGE_OLX
from tests.runtime import LEARNER, again, make_block, page


def test_a_drawing_is_part_of_the_record_and_shown_as_vector(block):
    drawn = "[[[10, 20], [300, 200], [500, 40]]]"
    assert sign(block, strokes=drawn).status_code == 200
    [row] = rows(block)
    assert row.method == "drawn" and row.document["signature"]["strokes"] == json.loads(drawn)
    assert "M10 20L300 200L500 40" in page(again(block))


@pytest.mark.parametrize(
    ("drawn", "words"),
    [("[[[1,2]]]", "too small"), ("x", "damaged"), ('[[["<b>", 1]]]', "damaged"), ("[" * 70000, "too large")],
)
def test_a_drawing_that_cannot_be_kept_is_refused_with_a_way_out(block, drawn, words):
    response = sign(block, strokes=drawn)
    assert response.status_code == 400 and words in response.json["error"]
    assert rows(block) == []


def test_where_drawing_is_off_none_is_kept():
    block = make_block(PledgeBlock, PLEDGE_OLX, allow_drawing=False)
    assert sign(block, strokes="[[[10, 20], [300, 200]]]").status_code == 200
    assert rows(block)[0].method == "typed" and rows(block)[0].document["signature"]["strokes"] == []


def asked_from(monkeypatch, address):
    user = SimpleNamespace(pk=LEARNER.user_id, is_authenticated=True)
    meta = {"REMOTE_ADDR": address, "HTTP_USER_AGENT": "Browser/1 \u202e\x00"}
    monkeypatch.setattr(
        crum,
        "get_current_request",
        lambda: SimpleNamespace(user=user, META=meta, scheme="https", get_host=lambda: "lms.example.org"),
    )
    monkeypatch.setattr("dti_xblocks.platform.csrf.token", lambda: "")


def test_address_and_browser_are_kept_beside_the_document_which_holds_their_hash(block, monkeypatch):
    asked_from(monkeypatch, "192.0.2.7")
    assert sign(block).status_code == 200
    [row] = rows(block)
    assert row.private["address"] == "192.0.2.7" and row.private["browser"] == "Browser/1 ??"
    assert row.document["origin"] == seal.commitment(row.private)
    assert "192.0.2.7" not in json.dumps(row.document)


def test_each_can_be_switched_off(block, monkeypatch):
    asked_from(monkeypatch, "192.0.2.7")
    with override_settings(DTI_PLEDGE_KEEP_ADDRESS=False, DTI_PLEDGE_KEEP_BROWSER=False):
        assert sign(block).status_code == 200
    [row] = rows(block)
    assert row.private is None and row.document["origin"] == ""
