"""The PDF of a packet: its structure, what a validator of PDF/UA says of it, and that it says the same as the web page."""

import io
import re

import pikepdf
import pypdf
import pytest
from django.utils import translation
from lxml import etree

from dti_xblocks import pdf
from dti_xblocks.case_law.library import library
from dti_xblocks.case_law.packet import LIBRARY, MODULE, Choice
from dti_xblocks.pages.case_law.packet_document import Cover
from tests.pdf import packet_samples as samples
from tests.pdf.acting import acts_in
from tests.pdf.packet_samples import text_of
from tests.pdf.verapdf import faults_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def body():
    return samples.made()


@pytest.fixture(scope="module")
def whole_library():
    """The PDF of all that is shipped."""
    return samples.made(samples.full(Choice(LIBRARY), Cover("The library"), [], library()))


@pytest.fixture(scope="module")
def pages(body):
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(body)).pages]


@pytest.fixture
def file(body):
    with pikepdf.open(io.BytesIO(body)) as opened:
        yield opened


@pytest.fixture(scope="module")
def page():
    return etree.HTML(samples.full().to_read(samples.TODAY))


def elements(file, kind=None):
    """The structure elements of a PDF, of one kind where it is told."""
    found, left = [], [file.Root.StructTreeRoot.K]
    while left:
        node = left.pop()
        if isinstance(node, pikepdf.Array):
            left.extend(node)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                left.append(node.K)
    return [node for node in found if kind is None or f"/{kind}" == node.S]


# -- an independent validator ----------------------------------------------------------------------------------------------


