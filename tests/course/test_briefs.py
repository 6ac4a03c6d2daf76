"""Briefs in lessons: written from the library below what links an authority, and current in our course."""

import pytest

from dti_xblocks.case_law.library import library
from dti_xblocks.course.briefs import with_briefs, write_briefs
from dti_xblocks.course.cli import main
from dti_xblocks.course.source import shipped_course

pytestmark = pytest.mark.content

GRAHAM = '<a href="/jump_to_id/x#case-graham-v-connor" data-authority="graham-v-connor"><em>Graham</em></a>'
LAW = '<a href="/jump_to_id/x" data-authority="42-usc-1983">Section 1983</a>'


def lesson(*lines):
    return "\n".join(['<div class="dti-lesson">', *lines, "</div>", ""])


@pytest.mark.parametrize("page", sorted((shipped_course() / "html").glob("*.html")), ids=lambda page: page.stem)
def test_the_briefs_in_our_lessons_are_those_of_the_library(page):
    text = page.read_text(encoding="utf-8")
    assert with_briefs(text, library()) == text, "Run: dti-course briefs course_export"


def test_a_brief_stands_below_the_block_that_first_links_its_authority():
    page = with_briefs(lesson(f"<p>In {GRAHAM}, and {LAW}.</p>", "<ul>", f"<li>{GRAHAM}<br>again</li>", "</ul>"), library())
    lines = page.split("\n")
    assert lines[2] == '<details class="dti-card dti-brief">'
    assert lines[3] == "<summary><em>Graham v. Connor</em>: the case in twenty seconds</summary>"
    assert library().get("graham-v-connor").in_a_line in page and page.count("Graham v. Connor</em>: the case") == 1
    assert "<summary>42 U.S.C. § 1983: Civil action for deprivation of rights: the law in twenty seconds</summary>" in page
    assert '<a href="/jump_to_id/x#case-graham-v-connor">Read the whole brief in the library</a>' in page
    assert lines[-5:] == ["<ul>", f"<li>{GRAHAM}<br>again</li>", "</ul>", "</div>", ""]
    assert with_briefs(page, library()) == page


def test_a_brief_says_what_it_is_of():
    links = "".join(
        f'<a href="/x#case-{slug}" data-authority="{slug}">x</a>' for slug in ("pace-ladder", "bartlesville-sergeant")
    )
    page = with_briefs(lesson(f"<p>{links}</p>"), library())
    assert "the research in twenty seconds</summary>" in page and "the story in twenty seconds</summary>" in page


def test_a_card_keeps_its_brief_below_it_and_a_table_has_none():
    page = with_briefs(
        lesson('<div class="dti-card">', f"<p>{GRAHAM}</p>", "</div>", "<table>", f"<tr><td>{LAW}</td></tr>", "</table>"),
        library(),
    )
    assert page.split("\n")[3:5] == ["</div>", '<details class="dti-card dti-brief">'] and page.count("<details") == 1


@pytest.mark.parametrize(
    "page", [f"<p>{GRAHAM}</p>", lesson('<p><a data-authority="nobody">x</a></p>'), lesson("<p>&amp;<br></p>")]
)
def test_what_is_no_lesson_and_what_names_no_authority_stays_as_it_was(page):
    assert with_briefs(page, library()) == page


def test_old_briefs_are_written_again(tmp_path, capsys):
    (tmp_path / "html").mkdir()
    file = tmp_path / "html" / "one.html"
    file.write_text(with_briefs(lesson(f"<p>{GRAHAM}</p>"), library()).replace("Force", "Farce"), encoding="utf-8")
    assert main(["briefs", str(tmp_path)]) == 0 and capsys.readouterr().out == "html/one.html\n"
    assert "Farce" not in file.read_text(encoding="utf-8") and write_briefs(tmp_path, library()) == []
    assert main(["briefs", str(file)]) == 2
