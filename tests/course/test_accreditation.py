"""The accreditation packet: whole for every body, true to the course, the same when it is made again."""

import re
import shutil
import tomllib
from datetime import date
from pathlib import Path

import docx
import pypdf
import pytest

from dti_xblocks.case_law.library import library
from dti_xblocks.course.accreditation import UnknownProfileError, packet, profile, profiles
from dti_xblocks.course.accreditation.facts import fingerprint
from dti_xblocks.course.accreditation.packet import PACKET, _asked
from dti_xblocks.course.cli import main
from dti_xblocks.course.documents import Blanks, Heading, Table
from dti_xblocks.course.documents.markdown import as_markdown
from dti_xblocks.course.documents.pdf import as_pdf
from dti_xblocks.course.documents.word import as_docx
from dti_xblocks.course.olx import read
from dti_xblocks.course.outline import outline
from dti_xblocks.course.source import shipped_course
from tests.pdf.verapdf import faults_of

pytestmark = [pytest.mark.content, pytest.mark.once]
ON = date(2026, 11, 30)
SECTIONS = {one["id"]: one for one in tomllib.loads(PACKET.read_text(encoding="utf-8"))["sections"]}


@pytest.fixture(scope="module")
def course():
    return read(shipped_course())


@pytest.fixture(scope="module")
def general(course):
    return packet(course, profile("general"), ON)


@pytest.fixture(scope="module")
def california(course):
    return packet(course, profile("ca-post"), ON)


def headings(document) -> list[str]:
    return [part.text for part in document.parts if isinstance(part, Heading) and part.level == 1]


def test_the_packet_has_everything_that_bodies_ask_for(general):
    assert headings(general)[:3] == ["1. The course at a glance", "2. Statement of purpose", "3. Need"]
    assert len(headings(general)) == len(SECTIONS)
    text = as_markdown(general)
    for module in outline().modules:
        assert module.title in text and all(item.title in text for item in module.items)
    assert all(sentence in text for sentence in outline().outcomes.values())
    assert "Hourly distribution" in text and "| In all |  |  |  | 240 |" in text
    assert "{" not in text and "}" not in text, "every brace is filled in"


def test_every_authority_is_listed_with_the_month_of_its_check(general):
    entries = next(part for part in general.parts if isinstance(part, Table) and part.head[0] == "Name")
    shipped = [one for one in library() if not one.is_agencys]
    assert sorted(row[0] for row in entries.rows) == sorted(one.heading for one in shipped)
    assert all(re.fullmatch(r"\d{4}-\d\d", row[2]) and row[3] in ("in full", "in part") for row in entries.rows)


def test_questions_are_listed_without_wording_and_answers(general):
    asked = next(part for part in general.parts if isinstance(part, Table) and part.head[0] == "Question")
    assert asked.head == ("Question", "Outcome", "Lesson", "Kind", "Difficulty", "Source")
    assert "key" not in as_markdown(general).partition("Annex B")[2].lower().replace("key-", "")


def test_nobody_is_named_and_nothing_is_claimed(general):
    text = as_markdown(general)
    forms = [part for part in general.parts if isinstance(part, Blanks)]
    assert len(forms) >= 10 and all(said == "" for form in forms for _label, said in form.lines)
    assert "That any board has approved, accredited or endorsed this course." in text
    assert not re.search(r"\b(we are|is) (approved|accredited|certified|endorsed) by\b", text)
    assert "not been tested well yet" in text


@pytest.mark.parametrize("name", [one.name for one in profiles()])
def test_every_profile_says_how_far_it_is_known_and_names_sections_that_there_are(name):
    one = profile(name)
    assert one.known and re.fullmatch(r"\d{4}-\d\d", one.checked)
    assert {asked.where for asked in one.asks} <= {*SECTIONS, ""}
    if name != "general":
        assert one.seen and one.ask_them and one.addresses, "a body's rules are seen somewhere, in part, and asked for"


def test_a_body_finds_what_it_asks_with_the_place_of_the_answer(california):
    assert california.title == "Duty to Intervene: accreditation packet for California POST"
    asks = next(part for part in california.parts if isinstance(part, Table) and part.head[0] == "What is asked")
    rows = {row[0]: row[1] for row in asks.rows}
    assert rows["Need and justification"] == "3. Need" and rows["Course content"] == "6. Outline"
    assert set(rows.values()) <= set(headings(california)), "each answer is a section of this packet"
    form = next(part for part in california.parts if isinstance(part, Blanks) and part.caption.startswith("Fields"))
    assert ("Course title and secondary title", "Duty to Intervene") in form.lines
    said = next(entry for field, entry in form.lines if field.startswith("Objectives"))
    for what, heading in (
        ("Objectives", "Outcomes and objectives"),
        ("Description", "Statement of purpose"),
        ("Method", "Method of"),
    ):
        number = re.search(rf"{what}: Section (\d+)", said)[1]
        assert any(one.startswith(f"{number}. {heading}") for one in headings(california)), what


