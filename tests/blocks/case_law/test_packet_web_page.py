"""Packets without a script, as web pages, on paper, and where PDF files or records are not there."""

import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from django.utils import translation

from dti_xblocks import pdf
from dti_xblocks.blocks.case_law import packet_handlers
from dti_xblocks.blocks.case_law import packets as case_law_packets
from dti_xblocks.pdf import rendering
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.case_law import packets
from dti_xblocks.records.models import Packet
from tests.blocks.case_law.packet_site import GRAHAM, ask, block, follow, html, link, text, title
from tests.runtime import STAFF, again, get, page, post

pytestmark = pytest.mark.usefixtures("site")

# -- without a script ------------------------------------------------------------------------------------------------------------


def test_without_script_the_form_leads_to_the_packet(slow, monkeypatch):
    monkeypatch.setattr(case_law_packets, "later", lambda work, number: None)
    here = block()
    answer = post(here, "packet_make", {"which": "library", "format": "pdf"}, json=False, referer="http://localhost/x")
    assert answer.status_code == 303
    shown = follow(again(here), urlsplit(answer.location))
    assert shown.content_type == "text/html" and b"Your packet is being made" in shown.body
    assert shown.headers["Refresh"] == str(packet_handlers.LOOK_AGAIN)
    row = Packet.objects.get()
    packets.finish(packets.take(row.id, datetime.now(UTC)), b"%PDF-x", datetime.now(UTC))
    shown = follow(again(here), urlsplit(answer.location))
    assert b"Your packet is ready" in shown.body and "Refresh" not in shown.headers


def test_without_script_the_web_page_is_downloaded_at_once():
    here = block()
    answer = post(here, "packet_make", {"which": "module", "format": "html"}, json=False)
    assert answer.status_code == 303
    file = follow(again(here), urlsplit(answer.location))
    assert file.content_type == "text/html" and "attachment" in file.headers["Content-Disposition"]


def test_a_refusal_without_script_is_a_page_with_the_sentence():
    answer = post(block(), "packet_make", {"which": "chosen"}, json=False)
    assert answer.status_code == 400 and b"Choose at least one authority." in answer.body


# -- the web page, printing, and servers without WeasyPrint ----------------------------------------------------------------------


def test_the_web_page_needs_no_job(site):
    here = block()
    tree = ask(here, format="html")
    assert title(tree) == "Your packet is ready"
    answer = follow(again(here), link(tree, "Download the web page"))
    assert answer.content_type == "text/html" and 'filename="packet-one-two.html"' in answer.headers["Content-Disposition"]
    assert GRAHAM.facts[:40].encode() in answer.body
    assert site == [] and not Packet.objects.exists()
    assert here.runtime.place.events("dti.case_law.downloaded") == [{"format": "html"}]
    assert here.runtime.place.events("completion") == [{"completion": 1.0}]


def test_the_page_to_print_is_shown_and_may_load_nothing():
    answer = get(block(), "packet_print", "which=module")
    assert answer.headers["Content-Disposition"] == "inline" and b"@page" in answer.body
    policy = answer.headers["Content-Security-Policy"]
    assert (
        "default-src 'none'" in policy
        and "script" not in policy
        and "unsafe-inline" in policy.split("style-src")[1].split(";")[0]
    )


def test_without_weasyprint_the_web_page_and_printing_stay(monkeypatch):
    def unavailable():
        rendering._failed = True
        raise pdf.PdfUnavailableError("Install Pango.")

    monkeypatch.setattr(rendering, "_failed", True)
    monkeypatch.setattr(rendering, "_weasyprint", unavailable)
    here = block()
    tree = html(get(here, "packet", json=True))
    assert tree.xpath("//input[@name='format']/@value") == ["html"] and "prints well" in text(tree) and "Pango" not in text(tree)
    assert "Install Pango." in text(html(get(again(here, STAFF), "packet", json=True)))
    answer = post(again(here), "packet_make", {"which": "module", "format": "pdf"})
    assert answer.status_code == 503 and "as a web page" in json.loads(answer.body)["error"]
    assert "Pango" not in json.loads(answer.body)["error"]
    assert "Install Pango." in json.loads(post(again(here, STAFF), "packet_make", {"which": "module"}).body)["error"]
    tree = ask(again(here), format="html")
    assert follow(again(here), link(tree, "Open it to print")).status_code == 200


def test_a_server_that_learns_of_it_while_rendering_says_so(monkeypatch):
    def unavailable(html, **_options):
        raise pdf.PdfUnavailableError("Install Pango.")

    monkeypatch.setattr(pdf, "render_apart", unavailable)
    tree = ask(block())
    assert "PDF files cannot be made on this site" in text(tree)
    assert follow(block(), link(tree, "Download as a web page")).status_code == 200


def test_without_the_records_the_web_page_stays(monkeypatch):
    def gone(*_args, **_options):
        raise RecordsUnavailableError("no such table")

    monkeypatch.setattr(packets, "ask", gone)
    monkeypatch.setattr(packets, "find", gone)
    here = block()
    assert post(here, "packet_make", {"which": "module"}).status_code == 503
    assert "tables" in json.loads(post(again(here, STAFF), "packet_make", {"which": "module"}).body)["error"]
    assert get(again(here), "packet_html", "which=module").status_code == 200
    assert get(again(here), "packet", json=True).status_code == 200


# -- elsewhere -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [{"key": "library"}, {"studio": "preview"}, {"studio": "handler"}])
def test_packets_are_made_wherever_the_block_stands_and_nothing_is_reported(options):
    here = block(user=STAFF, **options)
    tree = ask(here)
    assert follow(again(here), link(tree, "Download the PDF")).status_code == 200
    assert here.runtime.place.published == []


def test_each_language_has_its_packet(site):
    here = block()
    ask(here)
    with translation.override("ar"):
        ask(again(here))
    assert len(site) == 2 and '<html lang="ar" dir="rtl">' in site[1] and '<html lang="en" dir="ltr">' in site[0]


def test_the_block_is_shown_as_before(site):
    assert "dti-case-law" in page(block())
