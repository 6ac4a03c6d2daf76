"""Signed pledges in the database."""

import itertools
from datetime import UTC, datetime

import pytest

from dti_xblocks.pledge import seal
from dti_xblocks.records import models, pledges

WHEN = datetime(2026, 11, 23, 11, 26, tzinfo=UTC)
numbers = itertools.count()
codes = (f"{number:04d}-TEST-TEST-TEST" for number in itertools.count())


@pytest.fixture
def block():
    return f"pledge-block-{next(numbers)}"


def draft(block, user_id=1, wording="w1", name="Ana Reyes"):
    return pledges.Draft(
        user_id=user_id,
        username=f"u{user_id}",
        course_key="c",
        usage_key=block,
        full_name="Ana Reyes",
        signed_name=name,
        wording_hash=wording,
        language="en",
        signed_at=WHEN,
        build=lambda code: {"code": code, "name": name, "é": [1, True, None, "“x”"]},
    )


def add(block, **values):
    return pledges.add(draft(block, **values), lambda: next(codes))


def test_a_signature_is_recorded_with_its_hash(block):
    row, added = add(block)
    assert added
    stored = models.SignedPledge.objects.get(pk=row.pk)
    assert stored.document["code"] == stored.code
    assert seal.intact(stored.document, stored.document_hash)
    assert (stored.user_id, stored.username, stored.signed_name, stored.signed_at) == (1, "u1", "Ana Reyes", WHEN)


def test_the_same_wording_is_signed_once(block):
    first, _added = add(block)
    second, added = add(block, name="Somebody Else")
    assert not added
    assert second.pk == first.pk
    assert [row.signed_name for row in pledges.of_learner(1, block)] == ["Ana Reyes"]


def test_a_new_wording_is_a_new_record_and_the_old_one_stays(block):
    add(block)
    add(block, wording="w2")
    assert [row.wording_hash for row in pledges.of_learner(1, block)] == ["w1", "w2"]


def test_a_code_that_is_taken_is_drawn_again(block):
    taken, _added = add(block)
    drawn = iter([taken.code, taken.code, "FREE-FREE-FREE-FREE"])
    row, added = pledges.add(draft(block, user_id=2), lambda: next(drawn))
    assert added
    assert row.code == row.document["code"] == "FREE-FREE-FREE-FREE"
    assert seal.intact(row.document, row.document_hash)


def test_broken_randomness_is_no_endless_loop(block):
    taken, _added = add(block)
    with pytest.raises(RuntimeError):
        pledges.add(draft(block, user_id=2), lambda: taken.code)


def test_a_code_is_found_in_its_block_only(block):
    row, _added = add(block)
    assert pledges.by_code(row.code, block).pk == row.pk
    assert pledges.by_code(row.code, block + "-other") is None


def test_people_are_counted_once_whatever_they_signed(block):
    add(block, user_id=1)
    add(block, user_id=1, wording="w2")
    add(block, user_id=2)
    assert pledges.counts(block, "w2") == {"total": 3, "people": 2, "current": 1}
    assert pledges.counts(block + "-other", "w2") == {"total": 0, "people": 0, "current": 0}


def test_the_latest_come_first_and_are_limited(block):
    for user_id in (1, 2, 3):
        add(block, user_id=user_id)
    assert [row.user_id for row in pledges.latest(block, 2)] == [3, 2]
    assert [row.user_id for row in pledges.every(block)] == [1, 2, 3]