def test_what_a_body_asks_and_we_do_not_have_is_said():
    asked = next(part for part in _asked(profile("mn-post"), dict.fromkeys(SECTIONS, "here"), str) if isinstance(part, Table))
    rows = {row[0]: row[1] for row in asked.rows}
    assert rows["Written procedure on classroom discrimination"] == "Not in this packet: to be added by the provider"
    assert set(rows.values()) == {"here", "Not in this packet: to be added by the provider"}


def test_a_profile_that_there_is_not_is_refused_with_those_that_there_are():
    with pytest.raises(UnknownProfileError, match="ca-post, iadlest"):
        profile("nowhere")


def test_the_fingerprint_changes_with_any_edit(tmp_path):
    copy = tmp_path / "course"
    shutil.copytree(shipped_course(), copy)
    before = fingerprint(read(copy))
    assert before == fingerprint(read(shipped_course())) and re.fullmatch(r"([0-9a-f]{4} ){3}[0-9a-f]{4}", before)
    page = copy / "html/m01-welcome-u1-text.html"
    page.write_text(page.read_text(encoding="utf-8").replace("wet parking lot", "dry parking lot"), encoding="utf-8")
    assert fingerprint(read(copy)) != before


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> dict[str, Path]:
    """The two files as the command writes them."""
    folder = tmp_path_factory.mktemp("packets")
    assert (
        main(["accreditation", str(shipped_course()), "--profile", "ca-post", "--on", "2026-11-30", "--into", str(folder)]) == 0
    )
    return {form: folder / f"duty-to-intervene-accreditation-ca-post.{form}" for form in ("pdf", "docx")}


def test_the_same_course_and_day_give_the_same_files(written, california):
    assert sorted(path.name for path in written["pdf"].parent.iterdir()) == sorted(path.name for path in written.values())
    assert written["pdf"].read_bytes() == as_pdf(california)
    assert written["docx"].read_bytes() == as_docx(california)


def test_the_pdf_has_every_section_and_the_title_on_each_page(written, california):
    file = pypdf.PdfReader(written["pdf"])
    pages = [" ".join(page.extract_text().split()) for page in file.pages]
    assert file.trailer["/Root"]["/Lang"] == "en-US" and file.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert all(heading in " ".join(pages) for heading in headings(california))
    assert "Statement of purpose" in pages[0], "on page one, as California's outline has it"
    assert all("accreditation packet · revised 2026-11-30" in page for page in pages)


def test_the_docx_has_the_same_sections_and_tables(written, california):
    file = docx.Document(str(written["docx"]))
    assert [one.text for one in file.paragraphs if one.style.name == "Heading 1"] == headings(california)
    assert len(file.tables) == sum(isinstance(part, Table | Blanks) for part in california.parts)
    outline_table = next(one for one in file.tables if one.rows[0].cells[0].text == "No." and len(one.columns) == 4)
    assert "2.1.1" in [row.cells[0].text for row in outline_table.rows]


@pytest.mark.slow
def test_the_packet_is_accessible_by_the_validator(written):
    assert faults_of(written["pdf"]) == [[]]


def test_bodies_are_listed_and_mistakes_are_said(tmp_path, capsys):
    assert main(["accreditation", "--list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(profiles())
    assert main(["accreditation", str(shipped_course()), "--profile", "mars", "--into", str(tmp_path)]) == 2
    assert "There is no profile “mars”" in capsys.readouterr().err
    (tmp_path / "file").write_text("")
    assert main(["accreditation", str(shipped_course()), "--into", str(tmp_path / "file"), "--only", "docx"]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_course_without_a_final_assessment_promises_none(tmp_path, capsys):
    command = ["accreditation", str(shipped_course()), "--path", "refresher", "--on", "2026-11-30", "--into", str(tmp_path)]
    assert main([*command, "--only", "docx"]) == 0
    file = docx.Document(capsys.readouterr().out.strip())
    text = "\n".join(one.text for one in file.paragraphs)
    assert "Refresher: accreditation packet" in text and "final assessment" not in text.partition("Annex")[0].lower()
    assert "[final]" not in text and "{" not in text
