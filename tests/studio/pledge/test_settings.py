"""The pledge's editor, server side: settings, the starter and the gates."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import etree

from dti_xblocks.content import inner_xml
from dti_xblocks.platform.subsections import graded_subsections
from dti_xblocks.pledge import olx, starter
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.studio.pledge import editor as pledge_editor
from tests.pledge.samples import PLEDGE
from tests.runtime import again, exported, page
from tests.studio.pages import data_of
from tests.studio.pledge.editing import asked, make, saved

COURSE = Path(__file__).parents[3] / "course_export"


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
