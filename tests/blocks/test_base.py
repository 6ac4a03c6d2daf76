"""What our blocks share: who may do what, forms without script, the Studio form, OLX as the platform reads it."""

import re

import pytest
from lxml import etree
from runtime import ANONYMOUS, LEARNER, OTHER, STAFF, again, exported, get, make_block, page, post, post_json
from webob import Request
from xblock.core import XBlock

from dti_xblocks.activity_block import ActivityBlock
from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.content import XML_SPACE, inner_xml
from dti_xblocks.course.olx import read
from dti_xblocks.course.source import shipped_course
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.review_block import ReviewBlock
from dti_xblocks.scenario_block import ScenarioBlock
from dti_xblocks.studio.kit.form import version_of
from dti_xblocks.video_block import VideoBlock

PROMPT = "<prompt><p>What helped?</p></prompt>"
BLOCKS = [ScenarioBlock, CaseLawBlock, PledgeBlock, ReviewBlock, ActivityBlock, VideoBlock]
# The importer's parser: it drops text that is only blanks.
PLATFORM_PARSER = etree.XMLParser(dtd_validation=False, load_dtd=False, remove_blank_text=True, encoding="utf-8")


def save(block, content=PROMPT, settings=None, version=None):
    body = {"settings": settings or {}, "content": content, "version": version or version_of(block)}
    return post_json(block, "studio_save", body)


@pytest.mark.parametrize("cls", BLOCKS)
def test_the_mobile_apps_show_it(cls):
    assert make_block(cls).has_support(cls.student_view, "multi_device")


@pytest.mark.parametrize("cls", BLOCKS)
@pytest.mark.parametrize("view", ["student_view", "author_view", "public_view", "studio_view"])
def test_an_empty_new_block_shows_something_everywhere(cls, view):
    for studio in ("", "preview", "handler"):
        assert page(make_block(cls, studio=studio), view)


@pytest.mark.parametrize("cls", BLOCKS)
@pytest.mark.parametrize("view", ["student_view", "author_view", "studio_view"])
def test_a_content_library_gives_no_parents_and_nothing_is_logged(cls, view, caplog):
    for studio in ("", "preview", "handler"):
        block = make_block(cls, PROMPT, key="library", studio=studio)
        with pytest.raises(NotImplementedError):
            block.get_parent()
        assert page(block, view) and caplog.records == []


@pytest.mark.parametrize("cls", BLOCKS)
def test_a_fault_of_ours_is_a_notice_not_an_error(cls, monkeypatch):
    block = make_block(cls)
    monkeypatch.setattr(type(block), "screen", lambda self, learner: 1 / 0)
    assert "could not be shown" in page(block)


def actions(cls):
    return [
        name for name in dir(cls) if getattr(getattr(cls, name), "_is_xblock_handler", False) and not name.startswith("studio")
    ]


@pytest.mark.parametrize("cls", BLOCKS)
def test_no_handler_answers_somebody_who_is_not_there(cls):
    assert actions(cls)
    for name in actions(cls):
        for person, enrolled in ((ANONYMOUS, set()), (OTHER, {LEARNER.user_id})):
            block = make_block(cls, user=person, enrolled=enrolled)
            for response in (post(block, name, {"a": "b"}), get(block, name, "code=x", json=True)):
                assert 400 <= response.status_code < 500, name
                assert response.json["error"], name


# -- forms without script ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("referer", "status"),
    [
        ("http://localhost/unit", 303),
        ("https://localhost/unit", 303),  # TLS ends at a proxy
        ("https://evil.example/unit", 200),
        ("https://localhost.evil.example/", 200),
        ("", 200),
        # Of this host, and no page to go back to:
        ("javascript://localhost/%0aalert(1)", 200),
        ("ftp://localhost/unit", 200),
        ("//localhost/unit", 200),
        ("http://localhost/\x00", 200),
        # No address at all:
        ("http://[x", 200),
        ("http://localhost]/", 200),
        ("http://\u2100.example/", 200),
    ],
)
def test_a_plain_form_goes_back_to_its_own_site_only(referer, status):
    response = post(make_block(ReviewBlock, PROMPT), "submit", {"stars": "5"}, json=False, referer=referer)
    assert response.status_code == status
    assert (response.location or "") == (referer if status == 303 else "")


def test_what_a_form_has_saved_stays_whatever_the_referer_is():
    block = make_block(ReviewBlock, PROMPT)
    post(block, "submit", {"stars": "5", "text": "It helped me."}, json=False, referer="http://[x")
    assert "It helped me." in page(again(block))


@pytest.mark.parametrize("field", ["attempt", "step", "choice", "scene"])
def test_a_file_in_place_of_a_field_is_refused(field):
    request = Request.blank(
        "/handler/choose", POST={"attempt": "1", "step": "0", "choice": "x", "scene": "y", field: ("a.txt", b"x")}
    )
    request.headers["Accept"] = "application/json"
    block = make_block(ScenarioBlock)
    assert block.runtime.handle(block, "choose", request).status_code in (400, 409)


