"""The server's side of the pledge editor: the page, its words, its check with the preview, saving, and new versions of the wording."""

import html
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import etree
from webob import Request

from dti_xblocks.content import inner_xml
from dti_xblocks.platform.subsections import graded_subsections
from dti_xblocks.pledge import olx, rules, starter
from dti_xblocks.pledge.wording import wording_hash
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.models import PledgeEvent, SignedPledge
from dti_xblocks.studio.kit.form import form_words
from dti_xblocks.studio.pledge import editor as pledge_editor
from dti_xblocks.studio.pledge.words import pledge_words
from tests.blocks_at_work import agree, pledge_form
from tests.browser_words import said_in
from tests.pledge.samples import PLEDGE
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, again, exported, get, make_block, page, post, post_json

COURSE = Path(__file__).parents[3] / "course_export"
CHANGED = PLEDGE.replace("I will step in.", "I will step in at once.")
REASKED = PLEDGE.replace('label="Rank or title"', 'label="Rank" format="9[9]"')


def make(content=PLEDGE, **options):
    return make_block(PledgeBlock, content, **{"studio": "handler", "display_name": "Our pledge", **options})


def data_of(markup: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" data-dti-data>(.*?)</script>', markup, re.DOTALL)[1])


def version_of(block) -> str:
    return re.search(r'data-version="(\w+)"', page(again(block), "studio_view"))[1]


def saved(block, content=PLEDGE, settings=None, **more):
    return post_json(
        again(block), "studio_save", {"settings": settings or {}, "content": content, "version": version_of(block), **more}
    )


def asked(block, content=PLEDGE, **more):
    return post_json(again(block), "studio_check", {"content": content, **more})


def hash_of(content: str) -> str:
    return wording_hash(olx.read(content))


def signed_by(block, *people):
    """`block` in Studio after `people` have signed it in the LMS."""
    for person in people:
        learner = again(block, person, studio="")
        agree(learner)
        assert post(learner, "sign", pledge_form(learner, name=person.full_name)).status_code == 200
    return again(block, STAFF, studio="handler")


# -- the page --------------------------------------------------------------------------------------------------------------


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


# -- the check and the preview ---------------------------------------------------------------------------------------------


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


# -- new versions of the wording -------------------------------------------------------------------------------------------


def test_without_signatures_the_wording_is_saved_at_once():
    block = make()
    assert saved(block, CHANGED).status_code == 200
    assert again(block).content == CHANGED


def test_changing_what_people_have_signed_must_be_confirmed_with_its_hash():
    block = signed_by(make(), LEARNER, OTHER)
    answer = saved(block, CHANGED)
    assert answer.status_code == 409 and again(block).content == PLEDGE
    asked_for = answer.json["confirm"]
    assert asked_for["hash"] == hash_of(CHANGED) and asked_for["short"] == hash_of(CHANGED)[:8]
    assert asked_for["was"] == hash_of(PLEDGE)[:8]
    assert (asked_for["people"], asked_for["current"], asked_for["again"]) == (2, 2, 2)
    assert "2 people" in asked_for["sentence"] and "content" not in answer.json
    for wrong in (True, "yes", hash_of(PLEDGE), "", None, ["x"]):
        assert saved(block, CHANGED, confirmed=wrong).status_code == 409
    assert saved(block, CHANGED, confirmed=asked_for["hash"]).status_code == 200
    assert again(block).content == CHANGED
    row = SignedPledge.objects.filter(usage_key=str(block.scope_ids.usage_id)).first()
    assert row.wording_hash == hash_of(PLEDGE) and "I will step in." in json.dumps(row.document)


def test_a_typo_in_the_closing_words_counts_and_a_question_or_setting_does_not():
    block = signed_by(make(), LEARNER)
    assert saved(block, PLEDGE.replace("freely", "freeley")).status_code == 409
    assert saved(block, REASKED, {"wording_label": "2027", "valid_months": 12}).status_code == 200
    assert again(block).wording_label == "2027"
    assert saved(block, PLEDGE.replace('id="act"', 'id="acts"')).status_code == 200, "a name of a statement is no wording"


def test_going_back_to_what_everybody_signed_needs_no_word():
    block = signed_by(make(), LEARNER)
    assert saved(block, CHANGED, confirmed=hash_of(CHANGED)).status_code == 200
    assert saved(block, PLEDGE).status_code == 200
    assert again(block).content == PLEDGE


def test_each_further_change_is_confirmed_anew():
    block = signed_by(make(), LEARNER)
    assert saved(block, CHANGED, confirmed=hash_of(CHANGED)).status_code == 200
    third = CHANGED.replace("at once", "now")
    answer = saved(block, third, confirmed=hash_of(CHANGED))
    assert answer.status_code == 409 and answer.json["confirm"]["current"] == 0


def test_what_is_cleaned_away_is_no_change():
    block = signed_by(make(), LEARNER)
    assert saved(block, PLEDGE.replace("trust</em>", "trust</em><script>x()</script>")).status_code == 200
    assert again(block).content == PLEDGE


def test_somebody_elses_version_is_told_before_the_wording_is_asked_about():
    block = signed_by(make(), LEARNER)
    body = {"settings": {}, "content": CHANGED, "version": version_of(block)}
    assert saved(block, REASKED).status_code == 200
    answer = post_json(again(block), "studio_save", body)
    assert answer.status_code == 409 and answer.json["content"] == REASKED and "confirm" not in answer.json


def test_who_may_not_author_learns_nothing_of_signatures():
    block = signed_by(make(), LEARNER)
    answer = saved(again(block, may_write=False), CHANGED)
    assert answer.status_code == 403 and "confirm" not in answer.json


def test_the_check_tells_how_many_have_signed():
    block = signed_by(make(), LEARNER, OTHER)
    assert asked(block, CHANGED).json["signed"] == {"people": 2, "current": 2}
    assert "People have signed this pledge" in page(block, "studio_view"), "also where the script does not start"


def test_records_that_cannot_be_reached_stop_no_author(monkeypatch):
    def fail(*args):
        raise RecordsUnavailableError("gone")

    block = make()
    monkeypatch.setattr(pledge_editor.pledges, "counts", fail)
    assert asked(block).json["signed"] is None
    assert saved(block, CHANGED).status_code == 200


def test_a_content_library_works_without_counts_and_gates(monkeypatch):
    block = make(key="library")
    monkeypatch.setattr(pledge_editor.pledges, "counts", lambda *args: pytest.fail("nobody signs in a library"))
    data = data_of(page(block, "studio_view"))
    assert data["checked"]["signed"] is None and data["gates"] == []
    assert "I will step in." in data["checked"]["preview"]
    assert saved(block, CHANGED, {"gate_block": "m09-final"}).status_code == 200
    assert again(block).content == CHANGED


# -- settings --------------------------------------------------------------------------------------------------------------


def test_settings_are_saved_as_they_were_written():
    block = make()
    settings = {
        "wording_label": " 2027 ", "require_reading": True, "allow_drawing": False, "gate_block": "m09-final", "gate_percent": "80",
        "opens_on": "2027-01-15", "valid_months": 12, "remind_days": 14, "certificate_text": "Riverside \r\n\r\nPolice\x07\r\n",
        "agency_logo": "/static/seal.png",
    }  # fmt: skip
    assert saved(block, settings=settings).json["problems"] == []
    now = again(block)
    assert now.certificate_text == "Riverside\n\nPolice"
    assert (now.wording_label, now.gate_percent, now.valid_months, now.allow_drawing) == ("2027", 80, 12, False)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"gate_percent": 101}, "0 to 100"),
        ({"valid_months": -1}, "0 to 1200"),
        ({"remind_days": 366}, "0 to 365"),
        ({"weight": "x"}, "x"),
    ],
)
def test_a_value_out_of_range_is_refused_with_its_range(settings, said):
    answer = saved(make(), settings=settings)
    assert answer.status_code == 400 and said in answer.json["error"]


