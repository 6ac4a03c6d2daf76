"""The end of a chain, what it says of withdrawals and erasures, and values that no record can have."""

from datetime import timedelta

import pytest

from dti_xblocks.pledge import seal, signing
from dti_xblocks.records import models
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import check as pledge_check
from dti_xblocks.records.pledge import pledges, retention
from tests.records.pledge.check.chains import RING, WHEN, cut_off, faults, links, rewrite, sign


def test_an_end_that_is_cut_off_is_missed(course):
    cut_off(course, fixed=False)
    assert ("PledgeChain", "cut") in faults(course)


def test_an_end_that_is_cut_off_cleanly_is_missed_by_who_noted_it_down(course):
    head = cut_off(course, fixed=True)
    assert faults(course) == []  # nothing in the database tells
    assert faults(course, expect=head) == [("PledgeChain", "expected-more")]


def test_a_chain_made_anew_with_a_stolen_key_is_found_by_who_noted_it_down(course):
    head = pledge_check.check(course, RING).head
    row = models.PledgeEvent.objects.filter(course_key=course).first()
    document = {**row.document, "details": {"n": "forged"}}
    found = seal.digest(document)
    models.PledgeEvent.objects.filter(id=row.id).update(document=document, document_hash=found)
    models.PledgeLink.objects.filter(kind="event", entry_id=row.id).update(entry=found)
    rewrite(course)
    for link in links(course):
        link.signature = RING.sign(seal.canonical(pledge_chain.payload_of(link)))
        link.save()
    assert faults(course) == []
    assert faults(course, expect=head) == [("PledgeLink", "expected")]
    sign(course, 5)
    assert faults(course, expect=head) == [("PledgeLink", "expected")]


def test_what_was_noted_down_fits_for_good(course):
    heads = [pledge_check.Head(link.position, link.digest) for link in links(course)]
    sign(course, 5)
    for head in heads:
        assert faults(course, expect=head) == []


def test_values_that_no_link_can_have_are_findings_not_crashes(course):
    models.PledgeLink.objects.filter(chain=course, position=8).update(position=2**60)
    assert ("PledgeLink", "digest") in faults(course)
    models.PledgeLink.objects.filter(chain=course, position=1).update(kind="nonsense")
    report = pledge_check.check(course, RING)
    assert report.first.fault == "digest"
    assert ("PledgeLink", "no-entry") in [(each.table, each.fault) for each in report.findings]
    assert all(str(each) for each in report.findings)


def test_a_document_of_any_shape_is_a_finding_not_a_crash(course):
    row = models.SignedPledge.objects.filter(course_key=course).first()
    event = models.PledgeEvent.objects.filter(course_key=course).first()
    for document in (
        [],
        "text",
        7,
        {},
        {"format": signing.FORMAT},
        {"format": [], "signer": "x"},
        {"format": "dti-pledge/2", "place": []},
    ):
        models.SignedPledge.objects.filter(id=row.id).update(document=document)
        models.PledgeEvent.objects.filter(id=event.id).update(document=document)
        found = faults(course)
        assert {("SignedPledge", "document"), ("PledgeEvent", "document")} <= set(found), document


def signatures(chain: str) -> list:
    return list(models.SignedPledge.objects.filter(course_key=chain).order_by("id"))


def renumber(row, number: int) -> None:
    """Give a signature another number, and its link too: no hash holds it."""
    models.PledgeLink.objects.filter(kind="pledge", entry_id=row.id).update(entry_id=number)
    models.SignedPledge.objects.filter(id=row.id).update(id=number)


def test_a_withdrawal_cannot_be_taken_from_its_signature(course):
    row = signatures(course)[0]
    pledges.withdraw(row, 9, "sergeant", "By mistake.", WHEN)
    assert pledge_check.check(course, RING).sound
    renumber(row, row.id + 1_000_000)
    assert [(found.table, found.fault, found.what) for found in pledge_check.check(course, RING).findings] == [
        ("PledgeEvent", "column", "pledge")
    ]


def test_a_withdrawal_cannot_be_moved_to_another_signature(course):
    row, other = signatures(course)[:2]
    pledges.withdraw(row, 9, "sergeant", "By mistake.", WHEN)
    first, second = row.id, other.id
    renumber(row, 2_000_000 + first)
    renumber(other, first)
    renumber(models.SignedPledge.objects.get(id=2_000_000 + first), second)
    assert [(found.table, found.fault, found.what) for found in pledge_check.check(course, RING).findings] == [
        ("PledgeEvent", "column", "pledge")
    ]
    assert [each.withdrawn for each in pledges.of_learner(2, other.usage_key)] == [False]


def test_what_is_left_of_an_erased_event_withdraws_nobody(course):
    row, other = signatures(course)[:2]
    retention.erase_pledge(row.id, WHEN, retention.REQUEST)
    assert pledge_check.check(course, RING).sound
    event = models.PledgeEvent.objects.filter(course_key=course, document__isnull=True).first()
    key = {"key": f"withdrawn/{other.id}", "user_id": other.user_id, "kind": "withdrawn"}
    models.PledgeEvent.objects.filter(id=event.id).update(pledge=other.id, **key)
    assert not pledge_check.check(course, RING).sound
    assert [each.withdrawn for each in pledges.of_learner(other.user_id, other.usage_key)] == [False]


@pytest.mark.parametrize(
    "change",
    [
        {"code": "ZZZZ-ZZZZ-ZZZZ-ZZZZ", "code_digest": seal.text_digest("ZZZZ-ZZZZ-ZZZZ-ZZZZ")},
        {"turn": 7},
        {"language": "xx"},
        {"method": "drawn"},
        {"wording_hash": "0" * 64},
        {"signed_at": WHEN - timedelta(days=9)},
        {"valid_until": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_is_left_of_an_erased_signature_is_held_against_its_erasure(course, change):
    row = signatures(course)[0]
    retention.erase_pledge(row.id, WHEN, retention.REQUEST)
    models.SignedPledge.objects.filter(id=row.id).update(**change)
    assert [(found.row, found.fault) for found in pledge_check.check(course, RING).findings] == [(row.id, "column")]


def test_a_document_that_was_removed_without_an_event_is_missed(course):
    models.SignedPledge.objects.filter(course_key=course, user_id=1).update(document=None)
    models.PledgeEvent.objects.filter(course_key=course, user_id=2).update(document=None)
    assert sorted(faults(course)) == [("PledgeEvent", "erased"), ("SignedPledge", "erased")]
