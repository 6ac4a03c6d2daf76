"""The PDF of a signed pledge: for archives and screen readers, one page with its code and an annex, whatever people enter."""

import io
from pathlib import Path
from random import Random

import pikepdf
import pypdf
import pytest
from django.test import override_settings
from django.utils import translation
from lxml import etree

from dti_xblocks.copies import copy_of
from dti_xblocks.copies import make as making
from dti_xblocks.course import preview as assets
from dti_xblocks.pages.pledge import words as pledge_words
from dti_xblocks.pledge.model import Affirmation, Pledge
from dti_xblocks.records.pledge import pledges
from dti_xblocks.seals import command, file
from tests.pdf import pledge_samples as samples
from tests.pdf.acting import acts_in
from tests.pdf.verapdf import faults_of

pytestmark = pytest.mark.slow

SETTING, SEALING = samples.institution("Department of PDF"), samples.sealing_only("Department of PDF")
ADDRESS = "https://lms.example.edu/dti/verify"
ARABIC = "محمد بن عبد الله الأنصاري"
FIFTY = "\n".join(
    f"Line {number} of a disclosure that says something of importance to whoever reads it." for number in range(1, 51)
)


INSTITUTION = {"name": "Sunset County Sheriff", "logo": Path(assets.__file__).with_name("assets") / "badge.svg"}
MANY = Pledge(
    "<p>" + "People trust me with power that they do not have. " * 30 + "</p>",
    tuple(Affirmation(f"s{number}", f"Statement {number}: " + "I will speak up, and step in. " * 8) for number in range(1, 61)),
    "<p>This is the last of many words.</p>",
)
LONG = {
    "name": "Maximiliana " * 20,
    "account": "M" * 255,
    "reason": "w" * 500,
    "answers": ("A" * 200, "B " * 100, "C" * 200),
}


def file_of(setting=SEALING, institution=None, **values) -> bytes:
    with override_settings(DTI_PLEDGE_KEYS=setting, DTI_PLEDGE_VERIFY_URL=ADDRESS, DTI_INSTITUTION=institution):
        return copy_of(samples.signed_row(**{"disclosure": pledge_words.disclosure(), **values})).body


@pytest.fixture(scope="module")
def made():
    """Files with everything that may be in one."""
    logo = pledges.keep_image(samples.PIXEL, "image/png")
    with translation.override("en"):
        return {
            "plain": file_of(chance=Random("plain")),  # its code, and so the lines of its QR code, are the same in every run
            "signed": file_of(SETTING),
            "drawn": file_of(
                SETTING,
                chance=Random("drawn"),
                strokes=samples.drawing(),
                certificate_text="Training Division",
                logo=logo,
                valid_until=samples.WHEN.replace(year=2027),
            ),
            "arabic": file_of(name=ARABIC, reason="So I write it"),
            "right-to-left": file_of(language="ar", name=ARABIC, strokes=samples.drawing()),
            "long": file_of(**LONG),
            "a4": file_of(institution={**INSTITUTION, "paper": "A4"}, strokes=samples.drawing()),
            "longest": file_of(
                institution={**INSTITUTION, "name": "W" * 120},
                pledge=MANY,
                strokes=samples.drawing(),
                certificate_text="A line of the author's\n" * 60,
                title="A title that goes on and on " * 8,
                course_title="A course with many words in its title " * 5,
                valid_until=samples.WHEN.replace(year=2027),
                logo=logo,
                **LONG,
            ),
            "many-right-to-left": file_of(language="ar", name=ARABIC, pledge=MANY, institution=INSTITUTION),
            "emoji": file_of(name="Ana 🚓 Reyes 李明 नमस्ते", title="Pledge 🤝"),
            "fifty": file_of(disclosure=FIFTY),
            "unsealed": file_of(None),
        }


def text_of(body) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages).split())


def test_every_file_is_pdf_a_3a_and_pdf_ua_and_the_validator_would_say_otherwise(made, tmp_path):
    broken = pikepdf.open(io.BytesIO(made["plain"]))
    del broken.Root.StructTreeRoot
    del broken.Root.OutputIntents
    broken.save(tmp_path / "broken.pdf")
    # Scripts for which the machine has no font are boxes on its pages: a file can be no better than the fonts are.
    sound = {name: body for name, body in made.items() if name != "emoji"}
    paths = [tmp_path / f"{name}.pdf" for name in sound]
    for path, body in zip(paths, sound.values(), strict=True):
        path.write_bytes(body)
    for flavour in ("PDFA_3_A", "PDFA_3_U", "PDFUA_1"):
        *found, of_broken = faults_of(*paths, tmp_path / "broken.pdf", flavour=flavour)
        assert dict(zip(sound, found, strict=True)) == {name: [] for name in sound}
        assert of_broken or flavour == "PDFA_3_U"


def test_the_file_says_of_itself_what_it_is(made):
    metadata = pypdf.PdfReader(io.BytesIO(made["plain"])).trailer["/Root"]["/Metadata"].get_data()
    tree = etree.fromstring(metadata)
    text = etree.tostring(tree).decode()
    assert 'pdfaid:part="3"' in text and 'pdfaid:conformance="A"' in text and 'pdfuaid:part="1"' in text


def pages_of(body) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(body)).pages]


@pytest.mark.parametrize("name", ["plain", "signed", "drawn", "a4", "arabic", "right-to-left", "unsealed"])
def test_the_pledge_is_one_page_and_the_record_another(made, name):
    first, annex = pages_of(made[name])
    assert "on my worst night" in first and "told before agreeing" not in first
    assert annex.startswith("Annex: the record of this signature") and "told before agreeing" in annex


