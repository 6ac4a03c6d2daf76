"""Signed pledges in the database."""

import itertools
from datetime import UTC, datetime

import pytest

from dti_xblocks.pledge import seal
from dti_xblocks.records import models
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import pledges
from dti_xblocks.records.pledge.sealed import sealed_record
from tests.signatures import signature

WHEN = datetime(2026, 11, 23, 11, 26, tzinfo=UTC)
numbers = itertools.count()
codes = (f"{number:04d}-TEST-TEST-TEST" for number in itertools.count())


@pytest.fixture
def block():
    return f"pledge-block-{next(numbers)}"


def made(block, user_id=1, wording="w1", course="course-of-the-pledges", **values):
    more = {"values": [1, True, None, "“é”"]}
    place = {"course": course, "block": block, "when": WHEN}
    return signature(user_id=user_id, username=f"u{user_id}", wording=wording, more=more, **place, **values)


def add(block, **values):
    return pledges.add(made(block, **values), lambda: next(codes))


def test_a_signature_is_recorded_with_its_hashes_and_linked(block):
    row, added = add(block, private={"salt": "s", "address": "192.0.2.7"})
    assert added
    stored = models.SignedPledge.objects.get(pk=row.pk)
    assert stored.document["code"] == stored.code
    assert seal.intact(stored.document, stored.document_hash)
    assert stored.code_digest == seal.text_digest(stored.code)
    assert (stored.user_id, stored.username, stored.signed_name, stored.signed_at) == (1, "u1", "Ana Reyes", WHEN)
    assert (stored.turn, stored.method, stored.private) == (1, "typed", {"salt": "s", "address": "192.0.2.7"})
    assert pledge_chain.link_of(pledge_chain.PLEDGE, row.id).entry == row.document_hash


def test_a_turn_is_signed_once(block):
    first, _added = add(block)
    second, added = add(block, name="Somebody Else", wording="w2")
    assert not added
    assert second.pk == first.pk
    assert not second.withdrawn
    assert [row.signed_name for row in pledges.of_learner(1, block)] == ["Ana Reyes"]
    assert models.PledgeLink.objects.filter(kind="pledge", entry_id=first.pk).count() == 1


def test_the_next_turn_is_a_new_record_and_the_old_one_stays(block):
    add(block)
    add(block, turn=2, wording="w2")
    assert [(row.turn, row.wording_hash) for row in pledges.of_learner(1, block)] == [(1, "w1"), (2, "w2")]


def test_a_code_that_is_taken_is_drawn_again_and_the_other_signature_stays_as_it_is(block):
    taken, _added = add(block)
    before = models.SignedPledge.objects.filter(pk=taken.pk).values().get()
    drawn = iter([taken.code, taken.code, "FREE-FREE-FREE-FREE"])
    row, added = pledges.add(made(block, user_id=2, turn=3), lambda: next(drawn))
    assert added
    assert row.code == row.document["code"] == "FREE-FREE-FREE-FREE"
    assert seal.intact(row.document, row.document_hash)
    assert models.SignedPledge.objects.filter(pk=taken.pk).values().get() == before
    row.delete()


def test_broken_randomness_is_no_endless_loop(block):
    taken, _added = add(block)
    with pytest.raises(RuntimeError):
        pledges.add(made(block, user_id=2), lambda: taken.code)
    assert pledges.of_learner(2, block) == []


def test_a_code_is_found_in_its_block_only_or_anywhere(block):
    row, _added = add(block)
    assert pledges.by_code(row.code, block).pk == row.pk
    assert pledges.by_code(row.code).pk == row.pk
    assert pledges.by_code(row.code, block + "-other") is None
    assert pledges.by_code("0000-0000-0000-0000") is None


def test_people_are_counted_once_whatever_they_signed(block):
    add(block, user_id=1)
    add(block, user_id=1, turn=2, wording="w2")
    add(block, user_id=2)
    assert pledges.counts(block, "w2") == {"total": 3, "people": 2, "current": 1}
    assert pledges.counts(block + "-other", "w2") == {"total": 0, "people": 0, "current": 0}


def test_all_are_read_in_order(block):
    for user_id in (1, 2, 3):
        add(block, user_id=user_id)
    assert [row.user_id for row in pledges.every(block)] == [1, 2, 3]


def test_a_withdrawal_is_a_further_record_and_erases_nothing(block):
    row, _added = add(block)
    before = models.SignedPledge.objects.filter(pk=row.pk).values().get()
    event, added = pledges.withdraw(row, 9, "sergeant", " signed for \u202etraining\x00 only ", WHEN)
    assert added
    assert event.document["details"] == {
        "by": {"user_id": 9, "username": "sergeant"}, "reason": "signed for training only", "code": row.code,
        "document_hash": row.document_hash,
    }  # fmt: skip
    assert (event.user_id, event.username, event.pledge, event.at) == (1, "u1", row.id, WHEN)
    assert models.SignedPledge.objects.filter(pk=row.pk).values().get() == before
    assert [each.withdrawn for each in pledges.of_learner(1, block)] == [True]
    assert pledges.by_code(row.code).withdrawn
    assert add(block)[0].withdrawn  # the same turn once more: it is on record, and does not count
    link = pledge_chain.link_of(pledge_chain.EVENT, event.id)
    assert (link.entry, link.position) == (event.document_hash, pledge_chain.state(row.course_key)["length"])


def test_the_first_withdrawal_stands(block):
    row, _added = add(block)
    first, _added = pledges.withdraw(row, 9, "sergeant", "first", WHEN)
    second, added = pledges.withdraw(row, 10, "other", "second", WHEN)
    assert (added, second.pk, second.document["details"]["reason"]) == (False, first.pk, "first")


def test_a_withdrawal_needs_a_reason(block):
    row, _added = add(block)
    with pytest.raises(ValueError, match="reason"):
        pledges.withdraw(row, 9, "sergeant", " \x00\u200f ", WHEN)
    assert not pledges.of_learner(1, block)[0].withdrawn


def test_a_reason_of_any_length_is_kept_in_its_bounds(block):
    row, _added = add(block)
    event, _added = pledges.withdraw(row, 9, "sergeant", "é" * 5000, WHEN)
    assert event.document["details"]["reason"] == "é" * 500


def test_a_picture_is_kept_once(block):
    digest = pledges.keep_image(b"a picture", "image/png")
    assert pledges.keep_image(b"a picture", "image/jpeg") == digest
    logos = [sealed_record(add(block, turn=turn, logo=logo)[0]).logo for turn, logo in enumerate((digest, "", "0" * 64), 1)]
    assert logos == [(b"a picture", "image/png"), None, None]
    assert models.PledgeImage.objects.filter(digest=digest).count() == 1
