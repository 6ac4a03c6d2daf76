"""The signer's copies, and who may have them."""

import io
from datetime import timedelta
from types import SimpleNamespace

import crum
import pypdf
import pytest
from django.test import override_settings
from django.utils import translation
from icalendar import Calendar
from lxml import html

from dti_xblocks.copies import make as making
from dti_xblocks.pdf import PdfUnavailableError
from dti_xblocks.pledge_block import PledgeBlock
from tests.blocks.pledge.at_work import rows, sign, signed
from tests.blocks_at_work import pledge_form
from tests.pledge.samples import PLEDGE as PLEDGE_OLX
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, Person, again, get, make_block, page, post


def test_nobody_signs_for_the_anonymous_the_unenrolled_or_by_get(block):
    form = pledge_form(block)
    assert post(again(block, ANONYMOUS), "sign", form).status_code == 403
    assert post(again(block, Person(999, "stranger", "No Body")), "sign", form).status_code == 403
    assert get(block, "sign", json=True).status_code == 405
    assert rows(block) == []


def test_staff_who_view_the_course_as_a_learner_cannot_sign(block, monkeypatch):
    form = pledge_form(block)

    def asked_by(user_id):
        user = SimpleNamespace(pk=user_id, is_authenticated=True)
        monkeypatch.setattr(
            crum,
            "get_current_request",
            lambda: SimpleNamespace(user=user, META={}, scheme="https", get_host=lambda: "lms.example.org"),
        )

    asked_by(STAFF.user_id)
    response = post(block, "sign", form)
    assert response.status_code == 403 and "Nobody can sign for another person" in response.json["error"]
    assert rows(block) == []
    asked_by(LEARNER.user_id)
    assert post(block, "sign", form).status_code == 200


def test_studio_shows_the_form_and_keeps_nothing(block):
    studio = again(block, STAFF, studio="preview")
    html = page(studio, "author_view")
    assert "Sign the pledge" in html and "For course staff" not in html
    response = sign(studio, name="Dana Wu")
    assert response.status_code == 400 and "nothing is signed or kept here" in response.json["error"]
    assert "Type your full name" in sign(studio, name="").json["error"]
    assert rows(block) == []


@pytest.mark.parametrize("key", ["library", "word"])
def test_it_works_outside_of_a_course(key):
    block = make_block(PledgeBlock, PLEDGE_OLX, key=key)
    response = sign(block)
    assert response.status_code == 400 and "nothing is signed or kept here" in response.json["error"]
    assert rows(block) == [] and block.runtime.place.published == []
    assert "Sign the pledge" in page(again(block))


def test_without_any_service_it_is_a_notice():
    block = make_block(PledgeBlock, PLEDGE_OLX, services={})
    assert "sign in" in page(block)
    assert post(block, "sign", {}).status_code == 403


def test_the_page_for_printing_says_what_the_screen_says(block):
    mine = signed(block, name="Ana Okafor", reason="Married in May")
    [row] = rows(block)
    response = get(mine, "printable", f"pledge={row.id}")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == "inline"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert 'lang="en" dir="ltr"' in response.text
    for part in ("words", "facts", "disclosure"):
        assert record_words(page(mine), part) == record_words(response.text, part) != [], part
    assert row.document_hash in response.text


def record_words(page, part):
    """The words of a part that screen and paper share."""
    return [each.text_content().split() for each in html.document_fromstring(page).find_class(f"dti-pledge-{part}")]


def test_the_pdf_is_made_from_the_same_page(block, monkeypatch):
    mine, made = signed(block), {}
    [row] = rows(block)

    def fake(html, *, title, **_more):
        made.update(html=html, title=title)
        return b"%PDF-"

    monkeypatch.setattr(making, "render_pdf", fake)
    response = get(mine, "pdf", f"pledge={row.id}")
    assert (response.status_code, response.content_type, response.body) == (200, "application/pdf", b"%PDF-")
    assert f'filename="pledge-{row.code}.pdf"' in response.headers["Content-Disposition"]
    printed = get(mine, "printable", f"pledge={row.id}").text
    assert made == {"html": printed.replace("@page { margin", "@page { size: Letter; margin"), "title": "Our pledge"}


