"""Who may, and that readings are on record."""

import pytest

from dti_xblocks.blocks.pledge import staff as pledge_staff
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.models import (
    PledgeBundle,
    PledgeEvent,
)
from dti_xblocks.records.pledge import chain as pledge_chain
from tests.blocks.pledge.staff.at_work import OTHER_STAFF, reads, sign, staff
from tests.pledge.samples import PLEDGE as PLEDGE_OLX
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, again, get, make_block, page, post, search

READINGS = ("signatures", "files_state", "signatures_csv", "not_signed_csv", "signed_files", "files_address")
ACTS = ("withdraw_signature", "prepare_files", "check_chain")


@pytest.mark.parametrize("user", [LEARNER, OTHER, OTHER_STAFF, ANONYMOUS], ids=lambda user: user.username or "anonymous")
def test_nobody_but_staff_of_the_course_gets_in(block, user):
    row = sign(block)
    before = PledgeEvent.objects.count()
    mine = again(block, user)
    for name in READINGS:
        for query in ("", f"part=record&pledge={row.id}", "part=files"):
            answer = get(mine, name, query)
            assert answer.status_code == 403 and "okafor" not in answer.text and "Ana Reyes" not in answer.text, name
    for name in ACTS:
        answer = post(mine, name, {"pledge": str(row.id), "reason": "for no good reason", "confirm": "yes"})
        assert answer.status_code == 403, name
    assert PledgeEvent.objects.count() == before and not PledgeBundle.objects.filter(usage_key=block.where.usage).exists()


@pytest.mark.parametrize("face", ["preview", "handler"])
def test_studio_has_no_signatures(face):
    block = make_block(PledgeBlock, PLEDGE_OLX, user=STAFF, studio=face)
    for name in READINGS:
        assert get(block, name).status_code == 404
    for name in ACTS:
        assert post(block, name, {"pledge": "x"}).status_code == 404
    assert "dti-pledge-staff" not in page(block, "author_view")


def test_a_library_has_no_signatures():
    block = make_block(PledgeBlock, PLEDGE_OLX, user=STAFF, key="library")
    assert get(block, "signatures").status_code == 404


def test_acts_are_posts(block):
    row = sign(block)
    for name in ACTS:
        assert get(staff(block), name, f"code={row.code}&reason=for+no+good+reason&confirm=yes").status_code == 405
    assert not PledgeEvent.objects.filter(usage_key=block.where.usage, kind="withdrawn").exists()


def test_records_that_cannot_be_reached_are_a_sentence(block, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RecordsUnavailableError("no")

    monkeypatch.setattr(pledge_staff.pledge_roster, "counts", broken)
    monkeypatch.setattr(pledge_staff.pledge_roster, "size", broken)
    for name in ("signatures", "signatures_csv"):
        answer = get(staff(block), name)
        assert answer.status_code == 503 and "operator" in answer.text


def test_every_reading_of_personal_data_is_an_event(block):
    row = sign(block)
    get(staff(block), "signatures")
    get(staff(block), "signatures", f"part=record&pledge={row.id}")
    get(staff(block), "signatures_csv")
    get(staff(block), "not_signed_csv")
    assert reads(block) == [
        {"what": "list", "of": "", "count": 3},
        {"what": "record", "of": "reyes", "count": 1},
        {"what": "csv", "of": "", "count": 1},
        {"what": "csv", "of": "", "count": 2},
    ]
    assert len(block.runtime.place.events("dti.pledge.read_by_staff")) == 4
    event = PledgeEvent.objects.filter(usage_key=block.where.usage, kind="staff-read").first()
    assert (event.user_id, event.username) == (STAFF.user_id, STAFF.username)
    assert pledge_chain.link_of(pledge_chain.EVENT, event.id) is not None


def test_numbers_are_no_personal_data(block):
    sign(block)
    search(staff(block), "signatures", "q=nobody-at-all")
    get(staff(block), "signatures", "part=files")
    get(staff(block), "files_state")
    assert reads(block) == []
