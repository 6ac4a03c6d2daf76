"""The pledge's editor, server side: the page, the check and the preview."""

import html
import re

import pytest
from webob import Request

from dti_xblocks.pledge import rules, starter
from dti_xblocks.records.models import PledgeEvent, SignedPledge
from dti_xblocks.studio.kit.form import form_words
from dti_xblocks.studio.pledge import editor as pledge_editor
from dti_xblocks.studio.pledge.words import pledge_words
from tests.browser_words import said_in
from tests.pledge.samples import PLEDGE
from tests.runtime import ANONYMOUS, LEARNER, STAFF, again, get, page
from tests.studio.pages import data_of
from tests.studio.pledge.editing import CHANGED, asked, hash_of, make


def test_the_page_is_a_form_that_stands_alone():
    block = make()
    markup = page(block, "studio_view")
    assert '<form method="post"' in markup and 'type="submit"' in markup
    text = re.search(r'<textarea[^>]* name="content"[^>]*>\n(.*?)</textarea>', markup, re.DOTALL)[1]
    assert html.unescape(text) == block.content == PLEDGE
    names = {name for name, _label, _help in block.studio_settings}
    assert names >= {"display_name", "weight", *rules.SETTINGS, "require_reading", "allow_drawing"}
    for name in names:
        assert f'name="{name}"' in markup
    assert re.search(r'<textarea[^>]* name="certificate_text"', markup), "it has several lines"


def test_the_script_gets_what_it_needs_to_begin():
    block = make()
    data = data_of(page(block, "studio_view"))
    assert data["block"] == str(block.scope_ids.usage_id) and "studio_check" in data["check"]
    assert data["starter"] == starter.text() and data["gates"] == []
    assert data["checked"]["problems"] == [] and data["checked"]["signed"] == {"people": 0, "current": 0}
    assert data["checked"]["wording"] == {"now": hash_of(PLEDGE), "saved": hash_of(PLEDGE)}


def test_the_scripts_data_cannot_leave_its_element_or_be_taken_for_addresses():
    markup = page(make('<preamble><p>&lt;/script>&lt;script> "/static/x"</p></preamble>'), "studio_view")
    raw = re.search(r"data-dti-data>(.*?)</script>", markup, re.DOTALL)[1]
    assert not set("<>&'") & set(raw)
    assert '\\"' not in raw, "the platform rewrites what follows a quote and looks like an address"


def test_every_word_that_the_script_says_is_there():
    words = {**form_words(), **pledge_words()}
    assert said_in("pledge-studio") - set(words) == set()
    kinds = {"preamble", "affirmation", "closing", "field", "other"}
    assert kinds <= set(words), "the dialog about two authors names what is different by its kind"


def test_every_word_is_said_somewhere():
    said = said_in("pledge-studio")
    built = {f"{kind}{part}" for kind in ("preamble", "closing") for part in ("", "Help")} | {"affirmation", "field", "other"}
    assert set(pledge_words()) - {"xml"} - built - said == set()


def test_the_check_answers_with_problems_and_the_learners_page():
    block = make()
    answer = asked(block, CHANGED, settings={"display_name": "New <title>", "opens_on": "soon"}).json
    (problem,) = answer["problems"]
    assert (problem["code"], problem["field"]) == ("PL014", "opens_on")
    assert problem["where"] == "Can be signed from", "as the form calls it"
    assert answer["wording"] == {"now": hash_of(CHANGED), "saved": hash_of(PLEDGE)}
    assert "New &lt;title&gt;" in answer["preview"]
    answer = asked(block, CHANGED).json
    assert "I will step in at once." in answer["preview"] and "Our pledge" in answer["preview"]
    assert "Sign the pledge" in answer["preview"]


def test_a_check_keeps_nothing():
    block = make()
    before = dict(block.runtime.place.store.db_dict)
    asked(block, CHANGED, settings={"display_name": "Another", "weight": "7"})
    assert dict(block.runtime.place.store.db_dict) == before
    assert again(block).content == PLEDGE and again(block).display_name == "Our pledge"
    assert not SignedPledge.objects.filter(usage_key=str(block.scope_ids.usage_id)).exists()
    assert not PledgeEvent.objects.filter(usage_key=str(block.scope_ids.usage_id)).exists()


def test_the_preview_is_cleaned_as_what_is_saved():
    bad = PLEDGE.replace("<preamble><p>", '<preamble><p onclick="x()"><script>alert(1)</script>')
    preview = asked(make(), bad).json["preview"]
    assert "script" not in preview and "onclick" not in preview and "I carry a badge" in preview


def test_what_is_no_xml_has_its_problem_and_no_preview():
    answer = asked(make(), "<preamble>").json
    assert [problem["code"] for problem in answer["problems"]] == ["PL000"]
    assert answer["preview"] == "" and answer["wording"]["now"] == ""


def test_a_pledge_that_cannot_be_signed_yet_is_shown_as_learners_would_find_it():
    assert "being edited" in asked(make(), "<preamble><p>Why.</p></preamble>").json["preview"]


@pytest.mark.parametrize(
    "body", [b"{}", b"[]", b"\xff", b'{"content": 1}', b'{"content": "", "settings": []}', b"[" * 100_000, b"null", b"x"]
)
def test_a_damaged_question_is_refused(body):
    request = Request.blank("/handler/studio_check", method="POST", body=body)
    answer = make().runtime.handle(make(), "studio_check", request)
    assert answer.status_code == 400 and "damaged" in answer.json["error"]


def test_values_that_are_none_of_their_fields_leave_the_preview_alone():
    settings = {"weight": "heavy", "valid_months": [], "remind_days": None, "nonsense": 1, "content": "x", "gate_percent": 1e400}
    answer = asked(make(), settings=settings)
    assert answer.status_code == 200 and "I will step in." in answer.json["preview"]


def test_a_question_is_for_authors_only():
    block = make()
    assert get(again(block), "studio_check").status_code == 405
    for person, place in ((LEARNER, {"may_write": False}), (ANONYMOUS, {"may_write": True}), (STAFF, {"studio": ""})):
        assert asked(again(block, person, **place)).status_code == 403


def test_too_much_is_not_looked_at(monkeypatch):
    monkeypatch.setattr(pledge_editor, "LARGEST", 10)
    assert asked(make()).status_code == 413