def test_a_real_pdf_holds_name_code_and_statements(block):
    mine = signed(block)
    [row] = rows(block)
    reader = pypdf.PdfReader(io.BytesIO(get(mine, "pdf", f"pledge={row.id}").body))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in ("Our pledge", "Ana Reyes", row.code, "I will step in.", row.document["signed_at"]):
        assert words in text
    assert reader.metadata.title == "Our pledge"


def test_the_same_pdf_is_made_any_time_and_in_the_language_of_signing(block):
    with translation.override("es"):
        mine = signed(block)
    [row] = rows(block)
    first = get(mine, "printable", f"pledge={row.id}").text
    with translation.override("de"):
        assert get(again(block), "printable", f"pledge={row.id}").text == first
    assert 'lang="es"' in first


def test_a_server_without_weasyprint_says_so(block, monkeypatch):
    def unavailable(*args, **kwargs):
        raise PdfUnavailableError("Install WeasyPrint.")

    monkeypatch.setattr(making, "render_pdf", unavailable)
    mine = signed(block)
    query = f"pledge={rows(block)[0].id}"
    assert "page for printing" in get(mine, "pdf", query, json=True).json["error"]
    response = get(again(block, STAFF), "pdf", query, json=True)
    assert response.status_code == 503 and response.json["error"] == "Install WeasyPrint."


def test_copies_are_for_the_signer_and_for_staff(block):
    signed(block)
    query = f"pledge={rows(block)[0].id}"
    for handler in ("pdf", "printable", "printable_file"):
        assert get(again(block, OTHER), handler, query).status_code == 404
        assert get(again(block, ANONYMOUS), handler, query).status_code == 403
        assert get(again(block, LEARNER), handler, "code=0000-0000-0000-0000").status_code == 404
        assert get(again(block, LEARNER), handler).status_code == 404
    assert get(again(block, STAFF), "printable", query).status_code == 200


def test_a_record_of_another_block_is_not_served(block):
    signed(block)
    elsewhere = make_block(PledgeBlock, PLEDGE_OLX)
    assert get(elsewhere, "printable", f"pledge={rows(block)[0].id}").status_code == 404


# -- a day in the calendar -----------------------------------------------------------------------------------------------


def test_the_day_on_which_a_signature_runs_out_goes_into_a_calendar():
    block = signed(make_block(PledgeBlock, PLEDGE_OLX, valid_months=12, remind_days=21))
    [row] = rows(block)
    ends = html.fromstring(page(again(block))).xpath("//a[contains(@href, 'renewal_file')]")
    assert len(ends) == 1
    with override_settings(LMS_ROOT_URL="https://lms.example.org"):
        answer = get(block, "renewal_file", query=f"pledge={row.id}")
    assert answer.status_code == 200 and answer.content_type == "text/calendar"
    [event] = Calendar.from_ical(answer.body).walk("VEVENT")
    [alarm] = event.walk("VALARM")
    assert event["dtstart"].dt == row.valid_until.date() and event["dtend"].dt - event["dtstart"].dt == timedelta(days=1)
    assert alarm["trigger"].dt == timedelta(days=-21)
    assert event["url"].startswith("https://lms.example.org/courses/") and str(block.scope_ids.usage_id) in event["url"]
    assert row.code.encode() not in answer.body and LEARNER.full_name.encode() not in answer.body
    assert b"\r\n" in answer.body and max(map(len, answer.body.split(b"\r\n"))) <= 75


def test_a_signature_for_good_has_no_day_and_nobody_gets_that_of_another():
    block = signed(make_block(PledgeBlock, PLEDGE_OLX))
    [row] = rows(block)
    assert "renewal_file" not in page(again(block))
    assert get(block, "renewal_file", query=f"pledge={row.id}", json=True).status_code == 404
    assert get(again(block, OTHER), "renewal_file", query=f"pledge={row.id}", json=True).status_code == 404
