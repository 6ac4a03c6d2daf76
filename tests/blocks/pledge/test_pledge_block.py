"""The pledge block on a runtime that behaves as the platform does."""

import io
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import crum
import pypdf
import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from webob import Request

from dti_xblocks import pledge_block
from dti_xblocks.blocks.pledge import act as pledge_act
from dti_xblocks.blocks.pledge import copy as pledge_copy
from dti_xblocks.content import inner_xml
from dti_xblocks.pages.pledge import words as pledge_words
from dti_xblocks.pdf import PdfUnavailableError
from dti_xblocks.platform.standing import Result
from dti_xblocks.pledge import seal, standing
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.models import SignedPledge
from dti_xblocks.records.pledge import events as pledge_events
from dti_xblocks.records.pledge import pledges
from tests import runtime
from tests.blocks_at_work import agree, pledge_form, read_to_end, shown
from tests.pledge.samples import PLEDGE as PLEDGE_OLX
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, Person, again, get, make_block, page, post

COURSE = Path(__file__).parents[3] / "course_export"
SIGNED = "You have signed this pledge"


@pytest.fixture
def block():
    return make_block(PledgeBlock, PLEDGE_OLX, display_name="Our pledge")


def rows(block):
    return list(SignedPledge.objects.filter(usage_key=str(block.scope_ids.usage_id)))


def sign(block, **changes):
    return post(block, "sign", pledge_form(block, **changes))


def signed(block, user=LEARNER, **changes):
    """`block` signed by `user`, loaded afresh."""
    mine = again(block, user)
    name = {"name": user.full_name} | changes
    assert sign(mine, **name).status_code == 200
    return again(block, user)


# -- the page ----------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_pledge_and_ticks_nothing(block):
    html = page(block)
    assert "<h3" in html and "Our pledge" in html
    assert "I carry a badge because people <em>trust</em> me." in html
    assert "I know the law &amp; my agency&#x27;s policy." in html
    assert "I make this pledge freely." in html
    assert "same standing as one written by hand" in html
    assert "checked" not in html and html.count('type="checkbox"') == 1  # the consent
    assert "I agree to sign electronically</button>" in html and "Sign the pledge</button>" not in html
    html = agree(block).json["html"]
    assert "checked" not in html and html.count('type="checkbox"') == 2  # the statements
    assert "Sign the pledge</button>" in html and "I carry a badge because people <em>trust</em> me." in html


def test_every_field_has_a_label_of_its_own(block):
    html = agree(block).json["html"]
    for identifier in re.findall(r'<input id="([^"]+)"', html):
        assert html.count(f'<label for="{identifier}"') == 1
    assert len(set(re.findall(r' id="([^"]+)"', html))) == len(re.findall(r' id="([^"]+)"', html))


def test_a_visitor_who_is_not_signed_in_gets_a_notice(block):
    html = page(again(block, ANONYMOUS))
    assert "sign in" in html and "<form" not in html


def test_nothing_is_reported_before_signing(block):
    page(block)
    agree(block)
    place = block.runtime.place
    assert place.events("grade") == place.events("completion") == place.events("dti.pledge.signed") == []


# -- signing -----------------------------------------------------------------------------------------------------------


