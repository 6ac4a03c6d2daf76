"""The document of a packet: one HTML text that becomes a PDF, and that is a file to read offline by itself."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from django.utils.html import escape
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ... import __version__, pdf
from ...case_law.library import Library
from ...case_law.model import Authority
from ...case_law.packet import Annotated, Choice, expected_pages
from ...templating import render
from ...templating.dates import day_text
from ...templating.tags import direction
from .views import paragraph_id, view

# Stands in the text for the day on which it is made, so that the same document has the same digest every day.
DAY, DAY_ISO = "\ue000day\ue000", "\ue000iso\ue000"
LONGEST_HEAD = 60  # characters of the title at the top of each page
MANY = 18  # entries from which the contents are set smaller
REASONS = {
    "pages": gettext_lazy("It would have too many pages. Choose fewer authorities."),
    "size": gettext_lazy("It would be too large a file. Choose fewer authorities."),
    "time": gettext_lazy("It took too long. Choose fewer authorities, or try again when the site is less busy."),
    "memory": gettext_lazy("It needed too much memory, or was broken off. Choose fewer authorities, or try again in an hour."),
    "unavailable": gettext_lazy("PDF files cannot be made on this site at the moment. Download it as a web page instead."),
    "lost": gettext_lazy("The work was broken off several times. Try again later."),
    "broken": gettext_lazy("Something went wrong while it was being made. Try again, or download it as a web page."),
}


@dataclass(frozen=True)
class Cover:
    """What stands on the cover. `owner` is the name of the learner whose marks are in it; `logo` is (bytes, media type)."""

    title: str
    agency: str = ""
    logo: tuple[bytes, str] | None = None
    owner: str = ""


@dataclass(frozen=True)
class Document:
    """A packet as HTML. `html` has no styles and no day in it yet; `digest` is of everything that it will come to, `expected` is
    about how many pages that are."""

    title: str
    html: str
    digest: str
    expected: int

    def to_render(self, today: date) -> str:
        """For the PDF: with the day, styles apart."""
        return _dated(self.html, today)

    def to_read(self, today: date) -> str:
        """One file that needs nothing else."""
        styles = f"<style>{packet_css()}{pdf.stylesheet('offline.css')}</style>\n"
        return _dated(self.html, today).replace("</head>", f"{styles}</head>", 1)


def packet_css() -> str:
    """What the PDF needs beside print.css."""
    return pdf.stylesheet("packet.css")


def document(packet: list[Annotated], cover: Cover, shelf: Library) -> Document:
    """The packet with this cover. `shelf` is where what changed an authority is looked up."""
    here = {item.authority.slug for item in packet}
    items = [_item(item, here, shelf) for item in packet]
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
    html = render("dti/pdf/packet.html", context)
    edition = [__version__, _weasyprint_version(), pdf.stylesheet("print.css"), packet_css()]
    digest = hashlib.sha256(json.dumps([*edition, cover.title, str(html)]).encode()).hexdigest()
    return Document(cover.title, str(html), digest, expected_pages(packet))


def _item(item: Annotated, here: set[str], shelf: Library) -> dict:
    authority = item.authority
    shown = view(authority, shelf)
    if shown["flag"]:
        shown["flag"] = {**shown["flag"], "by": [_changed_by(name, here, shelf) for name in authority.treatment_by]}
    own = {section["code"] for section in shown["sections"]}
    short = [_section(authority, item, section, section["code"] not in own) for section in shown["short"]]
    sections = [_section(authority, item, section, True) for section in shown["sections"]]
    code = pdf.qr_code(shown["url"])
    return {**shown, "short": short, "sections": sections, "lost": item.lost, "bookmarked": item.bookmarked, "qr": code}


def _section(authority: Authority, item: Annotated, section: dict, own: bool) -> dict:
    """`section` of `case_law_pages.view` with the marks in it. Where it stands twice, the second (`own`) has ids and notes."""
    paragraphs = []
    for number, paragraph in enumerate(item.parts[section["code"]][: len(section["paragraphs"])]):
        name = paragraph_id(authority.slug, section["code"], number) if own else ""
        pieces = paragraph.pieces if own else [{"text": piece.text, "italic": piece.italic} for piece in paragraph.pieces]
        way = direction("".join(piece.text for piece in paragraph.pieces))
        paragraphs.append({"id": name, "dir": way, "pieces": pieces, "notes": paragraph.notes if own else ()})
    return {**section, "paragraphs": paragraphs}


def _changed_by(name: str, here: set[str], shelf: Library) -> dict:
    """What changed an authority: a link into the packet where it has it, else to its official source where that is known."""
    found = shelf.get(name)
    if found is None:
        return {"text": name, "href": ""}
    if name in here:
        return {"text": found.citation, "href": f"#case-{name}"}
    return {"text": found.citation, "href": view(found)["url"]}


def _dated(html: str, today: date) -> str:
    return html.replace(DAY_ISO, today.isoformat()).replace(DAY, escape(day_text(today)))


def _data_address(file: tuple[bytes, str]) -> str:
    body, kind = file
    return f"data:{kind};base64,{base64.b64encode(body).decode('ascii')}"


def _weasyprint_version() -> str:
    try:
        return version("weasyprint")
    except PackageNotFoundError:
        return ""


def progress_text(row) -> str:
    """How far the packet `row` is, as a sentence."""
    if row.state == "waiting":
        return _("Waiting for its turn.")
    if row.done == 0:
        return _("Being made: getting ready.")
    if row.done > row.expected:
        return _("Being made: page {page}, nearly done.").format(page=row.done)
    return _("Being made: page {page} of about {total}.").format(page=row.done, total=row.expected)


def bad_choice(code: str) -> str:
    """What to say to a choice that cannot be (`packet.BadChoice.code`)."""
    return {
        "which": _("Choose what should be in the packet."),
        "many": _("These are too many to choose one by one. Choose fewer, or take the whole library."),
    }.get(code) or _("Choose at least one authority.")


def no_pdf(learner, reason: str) -> str:
    """That there is no PDF; staff also read why."""
    message = _("The packet is not available as a PDF file at the moment. Please download it as a web page instead.")
    return f"{message} {reason}" if learner.is_staff else message


def file_name(title: str, choice: Choice) -> str:
    """A file's name without its ending. One with notes says so, lest it be passed on by mistake."""
    own = slugify(_("with my notes")) or "personal"
    return "-".join([slugify(title)[:80] or "case-law", *([own] if choice.personal else [])])
