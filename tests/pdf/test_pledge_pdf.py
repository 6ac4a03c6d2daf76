"""The PDF of a signed pledge: for archives and screen readers, at most two pages, whatever people enter."""

import io
from random import Random

import pikepdf
import pypdf
import pytest
from django.test import override_settings
from django.utils import translation
from lxml import etree

from dti_xblocks.copies import copy_of
from dti_xblocks.pages.pledge import words as pledge_words
from dti_xblocks.records.pledge import pledges
from dti_xblocks.seals import command
from tests.pdf import pledge_samples as samples
from tests.pdf.verapdf import faults_of

pytestmark = pytest.mark.slow

SETTING, SEALING = samples.institution("Department of PDF"), samples.sealing_only("Department of PDF")
ADDRESS = "https://lms.example.edu/dti/verify"
ARABIC = "محمد بن عبد الله الأنصاري"
FIFTY = "\n".join(
    f"Line {number} of a disclosure that says something of importance to whoever reads it." for number in range(1, 51)
)


def file_of(setting=SEALING, **values) -> bytes:
    with override_settings(DTI_PLEDGE_KEYS=setting, DTI_PLEDGE_VERIFY_URL=ADDRESS):
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
            "long": file_of(
                name="Maximiliana " * 20, account="M" * 255, reason="w" * 500, answers=("A" * 200, "B " * 100, "C" * 200)
            ),
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


@pytest.mark.parametrize("name", ["plain", "signed", "drawn", "arabic", "right-to-left", "fifty"])
def test_two_pages_are_enough(made, name):
    assert len(pypdf.PdfReader(io.BytesIO(made[name])).pages) <= 2


def test_the_files_inside_are_tied_to_the_document(made):
    opened = pikepdf.open(io.BytesIO(made["plain"]))
    found = {str(each.UF): str(each.AFRelationship) for each in opened.Root.AF}
    assert found == {"record.json": "/Source", "seal.json": "/Data"}


def test_the_drawing_and_the_qr_code_are_lines_and_areas_not_pixels(made):
    for name, pictures in (("plain", 0), ("drawn", 1)):  # the one picture of pixels is the logo
        kinds = []
        for page in pikepdf.open(io.BytesIO(made[name])).pages:
            kinds += [str(each.Subtype) for each in (page.Resources.get("/XObject") or {}).values()]
        assert kinds.count("/Image") <= 2 * pictures, name  # a picture and its mask
    assert lines_in(made["drawn"]) >= lines_in(made["plain"]) + 100  # the points of the strokes


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
    assert len(words) == 3
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
    for body in made.values():
        for word in (b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/AA"):
            assert word not in body
