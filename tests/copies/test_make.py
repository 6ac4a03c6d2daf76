"""The file of a signed pledge: made once its record is sealed, kept, the same for everybody, and truthful about itself."""

import hashlib
import io
import json
import logging
from datetime import UTC, datetime, timedelta

import pypdf
import pytest
from django.test import override_settings
from django.utils import translation

from dti_xblocks.copies import Copy, copy_of, page_of
from dti_xblocks.copies import make as making
from dti_xblocks.pages.pledge.record import record_html
from dti_xblocks.pdf import PdfUnavailableError
from dti_xblocks.pledge import seal
from dti_xblocks.pledge.record import PledgeErasedError
from dti_xblocks.records import models
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import pledges
from dti_xblocks.records.pledge.sealed import keep_file, sealed_record
from dti_xblocks.seals import file, issue, make, pades
from dti_xblocks.seals.site import site_keys
from tests.pdf import pledge_samples as samples

SETTING, SEALING = samples.institution("Department of copies"), samples.sealing_only("Department of copies")
RING = samples.ring_of(SETTING)
ADDRESS = "https://lms.example.edu/dti/verify"


@pytest.fixture(autouse=True)
def address():
    with override_settings(DTI_PLEDGE_VERIFY_URL=ADDRESS):
        yield


@pytest.fixture
def fast(monkeypatch):
    """Bytes with the marker in place of a PDF: what is asked of the renderer is noted."""
    asked = []

    def render(html, *, title, for_archive):
        asked.append(html)
        return b"%PDF-1.7 /ID [(" + for_archive.identifier + b")]"

    monkeypatch.setattr(making, "render_pdf", render)
    return asked


def words(body) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages).split())


def kept(row):
    return models.PledgeCopy.objects.filter(pledge=row.id)


def test_a_signed_file_is_kept_and_the_same_for_everybody():
    with override_settings(DTI_PLEDGE_KEYS=SETTING):
        row = samples.signed_row()
        first = copy_of(row)
        assert copy_of(row) == first
    assert first.kind == "signed"
    [there] = kept(row)
    assert (bytes(there.body), there.signed) == (first.body, True)
    assert there.digest == hashlib.sha256(first.body).hexdigest()
    found = file.check(first.body, RING)
    assert (found.state, found.code) == (file.FOLLOWED, row.code)
    assert pades.check(first.body, found.length, RING.certificates).state == pades.VALID
    assert "sealed with the institution's key, and signed with its certificate" in words(first.body)


def test_without_a_certificate_it_is_sealed_and_says_so():
    with override_settings(DTI_PLEDGE_KEYS=SEALING):
        row = samples.signed_row()
        made = copy_of(row)
    assert made.kind != "signed" and kept(row).count() == 1
    assert file.check(made.body, RING).state == file.INTACT
    assert "It has no PDF signature." in words(made.body)


def test_before_the_seal_nothing_is_kept_and_the_file_says_so():
    with override_settings(DTI_PLEDGE_KEYS=None):
        row = samples.signed_row()
        made = copy_of(row)
    assert made.kind != "signed" and not kept(row).exists()
    assert file.check(made.body, RING).state == file.NOT_SEALED
    assert "This record is not sealed yet: sealing takes a moment" in words(
        made.body
    ) and "This copy has no seal of its own." in words(made.body)
    with override_settings(DTI_PLEDGE_KEYS=SETTING):
        pledge_chain.complete(row.course_key, site_keys().ring)
        later = copy_of(row)
    assert later.kind == "signed" and kept(row).count() == 1
    assert "not sealed yet" not in words(later.body)


def test_a_record_that_waits_for_its_link_says_so(fast):
    with override_settings(DTI_PLEDGE_KEYS=SETTING):
        row = samples.signed_row()
        models.PledgeLink.objects.filter(entry_id=row.id, kind="pledge").delete()
        copy_of(row)
    assert "This record is not sealed yet: sealing takes a moment" in fast[-1]
    assert "in the course's chain" not in fast[-1]
    assert not kept(row).exists()


def test_where_the_key_is_gone_the_file_says_that_it_is_not_sealed(fast):
    with override_settings(DTI_PLEDGE_KEYS=SETTING):
        row = samples.signed_row()
    with override_settings(DTI_PLEDGE_KEYS=None):
        made = copy_of(row)
    assert file.check(made.body, RING).state == file.NOT_SEALED
    assert "This record is sealed with" in fast[-1] and "This copy has no seal of its own." in fast[-1]
    assert not kept(row).exists()


