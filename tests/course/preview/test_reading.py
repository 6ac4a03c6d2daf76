"""From OLX to the course tree."""

import os
import time

import pytest

from dti_xblocks.course.preview.course import LiveCourse
from dti_xblocks.course.preview.errors import PreviewError
from dti_xblocks.course.preview.loader import load


@pytest.fixture
def tree(course):
    return load(course)


def test_keys_are_those_of_the_platform(tree):
    assert str(tree.course_key) == "course-v1:ExampleOrg+EB101+2030"
    assert str(tree.named("clip").key) == "block-v1:ExampleOrg+EB101+2030+type@video+block@clip"


def test_the_outline_keeps_its_order(tree):
    titles = [(chapter.title, sequence.title, unit.title) for chapter, sequence, unit in tree.units()]
    assert titles[0] == ("Reading and watching", "Texts, renamed by the policy", "Texts with links")
    assert [title[1] for title in titles if title[0] == "Grading"] == ["Quiz one", "Quiz one", "Quiz two", "Exam", "Practice"]
    assert titles[-1] == ("Nesting", "Inline all the way", "A problem without a unit")


def test_pointers_and_inline_definitions_give_the_same(tree):
    assert tree.named("from-file").fields["data"].startswith("<h3>From a file</h3>")
    assert "<b>reader</b>" in tree.named("inline-text").fields["data"]
    assert tree.named("one-of-three").title == "One of three"
    assert tree.named("dropdown").title == "Dropdown"


def test_settings_come_from_the_nearest_ancestor(tree):
    def allowed(name):
        block = tree.named(name)
        return block.fields.get("max_attempts", block.inherited.get("max_attempts"))

    assert allowed("bare-problem") == 3  # from the course
    assert allowed("one-of-three") == 2  # from the chapter
    assert allowed("drawn-1") == 1  # from the subsection
    assert allowed("dropdown") is None  # its own "null": no limit
    assert tree.named("one-of-three").inherited["graded"] is True
    assert "format" not in tree.named("one-of-three").inherited, "the platform does not inherit it"


def test_the_policy_overrides_the_files(tree):
    assert tree.title == "Every block, from the policy"
    assert tree.policy["learning_info"] == ["See every block"]
    assert [page.title for page in tree.tabs] == ["Syllabus"]
    assert [page.slug for page in tree.info] == ["overview", "effort", "handouts", "updates"]


def test_what_cannot_be_read_is_said_and_nothing_else(tree):
    video, lost = tree.warnings
    assert video.startswith('<video url_name="clip"> plays /static/clip.webm in the preview, but not on Open edX')
    assert lost == '<html url_name="lost"> could not be read: The file html/lost.xml is missing.'


def test_the_tree_cannot_be_changed(tree):
    with pytest.raises(TypeError):
        tree.named("from-file").fields["data"] = "x"
    with pytest.raises(TypeError):
        tree.blocks[tree.root] = None


def test_a_name_used_twice_is_said(course):
    (course / "vertical" / "strange.xml").write_text(
        '<vertical><html url_name="twin"><p>1</p></html><html url_name="twin"><p>2</p></html></vertical>'
    )
    tree = load(course)
    assert [tree.blocks[key].fields["data"] for key in tree.named("strange").children] == ["<p>1</p>", "<p>2</p>"]
    assert any("twin" in warning and "more than once" in warning for warning in tree.warnings)


def test_a_name_left_out_is_made_up_and_stays(course):
    (course / "vertical" / "strange.xml").write_text("<vertical><html><p>No name.</p></html></vertical>")
    assert load(course).named("strange").children == load(course).named("strange").children


def test_a_pointer_at_itself_ends(course):
    (course / "vertical" / "strange.xml").write_text('<vertical><vertical url_name="strange"/></vertical>')
    tree = load(course)
    assert tree.named("strange").children == ()
    assert any("contains itself" in warning for warning in tree.warnings)


def test_entities_are_not_read(course, tmp_path):
    (tmp_path / "secret").write_text("secret text")
    (course / "vertical" / "strange.xml").write_text(
        f'<!DOCTYPE v [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]><vertical><html url_name="h"><p>&e;</p></html></vertical>'
    )
    tree = load(course)
    assert not any("secret text" in str(dict(block.fields)) for block in tree.blocks.values())


def test_a_pointer_out_of_the_course_is_not_followed(course, tmp_path):
    (tmp_path / "outside.xml").write_text("<html><p>Outside.</p></html>")
    (course / "vertical" / "strange.xml").write_text('<vertical><html url_name="..:..:outside"/></vertical>')
    tree = load(course)
    assert not any("Outside" in str(dict(block.fields)) for block in tree.blocks.values())


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda course: (course / "course.xml").unlink(), "has no course.xml"),
        (lambda course: (course / "course.xml").write_text("<course"), "not well-formed"),
        (lambda course: (course / "course.xml").write_text("<library/>"), "not with <course>"),
        (lambda course: (course / "course" / "2030.xml").unlink(), "course/2030.xml is missing"),
        (lambda course: (course / "course.xml").write_text('<course url_name="a b/c" org="o" course="c"/>'), "missing"),
    ],
)
def test_a_folder_that_is_no_course_is_a_sentence(course, spoil, sentence):
    spoil(course)
    with pytest.raises(PreviewError, match=sentence):
        load(course)


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(PreviewError, match="no folder"):
        load(tmp_path / "nowhere")


def look(live):
    live._looked = time.monotonic() - 10
    return live.tree()


def test_a_changed_file_is_read_again(course):
    live = LiveCourse(course)
    before = live.tree()
    assert look(live) is before, "nothing changed"
    page = course / "html" / "from-file.html"
    page.write_text("<p>New words.</p>")
    os.utime(page, (1, 1))
    assert look(live).named("from-file").fields["data"] == "<p>New words.</p>"


def test_a_fault_while_typing_keeps_the_last_good_course(course):
    live = LiveCourse(course)
    good = live.tree()
    (course / "course.xml").write_text("<course")
    assert look(live) is good
    assert "not well-formed" in live.fault
    (course / "course.xml").write_text('<course url_name="2030" org="ExampleOrg" course="EB101"/>')
    assert look(live) is not good
    assert live.fault == ""