def test_a_damaged_body_is_refused():
    block = make_block(ReviewBlock, PROMPT)
    request = Request.blank(
        "/handler/submit", method="POST", body=b"--x\r\nbroken", content_type="multipart/form-data; boundary=x"
    )
    request.headers["Accept"] = "application/json"
    assert 400 <= block.runtime.handle(block, "submit", request).status_code < 500


# -- Studio ------------------------------------------------------------------------------------------------------------


def test_an_author_saves_and_an_older_form_is_refused():
    block = make_block(ReviewBlock, PROMPT, studio="handler")
    first = version_of(block)
    assert save(block, PROMPT.replace("helped", "worked")).status_code == 200
    late = save(again(block), PROMPT.replace("helped", "failed"), version=first)
    assert late.status_code == 409 and "Somebody else" in late.json["error"]
    assert "worked" in again(block).content


def test_nothing_is_saved_unless_all_of_it_can_be():
    block = make_block(ScenarioBlock, studio="handler")
    refused = save(block, PROMPT, {"display_name": "New", "pass_mark": ""})
    assert refused.status_code == 400 and "Pass mark" in refused.json["error"]
    assert again(block).display_name == "Scenario" and again(block).pass_mark == 70


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("weight", "nan"),
        ("weight", "inf"),
        ("weight", -1),
        ("max_tries", float("inf")),
        ("max_tries", "x"),
        ("pass_mark", 101),
        ("pass_mark", None),
    ],
)
def test_a_setting_that_is_no_sensible_number_is_refused(name, value):
    block = make_block(ScenarioBlock, studio="handler")
    before = getattr(block, name)
    response = save(block, "", {name: value})
    assert response.status_code == 400 and response.json["error"]
    assert getattr(again(block), name) == before


def test_two_authors_do_not_overwrite_each_others_settings():
    block = make_block(ReviewBlock, PROMPT, studio="handler")
    first = version_of(block)
    assert save(block, settings={"display_name": "Hers"}).status_code == 200
    assert save(again(block), settings={"display_name": "His"}, version=first).status_code == 409
    assert again(block).display_name == "Hers"


def test_active_content_is_not_saved():
    block = make_block(ReviewBlock, PROMPT, studio="handler")
    assert save(block, "<prompt><p onclick='x()'>Hello<script>x()</script></p></prompt>").status_code == 200
    assert again(block).content == "<prompt><p>Hello</p></prompt>"


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"[]", b"{}", b'"x"', b"\xff", b"[" * 100_000),
        b'{"settings": 1, "content": "", "version": ""}',
        b'{"settings": {}, "content": null, "version": ""}',
        b'{"settings": {}, "content": ["x"], "version": ""}',
    ],
)
def test_a_damaged_form_is_refused(body):
    block = make_block(ReviewBlock, PROMPT, studio="handler")
    response = block.runtime.handle(block, "studio_save", Request.blank("/x", method="POST", body=body))
    assert response.status_code == 400 and response.json["error"]


@pytest.mark.parametrize("person", [LEARNER, STAFF, ANONYMOUS])
def test_nobody_edits_in_the_lms(person):
    block = make_block(ReviewBlock, PROMPT, user=person)
    response = save(block, "<prompt><p>Mine</p></prompt>")
    assert response.status_code == 403
    block.save()  # as the platform does after every handler
    assert again(block).content == PROMPT


def test_an_author_without_the_right_is_refused_in_studio():
    assert save(make_block(ReviewBlock, PROMPT, studio="handler", may_write=False)).status_code == 403


def test_a_library_author_who_is_no_staff_saves():
    block = again(make_block(ReviewBlock, PROMPT, key="library"), LEARNER, authoring=True)
    assert save(block, PROMPT.replace("helped", "worked")).status_code == 200


def test_what_the_library_refuses_is_a_sentence():
    block = make_block(ReviewBlock, PROMPT, key="library")  # its authored fields are read-only here
    response = save(block, PROMPT.replace("helped", "worked"))
    assert response.status_code == 403 and "Nothing was saved" in response.json["error"]
    block.save()


# -- OLX as the platform reads it --------------------------------------------------------------------------------------


def imported(cls, name):
    """A block of our course as the platform's importer would make it of an archive without xml:space, and as it was written."""
    found = next(block for block in read(shipped_course()).blocks(*("dti_" + kind for kind in KINDS)) if block.url_name == name)
    text = etree.tostring(found.node, encoding="unicode", with_tail=False).replace(' xml:space="preserve"', "", 1)
    return make_block(cls, inner_xml(etree.fromstring(text, PLATFORM_PARSER))), make_block(cls, inner_xml(found.node))


def taken_out_and_in(block):
    """`block` as the platform exports it, in a unit and indented, and as it is when that is imported."""
    unit = etree.Element("vertical")
    node = etree.SubElement(unit, "unknown")
    block.add_xml_to_node(node)
    read_again = etree.fromstring(etree.tostring(unit, pretty_print=True), PLATFORM_PARSER)
    text = etree.tostring(read_again[0], encoding="unicode")  # a unit hands its blocks on as text
    return type(block).parse_xml(etree.fromstring(text), block.runtime, block.scope_ids)