def test_the_record_and_its_seal_are_inside():
    with override_settings(DTI_PLEDGE_KEYS=SEALING):
        row = samples.signed_row(strokes=samples.drawing())
        body = copy_of(row).body
    parts = pypdf.PdfReader(io.BytesIO(body)).attachments
    assert set(parts) == {"record.json", "seal.json"}
    assert parts["record.json"] == [seal.canonical(row.document)]
    around = json.loads(parts["seal.json"][0])
    link = pledge_chain.link_of(pledge_chain.PLEDGE, row.id)
    assert around["link"] == pledge_chain.payload_of(link) and around["link"]["entry"] == row.document_hash
    assert RING.verify(around["key_id"], seal.canonical(around["link"]), around["signature"])


@pytest.mark.parametrize(("change", "code"), [
    (lambda: {"certificate": "nothing"}, pades.UNREADABLE),
    (lambda: {"certificate_key": samples.institution("Others")["certificate_key"]}, pades.OTHER_KEY),
    (lambda: dict(zip(("certificate", "certificate_key"),
                      make.make_certificate("Old", datetime.now(UTC) - timedelta(days=4000)), strict=True)), pades.EXPIRED),
])  # fmt: skip
def test_a_certificate_that_cannot_sign_makes_no_download_fail(fast, caplog, change, code):
    with override_settings(DTI_PLEDGE_KEYS={**SETTING, **change()}):
        row = samples.signed_row()
        made = copy_of(row)
        assert issue.fault() == code
    assert made.kind != "signed" and file.check(made.body, RING).state == file.INTACT
    assert "It has no PDF signature." in fast[-1] and not any("signed with its certificate" in html for html in fast)
    assert f"cannot sign, so a file is sealed only: {code}" in caplog.text


def test_a_signature_that_fails_on_the_way_leaves_a_file_that_says_so(fast):
    """pyHanko cannot sign what is no PDF, such as the bytes of `fast`."""
    with override_settings(DTI_PLEDGE_KEYS=SETTING):
        row = samples.signed_row()
        made = copy_of(row)
    assert made.kind != "signed" and file.check(made.body, RING).state == file.INTACT
    assert "signed with its certificate" in fast[0] and "It has no PDF signature." in fast[1]


def test_a_file_without_a_place_for_the_seal_says_that_it_has_none(monkeypatch, caplog):
    seen = []

    def render(html, **_more):
        seen.append(html)
        return b"%PDF-1.7"

    monkeypatch.setattr(making, "render_pdf", render)
    with override_settings(DTI_PLEDGE_KEYS=SETTING):
        row = samples.signed_row()
        assert copy_of(row) == Copy(b"%PDF-1.7", "")
    assert "This copy has no seal of its own." in seen[-1] and not kept(row).exists()
    assert "could not be sealed" in caplog.text


@pytest.mark.parametrize(("setting", "kinds"), [(SETTING, ("signed", "sealed", "")), (SEALING, ("sealed", "")), (None, ("",))])
def test_files_are_as_good_as_the_keys_allow(setting, kinds):
    with override_settings(DTI_PLEDGE_KEYS=setting):
        assert issue.kinds(site_keys()) == kinds
        assert issue.fault() == ""


def test_without_weasyprint_the_error_comes_out(monkeypatch):
    def unavailable(*_arguments, **_more):
        raise PdfUnavailableError("Install WeasyPrint.")

    monkeypatch.setattr(making, "render_pdf", unavailable)
    for setting in (SETTING, None):
        with override_settings(DTI_PLEDGE_KEYS=setting):
            row = samples.signed_row()
            with pytest.raises(PdfUnavailableError):
                copy_of(row)


def test_of_an_erased_record_there_is_nothing_also_where_a_file_was_left(fast):
    with override_settings(DTI_PLEDGE_KEYS=SEALING):
        row = samples.signed_row()
        copy_of(row)
        row.document = None
        for ask in (copy_of, page_of, sealed_record):
            with pytest.raises(PledgeErasedError):
                ask(row)


