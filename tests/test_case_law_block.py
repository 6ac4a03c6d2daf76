"""The case-law block, through a runtime that behaves as Open edX does."""

import csv
import io
import json
from types import SimpleNamespace

import pypdf
import pytest
from django.utils import translation
from lxml import etree

from dti_xblocks import pdf
from dti_xblocks.case_law.library import library
from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.pdf import rendering
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, Person, again, exported, get, make_block, page, post, post_json, view

TWO = '\n  <authority ref="graham-v-connor"/>\n  <authority ref="18-usc-242"/>\n'
STRANGER = Person(301, "stranger", "Not Enrolled")


def block(inner=TWO, **options):
    return make_block(CaseLawBlock, inner, display_name="Case law", packet_title="Packet: one & two", **options)


def html(block, name="student_view"):
    return etree.HTML(page(block, name))


def texts(tree, path):
    return [" ".join("".join(node.itertext()).split()) for node in tree.xpath(path)]


# -- the page --------------------------------------------------------------------------------------------------------------


def test_each_authority_is_a_disclosure_with_its_brief():
    tree = html(block())
    assert tree.xpath("//details/@id") == ["case-graham-v-connor", "case-18-usc-242"]
    graham = library().get("graham-v-connor")
    text = texts(tree, "//details[@id='case-graham-v-connor']")[0]
    for part in (graham.rule, graham.on_the_street, graham.facts, graham.holding, graham.later_treatment, graham.citation):
        assert part in text


def test_nothing_is_said_twice():
    text = page(block())
    assert text.count(library().get("graham-v-connor").rule[:60]) == 1