@pytest.mark.parametrize("cls", BLOCKS)
@pytest.mark.parametrize(
    "content",
    [
        "<prompt><p><em>one</em><strong>word</strong> and <em>two</em> <strong>words</strong></p></prompt>",
        "<prompt><p><em>one</em><strong>word</strong></p></prompt>",
        "<prompt><p><em>two</em> <strong>words</strong></p></prompt>",
        "<!-- a remark --><prompt>\n\t<p>Lines\nstay.</p>\n\n</prompt>\n",
        "words only",
    ],
)
def test_content_is_to_the_letter_after_an_export_and_an_import(cls, content):
    block = make_block(cls, content)
    assert block.content == content
    again_ = taken_out_and_in(block)
    assert again_.content == content
    assert taken_out_and_in(again_).content == content


def test_blank_content_takes_no_space():
    node = etree.Element("unknown")
    make_block(ReviewBlock).add_xml_to_node(node)
    assert not len(node) and not (node.text or "").strip() and not [name for name in node.attrib if "space" in name]


@pytest.mark.content
@pytest.mark.parametrize("kind", ["scenario", "case_law", "pledge", "review", "activity"])
def test_the_course_has_its_blanks_imported(kind):
    for block in read(shipped_course()).blocks(f"dti_{kind}"):
        assert block.node.get(XML_SPACE) == "preserve", block.url_name


KINDS = ("scenario", "case_law", "pledge", "review", "activity", "video")
OF_THE_COURSE = [
    (ScenarioBlock, "m03-night"),
    (ScenarioBlock, "m08-ladder"),
    (CaseLawBlock, "m02-case-law"),
    (PledgeBlock, "m09-pledge"),
    (ReviewBlock, "m09-review"),
    (ActivityBlock, "m06-was-there-a-chance"),
]


@pytest.mark.parametrize(("cls", "name"), OF_THE_COURSE)
def test_an_import_changes_nothing_that_a_learner_reads(cls, name):
    block, original = imported(cls, name)
    assert block.problems() == original.problems() == []
    assert exported(block) == block.content
    words = [" ".join(etree.fromstring(f"<c>{each.content}</c>").itertext()).split() for each in (block, original)]
    assert words[0] == words[1]


def test_after_an_import_the_author_reads_lines_again():
    block, original = imported(ScenarioBlock, "m03-night")
    assert "\n" not in block.content
    form = page(again(block, STAFF, studio="handler"), "studio_view")
    assert form.count("&lt;scene ") == original.content.count("<scene ")
    assert form.count("\n") > original.content.count("\n") * 0.9


def test_a_scenario_keeps_its_version_through_an_import():
    from dti_xblocks.scenario import olx

    block, original = imported(ScenarioBlock, "m03-night")
    assert olx.read(block.content).version == olx.read(original.content).version


def test_a_field_that_is_none_comes_back_and_is_no_content():
    inner = PROMPT + '<option:display_name xmlns:option="http://code.edx.org/xblock/option" none="true"/>'
    assert make_block(ReviewBlock, inner).content == PROMPT


def test_the_classes_are_what_the_entry_points_name():
    assert [XBlock.load_class(f"dti_{kind}") for kind in KINDS] == BLOCKS


COURSE_PAGE = "/dti/course/course-v1:DTI+DTI101+2026"


@pytest.mark.parametrize("cls", BLOCKS)
def test_staff_find_report_and_course_page_at_the_top(cls):
    block = make_block(cls)
    html = page(again(block, STAFF))
    assert html.index("dti-staff-links") < html.index("dti-title") and COURSE_PAGE in html
    for kept in (page(again(block, LEARNER)), page(again(block, ANONYMOUS)), page(make_block(cls, user=STAFF, studio="preview"))):
        assert "dti-staff-links" not in kept and COURSE_PAGE not in kept


@pytest.mark.parametrize("cls", BLOCKS)
def test_staff_who_look_as_a_learner_see_what_learners_see(cls, monkeypatch):
    monkeypatch.setattr("dti_xblocks.blocks.base.is_impersonated", lambda _learner: True)
    assert "dti-staff-links" not in page(again(make_block(cls), STAFF))


def test_the_link_to_a_report_on_the_same_page_leads_to_it():
    html = page(again(make_block(ReviewBlock, PROMPT), STAFF))
    (target,) = re.findall(r'<a href="#([^"]+)">', html)
    assert f'id="{target}"' in html


def test_where_the_site_has_none_of_our_addresses_there_is_no_link(monkeypatch):
    monkeypatch.setattr("dti_xblocks.blocks.base.staff_address", lambda _course: "")
    html = page(again(make_block(ReviewBlock, PROMPT), STAFF))
    assert "dti-staff-links" in html and "everybody in this course" not in html