def test_the_first_page_has_code_and_qr_code_whatever_is_on_it_and_every_page_names_the_code(made):
    for name, body in made.items():
        code = file.check(body, samples.ring_of(SEALING)).code
        found = pages_of(body)
        assert all(code in page for page in found), name
        assert found[0].count(code) >= 3, name  # as a code, in the address, at the foot of the page
        assert areas_in(body, 0) > 100 > areas_in(body, len(found) - 1), name  # the QR code is drawn of areas


def areas_in(body, number) -> int:
    """How many lines of the page are moves of a pen: a QR code is made of hundreds."""
    content = pypdf.PdfReader(io.BytesIO(body)).pages[number]
    drawn = [content.get_contents().get_data(), *(each.get_object().get_data() for each in xobjects(content))]
    return sum(line.endswith((b" l", b" m", b" re")) for part in drawn for line in part.splitlines())


def xobjects(page) -> list:
    return [each for each in (page["/Resources"].get("/XObject") or {}).values() if each.get_object().get("/Subtype") == "/Form"]


def test_long_words_go_on_where_they_end_and_nothing_of_them_is_lost(made):
    for name in ("longest", "many-right-to-left"):
        first, *rest = pages_of(made[name])
        whole = " ".join([first, *rest])
        assert all(f"Statement {number}:" in whole for number in range(1, 61)), name
        assert "last of many words" not in first and "last of many words" in whole, name
        assert "Annex" in rest[-1] or "Annex" in rest[-2], name


def test_the_paper_is_the_institutions(made):
    sizes = {
        name: [round(float(side)) for side in pypdf.PdfReader(io.BytesIO(made[name])).pages[0].mediabox[2:]]
        for name in ("plain", "a4")
    }
    assert sizes == {"plain": [612, 792], "a4": [595, 842]}


def test_the_same_record_makes_the_same_bytes(monkeypatch):
    monkeypatch.setattr(making, "kept_file", lambda _row: None)
    monkeypatch.setattr(making, "keep_file", lambda *_row: None)
    with override_settings(DTI_PLEDGE_KEYS=SEALING, DTI_PLEDGE_VERIFY_URL=ADDRESS, DTI_INSTITUTION=INSTITUTION):
        row = samples.signed_row(strokes=samples.drawing())
        assert copy_of(row).body == copy_of(row).body


def test_the_files_inside_are_tied_to_the_document(made):
    opened = pikepdf.open(io.BytesIO(made["plain"]))
    found = {str(each.UF): str(each.AFRelationship) for each in opened.Root.AF}
    assert found == {"record.json": "/Source", "seal.json": "/Data"}


def test_the_drawing_and_the_qr_code_are_lines_and_areas_not_pixels(made):
    for name, pictures in (("plain", 0), ("drawn", 1)):  # the one picture of pixels is the agency's logo
        kinds = []
        for page in pikepdf.open(io.BytesIO(made[name])).pages:
            kinds += [str(each.Subtype) for each in (page.Resources.get("/XObject") or {}).values()]
        assert kinds.count("/Image") <= 2 * pictures, name  # a picture and its mask
    assert lines_in(made["drawn"]) >= lines_in(made["plain"]) + 80  # the points of the strokes; their QR codes differ


def lines_in(body) -> int:
    """How many straight lines the pages draw."""
    contents = [page.get_contents().get_data() for page in pypdf.PdfReader(io.BytesIO(body)).pages]
    return sum(line.endswith(b" l") for content in contents for line in content.splitlines())


def test_pictures_have_words(made):
    opened = pikepdf.open(io.BytesIO(made["drawn"]))
    words = [
        str(each.Alt)
        for each in opened.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure" and "/Alt" in each
    ]
    assert len(words) == 4  # with the seal
    assert "Drawn signature of Ana Reyes" in words and any("QR code" in each for each in words)


def test_names_are_written_as_they_are(made):
    assert "Ana" in text_of(made["emoji"])
    for name in ("arabic", "right-to-left"):
        found = text_of(made[name])
        assert any(part in found or part[::-1] in found for part in ("محمد", "الأنصاري")), name


def test_the_last_line_of_a_long_disclosure_is_there(made):
    assert "Line 50 of a disclosure" in text_of(made["fifty"])


def test_each_is_what_the_command_finds(made):
    ring = samples.ring_of(SETTING)
    found = {name: command.verify(body, ring).state for name, body in made.items()}
    assert found == {**dict.fromkeys(made, "valid"), "unsealed": "not-sealed"}


def test_nothing_in_it_acts_by_itself(made):
    assert {name: found for name, body in made.items() if (found := acts_in(body))} == {}


def test_a_file_that_acts_is_told_from_one_that_only_spells_it(made):
    opened = pikepdf.open(io.BytesIO(made["plain"]))
    opened.Root.Quiet = pikepdf.Stream(opened, b"/JS /Launch /OpenAction")
    assert acts_in(saved(opened)) == set()
    opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    opened.pages[0].AA = opened.make_indirect(pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch)))
    assert acts_in(saved(opened)) == {"/OpenAction", "/JavaScript", "/JS", "/AA", "/Launch"}


def saved(opened) -> bytes:
    """The bytes of the file, its objects compressed as a whole."""
    kept = io.BytesIO()
    opened.save(kept, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return kept.getvalue()
