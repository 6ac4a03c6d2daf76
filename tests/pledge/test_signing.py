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
COMPLETE = signing.Entries(frozenset({"law", "act"}), {"agency": "Sunset PD", "rank": ""}, "Ana M. Reyes")
AROUND = signing.Surroundings(
    "The pledge", "en", "Read this.\nAnd this.", "2", "I agree.", "Agree", "Sign the pledge", "By this I sign."
)
CONSENT = signing.Consent("I agreed.", "Agree!", "Read that.\nAnd that.", "1", datetime(2026, 11, 23, 11, 20, tzinfo=UTC))
READING = signing.Reading(datetime(2026, 11, 23, 11, 0, tzinfo=UTC), datetime(2026, 11, 23, 11, 19, 59, tzinfo=UTC), 75, "button")
WHEN = datetime(2026, 11, 23, 12, 26, 5, 999, tzinfo=timezone(timedelta(hours=1)))

ACT = signing.Act("course-v1:a+b+c", "block", 1, WHEN)


@pytest.fixture
def pledge():
    return olx.read(PLEDGE)


def test_complete_entries_leave_no_gap(pledge):
    assert signing.gaps(pledge, COMPLETE, SIGNER) == []


def test_empty_entries_name_everything_in_the_order_of_the_page(pledge):
    empty = signing.Entries(frozenset(), {}, "")
    assert signing.gaps(pledge, empty, SIGNER) == [
        signing.Gap("affirmation", "I know the law & my agency's policy."),
        signing.Gap("affirmation", "I will step in."),
        signing.Gap("answer", "Agency"),
        signing.Gap("name"),
    ]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"affirmed": frozenset({"law", "other"})}, "affirmation"),
        ({"answers": {"rank": "Sergeant"}}, "answer"),
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
    assert (signature["name"], signature["name_differs"], signature["reason"]) == ("Ana Okafor", True, "Married in May")


def test_a_needless_reason_is_not_recorded(pledge):
    assert document(pledge, replace(COMPLETE, reason="because"))["signature"]["reason"] == ""


@pytest.mark.parametrize("name", ["", SIGNER.username])  # the username stands where the platform knows no name
def test_an_account_without_a_name_asks_for_no_reason(pledge, name):
    assert signing.gaps(pledge, COMPLETE, replace(SIGNER, full_name=name)) == []


def document(pledge, entries=COMPLETE, act=ACT, consent=CONSENT, reading=READING):
    return signing.Signature(pledge, entries, SIGNER, AROUND, consent, reading, act).document("0000-0000-0000-0000")


def test_the_document_holds_everything_that_was_shown_and_entered(pledge):
    act = replace(
        ACT,
        turn=3,
        valid_until=WHEN + timedelta(days=365),
        wording_label="2026",
        course_title="Duty to Intervene",
        certificate_text="Sunset PD\nTraining",
        logo="ab" * 32,
        shown="cd" * 32,
        server_offset=60,
        origin={"address": "192.0.2.7"},
        salt="ef" * 16,
    )
    assert document(pledge, act=act) == {
        "format": "dti-pledge/2",
        "code": "0000-0000-0000-0000",
        "turn": 3,
        "title": "The pledge",
        "language": "en",
        "wording": {"hash": wording_hash(pledge), "label": "2026", "preamble": pledge.preamble, "closing": pledge.closing},
        "shown": "cd" * 32,
        "affirmations": [
            {"id": "law", "text": "I know the law & my agency's policy.", "affirmed": True},
            {"id": "act", "text": "I will step in.", "affirmed": True},
        ],
        "answers": [
            {"id": "agency", "label": "Agency", "value": "Sunset PD"},
            {"id": "rank", "label": "Rank or title", "value": ""},
        ],
        "reading": {"opened_at": "2026-11-23T11:00:00Z", "ended_at": "2026-11-23T11:19:59Z", "seconds": 75, "by": "button"},
        "consent": {
            "given": True,
            "given_at": "2026-11-23T11:20:00Z",
            "statement": "I agreed.",
            "button": "Agree!",
            "disclosure": "Read that.\nAnd that.",
            "disclosure_version": "1",
            "disclosure_hash": seal.text_digest("Read that.\nAnd that."),
        },
        "signer": {"user_id": 101, "username": "reyes", "account_name": "Ana Reyes"},
        "signature": {"kind": "typed", "name": "Ana M. Reyes", "name_differs": False, "reason": "", "strokes": []},
        "statement": "By this I sign.",
        "button": "Sign the pledge",
        "certificate": {"text": "Sunset PD\nTraining", "logo": "ab" * 32},
        "place": {"course": "course-v1:a+b+c", "block": "block", "title": "Duty to Intervene"},
        "signed_at": "2026-11-23T11:26:05Z",
        "local_time": "2026-11-23T12:26:05+01:00",
        "local_time_of": "server",
        "valid_until": "2027-11-23T11:26:05Z",
        "origin": seal.digest({"salt": "ef" * 16, "address": "192.0.2.7"}),
    }