def test_headings_start_below_the_title_of_the_block():
    levels = [node.tag for node in html(block()).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == "h3" and set(levels[1:]) == {"h4", "h5"}


def test_an_outside_address_opens_safely():
    for link in html(block()).xpath("//a[@target='_blank']"):
        assert link.get("rel") == "noopener"
        assert "new tab" in "".join(link.itertext())


def test_what_was_only_partly_checked_says_so():
    text = page(block('<authority ref="bordanaro-v-mcleod"/>'))
    assert "Only partly checked in November 2026." in text
    assert "Boston Globe" in text
    assert "Only partly checked" not in page(block())


def test_an_address_that_nobody_opened_says_so():
    assert "was not opened" in page(block('<authority ref="graham-v-connor"/>'))
    assert "was not opened" not in page(block('<authority ref="shaw-v-stroud"/>'))
    assert "No free public copy" in page(block('<authority ref="rizzo-v-goode"/>'))


def test_the_buttons_say_what_they_give():
    assert texts(html(block()), "//div[@class='dti-cl-packet']//a") == ["Download packet (PDF)", "Download as a web page (HTML)"]


def test_a_filter_without_hits_can_be_cleared_by_a_button():
    tree = html(block())
    assert texts(tree, "//*[@data-dti-no-match and @hidden]") == ["No authority matches. Clear the filter"]
    assert tree.xpath("//*[@data-dti-no-match]/button[@type='button']/@data-dti-clear") == [""]


def test_a_decisions_day_is_written_as_the_language_writes_it():
    assert "decided May 15, 1989" in page(block())
    with translation.override("de"):
        assert "15. Mai 1989" in page(block())


def test_titles_of_the_author_are_escaped():
    shown = page(make_block(CaseLawBlock, TWO, display_name="<script>x</script>", packet_title="<b>"))
    assert "<script>x" not in shown and "&lt;script&gt;x" in shown


def test_the_whole_library_can_be_shown():
    everything = block("".join(f'<authority ref="{slug}"/>' for slug in library().slugs))
    assert len(html(everything).xpath("//details[starts-with(@id, 'case-')]")) == len(library())


# -- reading ---------------------------------------------------------------------------------------------------------------


def test_opening_marks_read_and_tells_the_progress():
    opened = block()
    answer = post(opened, "mark_read", {"ref": "graham-v-connor"})
    assert answer.status_code == 200
    tree = etree.HTML(json.loads(answer.body)["html"])
    assert texts(tree, "//*[@data-dti-progress]")[0].startswith("Read 1 of 2.")
    assert texts(tree, "//*[@data-dti-authority='graham-v-connor']//*[@data-dti-read]") == ["Read"]
    assert texts(tree, "//*[@data-dti-authority='18-usc-242']//*[@data-dti-read]") == [""]
    assert len(tree.xpath("//form[@data-dti-mark]")) == 1


def test_complete_when_all_are_read_and_not_before():
    opened = block()
    post(opened, "mark_read", {"ref": "graham-v-connor"})
    assert opened.runtime.place.events("completion") == []
    post(again(opened), "mark_read", {"ref": "18-usc-242"})
    assert opened.runtime.place.events("completion") == [{"completion": 1.0}]
    assert "This part is complete." in page(again(opened))


def test_reading_twice_counts_once():
    opened = block()
    for _time in range(2):
        post(opened, "mark_read", {"ref": "graham-v-connor"})
    assert again(opened).read_refs == ["graham-v-connor"]
    assert opened.runtime.place.events("dti.case_law.read") == [{"ref": "graham-v-connor"}]


def test_learners_do_not_share_their_reading():
    opened = block()
    post(opened, "mark_read", {"ref": "graham-v-connor"})
    assert "Read 0 of 2." in page(again(opened, OTHER))
    assert "Read 1 of 2." in page(again(opened, LEARNER))


@pytest.mark.parametrize("form", [{}, {"ref": ""}, {"ref": "monroe-v-pape"}, {"ref": "<script>"}])
def test_what_is_not_in_the_list_cannot_be_read(form):
    opened = block()
    answer = post(opened, "mark_read", form)
    assert answer.status_code == 400
    assert "no longer in the list" in json.loads(answer.body)["error"]
    assert again(opened).read_refs == []


def test_without_script_the_form_comes_back_to_the_page():
    answer = post(block(), "mark_read", {"ref": "graham-v-connor"}, json=False, referer="http://localhost/unit")
    assert (answer.status_code, answer.location) == (303, "http://localhost/unit")


@pytest.mark.parametrize("person", [ANONYMOUS, STRANGER])
@pytest.mark.parametrize("handler", ["packet_pdf", "packet_html", "sources_csv"])
def test_files_are_for_people_of_the_course(person, handler):
    assert get(block(user=person), handler).status_code == 403


@pytest.mark.parametrize("person", [ANONYMOUS, STRANGER])
def test_reading_is_recorded_for_people_of_the_course(person):
    outsider = block(user=person)
    assert post(outsider, "mark_read", {"ref": "graham-v-connor"}).status_code == 403
    assert outsider.runtime.place.published == []


def test_a_reader_has_no_score():
    assert CaseLawBlock.has_score is False
    assert CaseLawBlock.has_custom_completion is True


# -- the packet ------------------------------------------------------------------------------------------------------------


def test_the_pdf_has_cover_contents_bookmarks_and_every_authority():
    answer = get(block(), "packet_pdf")
    assert answer.content_type == "application/pdf"
    assert 'filename="packet-one-two.pdf"' in answer.headers["Content-Disposition"]
    reader = pypdf.PdfReader(io.BytesIO(answer.body))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert "Packet: one & two" in pages[0] and "not legal advice" in pages[0]
    assert "Contents" in pages[1] and "3" in pages[1].split("Graham v. Connor")[1]
    assert "Graham v. Connor, 490 U.S. 386" in pages[2]
    assert "18 U.S.C. § 242" in pages[-1]
    (top, below) = reader.outline
    assert top.title == "Packet: one & two"
    names = [entry.title for entry in below if not isinstance(entry, list)]
    assert names == ["Contents", "Graham v. Connor", "18 U.S.C. § 242: Deprivation of rights under color of law"]
    assert reader.metadata.title == "Packet: one & two"
    assert reader.trailer["/Root"]["/Lang"].startswith("en")


def test_taking_the_packet_completes_the_list():
    taken = block()
    assert get(taken, "packet_pdf").status_code == 200
    assert taken.runtime.place.events("completion") == [{"completion": 1.0}]
    assert taken.runtime.place.events("dti.case_law.downloaded") == [{"format": "pdf"}]
    assert "You have downloaded the packet." in page(again(taken))


def test_the_html_packet_needs_nothing_else():
    taken = block()
    answer = get(taken, "packet_html")
    assert answer.content_type == "text/html"
    assert "attachment" in answer.headers["Content-Disposition"]
    tree = etree.HTML(answer.body)
    assert tree.get("lang") == "en" and tree.xpath("//title/text()") == ["Packet: one & two"]
    assert not tree.xpath("//script|//link|//img|//iframe") and b"url(" not in answer.body
    targets = {f"#{name}" for name in tree.xpath("//@id")}
    assert set(tree.xpath("//nav//a/@href")) <= targets
    assert library().get("graham-v-connor").facts in texts(tree, "//main")[0]
    assert again(taken).packet_downloaded


def pages_of(refs):
    inner = "".join(f'<authority ref="{slug}"/>' for slug in refs)
    reader = pypdf.PdfReader(io.BytesIO(get(block(inner), "packet_pdf").body))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_short_entries_share_a_page_and_are_not_broken():
    pages = pages_of(["il-720-5-7-16", "va-19-2-83-6", "wa-10-93-190", "mn-626-8475"])
    assert len(pages) == 4  # cover, contents, and two entries on each of two
    for text in pages[2:]:
        assert text.count("In twenty seconds") == text.count("Checked") + text.count("Only partly checked") == 2


def test_the_contents_of_two_dozen_entries_stay_on_one_page():
    slugs = library().slugs
    first = library().get(next(iter(slugs))).heading
    pages = pages_of(list(slugs)[:24])
    assert "Contents" in pages[1] and "In twenty seconds" not in pages[1]
    assert first in pages[2] and "In twenty seconds" in pages[2]


def test_every_authority_of_the_library_is_in_a_packet():
    everything = block("".join(f'<authority ref="{slug}"/>' for slug in library().slugs))
    reader = pypdf.PdfReader(io.BytesIO(get(everything, "packet_pdf").body))
    names = [entry.title for entry in reader.outline[1] if not isinstance(entry, list)]
    assert sorted(names) == sorted(["Contents", *(authority.heading for authority in library())])


def test_without_weasyprint_the_html_packet_stays_and_staff_learn_why(monkeypatch):
    def unavailable():
        rendering._failed = True
        raise pdf.PdfUnavailableError("Install Pango.")

    monkeypatch.setattr(rendering, "_failed", False)
    monkeypatch.setattr(rendering, "_weasyprint", unavailable)
    reader = block()
    answer = get(reader, "packet_pdf", json=True)
    assert answer.status_code == 503
    assert "as a web page" in json.loads(answer.body)["error"] and "Pango" not in json.loads(answer.body)["error"]
    assert reader.runtime.place.published == []
    shown = page(again(reader))
    assert "not available as a PDF" in shown and "packet_pdf" not in shown and "Pango" not in shown
    assert get(again(reader), "packet_html").status_code == 200
    assert "Install Pango." in page(again(reader, STAFF))
    assert "Install Pango." in json.loads(get(again(reader, STAFF), "packet_pdf", json=True).body)["error"]


# -- authors' mistakes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("inner", ["", '<authority ref="nobody-v-nobody"/>'])
def test_an_empty_list_is_a_notice(inner):
    shown = page(block(inner))
    assert "is being edited" in shown and "dti-notice" in shown
    assert get(block(inner), "packet_pdf").status_code == 409
    assert post(block(inner), "mark_read", {"ref": "x"}).status_code == 409


def test_an_unknown_authority_is_left_out_and_staff_are_told():
    mixed = block(TWO + '<authority ref="nobody-v-nobody"/>')
    assert "nobody-v-nobody" not in page(mixed)
    assert "nobody-v-nobody" in page(again(mixed, STAFF))
    assert "nobody-v-nobody" in page(again(mixed, studio="preview"), "author_view")


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
    assert get(broken, "packet_html").status_code == 409
    assert broken.student_view_data()["authorities"] == []
    assert broken.index_dictionary()["content"]["text"] == ""


def test_olx_comes_back_to_the_byte():
    inner = '\n  <!-- the first -->\n  <authority ref="graham-v-connor"/>\n    <authority ref="18-usc-242" x="&amp;"/>\n'
    assert exported(block(inner)) == inner


# -- Studio, libraries, no services ----------------------------------------------------------------------------------------


def test_in_studio_the_reader_works_and_reports_nothing():
    preview = block(studio="preview", user=STAFF)
    assert post(preview, "mark_read", {"ref": "graham-v-connor"}).status_code == 200
    assert get(preview, "packet_html").status_code == 200
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
    assert page(again(form, LEARNER, studio="")).count("<details") == 1


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
    assert post(kept, "mark_read", {"ref": "graham-v-connor"}).status_code == 200
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
    rows = list(csv.DictReader(io.StringIO(get(staff, "sources_csv").body.decode("utf-8-sig"))))
    assert [row["slug"] for row in rows] == ["graham-v-connor", "18-usc-242"]
    assert rows[0]["sources seen"].startswith("http")


def test_the_mobile_app_gets_plain_texts():
    data = json.loads(json.dumps(block().student_view_data()))
    assert data["title"] == "Packet: one & two"
    (graham, statute) = data["authorities"]
    assert graham["sections"][0] == {"title": "Facts", "paragraphs": [library().get("graham-v-connor").facts]}
    assert [section["title"] for section in statute["sections"]] == ["What has to be shown", "Penalties and remedies"]


def test_course_search_finds_the_texts():
    index = block().index_dictionary()
    assert "objective reasonableness" in index["content"]["text"]
    assert index["content"]["display_name"] == "Case law"


def test_the_response_report_tells_how_much_was_read():
    states = [
        SimpleNamespace(username="reyes", state={"read_refs": ["graham-v-connor", "gone"], "packet_downloaded": True}),
        SimpleNamespace(username="okafor", state={}),
    ]
    rows = list(block().generate_report_data(iter(states)))
    assert rows == [
        ("reyes", {"Authorities read": "1/2", "Packet downloaded": "yes"}),
        ("okafor", {"Authorities read": "0/2", "Packet downloaded": "no"}),
    ]
    assert len(list(block().generate_report_data(iter(states), 1))) == 1
