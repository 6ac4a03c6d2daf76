"""The printed papers in Spanish: as the English ones, current with their texts, and in the place of the English ones in the course."""

import io
import shutil

import pypdf
import pytest
from lxml import html

from dti_xblocks.course.cli import main
from dti_xblocks.course.languages.course import localized
from dti_xblocks.course.languages.memory import Memory
from dti_xblocks.course.languages.outlines import SHIPPED, shipped_languages
from dti_xblocks.course.languages.papers import paper_page, papers_in, write_papers
from dti_xblocks.course.papers import guide
from dti_xblocks.course.papers.printing import FIELD_GUIDE, HANDOUT, WALLET_CARD
from dti_xblocks.course.source import shipped_course

pytestmark = pytest.mark.content
RENEW = "Run: dti-course translations course_export papers"


@pytest.fixture(scope="module")
def spanish() -> Memory:
    return Memory(SHIPPED, shipped_languages()["es-419"])


@pytest.fixture(scope="module")
def papers(spanish) -> dict[str, bytes]:
    made, missing = papers_in(shipped_course(), spanish)
    assert missing == []
    return made


@pytest.fixture
def memory(tmp_path) -> Memory:
    """A copy of the Spanish, to write in."""
    shutil.copytree(SHIPPED, tmp_path / "translations")
    return Memory(tmp_path / "translations", shipped_languages()["es-419"])


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_the_papers_that_are_kept_say_what_the_translations_say(papers, spanish):
    assert set(papers) == {FIELD_GUIDE, WALLET_CARD}
    for name, made in papers.items():  # the makers of PDF write other bytes from time to time
        assert pages((spanish.folder / name).read_bytes()) == pages(made), RENEW


def test_the_guide_has_four_pages_that_a_screen_reader_reads_in_spanish(papers):
    file = pypdf.PdfReader(io.BytesIO(papers[FIELD_GUIDE]))
    assert file.trailer["/Root"]["/MarkInfo"]["/Marked"] and file.trailer["/Root"]["/Lang"] == "es-419"
    assert file.metadata.title == "Deber de intervenir: guía de campo"
    ladder, elements, states, checklist = pages(papers[FIELD_GUIDE])
    assert "Señal." in ladder and "988" in ladder and "1 / 4" in ladder
    assert "intencionalmente" in elements and "Priester v. City of Riviera Beach" in elements
    assert "Carolina del Norte" in states and "N.C. Gen. Stat. § 15A-401" in states
    assert "Qué no sé o no recuerdo" in checklist


def test_every_page_of_the_guide_says_at_its_foot_that_it_is_no_legal_advice(papers):
    assert [page.count("Principios generales, no asesoría legal.") for page in pages(papers[FIELD_GUIDE])] == [2, 1, 1, 1]


def test_the_card_has_two_sides(papers):
    file = pypdf.PdfReader(io.BytesIO(papers[WALLET_CARD]))
    assert [(float(side.mediabox.width), float(side.mediabox.height)) for side in file.pages] == [(243, 153)] * 2
    assert file.metadata.title == "Deber de intervenir: tarjeta de bolsillo"
    front, back = pages(papers[WALLET_CARD])
    assert "3 Intervenir." in front and "Documentar." in back


def test_case_names_and_citations_are_marked_as_english(spanish):
    page, _title = paper_page("field_guide", "es-419", lambda text: "ES")
    root = html.fromstring(page)
    assert root.get("lang") == "es-419" and root.findtext("head/title") == "ES"
    english = {cell.text_content().rstrip(" *") for cell in root.xpath("//td[@lang='en']")}
    assert {row.where for row in guide().states} <= english and "Farmer v. Brennan" in english
    assert "Signal" not in root.text_content() and "Training only" not in root.text_content()


def test_the_spanish_course_has_the_spanish_papers_behind_its_links(papers, spanish, tmp_path):
    localized(shipped_course(), spanish, tmp_path / "course")
    page = html.fromstring((tmp_path / "course" / HANDOUT).read_text(encoding="utf-8"))
    linked = [link for link in page.xpath("//a/@href") if link.endswith(".pdf")]
    assert linked == ["/" + FIELD_GUIDE, "/" + WALLET_CARD]
    for link in linked:
        assert (tmp_path / "course" / link[1:]).read_bytes() == (spanish.folder / link[1:]).read_bytes()


def test_papers_are_written_when_they_differ(papers, memory):
    (memory.folder / WALLET_CARD).unlink()
    written = list(write_papers(papers, memory))
    assert memory.folder / WALLET_CARD in written and (memory.folder / WALLET_CARD).read_bytes() == papers[WALLET_CARD]
    assert list(write_papers(papers, memory)) == []


def test_half_a_paper_is_not_printed(memory, capsys):
    course = str(shipped_course())
    for name in (FIELD_GUIDE, WALLET_CARD):
        (memory.folder / name).unlink()
    words = memory.folder / "course.po"
    told = words.read_text(encoding="utf-8")
    words.write_text(told.replace('msgstr "Solo capacitación"', 'msgstr ""', 1), encoding="utf-8")
    assert main(["translations", course, "papers", "es-419", "--memory", str(memory.folder.parent)]) == 1
    assert "es-419 has no translation of papers/field_guide.html: Training only" in capsys.readouterr().err
    assert not (memory.folder / FIELD_GUIDE).exists()


def test_a_course_without_papers_has_none_to_print(tmp_path, spanish):
    (tmp_path / "course.xml").write_text('<course url_name="r" org="O" course="N"/>', encoding="utf-8")
    assert papers_in(tmp_path, spanish) == ({}, [])
