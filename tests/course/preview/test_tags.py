"""A tag is judged by where it stands, and a file is read where the platform reads it."""

import pytest

from dti_xblocks.course.preview.loader import load
from tests.course.preview.made import in_a_unit

PAGE = "<html><p>From a file.</p></html>"


def texts(tree):
    return [definition.fields.get("data") for definition in tree.below(tree.named("u").key) if definition.block_type == "html"]


@pytest.mark.parametrize(
    ("tag", "file", "text"),
    [
        ('<html url_name="h"/>', "html/h.xml", "<p>From a file.</p>"),
        ('<html slug="h"/>', "html/h.xml", "<p>From a file.</p>"),
        ('<html url_name="a:h"/>', "html/a/h.xml", "<p>From a file.</p>"),
        ('<html url_name="h"><!-- not a pointer --></html>', "html/h.xml", ""),
        ('<html url_name="h" display_name="Not a pointer"/>', "html/h.xml", ""),
    ],
)
def test_a_pointer_is_what_the_platform_takes_for_one(write, tag, file, text):
    (found,) = texts(load(write({"course.xml": in_a_unit(tag), file: PAGE})))
    assert (found or "").replace("<!-- not a pointer -->", "").strip() == text


def test_a_file_counts_as_what_its_folder_says(write):
    tree = load(write({"course.xml": in_a_unit('<html url_name="h"/>'), "html/h.xml": "<page><p>Here.</p></page>"}))
    assert texts(tree) == ["<p>Here.</p>"]


def test_names_are_those_of_an_import(write):
    tags = '<html slug="a">1</html><html name="b c">2</html><html display_name="D, e">3</html>'
    tree = load(write({"course.xml": in_a_unit(tags)}))
    assert [key.block_id for key in tree.named("u").children] == ["a", "b_c", "D_e"]


def test_settings_are_settings_only_where_they_are(write):
    tree = load(
        write(
            {
                "course.xml": in_a_unit(
                    '<wiki slug="x"/><meta>{}</meta><conditional url_name="c"><show sources="x"/></conditional>'
                )
            }
        )
    )
    assert [key.block_type for key in tree.named("u").children] == ["wiki", "conditional"]
    assert tree.named("c", "conditional").children == ()


def test_a_discussion_needs_no_file(write):
    tree = load(write({"course.xml": in_a_unit('<discussion url_name="talk"/>')}))
    assert tree.warnings == () and tree.named("talk").block_type == "discussion"


def test_a_date_of_a_page_may_be_json(write):
    tree = load(write({"course.xml": in_a_unit('<html url_name="h" start="&quot;2013-02-05T00:00:00+00:00&quot;">x</html>')}))
    assert tree.warnings == () and texts(tree) == ["x"]


def test_a_block_that_open_edx_has_no_longer_is_not_shown(write):
    tags = '<videosequence url_name="films"><html url_name="h">x</html></videosequence>'
    tree = load(write({"course.xml": in_a_unit(tags)}))
    assert texts(tree) == []