def test_signing_makes_one_sealed_record(block):
    response = sign(block, answer_rank="Sergeant")
    assert response.status_code == 200
    html = response.json["html"]
    assert SIGNED in html and "data-dti-focus" in html
    [row] = rows(block)
    assert (row.user_id, row.username, row.full_name, row.signed_name) == (101, "reyes", "Ana Reyes", "Ana Reyes")
    assert row.course_key == "course-v1:DTI+DTI101+2026"
    assert seal.intact(row.document, row.document_hash)
    document = row.document
    assert document["title"] == "Our pledge"
    assert document["button"] == "Sign the pledge"
    assert [each["text"] for each in document["affirmations"]] == ["I know the law & my agency's policy.", "I will step in."]
    assert [each["value"] for each in document["answers"]] == ["Sunset Police Department", "Sergeant"]
    assert document["consent"]["disclosure_hash"] == seal.text_digest(document["consent"]["disclosure"])
    assert document["place"] == {"course": row.course_key, "block": row.usage_key, "title": ""}
    assert document["turn"] == row.turn == 1
    assert document["local_time"] == (row.signed_at - timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M:%S-05:00")
    assert document["signed_at"] == row.signed_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert seal.read_code(row.code) == row.code == document["code"]


def test_the_signed_page_shows_the_record(block):
    html = page(signed(block))
    [row] = rows(block)
    for text in (SIGNED, "Ana Reyes", row.code, row.document["signed_at"], seal.fingerprint(row.document_hash)):
        assert text in html
    assert "Sunset Police Department" in html and "Rank or title" not in html  # left empty
    assert "Download your signed pledge (PDF)" in html and f"pdf?code={row.code}" in html
    assert "<form" not in html


def test_the_record_is_told_in_plain_words(block):
    html = page(signed(block))
    [row] = rows(block)
    assert "Statements affirmed" in html and "selected the button “Sign the pledge.”" in html
    assert "By pressing" not in html and "ticking" not in html and "each by itself" not in html
    shown = html.replace(f'datetime="{row.document["signed_at"]}"', "")
    assert shown.count(row.document["signed_at"]) == 1 and shown.index("dti-pledge-small") < shown.index(
        row.document["signed_at"]
    )


def test_the_time_of_signing_is_written_as_the_language_writes_it(block, monkeypatch):
    monkeypatch.setattr(pledge_act, "datetime", SimpleNamespace(now=lambda zone: datetime(2026, 11, 23, 12, 46, tzinfo=zone)))
    mine = signed(block)
    assert "November 23, 2026, 12:46 p.m. UTC" in page(mine)
    code = rows(block)[0].code
    assert "November 23, 2026, 12:46 p.m. UTC" in get(mine, "printable", f"code={code}").text
    monkeypatch.undo()


def in_course(monkeypatch, title):
    """Give every pledge the parents that it has on the platform."""
    course = SimpleNamespace(scope_ids=SimpleNamespace(block_type="course"), display_name=title)
    unit = SimpleNamespace(scope_ids=SimpleNamespace(block_type="vertical"), get_parent=lambda: course)
    monkeypatch.setattr(PledgeBlock, "get_parent", lambda self: unit)


def test_the_course_is_named_by_its_title_and_its_staff_can_check_the_code(block, monkeypatch):
    in_course(monkeypatch, "Stepping In & <Up>")
    mine = signed(block)
    [row] = rows(block)
    for html in (page(mine), get(mine, "printable", f"code={row.code}").text):
        assert "<dt>Course</dt><dd><bdi>Stepping In &amp; &lt;Up&gt;</bdi></dd>" in html
        assert "Ask the course staff of “Stepping In &amp; &lt;Up&gt;” to check this code." in html
        assert f'Course on record: <span dir="ltr">{row.course_key}</span>' in html


@pytest.mark.parametrize(
    "get_parent",
    [lambda self: None, lambda self: self, lambda self: 1 / 0, lambda self: SimpleNamespace(scope_ids=None)],
    ids=["none", "loop", "fault", "odd"],
)
def test_where_no_title_can_be_had_the_course_key_stands(block, monkeypatch, get_parent):
    monkeypatch.setattr(PledgeBlock, "get_parent", get_parent)
    html = page(signed(block))
    assert "<dt>Course</dt><dd><bdi>course-v1:DTI+DTI101+2026</bdi></dd>" in html
    assert "Ask your course staff to check this code." in html


def test_the_courses_pledge_is_signed_on_the_first_of_two_pages(monkeypatch):
    in_course(monkeypatch, "Duty to Intervene")
    node = etree.parse(str(COURSE / "vertical/m09-pledge-item-u1.xml")).find(".//dti_pledge")
    block = make_block(PledgeBlock, inner_xml(node), display_name=node.get("display_name"))
    statements = [each.get("id") for each in node.iter("affirmation")]
    answers = {f"answer_{each.get('id')}": "Metropolitan Police Department of Sunset County" for each in node.iter("field")}
    mine = signed(block, affirm=statements, name="Ana Okafor", reason="A name changed by marriage in May", **answers)
    [row] = rows(block)
    reader = pypdf.PdfReader(io.BytesIO(get(mine, "pdf", f"code={row.code}").body))
    first, second = (" ".join(page.extract_text().split()) for page in reader.pages)
    assert "Duty to Intervene" in first and "Ana Okafor" in first and "told before agreeing" in first
    assert row.code in second and row.document_hash[:40] in second


def test_signing_gives_the_point_and_the_completion(block):
    sign(block)
    place = block.runtime.place
    assert place.events("grade") == [{"value": 1.0, "max_value": 1.0}]
    assert place.events("completion") == [{"completion": 1.0}]
    assert place.events("dti.pledge.signed") == [{"wording_hash": rows(block)[0].wording_hash, "language": "en", "turn": 1}]
    assert block.max_score() == 1 and block.has_score and block.weight == 1.0


def test_the_event_holds_nothing_personal(block):
    sign(block)
    assert "reyes" not in json.dumps(block.runtime.place.events("dti.pledge.signed")).lower()


def test_signing_twice_is_signing_once(block):
    form = pledge_form(block)
    tab = again(block)
    assert post(block, "sign", form).status_code == 200
    second = post(tab, "sign", form)
    assert second.status_code == 200 and SIGNED in second.json["html"]
    assert len(rows(block)) == 1
    assert len(block.runtime.place.events("dti.pledge.signed")) == 1


def test_a_second_tab_with_an_empty_form_shows_what_is_signed(block):
    sign(block)
    response = post(again(block), "sign", {})
    assert response.status_code == 200 and SIGNED in response.json["html"]


def test_a_signature_that_another_process_added_meanwhile_is_shown(block, monkeypatch):
    form = pledge_form(block)
    add = pledges.add

    def late(draft, new_code):
        add(draft, new_code)  # the other process is a moment faster
        return add(draft, new_code)

    monkeypatch.setattr(pledges, "add", late)
    response = post(block, "sign", form)
    assert response.status_code == 200 and SIGNED in response.json["html"]
    assert len(rows(block)) == 1


def test_two_people_sign_for_themselves(block):
    signed(block, LEARNER)
    assert "<form" in page(again(block, OTHER))
    signed(block, OTHER)
    assert {row.username for row in rows(block)} == {"reyes", "okafor"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"affirm": ["law"]}, "Affirm the statement “I will step in.”"),
        ({"affirm": None}, "2 are not checked, the first is “I know the law & my agency's policy.”"),
        ({"answer_agency": "  "}, "Fill in “Agency”."),
        ({"name": ""}, "Type your full name."),
        ({"name": "Bo Diaz"}, "not the one on your account, Ana Reyes"),
        ({"answer_agency": "x" * 201}, "“Agency” is too long: at most 200"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_recorded(block, change, words):
    response = sign(block, **change)
    assert response.status_code == 400
    assert words in response.json["error"]
    assert rows(block) == [] and block.runtime.place.events("grade") == []


def test_all_that_is_missing_is_named_at_once(block):
    error = sign(block, affirm=None, answer_agency=None, name=None).json["error"]
    for words in ("The pledge is not signed yet.", "2 are not checked", "“Agency”", "full name"):
        assert words in error


def test_another_name_is_recorded_with_its_reason(block):
    assert sign(block, name="Ana Okafor", reason="Married in May").status_code == 200
    [row] = rows(block)
    assert row.signed_name == "Ana Okafor" and row.full_name == "Ana Reyes"
    assert row.document["signature"]["name_differs"] is True
    assert "Married in May" in page(again(block))


def test_a_tolerated_name_needs_no_reason(block):
    assert sign(block, name="REYES, ana m.").status_code == 200
    assert rows(block)[0].document["signature"]["name_differs"] is False


def test_an_account_without_a_name_may_sign_with_any_name(block):
    nameless = again(block, Person(LEARNER.user_id, "reyes"))
    assert "why does it differ" not in agree(nameless).json["html"]
    assert sign(nameless, name="Ana Reyes").status_code == 200
    assert rows(block)[0].document["signer"]["account_name"] == ""


@pytest.mark.parametrize(
    "name", ["Zoë Đặng-O’Neill", "محمد عبد الله", "山田 太郎", "Ana 👮🏽 Reyes", "<b>Ana</b> Reyes", "{{ x }} Ana"]
)
def test_names_of_every_script_are_kept_and_shown_as_text(block, name):
    assert sign(block, name=name, reason="My name").status_code == 200
    assert rows(block)[0].signed_name == name
    html = page(again(block))
    assert "<b>Ana" not in html
    assert translation.gettext("Signature") and name.split()[-1] in html


def test_control_characters_never_reach_the_record(block):
    assert sign(block, name="Ana\x00 \u202eReyes\r\n", answer_agency="P\x07D").status_code == 200
    [row] = rows(block)
    assert row.signed_name == "Ana Reyes"
    assert row.document["answers"][0]["value"] == "P D"


# -- what was shown ----------------------------------------------------------------------------------------------------


def edited(block, old, new, **changes):
    """The same block after the author has changed its words."""
    place = block.runtime.place
    place.authoring = True
    author = again(block, STAFF)
    assert old in author.content
    author.content = author.content.replace(old, new)
    author.save()
    place.authoring = False
    return again(block, **changes)


def test_a_wording_that_changed_while_it_was_read_is_not_signed(block):
    form = pledge_form(block)
    response = post(edited(block, "step in", "step back"), "sign", form)
    assert response.status_code == 409
    assert "has changed since you opened this page" in response.json["error"]
    assert rows(block) == []


def test_a_language_that_changed_meanwhile_is_not_signed(block):
    form = pledge_form(block)
    with translation.override("es"):
        assert post(block, "sign", form).status_code == 409
    assert rows(block) == []


def test_the_language_of_the_page_is_on_record(block):
    with translation.override("es"):
        assert sign(block).status_code == 200
    assert rows(block)[0].language == rows(block)[0].document["language"] == "es"


def test_a_new_wording_may_be_signed_and_the_old_record_is_shown(block):
    signed(block)
    [old] = rows(block)
    changed = edited(block, "I will step in.", "I will always step in.")
    html = page(changed)
    assert "The wording of this pledge has changed" in html and old.code in html
    assert sign(changed).status_code == 200
    assert [row.document["affirmations"][1]["text"] for row in rows(block)] == ["I will step in.", "I will always step in."]
    html = page(again(block))
    assert SIGNED in html and "What you signed before" in html and old.code in html


def test_a_further_question_does_not_ask_for_a_new_signature(block):
    signed(block)
    assert SIGNED in page(edited(block, 'label="Rank or title"', 'label="Rank"'))


def test_the_old_record_keeps_its_words_and_title(block):
    mine = signed(block)
    before = rows(block)[0].document
    edited(block, "I will step in.", "Something else.")
    body = get(mine, "printable", f"code={before['code']}").text
    assert "I will step in." in body and "Something else." not in body and "<h1>Our pledge</h1>" in body


# -- the record is what counts -----------------------------------------------------------------------------------------


def test_a_reset_of_the_learners_state_loses_nothing(block):
    signed(block)
    place = block.runtime.place
    for key in [key for key in place.store.db_dict if "reported" in str(key)]:
        del place.store.db_dict[key]
    place.published.clear()
    assert SIGNED in page(again(block))
    assert place.events("grade") == [{"value": 1.0, "max_value": 1.0}]
    assert place.events("completion") == [{"completion": 1.0}]
    page(again(block))
    assert len(place.events("grade")) == 1


def test_a_signature_is_shown_when_its_grade_cannot_be_reported(block, monkeypatch):
    monkeypatch.setattr(pledge_block, "publish_grade", lambda *args: 1 / 0)
    response = sign(block)
    assert response.status_code == 200 and SIGNED in response.json["html"]
    monkeypatch.undo()
    page(again(block))
    assert block.runtime.place.events("grade") == [{"value": 1.0, "max_value": 1.0}]


def test_a_database_that_fails_is_a_sentence_and_no_signature(block, monkeypatch):
    form = pledge_form(block)

    def broken(*args):
        raise RecordsUnavailableError("gone")

    monkeypatch.setattr(pledges, "add", broken)
    response = post(block, "sign", form)
    assert response.status_code == 503 and "cannot be recorded twice" in response.json["error"]
    assert block.runtime.place.events("grade") == []


def test_missing_tables_are_a_notice(block, monkeypatch):
    def broken(*args):
        raise RecordsUnavailableError("no such table")

    monkeypatch.setattr(pledges, "of_learner", broken)
    assert "cannot be signed right now" in page(block)
    assert "migrations of dti_records" in page(again(block, STAFF))


# -- who may -----------------------------------------------------------------------------------------------------------


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


# -- copies ------------------------------------------------------------------------------------------------------------


def test_the_page_for_printing_says_what_the_screen_says(block):
    mine = signed(block, name="Ana Okafor", reason="Married in May")
    [row] = rows(block)
    response = get(mine, "printable", f"code={row.code}")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == "inline"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert 'lang="en" dir="ltr"' in response.text
    assert record_words(page(mine).partition("(opens in a new tab)")[2]) == record_words(response.text.partition("</h1>")[2])
    assert row.document_hash in response.text


def record_words(html):
    """The words of the shared part: from after the heading or buttons to the end of the consent."""
    return re.sub(r"<[^>]+>", " ", html.partition("</q>")[0]).split()


def test_the_pdf_is_made_from_the_same_page(block, monkeypatch):
    mine, made = signed(block), {}
    [row] = rows(block)

    def fake(html, *, title, **_more):
        made.update(html=html, title=title)
        return b"%PDF-"

    monkeypatch.setattr(pledge_copy, "render_pdf", fake)
    response = get(mine, "pdf", f"code={row.code}")
    assert (response.status_code, response.content_type, response.body) == (200, "application/pdf", b"%PDF-")
    assert f'filename="pledge-{row.code}.pdf"' in response.headers["Content-Disposition"]
    assert made == {"html": get(mine, "printable", f"code={row.code}").text, "title": "Our pledge"}


def test_a_real_pdf_holds_name_code_and_statements(block):
    mine = signed(block)
    [row] = rows(block)
    reader = pypdf.PdfReader(io.BytesIO(get(mine, "pdf", f"code={row.code}").body))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in ("Our pledge", "Ana Reyes", row.code, "I will step in.", row.document["signed_at"]):
        assert words in text
    assert reader.metadata.title == "Our pledge"


def test_the_same_pdf_is_made_any_time_and_in_the_language_of_signing(block):
    with translation.override("es"):
        mine = signed(block)
    [row] = rows(block)
    first = get(mine, "printable", f"code={row.code}").text
    with translation.override("de"):
        assert get(again(block), "printable", f"code={row.code}").text == first
    assert 'lang="es"' in first


def test_a_server_without_weasyprint_says_so(block, monkeypatch):
    def unavailable(*args, **kwargs):
        raise PdfUnavailableError("Install WeasyPrint.")

    monkeypatch.setattr(pledge_copy, "render_pdf", unavailable)
    mine = signed(block)
    query = f"code={rows(block)[0].code}"
    assert "page for printing" in get(mine, "pdf", query, json=True).json["error"]
    response = get(again(block, STAFF), "pdf", query, json=True)
    assert response.status_code == 503 and response.json["error"] == "Install WeasyPrint."


def test_copies_are_for_the_signer_and_for_staff(block):
    signed(block)
    query = f"code={rows(block)[0].code}"
    for handler in ("pdf", "printable", "printable_file"):
        assert get(again(block, OTHER), handler, query).status_code == 404
        assert get(again(block, ANONYMOUS), handler, query).status_code == 403
        assert get(again(block, LEARNER), handler, "code=0000-0000-0000-0000").status_code == 404
        assert get(again(block, LEARNER), handler).status_code == 404
    assert get(again(block, STAFF), "printable", query).status_code == 200


def test_a_record_of_another_block_is_not_served(block):
    signed(block)
    elsewhere = make_block(PledgeBlock, PLEDGE_OLX)
    assert get(elsewhere, "printable", f"code={rows(block)[0].code}").status_code == 404


# -- the steps before ---------------------------------------------------------------------------------------------------


def events(block):
    return [event.kind for event in pledge_events.of_learner(LEARNER.user_id, str(block.scope_ids.usage_id))]


def test_opening_is_recorded_once(block):
    page(block)
    page(again(block))
    assert events(block) == ["opened"]
    assert block.runtime.place.events("dti.pledge.opened") == [{"turn": 1}]


def test_the_agreement_is_an_event_with_the_words_that_were_shown(block):
    html = agree(block).json["html"]
    assert "Affirm and sign" in html and "You agreed to sign electronically" in html
    event = pledge_events.of_learner(LEARNER.user_id, str(block.scope_ids.usage_id))[-1]
    details = event.document["details"]
    assert event.kind == "consented" and details["statement"] in page(make_block(PledgeBlock, PLEDGE_OLX))
    assert details["disclosure_hash"] == seal.text_digest(details["disclosure"])
    assert sign(block).status_code == 200
    consent = rows(block)[0].document["consent"]
    assert consent["given_at"] == event.document["at"] and consent["disclosure_hash"] == details["disclosure_hash"]


def test_agreeing_twice_is_one_event(block):
    form = {"shown": shown(block), "consent": "yes"}
    tab = again(block)
    assert post(block, "agree", form).status_code == post(tab, "agree", form).status_code == 200
    assert events(block) == ["opened", "consented"]


@pytest.mark.parametrize("consent", [None, "no", ""])
def test_nobody_agrees_without_checking_the_box(block, consent):
    response = agree(block, consent=consent)
    assert response.status_code == 400 and "Check the box" in response.json["error"]
    assert events(block) == ["opened"]


def test_an_agreement_may_be_taken_back_and_given_again(block):
    form = pledge_form(block)
    html = post(block, "take_back", {}).json["html"]
    assert "I agree to sign electronically" in html and "Affirm and sign" not in html
    response = post(again(block), "sign", form)
    assert response.status_code == 409 and "took it back" in response.json["error"]
    assert sign(again(block)).status_code == 200
    assert events(block) == ["opened", "consented", "taken-back", "consented"]


def test_an_agreement_to_another_disclosure_does_not_count(block, monkeypatch):
    agree(block)
    monkeypatch.setattr(pledge_words, "DISCLOSURE_VERSION", "99")
    assert "I agree to sign electronically" in page(again(block))
    assert sign(again(block)).status_code == 200
    assert rows(block)[0].document["consent"]["disclosure_version"] == "99"


def test_the_end_of_reading_is_recorded_with_the_time_in_view(block, monkeypatch):
    page(block)
    later = datetime.now(UTC) + timedelta(seconds=100)
    monkeypatch.setattr(pledge_act, "datetime", SimpleNamespace(now=lambda zone: later))
    assert read_to_end(block, seconds="40", by="scroll").status_code == 200
    assert sign(block).status_code == 200
    reading = rows(block)[0].document["reading"]
    assert reading["seconds"] == 40 and reading["opened_at"] < reading["ended_at"]


@pytest.mark.parametrize(("told", "kept"), [("999999", 100), ("-5", 0), ("x", 0), ("", 0)])
def test_nobody_reads_longer_than_the_page_was_open(block, monkeypatch, told, kept):
    page(block)
    opened = rows_of_events(block)[0].at
    monkeypatch.setattr(pledge_act, "datetime", SimpleNamespace(now=lambda zone: opened + timedelta(seconds=100)))
    read_to_end(block, seconds=told)
    assert rows_of_events(block)[-1].document["details"]["seconds"] == kept


def rows_of_events(block):
    return pledge_events.of_learner(LEARNER.user_id, str(block.scope_ids.usage_id))


def test_scrolling_to_the_end_is_recorded_as_what_it_is(block):
    page(block)
    assert read_to_end(block, by="scroll").status_code == 200
    assert read_to_end(again(block), by="scroll").status_code == 200
    assert events(block) == ["opened", "ended"]
    html = page(signed(block))
    assert "came to its end on" in html and "said on" not in html
    assert rows(block)[0].document["reading"]["by"] == "scroll"


def test_where_reading_is_required_scrolling_is_not_enough(monkeypatch):
    block = make_block(PledgeBlock, PLEDGE_OLX, require_reading=True, gate_block="final", gate_percent=80)
    monkeypatch.setattr(pledge_act, "result_of", lambda *args: Result("Final assessment", 0.9, True))
    form = {"shown": shown(block), "seconds": "3", "by": "scroll"}
    monkeypatch.setattr(pledge_act, "result_of", lambda *args: Result("Final assessment", 0.1, True))
    assert "data-dti-end" not in page(again(block))
    assert post(again(block), "read_to_end", form).status_code == 200
    monkeypatch.setattr(pledge_act, "result_of", lambda *args: Result("Final assessment", 0.9, True))
    html = page(again(block))
    assert "I have read the pledge to the end" in html and "agree to sign electronically</button>" not in html
    assert agree(again(block)).status_code == 409
    html = page(signed(again(block)))
    assert "said on" in html and rows(block)[0].document["reading"]["by"] == "button"


def test_the_page_says_what_is_kept_of_where_it_is_signed_from(block):
    assert "network address and the browser" in agree(block).json["html"]
    with override_settings(DTI_PLEDGE_KEEP_ADDRESS=False):
        assert "So is the browser that you sign with." in page(again(block))
    with override_settings(DTI_PLEDGE_KEEP_ADDRESS=False, DTI_PLEDGE_KEEP_BROWSER=False):
        assert "browser that you" not in page(again(block))


def test_where_reading_is_required_it_comes_first():
    block = make_block(PledgeBlock, PLEDGE_OLX, require_reading=True)
    html = page(block)
    assert "I have read the pledge to the end" in html and "agree to sign electronically</button>" not in html
    response = agree(block)
    assert response.status_code == 409 and "Read the pledge to its end first" in response.json["error"]
    html = read_to_end(block).json["html"]
    assert "I agree to sign electronically</button>" in html
    assert sign(block).status_code == 200


# -- gates --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (None, "cannot be checked right now"),
        (Result("", None, False), "cannot be found in this course"),
        (Result("Final assessment", None, True), "at least 80%. You have no result there yet."),
        (Result("Final assessment", 0.7999, True), "at least 80%. You have 79% so far."),
        (Result("Final assessment", 0.7999, True, told=False), "at least 80%. Your result there is not enough yet."),
    ],
)
def test_a_gate_says_what_is_missing_and_holds(monkeypatch, result, words):
    block = make_block(PledgeBlock, PLEDGE_OLX, gate_block="final", gate_percent=80)
    monkeypatch.setattr(pledge_act, "result_of", lambda *args: Result("Final assessment", 0.8, True))
    form = pledge_form(block)
    monkeypatch.setattr(pledge_act, "result_of", lambda *args: result)
    html = page(again(block))
    assert words in html and "You can read the pledge already." in html and "<button" not in html
    for handler in ("agree", "sign"):
        if handler == "agree":
            post(again(block), "take_back", {})
        response = post(again(block), handler, form)
        assert response.status_code == 409
    assert rows(block) == []


