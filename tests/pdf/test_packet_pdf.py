"""The PDF of a packet: its structure, what a validator of PDF/UA says of it, and the same packet as one HTML file."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pypdf
import pytest
from django.utils import translation
from lxml import etree

from dti_xblocks import pdf
from dti_xblocks.case_law.library import Library, library
from dti_xblocks.case_law.model import Entry
from dti_xblocks.case_law.packet import CHOSEN, LIBRARY, MODULE, Choice
from dti_xblocks.pages.case_law.packet import REASONS, Cover, packet_css
from dti_xblocks.pdf import apart
from dti_xblocks.records import jobs, tasks
from dti_xblocks.records.case_law import packets
from dti_xblocks.records.models import Packet
from tests.pdf import packet_samples as samples
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


def text_of(node) -> str:
    return " ".join("".join(node.itertext()).split())


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


def test_packets_conform_to_pdf_ua_and_the_validator_would_say_otherwise(body, whole_library, tmp_path):
    """The whole library, each module's packet, and one with everything in it; and a file with a fault that it has to find."""
    unsound = "<html lang='en'><body><h1>x</h1><ul><li><div>A list item holds a label and a body only.</div></li></ul>"
    files = {
        "everything": body,
        "unsound": pdf.render(unsound, title="T"),
        "library": whole_library,
    }
    for number in (2, 4, 5, 6, 7):
        listed = library().module(number)
        files[f"module {number}"] = samples.made(samples.full(Choice(MODULE), Cover("A module"), [], library(), listed))
    with translation.override("ar"):
        files["right to left"] = samples.made()
    paths = [tmp_path / f"{name}.pdf" for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_bytes(content)
    found = dict(zip(files, faults_of(*paths), strict=True))
    assert [fault.split(":")[0] for fault in found.pop("unsound")] == ["7.2-20"]
    assert not any(found.values()), found


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
    with_source = [slug for slug in samples.SLUGS if samples.SHELF.get(slug).official_url]
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
    assert sorted(names[1:]) == sorted(samples.SHELF.get(slug).heading for slug in samples.SLUGS)


def test_nothing_in_it_acts_by_itself(file):
    assert not {"/OpenAction", "/AA", "/JavaScript", "/AcroForm"} & set(file.Root.keys())
    names = file.Root.get("/Names", {})
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(names.keys())
    for one in file.pages:
        assert "/AA" not in one
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
        heading = samples.SHELF.get(slug).heading
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
        "Only partly checked in November 2026.",
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


# -- the same as a web page ------------------------------------------------------------------------------------------------


def test_the_page_needs_nothing_from_outside(page):
    assert not page.xpath("//script|//link|//iframe|//object|//video|//audio|//form|//*[@srcset]|//@style|//base")
    assert all(address.startswith("data:image/") for address in page.xpath("//@src"))
    styles = "".join(page.xpath("//style/text()"))
    assert "url(" not in styles and "@import" not in styles
    for address in page.xpath("//a/@href"):
        assert address.startswith(("https://", "http://")) or page.xpath("//*[@id=$name]", name=address[1:]), address


def test_the_page_has_language_title_landmarks_and_a_way_past_the_cover(page):
    assert page.get("lang") == "en" and page.xpath("//title/text()") == ["Packet: <one> & two"]
    assert [node.tag for node in page.xpath("//main|//header|//nav")] == ["header", "main", "nav"]
    (skip,) = page.xpath("//a[@class='skip']/@href")
    assert page.xpath("//*[@id=$name]", name=skip[1:])
    assert page.xpath("//meta[@charset='utf-8']")


def test_names_on_the_page_are_unique_and_lead_to_each_paragraph(page):
    names = page.xpath("//@id")
    assert len(names) == len(set(names))
    for slug in samples.SLUGS:
        for part in samples.SHELF.get(slug).parts:
            for number in range(len(part.paragraphs)):
                assert f"case-{slug}--{part.code.replace('_', '-')}-{number + 1}" in names


def test_the_page_says_the_same_as_the_file(page, pages):
    everything = re.sub(r"\W", "", " ".join(pages))
    for node in page.xpath("//article//p|//article//li|//article//h2|//article//h3"):
        words = re.sub(r"\W", "", text_of(node))
        assert words[:60] in everything, text_of(node)


def test_marks_are_painted_and_italics_set(page):
    facts = page.xpath("//*[@id='case-graham-v-connor--facts-1']")[0]
    painted = "".join("".join(node.itertext()) for node in facts.xpath(".//mark"))
    plain = samples.GRAHAM.facts
    assert painted == plain[17:60].strip()
    assert [text_of(node) for node in facts.xpath(".//sup")] == ["[2]"]
    assert "underline" in pdf.stylesheet("packet.css").split("mark {")[1].split("}")[0]  # not by color alone
    assert [text_of(node) for node in page.xpath("//*[@id='case-graham-v-connor--in-brief-1']//em")] == ["reasonable officer"]
    assert "*" not in text_of(page.xpath("//article[@id='case-graham-v-connor']")[0])


def test_everything_in_it_is_escaped():
    hostile = "<script>x</script> & </p> \"'"
    graham = samples.GRAHAM
    mine = [samples.mark(1, graham, "facts", 0, 5, hostile)]
    cover = Cover(hostile, hostile, None, hostile)
    tree = etree.HTML(samples.full(cover=cover, mine=mine).to_read(samples.TODAY))
    assert not tree.xpath("//script")
    assert text_of(tree.xpath("//h1")[0]) == text_of(tree.xpath("//p[@class='note-text']")[0]) == hostile


def test_the_digest_is_of_everything_but_the_day():
    one = samples.full()
    assert one.digest == samples.full().digest
    assert one.to_render(samples.TODAY) != one.to_render(samples.TODAY.replace(day=24))
    others = [
        samples.full(cover=Cover("Packet: <one> & two", "Springfield Police", (samples.png(4), "image/png"), "Ana Reyes")),
        samples.full(cover=Cover("Other")),
        samples.full(mine=samples.marks()[1:]),
        samples.full(choice=Choice("chosen", samples.SLUGS[1:])),
    ]
    with translation.override("es"):
        others.append(samples.full())
    assert len({one.digest, *(other.digest for other in others)}) == 6


def test_each_text_has_the_direction_of_its_own_words():
    arabic = replace(samples.POLICY, duty="تدخّل فورا.", who_it_covers="2026: Everybody.")
    shelf = Library([*library(), arabic])
    with translation.override("ar"):
        tree = etree.HTML(samples.full(Choice(CHOSEN, (arabic.slug,)), Cover("T"), [], shelf).to_read(samples.TODAY))
    ways = {text_of(node): node.get("dir") for node in tree.xpath("//article//*[@lang='en']")}
    assert ways["تدخّل فورا."] == "rtl"
    assert ways["2026: Everybody."] == ways[arabic.caption] == "ltr"
    assert tree.get("dir") == "rtl" and not tree.xpath("//*[@dir='auto']")  # WeasyPrint does not know that word


def test_the_day_is_in_the_language_of_the_reader():
    with translation.override("de"):
        assert "23. November 2026" in samples.full().to_read(samples.TODAY)


# -- hostile text ----------------------------------------------------------------------------------------------------------

HOSTILE = {
    "facts": "x" * 20_000,
    "question": "<script>alert(1)</script> &amp; <p style='break-before: page'> " * 50,
    "holding": "👮🏽‍♀️🚓 " * 200,
    "rule": "مرحبا שלום " * 200 + "\u202eevil\u202c",
    "outcome": "*" * 2000 + "*a*" * 300,
    "on_the_street": "e" + "\u0301" * 2000,
}


def hostile() -> Library:
    """A shelf with one authority of an agency that means no good."""
    fields = {"kind": "case", "caption": "\u202eEvil v. \x07Good", "citation": "Evil v. Good, 1 U.S. 1 (1900)", **HOSTILE}
    fields |= {"official_url": "javascript:alert(1)", "topics": ("<b>topic</b>",) * 40}
    return library().with_entries([Entry(slug="evil-v-good", fields=fields)])


def test_a_hostile_authority_becomes_pages_and_no_more():
    shelf = hostile()
    sample = samples.full(Choice(CHOSEN, ("evil-v-good",)), Cover("Hostile"), [], shelf)
    tree = etree.HTML(sample.to_read(samples.TODAY))
    assert not tree.xpath("//script") and tree.xpath("//h2/text()")[1] == "Evil v. Good"
    assert "alert" not in "".join(tree.xpath("//@href")) and "\u202e" not in sample.html
    reader = pypdf.PdfReader(io.BytesIO(samples.made(sample)))
    assert 5 < len(reader.pages) < 60
    assert "<script>alert(1)</script>" in text_of(tree.xpath("//article")[0])


@pytest.mark.parametrize(("limits", "reason"), [(pdf.Limits(pages=3), "pages"), (pdf.Limits(seconds=1), "time")])
def test_what_takes_too_much_fails_with_a_sentence(monkeypatch, limits, reason):
    real = pdf.render_apart
    monkeypatch.setattr(pdf, "render_apart", lambda html, **options: real(html, limits=limits, every=0.1, **options))
    Packet.objects.filter(digest="f" * 64).delete()
    sample = samples.full(Choice(CHOSEN, ("evil-v-good", *library().slugs[:30])), Cover("Hostile"), [], hostile())
    source = tasks.document(sample.to_render(samples.TODAY), packet_css())
    row, _new = packets.ask(digest="f" * 64, owner_id=7, title="T", expected=9, source=lambda: source, now=datetime.now(UTC))
    tasks.make_packet(row.id)
    row = Packet.objects.get(id=row.id)
    row.delete()
    assert (row.state, row.reason, row.body) == ("failed", reason, None)
    assert str(REASONS[reason]).endswith(".")


def test_every_reason_has_its_sentence():
    reasons = {apart.TOO_LONG, apart.TOO_LARGE, apart.TIME, apart.MEMORY, apart.BROKEN, apart.UNAVAILABLE}
    assert set(REASONS) == reasons | {jobs.LOST, packets.LARGE}
