"""What is missing before a signature, and the document after it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.pledge import olx, seal, signing
from dti_xblocks.pledge.wording import wording_hash

from .samples import PLEDGE

SIGNER = signing.Signer(101, "reyes", "Ana Reyes")
COMPLETE = signing.Entries(frozenset({"law", "act"}), {"agency": "Sunset PD", "rank": ""}, True, "Ana M. Reyes")
AROUND = signing.Surroundings("The pledge", "en", "Read this.\nAnd this.", "1", "I agree.", "Sign the pledge")
WHEN = datetime(2026, 11, 23, 12, 26, 5, 999, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def pledge():
    return olx.read(PLEDGE)


def test_complete_entries_leave_no_gap(pledge):
    assert signing.gaps(pledge, COMPLETE, SIGNER) == []


def test_empty_entries_name_everything_in_the_order_of_the_page(pledge):
    empty = signing.Entries(frozenset(), {}, False, "")
    assert signing.gaps(pledge, empty, SIGNER) == [
        signing.Gap("affirmation", "I know the law & my agency's policy."),
        signing.Gap("affirmation", "I will step in."),
        signing.Gap("answer", "Agency"),
        signing.Gap("consent"),
        signing.Gap("name"),
    ]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"affirmed": frozenset({"law", "other"})}, "affirmation"),
        ({"answers": {"rank": "Sergeant"}}, "answer"),
        ({"consent": False}, "consent"),
        ({"name": "123 !?"}, "name"),
        ({"name": "😀"}, "name"),
        ({"name": "Ana Okafor"}, "reason"),
        ({"name": "Ana " + "x" * 255}, "too-long"),
        ({"answers": {"agency": "x" * 201}}, "too-long"),
        ({"reason": "x" * 501}, "too-long"),
    ],
)
def test_one_gap_is_named_alone(pledge, change, kind):
    assert [gap.kind for gap in signing.gaps(pledge, replace(COMPLETE, **change), SIGNER)] == [kind]


def test_another_name_with_a_reason_is_accepted_and_recorded(pledge):
    entries = replace(COMPLETE, name="Ana Okafor", reason="Married in May")
    assert signing.gaps(pledge, entries, SIGNER) == []
    signature = document(pledge, entries)["signature"]
    assert signature == {"kind": "typed", "name": "Ana Okafor", "name_differs": True, "reason": "Married in May"}


def test_a_needless_reason_is_not_recorded(pledge):
    assert document(pledge, replace(COMPLETE, reason="because"))["signature"]["reason"] == ""


def test_an_account_without_a_name_asks_for_no_reason(pledge):
    assert signing.gaps(pledge, COMPLETE, replace(SIGNER, account_name="")) == []


def document(pledge, entries=COMPLETE):
    return signing.document(
        pledge, entries, SIGNER, AROUND, course="course-v1:a+b+c", block="block", signed_at=WHEN, code="0000-0000-0000-0000"
    )


def test_the_document_holds_everything_that_was_shown_and_entered(pledge):
    assert document(pledge) == {
        "format": "dti-pledge/1",
        "code": "0000-0000-0000-0000",
        "title": "The pledge",
        "language": "en",
        "wording": {"hash": wording_hash(pledge), "preamble": pledge.preamble, "closing": pledge.closing},
        "affirmations": [
            {"id": "law", "text": "I know the law & my agency's policy.", "affirmed": True},
            {"id": "act", "text": "I will step in.", "affirmed": True},
        ],
        "answers": [
            {"id": "agency", "label": "Agency", "value": "Sunset PD"},
            {"id": "rank", "label": "Rank or title", "value": ""},
        ],
        "consent": {
            "given": True,
            "statement": "I agree.",
            "disclosure": "Read this.\nAnd this.",
            "disclosure_version": "1",
            "disclosure_hash": seal.text_digest("Read this.\nAnd this."),
        },
        "signer": {"user_id": 101, "username": "reyes", "account_name": "Ana Reyes"},
        "signature": {"kind": "typed", "name": "Ana M. Reyes", "name_differs": False, "reason": ""},
        "button": "Sign the pledge",
        "place": {"course": "course-v1:a+b+c", "block": "block"},
        "signed_at": "2026-11-23T11:26:05Z",
    }


def test_the_document_can_be_sealed(pledge):
    sealed = document(pledge)
    assert seal.intact(sealed, seal.digest(document(pledge)))


def test_times_are_utc_to_the_second():
    assert signing.moment(WHEN) == "2026-11-23T11:26:05Z"
    assert signing.moment(datetime(2026, 1, 2, tzinfo=UTC)) == "2026-01-02T00:00:00Z"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Ana \t Reyes\r\n", "Ana Reyes"),
        ("Jose\u0301", "José"),
        ("a\x00b\x1b[31m", "a b [31m"),
        ("\u202eseyeR anA\u202c", "seyeR anA"),
        ("مریم می\u200cخواهد", "مریم می\u200cخواهد"),
        ("👮🏽\u200d♀️", "👮🏽\u200d♀️"),
        ("\ud800x\ufffe", "x"),
        (None, ""),
        (b"bytes", ""),
        (object(), ""),
    ],
)
def test_entries_are_made_clean(typed, stored):
    assert signing.clean(typed) == stored


@given(st.text())
def test_clean_text_can_always_be_stored_and_stays_clean(text):
    cleaned = signing.clean(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert signing.clean(cleaned) == cleaned