def test_a_gate_that_is_passed_lets_sign(monkeypatch):
    block = make_block(PledgeBlock, PLEDGE_OLX, gate_block="final", gate_percent=80)
    monkeypatch.setattr(pledge_act, "result_of", lambda *args: Result("Final assessment", 0.8, True))
    assert sign(block).status_code == 200


def test_a_day_to_come_holds():
    block = make_block(PledgeBlock, PLEDGE_OLX, opens_on="2199-01-15")
    html = page(block)
    assert "can be signed from January 15, 2199 on" in html and "<button" not in html
    assert "can be signed" not in page(make_block(PledgeBlock, PLEDGE_OLX, opens_on="2020-01-15T08:00"))


# -- terms --------------------------------------------------------------------------------------------------------------


def test_a_pledge_that_runs_out_is_signed_again_and_the_old_record_stays(monkeypatch):
    block = make_block(PledgeBlock, PLEDGE_OLX, valid_months=12, remind_days=30)
    mine = signed(block)
    [first] = rows(block)
    assert first.valid_until == standing.months_later(first.signed_at, 12)
    assert "It is valid until" in page(mine)

    def at(when):
        monkeypatch.setattr(pledge_act, "datetime", SimpleNamespace(now=lambda zone: when))

    at(first.valid_until - timedelta(days=31))
    assert "<form" not in page(again(block))
    at(first.valid_until - timedelta(days=29))
    html = page(again(block))
    assert "It runs out on" in html and "You may sign again now" in html and "I agree to sign electronically" in html
    at(first.valid_until)
    html = page(again(block))
    assert "Your signature ran out on" in html and SIGNED not in html and first.code in html
    assert sign(again(block)).status_code == 200
    assert [row.turn for row in rows(block)] == [1, 2]
    assert rows(block)[0].document == first.document
    html = page(again(block))
    assert SIGNED in html and "What you signed before" in html


