"""HTML to PDF: what comes out, what may be referred to, and a server without WeasyPrint."""

import base64
import builtins
import io
import logging
import subprocess
import sys

import pypdf
import pytest

from dti_xblocks import pdf
from dti_xblocks.pdf import rendering
from dti_xblocks.pdf.resources import ResourceRefusedError, resource

PIXEL = base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
).decode()


def document(body):
    return f'<!DOCTYPE html><html lang="en"><head><title>Inside</title></head><body>{body}</body></html>'


def made(body="<h1>One</h1><p>Text</p>", **options):
    return pypdf.PdfReader(io.BytesIO(pdf.render(document(body), title="A title", **options)))


@pytest.fixture
def no_weasyprint(monkeypatch):
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name.split(".")[0] == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    monkeypatch.setattr(rendering, "_failed", False)


def test_the_file_is_tagged_and_has_title_and_language():
    reader = made()
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "A title"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_headings_become_bookmarks():
    reader = made("<h1>One</h1><h2>Two</h2>")
    assert reader.outline[0].title == "One"
    assert reader.outline[1][0].title == "Two"


def test_our_fonts_are_embedded():
    reader = made("<h1>One</h1><p>Text <em>in italics</em></p>")
    fonts = reader.pages[0]["/Resources"]["/Font"]
    names = {str(font.get_object()["/BaseFont"]) for font in fonts.values()}
    assert names and all("Source-" in name for name in names)


def test_rules_of_the_caller_come_after_the_shared_ones():
    assert float(made(base_css="@page { size: A4 }").pages[0].mediabox.height) == pytest.approx(842, abs=1)
    assert float(made().pages[0].mediabox.height) == pytest.approx(792, abs=1)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "file:///etc/hostname",
        "//example.org/x",
        "dti:../block.py",
        "x.png",
    ],
)
def test_a_refused_address_is_left_out_and_the_rest_is_made(address, caplog):
    with caplog.at_level(logging.ERROR, "weasyprint"):
        reader = made(f'<p>Text <img src="{address}" alt="a picture"></p>')
    assert "Text" in reader.pages[0].extract_text()
    assert not reader.pages[0]["/Resources"].get("/XObject")


def test_a_data_address_is_shown():
    plain, with_picture = made("<p>x</p>"), made(f'<p>x<img alt="a" src="data:image/svg+xml;base64,{PIXEL}"></p>')
    assert len(with_picture.pages[0].get_contents().get_data()) > len(plain.pages[0].get_contents().get_data())


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "https://example.org/print.css",
        "ftp://example.org/x",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "print.css",
        "dti:",
        "dti:/etc/passwd",
        "dti:../block.py",
        "dti:fonts/../../block.py",
        "dti:rendering.py",
        "dti:nothing.css",
        "dti:fonts/OFL.txt",
        "DTI:print.css",
        "data:image/png;base64",
        "data:image/png;base64,a",
    ],
)
def test_nothing_else_can_be_fetched(url):
    with pytest.raises(ResourceRefusedError):
        resource(url)


@pytest.mark.parametrize(
    ("url", "body", "media_type"),
    [
        ("data:,a%20b", b"a b", "text/plain"),
        ("data:text/css,p{}", b"p{}", "text/css"),
        ("data:image/png;base64,aGk=", b"hi", "image/png"),
        ("DATA:text/css;charset=utf-8,p{}", b"p{}", "text/css"),
    ],
)
def test_data_addresses_are_read(url, body, media_type):
    assert resource(url) == (body, media_type)


def test_our_own_files_are_served():
    body, media_type = resource("dti:print.css")
    assert b"@page" in body and media_type == "text/css"
    assert resource("dti:fonts/SourceSerifPro-Regular.ttf")[0].startswith(b"\x00\x01\x00\x00")


def test_every_font_that_print_css_names_is_there():
    css = pdf.stylesheet("print.css")
    names = [part.split('"')[0] for part in css.split('url("')[1:]]
    assert len(names) == 5
    for name in names:
        resource(name)


def test_without_weasyprint_the_error_says_what_to_install(no_weasyprint):
    with pytest.raises(pdf.PdfUnavailableError, match="libpango") as caught:
        pdf.render(document("<p>x</p>"), title="x")
    assert "apt-get install" in str(caught.value)


def test_a_page_view_learns_of_the_fault_only_after_an_attempt(no_weasyprint):
    assert pdf.fault() == ""
    assert "libpango" in pdf.fault(load=True)
    assert "libpango" in pdf.fault()


def test_where_it_works_there_is_no_fault():
    assert pdf.fault(load=True) == "" == pdf.fault()


def test_weasyprint_is_not_loaded_before_a_pdf_is_asked_for():
    code = (
        "import sys, dti_xblocks.pdf as pdf, dti_xblocks.case_law_block; "
        "assert pdf.fault() == ''; assert 'weasyprint' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
