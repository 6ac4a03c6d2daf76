"""The public verify page: what it says of a file, whatever it is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory, override_settings

from dti_xblocks.records import models
from dti_xblocks.records.pledge import pledges
from dti_xblocks.seals import file
from dti_xblocks.seals.keys import Keyring
from dti_xblocks.seals.site import site_keys
from dti_xblocks.verify import answers, uploads
from tests.pdf.pledge_samples import signed_row
from tests.verify.at_work import NOW, OTHER_KEYS, PAGE, courses, facts, keep, pdf_of, send, verdict


def test_the_file_that_was_handed_out_is_genuine(client, row):
    response = send(client, keep(row, pdf_of(row)))
    assert response.status_code == 200
    assert verdict(response) == "Valid"
    assert "no byte of it has changed" in response.content.decode()
    assert row.code in facts(response)


def test_a_genuine_file_of_a_withdrawn_pledge_says_both(client, row):
    pledges.withdraw(row, 9, "wu", "why", NOW)
    response = send(client, keep(row, pdf_of(row)))
    assert verdict(response) == "Withdrawn"
    assert "no byte of it has changed" in response.content.decode()


def test_any_changed_byte_is_found(row):
    body = keep(row, pdf_of(row))
    ring = site_keys().ring
    for place in range(len(body)):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        state = answers.for_file(changed, ring, NOW)
        assert state.file != answers.GENUINE
        assert state.state in {answers.FILE_ALTERED, answers.FILE_UNKNOWN, answers.FILE_NO_PDF, answers.FILE_NO_KEY}, place


def test_a_sealed_file_that_is_not_kept_any_more_is_genuine_by_its_seal(client, row):
    assert verdict(send(client, pdf_of(row))) == "Valid"


def test_a_signed_file_that_is_not_kept_cannot_be_checked_fully(client, row):
    response = send(client, pdf_of(row, kind=file.SIGNED, tail=b"\nsome signature or other"))
    assert verdict(response) == "The file could not be checked fully"
    assert "no byte of it has changed" not in response.content.decode()


def test_a_file_put_into_the_database_without_a_seal_is_no_genuine_one(client, row):
    assert verdict(send(client, keep(row, b"%PDF-1.7 forged"))) == "The file was altered"


def test_a_genuine_file_whose_record_is_gone_is_told(client, row):
    body = pdf_of(row)
    models.SignedPledge.objects.filter(id=row.id).delete()
    assert verdict(send(client, body)) == "Sealed here, but not on record"


def test_a_file_of_another_institution_is_not_known(client, row):
    assert verdict(send(client, pdf_of(row, Keyring(**vars(other_ring()))))) == "Sealed with a key that is not known here"


def other_ring():
    with override_settings(DTI_PLEDGE_KEYS=OTHER_KEYS):
        return site_keys().ring


def test_a_file_of_the_kept_one_that_was_made_for_another_pledge_is_altered(client, row):
    another = signed_row(course=next(courses))
    body = keep(row, pdf_of(another))
    response = send(client, body)
    assert row.code not in facts(response)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"%PDF-1.7 of somebody else", "Not a pledge from this site"),
        (b"PK\x03\x04 a zip", "Not a PDF file"),
        (b"\x00" * 4096, "Not a PDF file"),
        (b"%PDF-" + b"dti-file/1 " * 40_000, "The file was altered"),
        (b"%PDF-1.7\n" + file.marker("7QXD-03MB-K9TR-H4WN"), "The file was made before the seal"),
    ],
)
def test_other_files_are_told_apart(client, body, says):
    assert verdict(send(client, body)) == says


def test_no_marker_without_end_keeps_the_page_busy(monkeypatch):
    calls = []
    monkeypatch.setattr(Keyring, "verify", lambda *_given: calls.append(1))
    ring = site_keys().ring
    body = b"%PDF-1.7\n" + file.marker("7QXD-03MB-K9TR-H4WN", ring.key_id).replace(b" 0000000000 ", b" 0000000001 ") * 5000
    assert answers.for_file(body, ring, NOW).state == answers.FILE_ALTERED
    assert len(calls) <= file.MOST_MARKERS


def test_a_file_is_taken_up_to_the_limit_and_never_onto_a_disk(client, monkeypatch):
    monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *_a, **_k: pytest.fail("a file was written"))
    response = send(client, b"%PDF-" + b"\x00" * (uploads.LARGEST - 5))
    assert verdict(response) == "Not a pledge from this site"


@pytest.mark.parametrize("more", [1, uploads.AROUND * 2])
def test_a_larger_file_is_refused(client, more):
    response = send(client, b"%PDF-" + b"\x00" * (uploads.LARGEST - 5 + more))
    assert response.status_code == 413
    assert "too large" in response.content.decode()


def test_a_body_that_says_it_is_too_large_is_not_read(monkeypatch):
    request = RequestFactory().post(PAGE, b"x", content_type="multipart/form-data; boundary=b")
    request.META["CONTENT_LENGTH"] = str(10**12)
    monkeypatch.setattr(type(request), "POST", property(lambda _self: pytest.fail("the body was read")))
    with pytest.raises(uploads.TooLargeError):
        uploads.entries(request)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"x", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary=" + "b" * 500),
        (b"--b\r\nbroken", "multipart/form-data; boundary=b"),
        (b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n\r\n--b--', "multipart/form-data; boundary=b"),
        (b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\n%PDF-\r\n--b--', "multipart/form-data; boundary=b"),
        (b"", "application/x-www-form-urlencoded"),
        (b"code=", "application/x-www-form-urlencoded"),
        (b"file=%25PDF-", "application/x-www-form-urlencoded"),
        (b"code=%ff%fe", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"&" * 2000, "application/x-www-form-urlencoded"),
        (b"a=1&" * 2000, "application/x-www-form-urlencoded"),
        (b'{"code": 1}', "application/json"),
        (b"x", "nonsense"),
    ],
)
def test_a_form_that_is_none_is_refused_with_a_sentence(client, body, kind):
    response = client.generic("POST", PAGE, body, kind)
    assert response.status_code == 400
    assert verdict(response) == "Not checked"


def test_many_files_in_one_form_are_refused(client):
    files = {f"file{number}": SimpleUploadedFile("a", b"x") for number in range(200)}
    assert client.post(PAGE, files).status_code == 400


def test_a_form_that_a_middleware_has_read_already_is_answered_too(row):
    from dti_xblocks.verify.pages import verify

    request = RequestFactory().post(PAGE, {"file": SimpleUploadedFile("a.pdf", pdf_of(row), "application/pdf")})
    assert request.POST is not None
    assert verdict(verify(request)) == "Valid"