def test_a_withdrawn_pledge_may_be_signed_again(block):
    mine = signed(block)
    [row] = pledges.of_learner(LEARNER.user_id, str(block.scope_ids.usage_id))
    pledges.withdraw(row, STAFF.user_id, STAFF.username, "Signed by mistake", datetime.now(UTC))
    html = page(mine)
    assert "Your last signature was withdrawn" in html and "Signed by mistake" not in html and "withdrawn" in html
    assert sign(again(block)).status_code == 200
    assert [row.turn for row in rows(block)] == [1, 2]


def test_a_first_form_sent_again_after_the_second_turn_signs_nothing(block):
    form = pledge_form(block)
    post(block, "sign", form)
    edited(block, "I will step in.", "I will always step in.")
    response = post(again(block), "sign", form)
    assert response.status_code == 200 and len(rows(block)) == 1


# -- drawing ------------------------------------------------------------------------------------------------------------


def test_a_drawing_is_part_of_the_record_and_shown_as_vector(block):
    drawn = "[[[10, 20], [300, 200], [500, 40]]]"
    assert sign(block, strokes=drawn).status_code == 200
    [row] = rows(block)
    assert row.method == "drawn" and row.document["signature"]["strokes"] == json.loads(drawn)
    assert "M10 20L300 200L500 40" in page(again(block))


