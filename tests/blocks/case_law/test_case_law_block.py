"""The case-law block, through a runtime that behaves as Open edX does: the list, authors' mistakes, Studio, reports.

Reading, notes, packets and the editor have files of their own.
"""

import csv
import io
import json
import re
from types import SimpleNamespace

import pytest
from django.utils import translation
from lxml import etree

from dti_xblocks.case_law.library import library
from dti_xblocks.case_law_block import CaseLawBlock
from tests.runtime import ANONYMOUS, LEARNER, STAFF, Person, again, exported, get, make_block, page, post, post_json, view

TWO = '\n  <authority ref="graham-v-connor"/>\n  <authority ref="18-usc-242"/>\n'
STRANGER = Person(301, "stranger", "Not Enrolled")


def block(inner=TWO, **options):
    return make_block(CaseLawBlock, inner, display_name="Case law", packet_title="Packet: one & two", **options)


def html(block, name="student_view"):
    return etree.HTML(page(block, name))


def texts(tree, path):
    return [" ".join("".join(node.itertext()).split()) for node in tree.xpath(path)]


# -- the list ----------------------------------------------------------------------------------------------------------------


def test_each_authority_is_a_row_that_leads_to_its_reader():
    tree = html(block())
    assert tree.xpath("//ol/li/@id") == ["case-graham-v-connor", "case-18-usc-242"]
    assert tree.xpath("//ol/li//a/@href")[0].endswith("/read?ref=graham-v-connor")
    assert "490 U.S. 386 (1989)" in texts(tree, "//li[@id='case-graham-v-connor']")[0]