def test_what_is_not_known_is_an_empty_text(pledge):
    made = document(pledge, reading=signing.Reading())
    assert made["reading"] == {"opened_at": "", "ended_at": "", "seconds": 0, "by": ""}
    assert (made["valid_until"], made["origin"], made["certificate"]) == ("", "", {"text": "", "logo": ""})


def test_the_agreement_is_in_the_words_that_were_agreed_to_not_in_those_of_today(pledge):
    consent = document(pledge)["consent"]
    assert AROUND.consent not in consent.values() and AROUND.disclosure not in consent.values()


def test_a_drawing_is_kept_beside_the_typed_name(pledge):
    strokes = [[[1, 2], [30, 40]], [[5, 5]]]
    signature = document(pledge, replace(COMPLETE, strokes=strokes))["signature"]
    assert (signature["kind"], signature["name"], signature["strokes"]) == ("drawn", "Ana M. Reyes", strokes)


@pytest.mark.parametrize(
    ("offset", "local", "whose"),
    [
        (None, "2026-11-23T12:26:05+01:00", "server"),
        (-300, "2026-11-23T06:26:05-05:00", "browser"),
        (0, "2026-11-23T11:26:05+00:00", "browser"),
        (345, "2026-11-23T17:11:05+05:45", "browser"),
    ],
)
def test_the_local_time_is_the_signers_where_the_browser_tells_it(pledge, offset, local, whose):
    made = document(pledge, replace(COMPLETE, offset=offset), replace(ACT, server_offset=60))
    assert (made["local_time"], made["local_time_of"]) == (local, whose)


@pytest.mark.parametrize(
    ("sent", "offset"),
    [("-300", -300), ("0", 0), ("840", 840), ("900", 900), ("901", None), ("-901", None), ("", None), ("1e3", None),
     ("9" * 5000, None), ("nan", None), (None, None), (object(), None)],
)  # fmt: skip
def test_an_offset_that_cannot_be_is_none(sent, offset):
    assert signing.read_offset(sent) == offset


def test_the_record_holds_no_more_of_the_origin_than_a_salted_hash(pledge):
    act = replace(ACT, origin={"address": "192.0.2.7"}, salt="ab" * 16)
    text = seal.canonical(document(pledge, act=act)).decode()
    assert "192.0.2.7" not in text and act.salt not in text
    assert act.private == {"salt": act.salt, "address": "192.0.2.7"}
    other = replace(act, salt="cd" * 16)
    assert document(pledge, act=other)["origin"] != document(pledge, act=act)["origin"]


def test_without_an_origin_nothing_is_kept_beside_the_record():
    assert ACT.private == replace(ACT, salt="ab" * 16).private == {}


ASKED = PLEDGE.replace('label="Agency"', 'label="Agency" format="AA-9999"').replace(
    '<field id="rank" label="Rank or title"/>',
    '<field id="rank" label="Rank"><option>Officer</option><option>Sergeant</option></field>',
)


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"agency": "PD-1234", "rank": ""}, []),
        ({"agency": "PD-1234", "rank": "Sergeant"}, []),
        ({"agency": "PD-123", "rank": ""}, [signing.Gap("form", "Agency", detail="AA-9999")]),
        ({"agency": "PD-1234", "rank": "sergeant"}, [signing.Gap("option", "Rank")]),
        ({"agency": "", "rank": "Chief"}, [signing.Gap("answer", "Agency"), signing.Gap("option", "Rank")]),
        ({"agency": "x" * 201, "rank": ""}, [signing.Gap("too-long", "Agency", 200)]),
    ],
)
def test_answers_must_have_the_form_or_be_one_of_the_options(answers, found):
    assert signing.gaps(olx.read(ASKED), replace(COMPLETE, answers=answers), SIGNER) == found


def test_what_surrounds_the_pledge_is_all_part_of_what_was_shown():
    assert list(AROUND.as_dict().values()) == [value for name, value in vars(AROUND).items() if name != "title"]


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
        ("\u3164\u3164", ""),
        ("\u115f\u1160 \uffa0", ""),
        ("Ana\u3164 Reyes", "Ana Reyes"),
        ("A\u00adna\u200b\u2060 Reyes\U000e0041\U000e007f", "Ana Reyes"),
        ("\u2800 \u200d\u200c\ufe0f\ufffc", ""),
        ("\u2800.", "\u2800."),
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


@pytest.mark.parametrize("name", ["\u3164", "\u3164 \u115f", "\u1160\uffa0", "\u200d", "\u2800", "123", ""])
def test_a_name_needs_a_letter_that_is_seen(name):
    assert not signing.has_letter(name)
    assert signing.has_letter(name + "김")