@pytest.mark.parametrize(
    ("drawn", "words"),
    [("[[[1,2]]]", "too small"), ("x", "damaged"), ('[[["<b>", 1]]]', "damaged"), ("[" * 70000, "too large")],
)
def test_a_drawing_that_cannot_be_kept_is_refused_with_a_way_out(block, drawn, words):
    response = sign(block, strokes=drawn)
    assert response.status_code == 400 and words in response.json["error"]
    assert rows(block) == []


def test_where_drawing_is_off_none_is_kept():
    block = make_block(PledgeBlock, PLEDGE_OLX, allow_drawing=False)
    assert sign(block, strokes="[[[10, 20], [300, 200]]]").status_code == 200
    assert rows(block)[0].method == "typed" and rows(block)[0].document["signature"]["strokes"] == []


# -- where from ---------------------------------------------------------------------------------------------------------


def asked_from(monkeypatch, address):
    user = SimpleNamespace(pk=LEARNER.user_id, is_authenticated=True)
    meta = {"REMOTE_ADDR": address, "HTTP_USER_AGENT": "Browser/1 \u202e\x00"}
    monkeypatch.setattr(
        crum,
        "get_current_request",
        lambda: SimpleNamespace(user=user, META=meta, scheme="https", get_host=lambda: "lms.example.org"),
    )
    monkeypatch.setattr("dti_xblocks.platform.csrf.token", lambda: "")