def test_packets_conform_to_pdf_ua_and_the_validator_would_say_otherwise(body, tmp_path):
    """One with everything in it, also from right to left, and a file with a fault that it has to find."""
    unsound = "<html lang='en'><body><h1>x</h1><ul><li><div>A list item holds a label and a body only.</div></li></ul>"
    files = {
        "everything": body,
        "unsound": pdf.render(unsound, title="T"),
    }
    with translation.override("ar"):
        files["right to left"] = samples.made()
    paths = [tmp_path / f"{name}.pdf" for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_bytes(content)
    found = dict(zip(files, faults_of(*paths), strict=True))
    assert [fault.split(":")[0] for fault in found.pop("unsound")] == ["7.2-20"]
    assert not any(found.values()), found


def test_the_packets_of_our_library_conform_to_pdf_ua(whole_library, tmp_path):
    """The whole library, in which every module's entries are, and one module's packet."""
    module = samples.made(samples.full(Choice(MODULE), Cover("A module"), [], library(), library().module(2)))
    paths = [tmp_path / "library.pdf", tmp_path / "module.pdf"]
    for path, content in zip(paths, (whole_library, module), strict=True):
        path.write_bytes(content)
    assert faults_of(*paths) == [[], []]


# -- structure -------------------------------------------------------------------------------------------------------------


def test_the_file_says_what_it_is(file):
    assert file.Root.MarkInfo.Marked and file.Root.ViewerPreferences.DisplayDocTitle
    assert str(file.Root.Lang) == "en"
    assert str(file.docinfo.Author) == "Springfield Police" and "Case-law packet" in str(file.docinfo.Subject)
    with file.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Packet: <one> & two"
        assert metadata["dc:creator"] == ["Springfield Police"]
        assert "excessive force" in metadata["pdf:Keywords"]
        assert metadata["xmp:CreateDate"].startswith("2026-11-23")


def test_every_page_and_link_is_tied_to_the_structure(file):
    tree = file.Root.StructTreeRoot.ParentTree.Nums
    numbers = {int(tree[place]) for place in range(0, len(tree), 2)}
    assert {int(page.StructParents) for page in file.pages} <= numbers
    links = [annotation for page in file.pages for annotation in page.get("/Annots", [])]
    assert links and {int(link.StructParent) for link in links} <= numbers
    assert len(elements(file, "Link")) >= len(links)


def test_pictures_have_words(file):
    words = sorted(str(figure.Alt) for figure in elements(file, "Figure"))
    assert words[:1] == ["Emblem of Springfield Police"]
    assert all(text.startswith("QR code with the address of the source of ") for text in words[1:])
    with_source = [slug for slug in samples.SLUGS if samples.COLLECTION.get(slug).official_url]
    assert len(words) == 1 + len(with_source)


def test_all_fonts_are_embedded_and_can_be_copied_from(file):
    fonts = [font for page in file.pages for font in page.Resources.get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        (descendant,) = font.DescendantFonts
        assert any(name in descendant.FontDescriptor for name in ("/FontFile2", "/FontFile3"))


def test_headings_go_down_one_level_at_a_time(file):
    kinds = [node.S for node in elements(file) if re.fullmatch("/H[1-6]", str(node.S))]
    assert kinds.count("/H1") == 1
    assert set(map(str, kinds)) == {"/H1", "/H2", "/H3"}


def test_the_bookmarks_are_the_authorities(body):
    (title, below) = pypdf.PdfReader(io.BytesIO(body)).outline
    assert title.title == "Packet: <one> & two"
    names = [entry.title for entry in below if not isinstance(entry, list)]
    assert names[0] == "Contents"
    assert sorted(names[1:]) == sorted(samples.COLLECTION.get(slug).heading for slug in samples.SLUGS)


def test_nothing_in_it_acts_by_itself(file, body):
    assert acts_in(body) == set()
    assert "/AcroForm" not in file.Root  # that of a signed pledge holds its signature
    assert "/EmbeddedFiles" not in file.Root.get("/Names", {})
    for one in file.pages:
        for link in one.get("/Annots", []):
            assert link.Subtype == "/Link"
            action = link.get("/A")
            assert "/Dest" in link or action.S == "/URI"
            assert action is None or str(action.URI).startswith(("https://", "http://"))


def test_the_paper_is_letter(file):
    assert {tuple(map(float, page.MediaBox)) for page in file.pages} == {(0, 0, 612, 792)}


# -- what stands in it -----------------------------------------------------------------------------------------------------


def test_the_cover(pages):
    assert "Springfield Police Packet: <one> & two 6 authorities" in pages[0]
    assert "With 6 highlights, notes and bookmarks of Ana Reyes Made on November 23, 2026" in pages[0]
    assert "not legal advice" in pages[0] and "2 entries were added or edited by your agency" in pages[0]
    assert "1 / " not in pages[0]


def test_the_contents_have_the_page_of_each_authority(pages):
    assert pages[1].startswith("Contents")
    for slug in samples.SLUGS:
        heading = samples.COLLECTION.get(slug).heading
        number = int(re.search(re.escape(heading) + r"[ .]*(\d+)", pages[1])[1])
        assert heading in pages[number - 1], heading
    assert "Limited by later law" in pages[1]


def test_the_running_heads_have_the_citation(pages):
    (with_graham,) = [text for text in pages[2:] if "on the scene would have done" in text]
    assert re.search(r"Packet: <one> & two Graham v\. Connor, 490 U\.S\. 386 \d / \d+$", with_graham)
    assert "Graham" not in pages[1].rpartition("Packet: <one> & two")[2]  # nor on the contents


def test_flags_edits_and_checks_are_said(pages):
    everything = " ".join(pages)
    for words in (
        "Limited by later law. The moment of threat is not all that counts.",
        "Changed by: Tennessee v. Garner, 471 U.S. 1 (1985); Slakan v. Porter, 737 F.2d 368 (4th Cir. 1984); A Case That Nobody Has (2025)",
        "Edited by your agency: Facts, Holding",
        "Added by your agency. It is not part of the checked library.",
        "Checked in November 2026; some details could not be confirmed.",
        "No free public copy was found when this entry was checked.",
        "You bookmarked this",
    ):
        assert words in everything, words


def test_notes_stand_at_their_words(pages):
    everything = " ".join(pages)
    assert "Your note [1] The test." in everything
    assert "Your note [2] Sugar. Ask the sergeant." in everything
    assert "Your note [1] First element." in everything  # numbers begin again with each authority
    assert "Your marks on words that are gone" in everything
    assert "“words that stood here once and were taken out of this text” Your note About what is gone." in everything
    assert "Not in this packet" not in everything


def test_no_heading_is_the_last_line_of_a_page(whole_library):
    headings = {"Facts", "Question", "Holding", "Rule", "On the street", "Outcome", "Later treatment", "In twenty seconds"}
    headings |= {"What has to be shown", "Penalties and remedies", "The duty", "Who it covers", "Reporting and retaliation"}
    headings |= {one.heading for one in library()}
    reader = pypdf.PdfReader(io.BytesIO(whole_library))
    for number, one in enumerate(reader.pages[1:], 2):
        lines = [line.strip() for line in one.extract_text().splitlines() if line.strip()]
        text = [line for line in lines if not re.fullmatch(r"\d+ / \d+", line)]
        assert text[-1] not in headings, f"page {number} ends with the heading {text[-1]}"


def test_the_same_packet_is_the_same_file():
    sample = samples.full(Choice(MODULE), Cover("A module"), [], library(), library().module(6)[:2])
    assert samples.made(sample) == samples.made(sample)


def test_the_page_says_the_same_as_the_file(page, pages):
    everything = re.sub(r"\W", "", " ".join(pages))
    for node in page.xpath("//article//p|//article//li|//article//h2|//article//h3"):
        words = re.sub(r"\W", "", text_of(node))
        assert words[:60] in everything, text_of(node)
