"""Documents as values, and their three writers: the same words in each, and the same bytes a second time."""

import io
import zipfile
from datetime import date

import docx
import pypdf
import pytest

from dti_xblocks.course.documents import Blanks, Break, Bullets, Document, Heading, Note, Paragraph, Table, word
from dti_xblocks.course.documents.markdown import as_markdown
from dti_xblocks.course.documents.pdf import as_pdf, page_of
from dti_xblocks.course.documents.word import WordUnavailableError, as_docx
from tests.pdf.verapdf import faults_of

ON = date(2026, 11, 30)
SAMPLE = Document(
    'A "packet" of <papers>',
    'Course; "} evil { · 2026',
    ON,
    (
        Heading("First"),
        Paragraph("Five < six & *stars* | pipes."),
        Bullets(("one", "two")),
        Bullets(("a", "b"), numbered=True),
        Heading("Second", 2),
        Table("Caption", ("Name", "Number"), (("x|y", "1"), ("z", "22")), (70, 30), frozenset([1])),
        Break(),
        Blanks("To fill in", (("Name", ""), ("Hours", "4"))),
        Note("Small."),
    ),
)


def test_markdown_shows_signs_as_they_are():
    text = as_markdown(SAMPLE)
    assert text.startswith('# A "packet" of \\<papers>\n\n## First\n\n')
    assert "Five \\< six & \\*stars\\* \\| pipes." in text and "- one\n- two" in text and "1. a\n2. b" in text
    assert "**Caption**\n\n| Name | Number |\n|---|--:|\n| x\\|y | 1 |\n| z | 22 |" in text
    assert "| Hours | 4 |" in text and text.endswith("*Small.*\n") and "### Second" in text


def test_a_pdf_has_title_language_and_tags_and_no_fault():
    body = as_pdf(SAMPLE)
    file = pypdf.PdfReader(io.BytesIO(body))
    assert file.metadata.title == SAMPLE.title and file.trailer["/Root"]["/Lang"] == "en-US"
    assert file.trailer["/Root"]["/MarkInfo"]["/Marked"] and len(file.pages) == 2
    text = " ".join(" ".join(page.extract_text() for page in file.pages).split())
    assert "Five < six & *stars* | pipes." in text and 'Course; "} evil { · 2026' in text and "Page 2 of 2" in text
    assert as_pdf(SAMPLE) == body, "made again, the same bytes"


@pytest.mark.slow
def test_a_pdf_is_accessible_by_the_validator(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(as_pdf(SAMPLE))
    assert faults_of(path) == [[]]


def test_what_stands_at_the_top_of_pages_cannot_leave_its_quotes():
    page = page_of(SAMPLE)
    assert "evil {" not in page.partition("</style>")[0] and "<papers>" not in page


def test_a_docx_has_headings_lists_tables_and_properties():
    body = as_docx(SAMPLE)
    file = docx.Document(io.BytesIO(body))
    styles = [(one.style.name, one.text) for one in file.paragraphs if one.text]
    assert styles[0] == ("Title", SAMPLE.title) and ("Heading 1", "First") in styles and ("Heading 2", "Second") in styles
    assert ("List Bullet", "two") in styles and ("List Paragraph", "2. b") in styles and ("Caption", "Caption") in styles
    table, form = file.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Name", "Number"], ["x|y", "1"], ["z", "22"]]
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader"), "the head stands on each page, and screen readers know it"
    assert [[cell.text for cell in row.cells] for row in form.rows] == [["Name", ""], ["Hours", "4"]]
    said = file.core_properties
    assert (said.title, said.language, said.created.date(), said.author) == (SAMPLE.title, "en-US", ON, "")
    assert file.sections[0].header.paragraphs[0].text == SAMPLE.running
    assert "PAGE" in file.sections[0].footer.paragraphs[0]._p.xml


def test_a_docx_made_again_is_the_same_whatever_the_clock_says():
    body = as_docx(SAMPLE)
    assert as_docx(SAMPLE) == body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 30, 0, 0, 0)}
        assert archive.testzip() is None


def test_without_python_docx_the_answer_says_what_to_install(monkeypatch):
    monkeypatch.setitem(word.__dict__["__builtins__"], "__import__", _no_docx(__import__))
    with pytest.raises(WordUnavailableError, match=r"dti-xblocks\[papers\]"):
        as_docx(SAMPLE)


def _no_docx(real):
    def importing(name, *rest, **more):
        if name == "docx":
            raise ImportError("No module named 'docx'")
        return real(name, *rest, **more)

    return importing
