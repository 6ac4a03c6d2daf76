"""The public verify page: what it says of a code, and what it finds altered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings

from dti_xblocks.platform.verify_page import page_address
from dti_xblocks.pledge.record import SealedRecord
from dti_xblocks.records import models
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import pledges, retention
from dti_xblocks.records.pledge.sealed import sealed_record
from dti_xblocks.seals.site import site_keys
from dti_xblocks.verify import answers
from tests.pdf.pledge_samples import signed_row
from tests.verify.at_work import KEYS, NOW, OTHER_KEYS, PAGE, ask, courses, facts, verdict

RECORD = SealedRecord(row_id=1, code="7QXD", language="en", signed_at=NOW, document={}, document_hash="")


def test_a_sound_pledge_is_valid(client, row):
    response = ask(client, row.code)
    assert response.status_code == 200
    assert verdict(response) == "Valid"
    told = facts(response)
    assert row.code in told
    assert "A. R." in told
    assert "Duty to Intervene" in told
    assert "November 23, 2026" in told
    assert "Place in the chain of records 2" in told


@pytest.mark.parametrize("spoil", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code.replace('-', ' ')} "])
def test_a_code_is_read_as_people_type_it(client, row, spoil):
    assert verdict(client.post(PAGE, {"code": spoil(row.code)})) == "Valid"


def test_the_address_of_a_pledge_shows_its_answer(client, row):
    with override_settings(DTI_PLEDGE_VERIFY_URL=f"https://lms.example.edu{PAGE}"):
        address = sealed_record(row).address
    page, _sign, code = address.partition("#")
    assert page == "https://lms.example.edu/dti/verify", "no server is told the code"
    assert verdict(client.post(PAGE, {"code": code})) == "Valid"


def test_paper_that_was_printed_with_the_code_in_the_query_goes_on_working(client, row):
    assert verdict(client.get(f"{PAGE}?code={row.code}")) == "Valid"


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({"LMS_ROOT_URL": "https://lms.example.edu/"}, "https://lms.example.edu/dti/verify#7QXD"),
        ({"DTI_PLEDGE_VERIFY_URL": "https://a.example/v", "LMS_ROOT_URL": "https://b.example"}, "https://a.example/v#7QXD"),
        ({"DTI_PLEDGE_VERIFY_URL": "https://a.example/v#top"}, "https://a.example/v#7QXD"),
        ({"DTI_PLEDGE_VERIFY_URL": "https://a.example/?p=v"}, "https://a.example/?p=v#7QXD"),
        ({"DTI_PLEDGE_VERIFY_URL": "javascript:alert(1)"}, ""),
        ({}, ""),
    ],
)
def test_the_address_is_the_sites(settings, address):
    with override_settings(**settings):
        assert replace(RECORD, verify_page=page_address()).address == address


def test_a_pledge_that_has_run_out_says_so(client):
    row = signed_row(course=next(courses), valid_until=datetime(2026, 11, 23, 12, tzinfo=UTC))
    ring = site_keys().ring
    before, after = datetime(2026, 11, 23, 11, 59, tzinfo=UTC), datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    assert answers.for_code(row.code, ring, before).state == answers.VALID
    assert answers.for_code(row.code, ring, after).state == answers.EXPIRED
    with override_settings(DTI_PLEDGE_VERIFY_RATE=1000):
        gone = signed_row(course=next(courses), valid_until=datetime(2020, 1, 1, tzinfo=UTC))
        response = ask(client, gone.code)
    assert verdict(response) == "Expired"
    assert "Valid until January 1, 2020" in facts(response)


@pytest.mark.parametrize("linked", [True, False])
def test_a_withdrawn_pledge_says_so_and_not_why(client, row, linked):
    event, _added = pledges.withdraw(row, 9, "sergeant-wu", "Signed by a mistake of hers", NOW)
    if linked:
        pledge_chain.complete(row.course_key, site_keys().ring)
    assert (pledge_chain.link_of("event", event.id) is not None) or not linked
    response = ask(client, row.code)
    assert verdict(response) == "Withdrawn"
    assert "Withdrawn on November 24, 2026" in facts(response)
    for hidden in ("mistake", "sergeant-wu"):
        assert hidden not in response.content.decode()


def test_an_erased_pledge_says_so_and_nothing_else(client, row):
    retention.erase_pledge(row.id, NOW, retention.RETENTION)
    pledge_chain.complete(row.course_key, site_keys().ring)
    response = ask(client, row.code)
    assert verdict(response) == "Erased"
    for hidden in ("A. R.", "Ana", "November 23", "officer-"):
        assert hidden not in response.content.decode()


def test_a_pledge_that_was_withdrawn_and_erased_is_withdrawn(client, row):
    pledges.withdraw(row, 9, "wu", "why", NOW)
    retention.erase_pledge(row.id, NOW, retention.REQUEST)
    pledge_chain.complete(row.course_key, site_keys().ring)
    response = ask(client, row.code)
    assert verdict(response) == "Withdrawn"
    assert "A. R." not in facts(response)


def test_without_keys_the_seal_is_not_complete_and_no_fault(client):
    with override_settings(DTI_PLEDGE_KEYS=None):
        row = signed_row(course=next(courses))
        assert verdict(ask(client, row.code)) == "Recorded, not sealed yet"
    pledge_chain.complete(row.course_key, site_keys().ring)
    assert verdict(ask(client, row.code)) == "Valid"


def test_a_record_that_waits_for_its_link_is_not_sealed_yet(client, row):
    link = models.PledgeLink.objects.get(kind="pledge", entry_id=row.id)
    link.delete()
    models.PledgePending.objects.create(chain=row.course_key, kind="pledge", entry_id=row.id, entry=row.document_hash)
    assert verdict(ask(client, row.code)) == "Recorded, not sealed yet"


def test_a_seal_of_a_key_that_is_gone_is_told_apart_from_a_broken_one(client, row):
    with override_settings(DTI_PLEDGE_KEYS=OTHER_KEYS):
        assert verdict(ask(client, row.code)) == "The seal could not be checked"
    rotated = {**OTHER_KEYS, "public": OTHER_KEYS["public"] + KEYS["public"]}
    with override_settings(DTI_PLEDGE_KEYS=rotated):
        assert verdict(ask(client, row.code)) == "Valid"


def other(value):
    """A value of the same kind that is another."""
    if isinstance(value, datetime):
        return value + timedelta(days=1)
    if isinstance(value, int):
        return value + 1
    return ("0" if value[0] != "0" else "1") + value[1:]


PLEDGE_COLUMNS = (
    "user_id", "username", "course_key", "usage_key", "turn", "full_name", "signed_name", "method", "wording_hash", "language",
    "document_hash", "signed_at",
)  # fmt: skip


@pytest.mark.parametrize("column", PLEDGE_COLUMNS)
def test_an_altered_column_is_found(client, row, column):
    models.SignedPledge.objects.filter(id=row.id).update(**{column: other(getattr(row, column))})
    response = ask(client, row.code)
    assert verdict(response) == "Altered"
    assert "A. R." not in facts(response)


def test_an_end_that_was_added_is_found(client, row):
    models.SignedPledge.objects.filter(id=row.id).update(valid_until=NOW + timedelta(days=900))
    assert verdict(ask(client, row.code)) == "Altered"


@pytest.mark.parametrize("document", [None, {}, [], "x", 7, {"format": "dti-pledge/2"}, {"format": []}])
def test_a_document_that_was_replaced_is_found(client, row, document):
    models.SignedPledge.objects.filter(id=row.id).update(document=document)
    assert verdict(ask(client, row.code)) == "Altered"


def test_every_altered_part_of_a_document_is_found(row):
    ring = site_keys().ring
    stored = row.document
    for name in stored:
        changed = {**stored, name: [stored[name], "x"]}
        models.SignedPledge.objects.filter(id=row.id).update(document=changed)
        assert answers.for_code(row.code, ring, NOW).state == answers.ALTERED, name
        rest = {key: value for key, value in stored.items() if key != name}
        models.SignedPledge.objects.filter(id=row.id).update(document=rest)
        assert answers.for_code(row.code, ring, NOW).state == answers.ALTERED, name
    models.SignedPledge.objects.filter(id=row.id).update(document=stored)
    assert answers.for_code(row.code, ring, NOW).state == answers.VALID


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("entry", None), ("previous", None), ("digest", None), ("linked_at", None), ("position", 700), ("signature", None),
        ("signature", ""), ("signature", "no hex"), ("chain", "course-v1:another+one+2026"), ("kind", "event"),
    ],
)  # fmt: skip
def test_an_altered_link_is_found(client, row, column, value):
    links = models.PledgeLink.objects.filter(kind="pledge", entry_id=row.id)
    link = links.get()
    models.PledgeLink.objects.filter(kind="event", entry_id=row.id).delete()  # of another test: its place is wanted
    links.update(**{column: value if value is not None else other(getattr(link, column))})
    assert verdict(ask(client, row.code)) == "Altered"
    models.PledgeLink.objects.filter(id=link.id).delete()  # it would stand in the place of another test's record


@pytest.mark.parametrize("act", ["delete", "digest", "unsigned", "forged"])
def test_a_link_before_that_was_altered_is_found(client, row, act):
    links = models.PledgeLink.objects.filter(chain=row.course_key, position=1)
    if act == "delete":
        links.delete()
    else:
        links.update(**{"digest": {"digest": "0" * 64}, "unsigned": {"signature": ""}, "forged": {"entry": "1" * 64}}[act])
    assert verdict(ask(client, row.code)) == "Altered"


def test_a_record_without_a_link_that_waits_for_none_is_altered(client, row):
    models.PledgeLink.objects.filter(kind="pledge", entry_id=row.id).delete()
    assert verdict(ask(client, row.code)) == "Altered"


def test_a_withdrawal_that_was_altered_is_found(client, row):
    event, _added = pledges.withdraw(row, 9, "wu", "why", NOW)
    pledge_chain.complete(row.course_key, site_keys().ring)
    models.PledgeEvent.objects.filter(id=event.id).update(at=NOW - timedelta(days=100))
    assert verdict(ask(client, row.code)) == "Altered"


def test_a_text_that_was_removed_without_a_word_is_found(client, row):
    models.SignedPledge.objects.filter(id=row.id).update(document=None)
    assert verdict(ask(client, row.code)) == "Altered"
