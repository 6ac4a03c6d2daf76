"""A packet with everything in it that a packet can have, for the tests of how it comes out."""

import struct
import zlib
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

from dti_xblocks import pdf
from dti_xblocks.blocks.case_law.packets import printing
from dti_xblocks.case_law.anchoring import anchor_at
from dti_xblocks.case_law.library import Library, library
from dti_xblocks.case_law.model import Authority
from dti_xblocks.case_law.packet import CHOSEN, Choice, annotated, select
from dti_xblocks.pages.case_law.packet_document import Cover, document

TODAY = date(2026, 11, 23)
BRIEF = "Force is judged by what a *reasonable officer* on the scene would have done. When the threat ends, so does the right."


def png(width=3, height=3) -> bytes:
    """A white picture."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\xff\xff\xff" * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


GRAHAM = replace(
    library().get("graham-v-connor"),
    in_brief=BRIEF,
    treatment="limited",
    treatment_by=("tennessee-v-garner", "slakan-v-porter", "A Case That Nobody Has (2025)"),
    treatment_note="The *moment of threat* is not all that counts.",
    edited=("facts", "holding"),
)
POLICY = Authority(
    slug="our-directive",
    kind="policy",
    caption="Directive 3.04",
    citation="Springfield PD Directive 3.04 (2026)",
    duty="Step in.",
    who_it_covers="Everybody.",
)
COLLECTION = Library([*[GRAHAM if one.slug == GRAHAM.slug else one for one in library()], POLICY])
SLUGS = ("graham-v-connor", "tennessee-v-garner", "18-usc-242", "bordanaro-v-mcleod", "rizzo-v-goode", "our-directive")
COVER = Cover("Packet: <one> & two", "Springfield Police", (png(), "image/png"), "Ana Reyes")


def mark(number, authority, section, start=0, end=0, note="", paragraph=0, **changes):
    """A mark as the notebook gives it."""
    anchor = anchor_at(authority.parts, section, paragraph, start, end)
    values = {"section": anchor.section, "paragraph": anchor.paragraph, "start": anchor.start, "quote": anchor.quote}
    values |= {"id": number, "slug": authority.slug, "prefix": anchor.prefix, "suffix": anchor.suffix, "note": note}
    return SimpleNamespace(**{**values, **changes})


def bookmark(number, authority):
    empty = {"section": "", "paragraph": 0, "start": 0, "quote": "", "prefix": "", "suffix": "", "note": ""}
    return SimpleNamespace(id=number, slug=authority.slug, **empty)


def marks():
    gone = {"quote": "words that stood here once and were taken out of this text", "prefix": "xx", "suffix": "yy"}
    statute = COLLECTION.get("18-usc-242")
    return [
        mark(1, GRAHAM, "facts", 17, 31, "Sugar.\nAsk the sergeant."),
        mark(2, GRAHAM, "facts", 24, 60),
        mark(3, GRAHAM, "in_brief", 0, 44, "The test."),
        bookmark(4, GRAHAM),
        mark(5, GRAHAM, "facts", 0, 5, "About what is gone.", **gone),
        mark(6, statute, "elements", 0, 12, "First element.", paragraph=1),
        mark(7, COLLECTION.get("monroe-v-pape"), "facts", 0, 12, "Not in this packet."),
    ]


def full(choice=None, cover=COVER, mine=None, collection=COLLECTION, listed=()):
    """The document of the sample packet."""
    choice = choice or Choice(CHOSEN, SLUGS, True)
    mine = marks() if mine is None else mine
    return document([annotated(one, mine) for one in select(choice, listed, collection)], cover, collection, printing())


def made(sample=None) -> bytes:
    """The PDF of a document, made as it is made for learners."""
    sample = sample or full()
    return pdf.render_apart(sample.to_render(TODAY), title=sample.title, base_css=sample.css)


def text_of(node) -> str:
    """All text in an element, on one line."""
    return " ".join("".join(node.itertext()).split())