def test_headings_start_below_the_title_of_the_block():
    levels = [node.tag for node in html(block()).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == "h3" and set(levels[1:]) == {"h4", "h5"}


def test_a_decisions_day_is_written_as_the_language_writes_it():
    assert "decided May 15, 1989" in get(block(), "read", query="ref=graham-v-connor").text
    with translation.override("de"):
        assert "15. Mai 1989" in get(block(), "read", query="ref=graham-v-connor").text


def test_titles_of_the_author_are_escaped():
    shown = page(make_block(CaseLawBlock, TWO, display_name="<script>x</script>", packet_title="<b>"))
    assert "<script>x" not in shown and "&lt;script&gt;x" in shown


def test_the_whole_library_can_be_shown():
    everything = block("".join(f'<authority ref="{slug}"/>' for slug in library().slugs))
    assert len(html(everything).xpath("//li[starts-with(@id, 'case-')]")) == len(library())


def test_a_reader_has_no_score():
    assert not getattr(CaseLawBlock, "has_score", False)
    assert CaseLawBlock.has_custom_completion is True


# -- authors' mistakes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("inner", ["", '<authority ref="nobody-v-nobody"/>'])
def test_an_empty_list_is_a_notice(inner):
    shown = page(block(inner))
    assert "is being edited" in shown and "dti-notice" in shown
    assert get(block(inner), "read", query="ref=graham-v-connor").status_code == 409
    assert post(block(inner), "read_to_end", {"ref": "x"}).status_code == 409


def test_an_unknown_authority_is_a_notice_and_staff_are_told_why():
    mixed = block(TWO + '<authority ref="nobody-v-nobody"/>')
    assert "the library has no authority “nobody-v-nobody”" in page(mixed) and "CL003" not in page(mixed)
    assert "CL003" in page(again(mixed, STAFF))
    assert "CL003" in page(again(mixed, studio="preview"), "author_view")


def test_content_that_is_no_xml_never_takes_the_page_down():
    broken = block()
    broken.runtime.place.authoring = True
    broken = again(broken)
    broken.content = "<authority"
    broken.save()
    broken = again(broken, authoring=False)
    assert "is being edited" in page(broken)
    assert "not well-formed" in page(again(broken, STAFF))
    assert [problem.code for problem in broken.problems()] == ["CL000"]
    assert broken.student_view_data()["authorities"] == []
    assert broken.index_dictionary()["content"]["text"] == ""


def test_olx_comes_back_to_the_byte():
    inner = '\n  <!-- the first -->\n  <authority ref="graham-v-connor"/>\n    <authority ref="18-usc-242" x="&amp;"/>\n'
    assert exported(block(inner)) == inner


# -- Studio, libraries, no services ----------------------------------------------------------------------------------------


def test_in_studio_the_reader_works_and_reports_nothing():
    preview = block(studio="preview", user=STAFF)
    assert get(preview, "read", query="ref=graham-v-connor").status_code == 200
    assert post(preview, "read_to_end", {"ref": "graham-v-connor"}).status_code == 200
    assert preview.runtime.place.published == []
    assert "For course staff" not in page(preview, "author_view")


def test_the_studio_form_saves_settings_and_content():
    form = block(studio="handler", user=STAFF)
    shown = view(form, "studio_view").content
    assert "Packet title" in shown
    version = etree.HTML(shown).xpath("//form/@data-version")[0]
    body = {
        "settings": {"display_name": "New", "packet_title": ""},
        "content": '<authority ref="monroe-v-pape"/>',
        "version": version,
    }
    assert post_json(form, "studio_save", body).status_code == 200
    assert page(again(form, LEARNER, studio="")).count('<li id="case-') == 1


def test_the_studio_form_refuses_what_is_no_xml():
    form = block(studio="handler", user=STAFF)
    version = etree.HTML(view(form, "studio_view").content).xpath("//form/@data-version")[0]
    answer = post_json(form, "studio_save", {"settings": {}, "content": "<authority", "version": version})
    assert answer.status_code == 400 and "well-formed" in json.loads(answer.body)["error"]


@pytest.mark.parametrize(
    "options", [{"services": {}}, {"key": "library"}, {"key": "word"}, {"studio": "preview"}, {"studio": "handler"}]
)
def test_it_shows_wherever_it_stands(options):
    assert "dti" in page(block(**options))
    assert "could not be shown" not in page(block(**options))


def test_in_a_content_library_reading_works_without_reports():
    kept = block(key="library")
    assert post(kept, "read_to_end", {"ref": "graham-v-connor"}).status_code == 200
    assert kept.runtime.place.published == []


def test_a_visitor_gets_a_polite_notice():
    shown = page(block(user=ANONYMOUS))
    assert "sign in" in shown and "Graham" not in shown


# -- staff, search, mobile, reports ----------------------------------------------------------------------------------------


def test_the_sources_are_for_staff():
    assert get(block(), "sources_csv").status_code == 403
    assert "sources_csv" not in page(block())
    staff = block(user=STAFF)
    assert "sources_csv" in page(staff)
    assert "How many authorities each person has opened" in page(staff) and "problem-response" not in page(staff)
    (target,) = re.findall(r'<a href="#([^"]+-report)">', page(staff))
    assert f'<ul id="{target}">' in page(staff)
    rows = list(csv.DictReader(io.StringIO(get(staff, "sources_csv").body.decode("utf-8-sig"))))
    assert [row["slug"] for row in rows] == ["graham-v-connor", "18-usc-242"]
    assert rows[0]["sources seen"].startswith("http")


def test_the_mobile_app_gets_plain_texts_and_no_answers():
    data = json.loads(json.dumps(block().student_view_data()))
    assert (data["title"], data["packet_title"]) == ("Case law", "Packet: one & two")
    (graham, statute) = data["authorities"]
    shipped = library().get("graham-v-connor")
    assert graham["sections"][0] == {"code": "in_brief", "title": "In twenty seconds", "paragraphs": [shipped.in_brief]}
    assert graham["sections"][1] == {"code": "facts", "title": "Facts", "paragraphs": [shipped.facts]}
    assert graham["citations"]["short"] == "Graham, 490 U.S. 386"
    assert [section["code"] for section in statute["sections"]] == ["in_brief", "elements", "penalties_remedies"]
    assert shipped.check.right not in json.dumps(data) and "check" not in graham


def test_course_search_finds_the_texts():
    index = block().index_dictionary()
    assert "objective reasonableness" in index["content"]["text"]
    assert index["content"]["display_name"] == "Case law"


def test_the_response_report_tells_what_was_read_and_what_was_not():
    states = [
        SimpleNamespace(
            username="reyes",
            state={"read_refs": ["graham-v-connor", "gone"], "ended_refs": ["18-usc-242"], "packet_downloaded": True},
        ),
        SimpleNamespace(username="okafor", state={}),
    ]
    rows = dict(block().generate_report_data(iter(states)))
    assert rows["reyes"] == {
        "Authorities read": "1/2",
        "Authorities read to the end": "1/2",
        "Check questions answered": "0/2",
        "Packet downloaded": "yes",
        "Not yet read": "18-usc-242",
    }
    assert rows["okafor"]["Not yet read"] == "graham-v-connor, 18-usc-242"
    assert len(list(block().generate_report_data(iter(states), 1))) == 1