def test_a_pledge_with_an_unreadable_date_cannot_be_signed():
    block = make(studio=False, opens_on="soon")
    assert [problem.code for problem in block.problems()] == ["PL014"]
    assert "being edited" in page(block)


def test_every_setting_survives_export_and_import_to_the_letter():
    settings = {
        "display_name": "Our <pledge> & \"word\"", "weight": 2.5, "wording_label": "2027", "require_reading": True,
        "allow_drawing": False, "gate_block": "m09-final", "gate_percent": 80, "opens_on": "2027-01-15T08:00", "valid_months": 12,
        "remind_days": 14, "certificate_text": 'Riverside "PD"\n\nDuty & honor', "agency_logo": "/static/seal.png",
    }  # fmt: skip
    block = make()
    assert saved(block, settings=settings).status_code == 200
    node = etree.Element("dti_pledge")
    again(block).add_xml_to_node(node)
    back = PledgeBlock.parse_xml(etree.fromstring(etree.tostring(node)), again(make(ODD)).runtime, block.scope_ids)
    assert {name: getattr(back, name) for name in settings} == settings
    assert back.content == PLEDGE


ODD = """
  <!-- agreed with the union, 2026 -->
  <preamble><p>Why &amp; how.</p></preamble>
  <affirmation id="law" note="kept">I know
      the law.</affirmation>
  <field id="post" label="POST number" format="9999[99]" hint="On your card"/><field id="shift" label="Shift"><option>Day</option><!-- x --><option>Night</option></field>
  <odd a="b"/>
"""