def test_address_and_browser_are_kept_beside_the_document_which_holds_their_hash(block, monkeypatch):
    asked_from(monkeypatch, "192.0.2.7")
    assert sign(block).status_code == 200
    [row] = rows(block)
    assert row.private["address"] == "192.0.2.7" and row.private["browser"] == "Browser/1 ??"
    assert row.document["origin"] == seal.commitment(row.private)
    assert "192.0.2.7" not in json.dumps(row.document)


def test_each_can_be_switched_off(block, monkeypatch):
    asked_from(monkeypatch, "192.0.2.7")
    with override_settings(DTI_PLEDGE_KEEP_ADDRESS=False, DTI_PLEDGE_KEEP_BROWSER=False):
        assert sign(block).status_code == 200
    [row] = rows(block)
    assert row.private is None and row.document["origin"] == ""


# -- without a script, and rough handling ------------------------------------------------------------------------------


def test_a_plain_form_leads_back_to_its_page(block):
    response = post(block, "sign", pledge_form(block), json=False, referer="http://localhost/unit")
    assert (response.status_code, response.location) == (303, "http://localhost/unit")


def test_a_plain_form_that_lacks_something_says_how_to_get_back_to_the_entries(block):
    response = post(block, "sign", pledge_form(block, name=""), json=False)
    assert response.status_code == 400
    assert "Type your full name." in response.text and "Back button" in response.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["shown", "affirm", "answer-agency", "answer-rank", "consent", "name", "reason", "x"]),
            st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(["law", "act", "yes", "Ana Reyes"]),
        ),
        max_size=12,
    ),
    st.booleans(),
)
def test_no_form_makes_the_handler_fail(block, pairs, real_shown):
    form = pairs + ([pledge_form(block)[0]] if real_shown and "<form" in page(block) else [])
    assert post(again(block), "sign", form).status_code in (200, 400, 409)