def test_the_first_file_wins(fast):
    with override_settings(DTI_PLEDGE_KEYS=SEALING):
        row = samples.signed_row()
        ring = site_keys().ring
        body = file.put(b"%PDF-1.7 the first " + file.marker(row.code, ring.key_id), ring)
        first = keep_file(row.id, body, False, samples.WHEN)
        second = keep_file(row.id, b"second", True, samples.WHEN)
        assert (bytes(first.body), bytes(second.body), second.signed) == (body, body, False)
        assert copy_of(row).body == body
    assert fast == []


def test_templates_get_every_name_that_they_ask_for(caplog):
    with override_settings(DTI_PLEDGE_KEYS=SETTING), caplog.at_level(logging.DEBUG, "django.template"):
        for row in (
            samples.signed_row(),
            samples.signed_row(strokes=samples.drawing(), name="Ben", reason="x", certificate_text="A\nB"),
        ):
            page_of(row)
            record_html(sealed_record(row), "h5")
    with override_settings(DTI_PLEDGE_KEYS=None, DTI_PLEDGE_VERIFY_URL=""), caplog.at_level(logging.DEBUG, "django.template"):
        page_of(samples.signed_row(course_title=""))
    assert "Exception while resolving variable" not in caplog.text


def test_the_file_is_in_the_language_of_the_record_whoever_asks(fast):
    with override_settings(DTI_PLEDGE_KEYS=SEALING):
        row = samples.signed_row(language="ar")
        with translation.override("de"):
            copy_of(row)
    assert 'lang="ar" dir="rtl"' in fast[-1]


def test_what_it_says():
    logo = pledges.keep_image(samples.PIXEL, "image/png")
    with override_settings(DTI_PLEDGE_KEYS=SETTING):
        row = samples.signed_row(
            name="Ana Okafor",
            reason="Married in May",
            valid_until=samples.WHEN.replace(year=2027),
            certificate_text="Training Division",
            logo=logo,
        )
        html = page_of(row)
        link = pledge_chain.link_of(pledge_chain.PLEDGE, row.id)
    for said in (
        "Training Division", "Ana Okafor", "Married in May", row.username, "Example Police Department", "November 23, 2026, 11:26 a.m. UTC",
        "November 23, 2026, 6:26 a.m. (UTC−05:00) on the signer&#x27;s clock".replace("&#x27;", "'"), "November 23, 2027",
        "You do not have to sign electronically.", "version 2 of this text", "I have read this and I agree", "I agree to sign electronically",
        "By selecting this button I sign the pledge above.", "Sign the pledge", "5 minutes 25 seconds", row.code,
        f'href="{ADDRESS}#{row.code}"', f"It is number {link.position} in the course's chain", link.key_id,
        seal.fingerprint(row.document_hash), row.document_hash, seal.fingerprint(row.wording_hash), "data:image/png;base64,", "QR code",
    ):  # fmt: skip
        assert said in html, said


def test_without_an_address_the_course_staff_is_named():
    with override_settings(DTI_PLEDGE_KEYS=SETTING, DTI_PLEDGE_VERIFY_URL="javascript:alert(1)"):
        html = page_of(samples.signed_row())
    assert "Ask the course staff of “Duty to Intervene” to check this code." in html
    assert "javascript:" not in html and "QR code" not in html


def test_nothing_that_people_entered_is_markup():
    evil = '"><script>alert(1)</script>'
    with override_settings(DTI_PLEDGE_KEYS=SETTING):
        row = samples.signed_row(name=f"Ana {evil}", reason=evil, answers=(evil,) * 3, title=evil, disclosure=evil, certificate_text=evil,
                                 course_title=evil, wording_label=evil, strokes=samples.drawing())  # fmt: skip
        for html in (page_of(row), record_html(sealed_record(row), "h5")):
            assert "<script" not in html


def test_the_drawing_is_a_vector_on_the_screen_and_on_paper():
    with override_settings(DTI_PLEDGE_KEYS=SETTING):
        row = samples.signed_row(strokes=samples.drawing())
        screen, paper = record_html(sealed_record(row), "h5"), page_of(row)
    assert 'aria-label="Drawn signature of Ana Reyes"><path d="M40 150L' in screen and "currentColor" in screen
    assert 'src="data:image/svg+xml;base64,' in paper and 'alt="Drawn signature of Ana Reyes"' in paper