def test_what_is_exported_is_what_was_written_strays_and_comments_and_all():
    block = make(ODD)
    assert exported(again(block)) == ODD
    assert saved(block, ODD).status_code == 200
    assert again(block).content == ODD == exported(again(block))


# -- the starter and the gates ---------------------------------------------------------------------------------------------


def test_the_starter_is_the_pledge_of_our_course():
    tree = etree.parse(str(COURSE / "vertical/m09-pledge-item-u1.xml"))
    ours = olx.read(inner_xml(tree.find("dti_pledge")))
    assert olx.read(starter.text()) == ours
    assert olx.examine(starter.text())[1] == []
    assert "[" not in starter.text() and "TODO" not in starter.text()


def node(kind, name, *children, graded=False, title=""):
    """A block of a course, as far as the walk to the subsections asks."""
    made = SimpleNamespace(
        scope_ids=SimpleNamespace(block_type=kind, usage_id=SimpleNamespace(block_id=name, block_type=kind)),
        display_name=title, graded=graded, has_children=bool(children), parent=None,
    )  # fmt: skip
    for child in children:
        child.parent = made
    made.get_parent = lambda: made.parent
    made.get_children = lambda wanted: [child for child in children if wanted(child.scope_ids.usage_id)]
    return made


def test_the_graded_subsections_of_the_course_are_known_by_title(monkeypatch):
    pledge = node("dti_pledge", "p")
    node(
        "course", "c",
        node("chapter", "one", node("sequential", "s1", graded=True, title="Quiz  1"), node("sequential", "s2"), title="One"),
        node("chapter", "two", node("sequential", "s3", graded=True), node("sequential", "s4", node("vertical", "v", pledge), graded=True)),
    )  # fmt: skip
    monkeypatch.setattr("dti_xblocks.platform.subsections.course_key", lambda block: "course-v1:x")
    assert graded_subsections(pledge) == [("s1", "One: Quiz 1"), ("s3", "s3")], "not its own"


def test_a_runtime_that_gives_no_course_has_no_subsections():
    assert graded_subsections(make()) is None
    assert graded_subsections(make(key="word")) is None


def test_a_gate_that_the_course_does_not_have_is_told(monkeypatch):
    monkeypatch.setattr(pledge_editor, "graded_subsections", lambda block: [("final", "Final")])
    block = make(gate_block="a-problem")
    assert data_of(page(block, "studio_view"))["gates"] == [["final", "Final"]]

    def codes(gate):
        return [problem["code"] for problem in asked(block, settings={"gate_block": gate}).json["problems"]]

    assert codes("final") == [] == codes("a-problem"), "what is saved already may be any block"
    assert codes("finale") == ["PL016"]
