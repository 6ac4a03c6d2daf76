"""The document of a packet: one HTML text, which becomes a PDF and can also be read offline as it is."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import escape
from django.utils.text import Truncator

from ... import __version__
from ...case_law.library import Library
from ...case_law.model import Authority
from ...case_law.packet import Annotated, expected_pages
from ...templating import render
from ...templating.dates import day_text
from ...templating.tags import direction
from .views import paragraph_id, view

# Stands in the text for the day on which it is made, so that the same document has the same digest every day.
DAY, DAY_ISO = "\ue000day\ue000", "\ue000iso\ue000"
LONGEST_HEAD = 60  # characters of the title at the top of each page
MANY = 18  # entries from which the contents are set smaller


@dataclass(frozen=True)
class Cover:
    """The contents of the cover. `owner` is the name of the learner whose marks are in it; `logo` is (bytes, media type)."""

    title: str
    agency: str = ""
    logo: tuple[bytes, str] | None = None
    owner: str = ""


@dataclass(frozen=True)
class Printing:
    """What those who make PDF files give to a document: the text of a style sheet of theirs by its name, a square code (SVG) for
    an address, and the version of what renders."""

    stylesheet: Callable[[str], str]
    qr_code: Callable[[str], str]
    renderer: str


@dataclass(frozen=True)
class Document:
    """A packet as HTML. `html` has no styles and no day in it yet; `digest` is of everything that it will come to, `expected` is
    about how many pages that are. `css` is what the PDF needs beside print.css, `offline_css` what a browser needs besides."""

    title: str
    html: str
    digest: str
    expected: int
    css: str
    offline_css: str

    def to_render(self, today: date) -> str:
        """For the PDF: with the day, styles apart."""
        return _dated(self.html, today)

    def to_read(self, today: date) -> str:
        """One file that needs nothing else."""
        styles = f"<style>{self.css}{self.offline_css}</style>\n"
        return _dated(self.html, today).replace("</head>", f"{styles}</head>", 1)


def document(packet: Sequence[Annotated], cover: Cover, library: Library, printing: Printing) -> Document:
    """The packet with this cover. `library` is where what changed an authority is looked up."""
    here = {item.authority.slug for item in packet}
    items = [_item(item, here, library, printing) for item in packet]
    context = {
        "title": cover.title,
        "head": Truncator(cover.title).chars(LONGEST_HEAD),
        "agency": cover.agency,
        "logo": _data_address(cover.logo) if cover.logo else "",
        "owner": cover.owner,
        "marks": sum(item.marks for item in packet),
        "items": items,
        "many": len(items) > MANY,
        "checked": max((item["checked"] for item in items if item["checked"]), default=None),
        "flagged": sum(1 for item in items if item["flag"]),
        "partly": sum(1 for item in items if item["partly"]),
        "agencys": sum(1 for item in items if item["agencys"] or item["edited"]),
        "keywords": ", ".join(dict.fromkeys(topic for item in packet for topic in item.authority.topics))[:1000],
        "day": DAY,
        "day_iso": DAY_ISO,
    }
    html, css = str(render("dti/pdf/packet.html", context)), printing.stylesheet("packet.css")
    edition = [__version__, printing.renderer, printing.stylesheet("print.css"), css]
    digest = hashlib.sha256(json.dumps([*edition, cover.title, html]).encode()).hexdigest()
    return Document(cover.title, html, digest, expected_pages(packet), css, printing.stylesheet("offline.css"))


def _item(item: Annotated, here: set[str], library: Library, printing: Printing) -> dict[str, Any]:
    authority = item.authority
    shown = view(authority, library)
    if shown["flag"]:
        shown["flag"] = {**shown["flag"], "by": [_changed_by(name, here, library) for name in authority.treatment_by]}
    shown["read_with"] = [{**other, "here": other["slug"] in here} for other in shown["read_with"]]
    own = {section["code"] for section in shown["sections"]}
    short = [_section(authority, item, section, section["code"] not in own) for section in shown["short"]]
    sections = [_section(authority, item, section, True) for section in shown["sections"]]
    code = printing.qr_code(shown["url"])
    return {**shown, "short": short, "sections": sections, "lost": item.lost, "bookmarked": item.bookmarked, "qr": code}


def _section(authority: Authority, item: Annotated, section: dict[str, Any], own: bool) -> dict[str, Any]:
    """`section` of `views.view` with the marks in it. Where it stands twice, the second (`own`) has ids and notes."""
    paragraphs = []
    for number, paragraph in enumerate(item.parts[section["code"]][: len(section["paragraphs"])]):
        name = paragraph_id(authority.slug, section["code"], number) if own else ""
        pieces = paragraph.pieces if own else [{"text": piece.text, "italic": piece.italic} for piece in paragraph.pieces]
        way = direction("".join(piece.text for piece in paragraph.pieces))
        paragraphs.append({"id": name, "dir": way, "pieces": pieces, "notes": paragraph.notes if own else ()})
    return {**section, "paragraphs": paragraphs}


def _changed_by(name: str, here: set[str], library: Library) -> dict[str, str]:
    """What changed an authority: a link into the packet where it has it, else to its official source where that is known."""
    authority = library.get(name)
    if authority is None:
        return {"text": name, "href": ""}
    return {"text": authority.citation, "href": f"#case-{name}" if name in here else view(authority)["url"]}


def _dated(html: str, today: date) -> str:
    return html.replace(DAY_ISO, today.isoformat()).replace(DAY, escape(day_text(today)))


def _data_address(file: tuple[bytes, str]) -> str:
    body, kind = file
    return f"data:{kind};base64,{base64.b64encode(body).decode('ascii')}"
