"""Packets of hostile text, and those that take too much."""

import io
from datetime import UTC, datetime

import pypdf
import pytest
from lxml import etree

from dti_xblocks import pdf
from dti_xblocks.case_law.library import Library, library
from dti_xblocks.case_law.model import Entry
from dti_xblocks.case_law.packet import CHOSEN, Choice
from dti_xblocks.pages.case_law.packet_document import Cover
from dti_xblocks.pages.case_law.packet_screens import REASONS
from dti_xblocks.pdf import apart
from dti_xblocks.records import jobs, tasks
from dti_xblocks.records.case_law import packets
from dti_xblocks.records.models import Packet
from tests.pdf import packet_samples as samples
from tests.pdf.packet_samples import text_of

pytestmark = pytest.mark.slow

HOSTILE = {
    "facts": "x" * 20_000,
    "question": "<script>alert(1)</script> &amp; <p style='break-before: page'> " * 50,
    "holding": "👮🏽‍♀️🚓 " * 200,
    "rule": "مرحبا שלום " * 200 + "\u202eevil\u202c",
    "outcome": "*" * 2000 + "*a*" * 300,
    "on_the_street": "e" + "\u0301" * 2000,
}


def hostile() -> Library:
    """A collection with one authority of an agency that means no good."""
    fields = {"kind": "case", "caption": "\u202eEvil v. \x07Good", "citation": "Evil v. Good, 1 U.S. 1 (1900)", **HOSTILE}
    fields |= {"official_url": "javascript:alert(1)", "topics": ("<b>topic</b>",) * 40}
    return library().with_entries([Entry(slug="evil-v-good", fields=fields)])


def test_a_hostile_authority_becomes_pages_and_no_more():
    collection = hostile()
    sample = samples.full(Choice(CHOSEN, ("evil-v-good",)), Cover("Hostile"), [], collection)
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
    source = tasks.document(sample.to_render(samples.TODAY), sample.css)
    row, _new = packets.ask(digest="f" * 64, owner_id=7, title="T", expected=9, source=lambda: source, now=datetime.now(UTC))
    tasks.make_packet(row.id)
    row = Packet.objects.get(id=row.id)
    row.delete()
    assert (row.state, row.reason, row.body) == ("failed", reason, None)
    assert str(REASONS[reason]).endswith(".")


def test_every_reason_has_its_sentence():
    reasons = {apart.TOO_LONG, apart.TOO_LARGE, apart.TIME, apart.MEMORY, apart.BROKEN, apart.UNAVAILABLE}
    assert set(REASONS) == reasons | {jobs.LOST, packets.LARGE}
