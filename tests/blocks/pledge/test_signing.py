"""The pledge block on a runtime that behaves as the platform does: its page, and signing it."""

import io
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pypdf
import pytest
from django.utils import translation
from lxml import etree

from dti_xblocks.content import inner_xml
from dti_xblocks.platform import clock
from dti_xblocks.pledge import seal
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records.pledge import pledges
from tests.blocks.pledge.at_work import SIGNED, rows, sign, signed
from tests.blocks_at_work import agree, pledge_form
from tests.runtime import ANONYMOUS, LEARNER, OTHER, Person, again, get, make_block, page, post

COURSE = Path(__file__).parents[3] / "course_export"


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
    assert "Download your signed pledge (PDF)" in html and f"pdf?pledge={row.id}" in html
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
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 23, 12, 46, tzinfo=UTC))
    mine = signed(block)
    assert "November 23, 2026, 12:46 p.m. UTC" in page(mine)
    number = rows(block)[0].id
    assert "November 23, 2026, 12:46 p.m. UTC" in get(mine, "printable", f"pledge={number}").text
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
    for html in (page(mine), get(mine, "printable", f"pledge={row.id}").text):
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


def test_the_courses_pledge_is_one_page_and_its_annex(monkeypatch):
    in_course(monkeypatch, "Duty to Intervene")
    node = etree.parse(str(COURSE / "vertical/m09-pledge-item-u1.xml")).find(".//dti_pledge")
    block = make_block(PledgeBlock, inner_xml(node), display_name=node.get("display_name"))
    statements = [each.get("id") for each in node.iter("affirmation")]
    answers = {f"answer_{each.get('id')}": "Metropolitan Police Department of Sunset County" for each in node.iter("field")}
    mine = signed(block, affirm=statements, name="Ana Okafor", reason="A name changed by marriage in May", **answers)
    [row] = rows(block)
    reader = pypdf.PdfReader(io.BytesIO(get(mine, "pdf", f"pledge={row.id}").body))
    first, second = (" ".join(page.extract_text().split()) for page in reader.pages)
    assert "Duty to Intervene" in first and "Ana Okafor" in first and "on my worst night" in first
    assert row.code in first and "told before agreeing" not in first
    assert row.code in second and "told before agreeing" in second and row.document_hash[:40] in second


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
