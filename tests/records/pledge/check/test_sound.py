"""What is as it was written is no finding."""

from datetime import timedelta

import pytest

from dti_xblocks.pledge import seal
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records import models
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import check as pledge_check
from dti_xblocks.records.pledge import pledges, retention
from tests.blocks_at_work import pledge_form
from tests.pledge.samples import PLEDGE as PLEDGE_OLX
from tests.records.pledge.check.chains import KEY, RING, SECOND_KEY, SECOND_RING, WHEN, faults, sign, signing_with
from tests.runtime import LEARNER, Person, make_block, post


def test_a_sound_chain_has_no_finding(sound):
    report = pledge_check.check(sound, RING)
    assert report.sound, [str(each) for each in report.findings]
    assert (report.links, report.pledges, report.events, report.records) == (8, 4, 4, 8)
    assert (report.unsigned, report.pending, report.erased, report.faults, report.first) == (0, 0, 0, 0, None)
    assert dict(report.keys) == {RING.key_id: 8}
    assert report.head == (8, models.PledgeChain.objects.get(chain=sound).head)
    assert str(report.head) == f"8:{report.head.digest}"


def test_a_course_without_records_is_sound():
    report = pledge_check.check("course-v1:Nobody+1+1", RING)
    assert report.sound
    assert report.head == (0, seal.START)


def test_progress_is_told_for_each_portion(sound, monkeypatch):
    monkeypatch.setattr(pledge_check, "PORTION", 3)
    told = []
    assert pledge_check.check(sound, RING, lambda done, total: told.append((done, total))).sound
    assert told == [(3, 8), (6, 8), (8, 8)]


def test_queries_grow_with_portions_not_with_records(sound, monkeypatch):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(portion: int) -> int:
        monkeypatch.setattr(pledge_check, "PORTION", portion)
        with CaptureQueriesContext(connection) as queries:
            assert pledge_check.check(sound, RING).sound
        return len(queries)

    assert count(4) - count(8) == 4  # one more portion: its place, its links, its signatures, its events


def test_keys_may_be_rotated_in_the_middle(course):
    with signing_with(SECOND_KEY):
        sign(course, 5)
    report = pledge_check.check(course, SECOND_RING)
    assert report.sound
    assert dict(report.keys) == {RING.key_id: 8, SECOND_RING.key_id: 1}
    assert ("PledgeLink", "unknown-key") in faults(course, RING)


def test_a_tail_without_signatures_is_no_fault(course):
    with signing_with(""):
        sign(course, 5)
        report = pledge_check.check(course, RING)
    assert report.sound
    assert (report.links, report.unsigned) == (9, 1)
    pledge_chain.complete(course, RING)
    assert pledge_check.check(course, RING).unsigned == 0


def test_a_record_that_waits_for_its_link_is_no_fault_and_is_checked(course, monkeypatch):
    monkeypatch.setattr(pledges, "later", lambda chain: None)
    row = sign(course, 5)
    report = pledge_check.check(course, RING)
    assert report.sound
    assert (report.links, report.pending, report.pledges) == (8, 1, 5)
    models.SignedPledge.objects.filter(id=row.id).update(signed_name="Someone Else")
    report = pledge_check.check(course, RING)
    assert (report.first.table, report.first.row, report.first.code, report.first.what) == (
        "SignedPledge",
        row.id,
        row.code,
        "signed_name",
    )


@pytest.mark.parametrize("change", [{"chain": "elsewhere"}, {"kind": "event"}, {"entry_id": 10**9}, {"entry": "0" * 64}], ids=str)
def test_every_field_of_a_row_that_waits_is_held_against_its_record(course, monkeypatch, change):
    monkeypatch.setattr(pledges, "later", lambda chain: None)
    row = sign(course, 5)
    waiting = models.PledgePending.objects.filter(kind="pledge", entry_id=row.id)
    waiting_id = waiting.get().id
    waiting.update(**change)
    assert not pledge_check.check(course, RING).sound
    models.PledgePending.objects.filter(id=waiting_id).delete()


def test_what_was_withdrawn_is_sound(course):
    row = models.SignedPledge.objects.filter(course_key=course).first()
    pledges.withdraw(row, 9, "sergeant", "Signed for another course by mistake.", WHEN)
    report = pledge_check.check(course, RING)
    assert report.sound
    assert report.links == 9


def test_where_it_was_sent_from_may_be_gone(course):
    models.SignedPledge.objects.filter(course_key=course).update(private=None)
    assert pledge_check.check(course, RING).sound


def test_what_retention_erased_is_sound(course):
    row = models.SignedPledge.objects.filter(course_key=course, user_id=2).get()
    retention.erase_pledge(row.id, WHEN + timedelta(days=3000), "retention")
    report = pledge_check.check(course, RING)
    assert report.sound, [str(each) for each in report.findings]
    assert report.erased == 2  # the signature and its consent
    assert report.links == 9


@pytest.mark.parametrize(
    "change",
    [
        {"username": "u9"},
        {"signed_name": "Ben"},
        {"full_name": "Ben"},
        {"private": {"salt": "x"}},
        {"user_id": 99},
        {"usage_key": "b"},
        {"code": "X"},
        {"code_digest": "x"},
        {"document_hash": "x"},
        {"course_key": "c"},
    ],
    ids=str,
)
def test_an_erased_signature_cannot_be_given_to_somebody(course, change):
    row = models.SignedPledge.objects.filter(course_key=course, user_id=2).get()
    retention.erase_pledge(row.id, WHEN, "retention")
    models.SignedPledge.objects.filter(id=row.id).update(**change)
    report = pledge_check.check(course, RING)
    assert row.id in {each.row for each in report.findings if each.table == "SignedPledge"}
    models.SignedPledge.objects.filter(id=row.id).update(course_key=course)


def test_a_document_of_another_format_is_a_finding(course):
    """Also where its hash fits."""
    row = sign(course, 6)
    document = {**row.document, "format": "dti-pledge/1"}
    models.SignedPledge.objects.filter(id=row.id).update(document=document, document_hash=seal.digest(document))
    assert ("SignedPledge", "format") in faults(course)


STROKES = "[[[100, 100], [200, 150], [300, 100]]]"


@pytest.mark.parametrize("account_name", ["Ana Reyes", "Ana\u200f  Reyes", "reyes", ""])
@pytest.mark.parametrize("strokes", ["", STROKES])
def test_what_a_block_records_is_sound(account_name, strokes, monkeypatch):
    monkeypatch.setattr(pledge_check, "LIMIT", 10**6)  # other tests spoil rows of this course
    block = make_block(PledgeBlock, PLEDGE_OLX, user=Person(LEARNER.user_id, "reyes", account_name), valid_months="12")
    with signing_with(KEY):
        assert post(block, "sign", pledge_form(block, name="Ana Reyes", strokes=strokes)).status_code == 200
    usage = str(block.scope_ids.usage_id)
    row = models.SignedPledge.objects.get(usage_key=usage)
    events = models.PledgeEvent.objects.filter(usage_key=usage)
    assert row.method == ("drawn" if strokes else "typed")
    report = pledge_check.check(row.course_key, RING)
    mine = {("SignedPledge", row.id), *(("PledgeEvent", event.id) for event in events)}
    assert len(mine) >= 2
    assert [each for each in report.findings if (each.table, each.row) in mine] == []
    models.SignedPledge.objects.filter(id=row.id).update(full_name="Ben Okafor")
    report = pledge_check.check(row.course_key, RING)
    assert [each.what for each in report.findings if (each.table, each.row) in mine] == ["full_name"]
