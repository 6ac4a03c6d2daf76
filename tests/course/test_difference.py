"""What an update changes, and what of it meets changes of the staff."""

import json
import shutil
from pathlib import Path

import pytest

from dti_xblocks.course.cli import main
from dti_xblocks.course.difference.compare import DONE, KEEP, LOOK, TAKE, advice, changes
from dti_xblocks.course.difference.pieces import pieces
from dti_xblocks.course.olx import read

TINY = Path(__file__).parent / "fixtures/tiny"


@pytest.fixture
def copy(tmp_path):
    """Makes a copy of the tiny course with texts replaced in its files: `copy("name", {"file": ("this", "that")})`."""

    def make(name, edits=None):
        folder = tmp_path / name
        shutil.copytree(TINY, folder)
        for file, (this, that) in (edits or {}).items():
            path = folder / file
            text = path.read_text(encoding="utf-8")
            assert this in text
            path.write_text(text.replace(this, that), encoding="utf-8")
        return folder

    return make


def told(old, new):
    """The changes as (kind, name, details)."""
    return [(one.kind, one.piece.name, one.details) for one in changes(pieces(read(old)), pieces(read(new)))]


def advised(old, new, mine):
    """The advice as (verdict, name)."""
    return [(one.verdict, one.change.piece.name) for one in advice(*(pieces(read(one)) for one in (old, new, mine)))]


WAIT = {"vertical/blocks.xml": ("Say nothing.", "Look away.")}
STOP = {"vertical/blocks.xml": ("Nobody is hurt.", "He sits up.")}
PAGE = {"html/text.html": ("<p>", "<p>New: ")}


def test_a_course_does_not_differ_from_itself(copy):
    assert told(TINY, copy("same")) == []


def test_line_breaks_comments_and_the_order_of_attributes_are_no_difference(copy):
    edits = {
        "vertical/blocks.xml": (
            '<choice id="wait" to="hurt" points="0">',
            '<choice points="0"\n  to="hurt" id="wait">\n<!-- x -->',
        )
    }
    assert told(TINY, copy("laid-out", edits)) == []


def test_a_changed_page_is_named_with_its_place(copy):
    (change,) = changes(pieces(read(TINY)), pieces(read(copy("new", PAGE))))
    assert (change.kind, change.piece.name, change.details) == ("changed", "text", ("text: changed",))
    assert change.piece.where[:2] == ("One", "Reading")


def test_a_changed_scene_is_named_not_the_whole_scenario(copy):
    assert told(TINY, copy("new", WAIT)) == [("changed", "tiny-scenario", ("scene start: changed",))]


def test_a_setting_is_named(copy):
    assert told(TINY, copy("new", {"problem/q1.xml": ('max_attempts="2"', 'max_attempts="3"')})) == [
        ("changed", "q1", ("setting max_attempts: changed",))
    ]


def test_what_is_new_and_what_is_gone(copy):
    new = copy("new", {"sequential/reading.xml": ('<vertical url_name="page"/>', '<vertical url_name="more"/>')})
    (new / "vertical/more.xml").write_text('<vertical display_name="More"><html url_name="text"/></vertical>', encoding="utf-8")
    found = told(TINY, new)
    assert ("added", "more", ()) in found
    assert ("removed", "page", ()) in found
    assert [(kind, name) for kind, name, details in found if details == ("it stood in One › Reading › A page",)] == [
        ("moved", "text")
    ]


def test_units_in_another_order(copy):
    this = '<vertical url_name="page"/>\n  <vertical url_name="blocks"/>'
    that = '<vertical url_name="blocks"/>\n  <vertical url_name="page"/>'
    assert told(TINY, copy("new", {"sequential/reading.xml": (this, that)})) == [
        ("reordered", "reading", ("now in the order blocks, page",))
    ]


def test_uploaded_files_and_policies_count(copy):
    new = copy("new")
    (new / "static/dot.png").write_bytes(b"other")
    grading = new / "policies/run1/grading_policy.json"
    said = json.loads(grading.read_text(encoding="utf-8"))
    grading.write_text(json.dumps({**said, "GRADE_CUTOFFS": {"Pass": 0.9}}), encoding="utf-8")
    assert {(kind, name) for kind, name, _ in told(TINY, new)} == {
        ("changed", "static/dot.png"),
        ("changed", "the course's grading"),
    }


def test_what_only_the_update_changed_is_taken_and_what_only_staff_changed_is_kept(copy):
    assert advised(TINY, copy("new", WAIT), copy("mine", PAGE)) == [(TAKE, "tiny-scenario"), (KEEP, "text")]


def test_what_both_changed_is_looked_at_even_in_different_parts(copy):
    assert advised(TINY, copy("new", WAIT), copy("mine", STOP)) == [(LOOK, "tiny-scenario")]
    found = advice(*(pieces(read(one)) for one in (TINY, copy("n2", WAIT), copy("m2", STOP))))
    assert found[0].mine == ("ending stopped: changed", "different parts: both can stay")


def test_the_same_change_on_both_sides_needs_nothing(copy):
    assert advised(TINY, copy("new", WAIT), copy("mine", WAIT)) == [(DONE, "tiny-scenario")]


def test_what_staff_removed_and_the_update_changed_is_looked_at(copy):
    mine = copy("mine", {"sequential/reading.xml": ('<vertical url_name="page"/>', "")})
    assert (LOOK, "text") in advised(TINY, copy("new", PAGE), mine)


def test_the_command_says_it_in_words_and_by_its_exit_code(copy, capsys):
    new = copy("new", WAIT)
    assert main(["diff", str(TINY), str(new)]) == 1
    said = capsys.readouterr().out
    assert "One › Reading › Our blocks" in said
    assert "changed   “A small scenario” (dti_scenario tiny-scenario)" in said
    assert "scene start: changed" in said
    assert main(["diff", str(TINY), str(TINY)]) == 0
    assert "No differences" in capsys.readouterr().out


def test_the_command_with_an_edited_course(copy, capsys):
    assert main(["diff", str(TINY), str(copy("new", WAIT)), "--mine", str(copy("mine", PAGE))]) == 1
    said = capsys.readouterr().out
    assert said.index("Take from the update") < said.index("tiny-scenario") < said.index("Keep yours") < said.index("text)")


def test_the_command_as_json(copy, capsys):
    assert main(["diff", str(TINY), str(copy("new", PAGE)), "--mine", str(copy("mine", PAGE)), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["verdict"], row["kind"], row["name"]) == ("done", "changed", "text")


def test_a_path_that_is_no_course_is_refused_in_a_sentence(tmp_path, capsys):
    assert main(["diff", str(TINY), str(tmp_path / "none")]) == 2
    assert "There is no" in capsys.readouterr().err
