"""What of the signatures on record counts, until when, and when it is time to sign again."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.pledge.validity import Terms, ends, judge, months_later

DAY = timedelta(days=1)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass
class Row:
    signed_at: datetime = NOW - 10 * DAY
    valid_until: datetime | None = None
    wording_hash: str = "now"
    withdrawn: bool = False


FOR_GOOD = Terms()


def stands(*rows, terms=FOR_GOOD, now=NOW):
    return judge(rows, "now", terms, now)


def test_who_has_not_signed_may_sign_for_the_first_time():
    found = stands()
    assert (found.turn, found.current, found.why, found.remind, found.may_sign) == (1, None, "", False, True)


def test_a_signature_of_the_present_wording_counts_for_good_and_is_not_asked_for_again():
    row = Row(signed_at=NOW - 9999 * DAY)
    found = stands(row)
    assert (found.turn, found.current, found.ends, found.remind, found.may_sign) == (2, row, None, False, False)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (Row(wording_hash="before"), "wording"),
        (Row(withdrawn=True), "withdrawn"),
        (Row(valid_until=NOW), "expired"),
        (Row(valid_until=NOW - DAY), "expired"),
        (Row(wording_hash="before", withdrawn=True), "withdrawn"),
        (Row(wording_hash="before", valid_until=NOW - DAY), "wording"),
    ],
)
def test_what_no_longer_counts_says_why(row, why):
    found = stands(row)
    assert (found.turn, found.current, found.why, found.may_sign) == (2, None, why, True)


def test_the_last_signature_decides():
    old, new = Row(wording_hash="before"), Row()
    assert stands(old, new).current is new
    assert stands(new, old).why == "wording"
    assert stands(Row(withdrawn=True), new).current is new
    assert stands(old, old, new).turn == 4


def test_an_end_on_record_stays_whatever_the_author_asks_for_now():
    until = NOW + 100 * DAY
    assert ends(Row(valid_until=until), Terms(months=1)) == until
    assert ends(Row(valid_until=until), Terms()) == until


def test_without_an_end_on_record_the_months_of_now_count():
    row = Row(signed_at=datetime(2026, 1, 31, 8, tzinfo=UTC))
    assert ends(row, Terms()) is None
    assert ends(row, Terms(months=1)) == datetime(2026, 2, 28, 8, tzinfo=UTC)
    assert stands(row, terms=Terms(months=9)).why == "expired"
    assert stands(row, terms=Terms(months=10)).current is row


@pytest.mark.parametrize(
    ("left", "remind"),
    [(31 * DAY, False), (30 * DAY + timedelta(seconds=1), False), (30 * DAY, True), (timedelta(seconds=1), True)],
)
def test_a_signer_is_reminded_and_may_sign_again_when_the_end_is_near(left, remind):
    row = Row(valid_until=NOW + left)
    found = stands(row, terms=Terms(remind_days=30))
    assert (found.current, found.remind, found.may_sign) == (row, remind, remind)


def test_without_days_of_reminder_there_is_none():
    assert stands(Row(valid_until=NOW + timedelta(seconds=1)), terms=Terms(remind_days=0)).remind is False


def test_after_signing_again_in_time_the_new_signature_counts_and_nothing_is_asked():
    old, new = Row(valid_until=NOW + DAY), Row(valid_until=NOW + 366 * DAY)
    found = stands(old, new, terms=Terms(12))
    assert (found.current, found.may_sign, found.turn) == (new, False, 3)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"), ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"), ("2026-12-31", 2, "2027-02-28"), ("2026-08-31", 1, "2026-09-30"),
        ("2026-11-30", 12, "2027-11-30"), ("2026-12-15", 1, "2027-01-15"), ("2026-05-05", 0, "2026-05-05"),
        ("2026-05-05", 1200, "2126-05-05"),
    ],
)  # fmt: skip
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(start, months, end):
    assert months_later(datetime.fromisoformat(start), months) == datetime.fromisoformat(end)


moments = st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))


@given(moments, st.integers(0, 1200))
def test_months_later_counts_months_and_keeps_time_and_zone(when, months):
    later = months_later(when, months)
    assert (later.year - when.year) * 12 + later.month - when.month == months
    assert later.timetz() == when.timetz()
    assert later.day == when.day or ((later + DAY).day == 1 and later.day < when.day)


rows = st.builds(
    Row,
    signed_at=moments,
    valid_until=st.none() | moments,
    wording_hash=st.sampled_from(["now", "before"]),
    withdrawn=st.booleans(),
)


@given(st.lists(rows, max_size=5), st.builds(Terms, st.integers(0, 1200), st.integers(0, 365)), moments)
def test_whatever_is_on_record_the_standing_makes_sense(signed, terms, now):
    found = judge(signed, "now", terms, now)
    assert found.turn == len(signed) + 1
    assert (found.why != "") == (bool(signed) and found.current is None), "a reason exactly where nothing counts any more"
    if found.current is not None:
        assert found.current is signed[-1]
        assert found.current.wording_hash == "now" and not found.current.withdrawn
        assert found.ends is None or found.ends > now
        assert found.may_sign == found.remind
    else:
        assert found.may_sign and not found.remind


@given(st.lists(rows, max_size=3), st.builds(Terms, st.integers(0, 24), st.integers(0, 365)), moments, st.integers(-720, 720))
def test_the_zone_in_which_a_time_is_told_makes_no_difference(signed, terms, now, minutes):
    elsewhere = now.astimezone(timezone(timedelta(minutes=minutes)))
    assert judge(signed, "now", terms, elsewhere) == judge(signed, "now", terms, now)
