"""One signature as staff read it, and its withdrawal."""

from types import SimpleNamespace

import crum
import pytest

from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records.models import (
    PledgeEvent,
    PledgeLink,
    SignedPledge,
)
from tests.blocks.pledge.staff.at_work import listed, sign, staff, table, withdraw
from tests.pledge.samples import PLEDGE as PLEDGE_OLX
from tests.runtime import STAFF, get, make_block, page, post


def test_a_record_has_everything_of_the_signature(block):
    row = sign(block, answer_agency="Sunset Police Department")
    html = get(staff(block), "signatures", f"part=record&pledge={row.id}").text
    for part in (row.code, "Ana Reyes", "Sunset Police Department", row.document_hash, "agreed to sign electronically",
                 "opened the pledge", "Withdraw this signature", f"pdf?pledge={row.id}"):  # fmt: skip
        assert part in html, part
    assert row.private is None or row.private.get("salt", "-") not in html


def test_an_altered_record_is_told(block):
    row = sign(block)
    document = {**row.document, "signed_at": "2020-01-01T00:00:00Z"}
    SignedPledge.objects.filter(id=row.id).update(document=document)
    html = get(staff(block), "signatures", f"part=record&pledge={row.id}").text
    assert "it was altered" in html and "unchanged" not in html


def test_an_altered_link_is_told(block):
    row = sign(block)
    PledgeLink.objects.filter(kind="pledge", entry_id=row.id).update(entry="0" * 64)
    assert "one of them was altered" in get(staff(block), "signatures", f"part=record&pledge={row.id}").text


def test_a_signature_of_another_activity_is_unknown(block):
    elsewhere = make_block(PledgeBlock, PLEDGE_OLX)
    row = sign(elsewhere)
    for number in (row.id, 999999999, "x", "", "-1", "9" * 30):
        assert get(staff(block), "signatures", f"part=record&pledge={number}").status_code == 404
        assert (
            post(
                staff(block), "withdraw_signature", {"pledge": str(number), "reason": "for no good reason", "confirm": "yes"}
            ).status_code
            == 404
        )


def test_an_erased_record_is_shown_as_such(block):
    row = sign(block)
    SignedPledge.objects.filter(id=row.id).update(document=None, private=None, username="", full_name="", signed_name="")
    html = get(staff(block), "signatures", f"part=record&pledge={row.id}").text
    assert "were erased" in html and "Withdraw this signature" not in html and "pdf?code" not in html
    assert get(staff(block), "signatures").status_code == 200
    assert table(get(staff(block), "signatures_csv"))[1][9] == row.code


def test_a_withdrawal_is_a_further_record(block):
    row = sign(block)
    before = SignedPledge.objects.filter(id=row.id).values().get()
    assert withdraw(block, row).status_code == 200
    assert withdraw(block, row, reason="Another reason, later.").status_code == 200
    assert SignedPledge.objects.filter(id=row.id).values().get() == before
    event = PledgeEvent.objects.get(usage_key=block.where.usage, kind="withdrawn")
    assert event.document["details"] == {
        "by": {"user_id": STAFF.user_id, "username": STAFF.username}, "reason": "Signed under a wrong account.", "code": row.code,
        "document_hash": row.document_hash,
    }  # fmt: skip
    assert listed(block, "status=withdrawn") == [("reyes", "withdrawn")]
    html = get(staff(block), "signatures", f"part=record&pledge={row.id}").text
    assert "This signature was withdrawn" in html and "Signed under a wrong account." in html
    assert "Withdraw this signature" not in html
    assert [event["learner"] for event in block.runtime.place.events("dti.pledge.withdrawn")] == ["reyes"]
    again_signed = sign(block)
    html = get(staff(block), "signatures", f"part=record&pledge={again_signed.id}").text
    assert html.index(f"signed ({row.code})") < html.index("signature withdrawn") < html.index(f"signed ({again_signed.code})")
    assert again_signed.turn == 2 and listed(block)[0] == ("reyes", "valid")


@pytest.mark.parametrize("changes", [{"reason": ""}, {"reason": None}, {"reason": "wrong"}, {"reason": "wrongwrongwrong"},
                                     {"reason": "x " * 300}, {"confirm": None}, {"confirm": "no"}, {"pledge": None}])  # fmt: skip
def test_without_a_reason_and_a_confirmation_nothing_is_withdrawn(block, changes):
    row = sign(block)
    assert withdraw(block, row, **changes).status_code in (400, 404)
    assert not PledgeEvent.objects.filter(usage_key=block.where.usage, kind="withdrawn").exists()


def test_staff_do_not_withdraw_while_they_are_somebody_else(block, monkeypatch):
    row = sign(block)
    request = SimpleNamespace(user=SimpleNamespace(pk=999, is_authenticated=True))
    monkeypatch.setattr(crum, "get_current_request", lambda: request)
    assert withdraw(block, row).status_code == 403
    assert get(staff(block), "signatures").status_code == 403
    assert "dti-pledge-staff" not in page(staff(block))
