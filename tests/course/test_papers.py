"""The papers of the course: one text, three papers, each in our course as it would be made now."""

import io
import re
import tomllib

import pypdf
import pytest

from dti_xblocks.case_law.library import library
from dti_xblocks.course.cli import main
from dti_xblocks.course.papers import UnknownAuthorityError, field_guide, guide, handout_page, wallet_card, write_papers
from dti_xblocks.course.papers.contents import GUIDE, read
from dti_xblocks.course.papers.printing import FIELD_GUIDE, HANDOUT, WALLET_CARD
from dti_xblocks.course.source import shipped_course

pytestmark = pytest.mark.content


def words(pdf: bytes) -> list[str]:
    """The words on each page of a PDF."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.fixture(scope="module")
def papers() -> dict[str, bytes]:
    return {FIELD_GUIDE: field_guide(guide()), WALLET_CARD: wallet_card(guide()), HANDOUT: handout_page(guide()).encode()}


def test_the_papers_in_our_course_are_those_of_the_guide(papers):
    course = shipped_course()
    assert (course / HANDOUT).read_bytes() == papers[HANDOUT], "Run: dti-course papers course_export"
    for name in (FIELD_GUIDE, WALLET_CARD):  # the makers of PDF write other bytes from time to time
        assert words((course / name).read_bytes()) == words(papers[name]), "Run: dti-course papers course_export"


def test_the_guide_has_four_pages_that_a_screen_reader_can_follow(papers):
    file = pypdf.PdfReader(io.BytesIO(papers[FIELD_GUIDE]))
    assert len(file.pages) == 4 and file.trailer["/Root"]["/MarkInfo"]["/Marked"] and file.trailer["/Root"]["/Lang"] == "en"
    ladder, elements, states, checklist = words(papers[FIELD_GUIDE])
    assert "Signal." in ladder and "988" in ladder
    assert "willfully" in elements and "Priester v. City of Riviera Beach" in elements
    assert all(row.head in states for row in guide().states)
    assert all(" ".join(line.split()) in checklist for line in guide().checklist)


def test_the_card_has_two_sides_of_the_size_of_a_bank_card(papers):
    sides = pypdf.PdfReader(io.BytesIO(papers[WALLET_CARD])).pages
    assert [(float(side.mediabox.width), float(side.mediabox.height)) for side in sides] == [(243, 153)] * 2
    front, back = words(papers[WALLET_CARD])
    assert "Step in." in front and "Document." in back


def test_every_paper_has_the_same_ladder_and_the_same_four_steps(papers):
    page = re.sub(r"<[^>]+>", " ", papers[HANDOUT].decode())
    for text in (page, *(" ".join(words(papers[name])) for name in (FIELD_GUIDE, WALLET_CARD))):
        assert all(part.name in text for part in (*guide().rungs, *guide().afterward))


def test_who_is_only_confirmed_in_part_says_so():
    partly = {row.head for row in guide().states if row.partly}
    assert partly == {
        one.state for one in library() if one.state in {row.head for row in guide().states} and one.verified == "partly"
    }
    assert partly


def test_a_guide_that_names_what_the_library_does_not_have_is_refused():
    data = tomllib.loads(GUIDE.read_text(encoding="utf-8"))
    data["states"][0]["slug"] = "xx-1-1"
    with pytest.raises(UnknownAuthorityError, match="xx-1-1"):
        read(data, library())


def test_papers_are_written_when_they_differ(tmp_path, capsys):
    for folder in ("html", "static"):
        (tmp_path / folder).mkdir()
    assert main(["papers", str(tmp_path)]) == 0
    assert capsys.readouterr().out.split() == [FIELD_GUIDE, WALLET_CARD, HANDOUT]
    assert write_papers(tmp_path, guide()) == []
    (tmp_path / WALLET_CARD).unlink()
    assert write_papers(tmp_path, guide()) == [FIELD_GUIDE, WALLET_CARD, HANDOUT]
    assert main(["papers", str(tmp_path / "html/none")]) == 2
