"""Times that are out of order are found and logged, and the record stays what it is."""

from datetime import timedelta

import pytest

from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import check as pledge_check
from dti_xblocks.records.pledge import pledges
from dti_xblocks.records.pledge.check_times import TOLERANCE, disordered
from dti_xblocks.records.pledge.lookup import of_code
from dti_xblocks.verify import soundness
from tests.records.pledge.check.chains import KEY, RING, WHEN, drop_course, new_course, note, sign, signing_with

YEAR = timedelta(days=400)


@pytest.fixture
def chain():
    """A course without records, sealed as they come."""
    course = new_course()
    with signing_with(KEY):
        yield course
    drop_course(course)


def found(chain):
    return [(each.table, each.fault, each.what) for each in pledge_check.check(chain, RING).findings]


def test_a_pledge_signed_long_before_it_was_agreed_to_is_found_and_logged(chain, caplog):
    row = sign(chain, 1, given=WHEN + YEAR)
    assert found(chain) == [("SignedPledge", "times", "signed_at < given_at")]
    assert f"The times of the signed pledge {row.id} are out of order: signed_at < given_at" in caplog.text
    # The page does not say that it was altered, because it was not.
    assert soundness.seal_of(of_code(row.code), RING) == soundness.SEALED


def test_a_clock_that_goes_back_between_reading_and_signing_is_found(chain):
    sign(chain, 1, signed=WHEN - YEAR)
    assert {what for _table, _fault, what in found(chain)} == {
        "signed_at < opened_at", "signed_at < ended_at", "signed_at < given_at",
    }  # fmt: skip


def test_clocks_of_servers_may_differ_a_little(chain, caplog):
    sign(chain, 1, given=WHEN + TOLERANCE)
    assert found(chain) == [] and "out of order" not in caplog.text


def test_a_withdrawal_before_the_signature_is_found(chain):
    row = sign(chain, 1)
    pledges.withdraw(row, 9, "wu", "why", WHEN - YEAR)
    assert found(chain) == [("PledgeEvent", "times", "at < signed_at")]


def test_a_link_dated_before_the_one_it_follows_is_found(chain, monkeypatch):
    note(chain, 1, key="a")
    monkeypatch.setattr(pledge_chain.clock, "now", lambda: WHEN - YEAR)
    monkeypatch.setattr(pledge_chain.clock, "not_before", lambda moment, *_others: moment)
    note(chain, 1, key="b")
    assert found(chain) == [("PledgeLink", "times", "linked_at")]


def test_a_clock_that_is_set_back_puts_no_link_before_the_last_one(chain, monkeypatch):
    note(chain, 1, key="a")
    monkeypatch.setattr(pledge_chain.clock, "now", lambda: WHEN - YEAR)
    note(chain, 1, key="b")
    assert found(chain) == []


@pytest.mark.parametrize("document", [None, {}, [], {"signed_at": 7}, {"signed_at": "never", "valid_until": ""},
                                      {"signed_at": "2026-01-01T00:00:00Z", "valid_until": "2020-01-01"}])  # fmt: skip
def test_what_is_no_document_has_no_order(document):
    assert list(disordered(document)) == []