def test_a_file_in_place_of_text_is_refused(block):
    request = Request.blank(
        "/handler/sign",
        POST={"shown": dict(pledge_form(block))["shown"], "name": ("evil.txt", b"Ana Reyes"), "affirm": ("a", b"law")},
    )
    request.headers["Accept"] = "application/json"
    response = block.runtime.handle(block, "sign", request)
    assert response.status_code == 400 and "damaged" in response.json["error"]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"name": "Ana"}'),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("application/x-www-form-urlencoded", b"name=%ff%fe&shown=%ED%A0%80&%"),
        ("text/plain", b"\x00\xff"),
    ],
)
def test_a_damaged_request_is_refused(block, content_type, body):
    request = Request.blank("/handler/sign", method="POST", body=body, content_type=content_type)
    request.headers["Accept"] = "application/json"
    response = block.runtime.handle(block, "sign", request)
    assert 400 <= response.status_code < 500
    assert rows(block) == []


# -- authoring ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", ["", "<preamble><p>Why.</p></preamble>", PLEDGE_OLX.replace('"act"', '"law"')])
def test_an_unsound_pledge_cannot_be_signed_and_staff_learn_why(content):
    block = make_block(PledgeBlock, content)
    html = page(block)
    assert "being edited" in html and "PL0" not in html
    assert "PL0" in page(again(block, STAFF))
    assert "being edited" in sign_raw(block).json["error"]
    assert block.problems()


