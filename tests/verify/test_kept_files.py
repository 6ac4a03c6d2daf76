"""The verify page does not believe the file that is kept: its seal, its code and its PDF signature are checked as any stranger would."""

import pytest
from django.test import override_settings

from dti_xblocks.copies import copy_of
from dti_xblocks.records import models
from dti_xblocks.seals import file, pades
from tests.pdf.kept_files import blanked, put_in, signed_by_a_stranger
from tests.pdf.pledge_samples import institution, signed_row
from tests.verify.at_work import courses, keep, pdf_of, send, verdict

KEYS = institution("Department of the Verify Page")


@pytest.fixture
def signing():
    with override_settings(DTI_PLEDGE_KEYS=KEYS):
        yield


def test_a_file_with_a_signature_behind_its_seal_is_genuine_as_handed_out(client, row, signing):
    body = copy_of(row).body
    response = send(client, body)
    assert verdict(response) == "Valid"
    assert "no byte of it has changed" in response.content.decode()
    assert verdict(send(client, body + b" ")) == "The file was altered"
    length = int(file.MARKER.search(body)["length"])
    assert verdict(send(client, body[:length])) == "The file was altered"


@pytest.mark.parametrize("change", [blanked, lambda body: body + b" ", signed_by_a_stranger], ids=["update", "byte", "stranger"])
def test_a_file_changed_behind_its_seal_is_altered_also_where_its_row_is_changed_too(client, row, signing, change):
    changed = change(copy_of(row).body)
    assert verdict(send(client, changed)) == "The file was altered"
    put_in(row, changed)
    response = send(client, changed)
    assert verdict(response) == "The file was altered"
    assert "no byte of it has changed" not in response.content.decode()


def test_bytes_of_no_signature_are_none_also_where_they_are_kept(client, row, signing):
    body = keep(row, pdf_of(row, kind=file.SIGNED, tail=b"\nthe PDF signature"), signed=True)
    assert verdict(send(client, body)) == "The file was altered"


def test_without_pyhanko_a_kept_file_with_a_signature_is_checked_in_part(client, row, signing, monkeypatch):
    body = copy_of(row).body
    monkeypatch.setattr(pades, "installed", lambda: False)
    response = send(client, body)
    assert verdict(response) == "The file could not be checked fully"
    assert "no byte of it has changed" not in response.content.decode()


def test_a_certificate_that_nobody_has_published_counts_all_the_same(client, row):
    with override_settings(DTI_PLEDGE_KEYS={**KEYS, "public": ""}):
        assert verdict(send(client, copy_of(row).body)) == "Valid"


def test_what_a_stranger_wrote_behind_a_seal_is_not_read_as_a_pdf(client, row, signing, monkeypatch):
    body = copy_of(row).body
    monkeypatch.setattr(pades, "check", lambda *_given: pytest.fail("it was read"))
    assert verdict(send(client, body + b"bomb")) == "The file was altered"
    models.PledgeCopy.objects.filter(pledge=row.id).delete()
    assert verdict(send(client, body + b"bomb")) == "The file could not be checked fully"


def test_the_file_of_another_pledge_vouches_for_that_one_only(client, row, signing):
    another = signed_row(course=next(courses), name="Ben Reyes")
    body = copy_of(another).body
    models.PledgeCopy.objects.filter(pledge=another.id).update(pledge=row.id)
    response = send(client, body)
    assert row.code not in response.content.decode()
