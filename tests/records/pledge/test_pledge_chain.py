"""The chain of a course: every record in it, once, in one order."""

from datetime import UTC, datetime

import pytest
from django.db import OperationalError, transaction
from django.test import override_settings

from dti_xblocks.pledge import seal
from dti_xblocks.records import models
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import pledges
from dti_xblocks.seals.keys import read
from tests.records.pledge import race_pledges
from tests.records.pledge.race_pledges import NO_KEY, new_key, note, sign, sound

NOW = datetime(2026, 11, 23, 12, 0, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def without_a_key():
    """Until a test gives one: the preview has its own."""
    with override_settings(DTI_PLEDGE_KEYS=None):
        yield


@pytest.fixture
def course():
    return next(race_pledges.courses)


@pytest.fixture
def nobody_links(monkeypatch):
    """Processes that die before they link."""
    monkeypatch.setattr(pledges, "later", lambda chain: None)


def test_records_are_linked_in_the_order_written(course):
    for user_id in (1, 2):
        note(user_id, course, "opened")
        sign(user_id, course)
    links = models.PledgeLink.objects.filter(chain=course).order_by("position")
    assert [link.kind for link in links] == ["event", "pledge"] * 2
    assert sound(course) == 4


def test_a_link_says_what_it_links(course):
    row, _added = sign(1, course)
    link = pledge_chain.link_of(pledge_chain.PLEDGE, row.id)
    assert pledge_chain.payload_of(link) == {
        "format": "dti-link/1", "chain": course, "position": 1, "previous": seal.START, "kind": "pledge",
        "entry": row.document_hash, "linked_at": link.linked_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }  # fmt: skip


def test_courses_have_chains_of_their_own(course):
    other = next(race_pledges.courses)
    sign(1, course)
    sign(1, other)
    assert (sound(course), sound(other)) == (1, 1)
    assert {course, other} <= set(pledge_chain.chains())


def test_with_a_key_links_are_signed_at_once(course):
    with override_settings(DTI_PLEDGE_KEYS={"private": new_key()}):
        sign(1, course)
        sound(course, 1, pledge_chain.site_keys().ring)
    assert pledge_chain.state(course)["unsigned"] == 0


def test_a_missing_or_broken_key_stops_nobody_and_what_was_unsigned_is_signed_in_order(course, caplog):
    sign(1, course)
    with override_settings(DTI_PLEDGE_KEYS={"private": "no key"}):
        sign(2, course)
    with override_settings(DTI_PLEDGE_KEYS="/nowhere/at/all"):
        sign(3, course)
    assert pledge_chain.state(course)["unsigned"] == 3
    ring = read(new_key())
    assert pledge_chain.complete(course, ring) == (0, 3)
    assert pledge_chain.complete(course, ring) == (0, 0)
    sound(course, 3, ring)


def test_a_new_key_leaves_older_signatures_as_they_are(course):
    old, new = read(new_key()), read(new_key())
    sign(1, course)
    pledge_chain.complete(course, old)
    before = models.PledgeLink.objects.filter(chain=course).values().get()
    with override_settings(DTI_PLEDGE_KEYS=None):
        sign(2, course)
    pledge_chain.complete(course, new)
    assert models.PledgeLink.objects.filter(chain=course, position=1).values().get() == before
    ids = list(models.PledgeLink.objects.filter(chain=course).order_by("position").values_list("key_id", flat=True))
    assert ids == [old.key_id, new.key_id]


def test_more_than_one_portion_is_linked_and_signed(course, nobody_links, monkeypatch):
    monkeypatch.setattr(pledge_chain, "AT_ONCE", 3)
    for user_id in range(1, 9):
        sign(user_id, course)
    ring = read(new_key())
    assert pledge_chain.complete(course, ring) == (8, 8)
    sound(course, 8, ring)


def test_who_signs_seals_no_long_backlog(course, monkeypatch):
    monkeypatch.setattr(pledge_chain, "AT_ONCE", 2)
    for user_id in range(1, 8):
        sign(user_id, course)
    ring = new_key()
    with override_settings(DTI_PLEDGE_KEYS={"private": ring}):
        sign(8, course)
        assert pledge_chain.state(course)["unsigned"] == 8 - 2 * pledge_chain.IN_REQUEST
    pledge_chain.complete(course, read(ring))
    sound(course, 8, read(ring))


@pytest.mark.parametrize(
    "change", [{"entry": "0" * 64}, {"previous": "0" * 64}, {"digest": "0" * 64}, {"position": 99}, {"kind": "other"}]
)
def test_what_was_altered_before_it_was_sealed_is_not_sealed(course, change, caplog):
    for user_id in (1, 2, 3):
        sign(user_id, course)
    models.PledgeLink.objects.filter(chain=course, position=2).update(**change)
    pledge_chain.complete(course, read(new_key()))
    sealed = models.PledgeLink.objects.filter(chain=course).exclude(signature="")
    assert [link.position for link in sealed] == [1]
    assert f"The chain of {course} is broken at 2" in caplog.text
    models.PledgeLink.objects.filter(chain=course).delete()  # one may bear the name of another test's record now


def test_two_portions_of_the_same_size_as_a_portion_are_all_signed(course, nobody_links, monkeypatch):
    monkeypatch.setattr(pledge_chain, "AT_ONCE", 2)
    for user_id in range(1, 5):
        sign(user_id, course)
    ring = read(new_key())
    assert pledge_chain.complete(course, ring) == (4, 4)
    sound(course, 4, ring)


def test_what_was_rolled_back_leaves_nothing(course):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        sign(1, course)
        1 / 0  # noqa: B018 - the request fails
    assert sound(course) == 0
    assert models.PledgeChain.objects.filter(chain=course).count() == 0


def test_in_a_long_transaction_the_link_follows_its_end(course):
    with transaction.atomic():
        row, _added = sign(1, course)
        assert pledge_chain.link_of(pledge_chain.PLEDGE, row.id) is None
        assert pledge_chain.state(course)["pending"] == 1
    assert sound(course) == 1


def test_completing_inside_a_transaction_is_a_fault(course, nobody_links):
    sign(1, course)
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        pledge_chain.complete(course, NO_KEY)
    pledge_chain.complete(course, NO_KEY)
    assert sound(course) == 1


def test_nothing_to_do_takes_no_lock_and_makes_no_chain(course, django_queries):
    with django_queries() as queries:
        assert pledge_chain.complete(course, read(new_key())) == (0, 0)
    assert len(queries) == 2 and not models.PledgeChain.objects.filter(chain=course).exists()


@pytest.fixture
def django_queries():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return lambda: CaptureQueriesContext(connection)


def test_a_record_that_has_a_link_already_gets_no_second_one(course):
    """After a database was restored in part: the link is there, and so is the note that it is missing."""
    row, _added = sign(1, course)
    pledge_chain.queue_link(models, pledge_chain.PLEDGE, row)
    sign(2, course)
    assert sound(course) == 2


def test_a_fault_of_the_chain_is_no_fault_of_the_signature(course, monkeypatch, caplog):
    monkeypatch.setattr(pledge_chain, "_locked", lambda models, chain: 1 / 0)
    row, added = sign(1, course)
    assert added and models.SignedPledge.objects.filter(pk=row.pk).exists()
    assert "could not be continued" in caplog.text and course in caplog.text
    monkeypatch.undo()
    sign(2, course)
    assert sound(course) == 2


@pytest.mark.parametrize(("faults", "linked"), [(1, True), (2, True), (3, False)])
def test_a_database_that_was_busy_is_asked_again(course, monkeypatch, faults, linked):
    locked, calls = pledge_chain._locked, []

    def busy(models, chain):
        calls.append(chain)
        if len(calls) <= faults:
            raise OperationalError("deadlock found")
        return locked(models, chain)

    monkeypatch.setattr(pledge_chain, "_locked", busy)
    row, _added = sign(1, course)
    assert (pledge_chain.link_of(pledge_chain.PLEDGE, row.id) is not None) == linked
    assert len(calls) == min(faults + 1, pledge_chain.TRIES)


def test_all_chains_are_completed_though_one_cannot_be(course, nobody_links, monkeypatch):
    other = next(race_pledges.courses)
    sign(1, course)
    sign(1, other)
    complete = pledge_chain.complete

    def one_fails(chain, ring):
        if chain == course:
            raise RecordsUnavailableError("no answer")
        return complete(chain, ring)

    monkeypatch.setattr(pledge_chain, "complete", one_fails)
    assert pledge_chain.complete_all(NO_KEY)[other] == (1, 0)
    assert sound(other) == 1
    monkeypatch.undo()
    pledge_chain.complete_all(NO_KEY)
    assert sound(course) == 1


@pytest.mark.parametrize("check", race_pledges.CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
def test_in_a_race(check):
    check(16)