def sign_raw(block):
    response = post(block, "sign", {})
    assert response.status_code == 400
    return response


def test_content_that_cannot_be_read_keeps_what_was_signed(block):
    signed(block)
    broken = edited(block, "<closing>", "<closing")
    html = page(broken)
    assert "being edited" in html and rows(block)[0].code in html
    assert "PL000" in page(again(block, STAFF))


def test_problems_stand_once_on_the_page_in_studio():
    html = page(make_block(PledgeBlock, "", studio=True, user=STAFF), "author_view")
    assert html.count("PL001") == 1


def test_content_that_is_no_xml_is_not_saved():
    with pytest.raises(ValueError, match="line 1"):
        PledgeBlock.clean_content("<preamble>")
    assert PledgeBlock.clean_content(PLEDGE_OLX) == PLEDGE_OLX


@pytest.mark.parametrize(
    "content", [PLEDGE_OLX, "<preamble/>", '<!-- note -->\n  <affirmation id="a">é &lt; <em>x</em></affirmation>']
)
def test_the_content_survives_the_round_trip_to_the_byte(content):
    assert runtime.exported(make_block(PledgeBlock, content)) == content


def test_the_edit_form_is_shown(block):
    html = page(again(block, STAFF, studio="handler"), "studio_view")
    assert "Our pledge" in html and "affirmation" in html and 'name="weight"' in html


def test_apps_and_search_get_the_words(block):
    assert block.student_view_data() == {
        "title": "Our pledge",
        "statements": ["I know the law & my agency's policy.", "I will step in."],
    }
    content = block.index_dictionary()["content"]
    assert content["display_name"] == "Our pledge" and "people trust me. I know the law" in content["pledge"]


def test_few_queries_are_enough(block):
    page(block)
    with CaptureQueriesContext(
        connection,
    ) as reading:
        page(again(block))
    assert len(reading) <= 2
    form = pledge_form(block)
    with CaptureQueriesContext(connection) as signing:
        post(again(block), "sign", form)
    # Half of them are the chain's: what is pending is linked and signed when the signature stands.
    assert len(signing) <= 25


def test_the_page_shows_even_when_something_of_ours_breaks(block, monkeypatch):
    monkeypatch.setattr(PledgeBlock, "_screen", lambda *args: 1 / 0)
    assert "could not be shown" in page(block)
