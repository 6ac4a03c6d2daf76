"""A signed pledge as people read it: on the screen, and as a whole page for printing and for the PDF file.

Both are one template over the record, so that they say the same.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from django.utils import translation
from django.utils.safestring import SafeString

from ...pledge.record import SealedRecord
from ...pledge.seal import fingerprint
from ...pledge.strokes import HEIGHT, WIDTH
from ...templating import render

PAPER = "h2"  # the headings of a page of its own


def record_html(record: SealedRecord, level: str) -> SafeString:
    """The record as part of a screen, in the language of the request; `level` is the element of its headings, such as "h5"."""
    return render("dti/pledge/record.html", _context(record, level))


def record_page(record: SealedRecord, qr: str, kind: str = "") -> SafeString:
    """A whole HTML page in the language in which it was signed. `qr` is a picture of the address as a data: address, or "";
    `kind` is what the file is that the page is made for ("sealed", "signed"), "" for none."""
    with translation.override(record.language):
        direction = "rtl" if translation.get_language_bidi() else "ltr"
        context = _context(record, PAPER, qr)
        more = {"direction": direction, "kind": kind, "document_hash": record.document_hash}
        return render("dti/pdf/pledge.html", {**context, **more})


def _context(record: SealedRecord, level: str, qr: str = "") -> dict[str, Any]:
    document, link = record.document, record.link
    return {
        "level": level,
        "paper": level == PAPER,
        "record": document,
        "consent": document["consent"],
        "disclosure": document["consent"]["disclosure"].split("\n"),
        "wording": document["wording"],
        "wording_print": fingerprint(document["wording"]["hash"]),
        "course": document["place"]["title"],
        "course_key": document["place"]["course"],
        "fingerprint": fingerprint(record.document_hash),
        "address": record.address,
        "qr": qr,
        "logo": _data(*record.logo) if record.logo else "",
        "position": str(link.position) if link else "",  # "" as long as it has none
        "linked_at": link.payload["linked_at"] if link else "",
        "key_id": link.key_id if record.is_sealed and link else "",
        **_drawing(record.drawing),
    }


def _drawing(path: str) -> dict[str, str]:
    """The drawn signature for the screen and, as an address of a picture, for paper; all "" for a typed one."""
    if not path:
        return {"path": "", "picture": "", "box": ""}
    box = f"0 0 {WIDTH} {HEIGHT}"
    line = f'<path d="{path}" fill="none" stroke="#1d2733" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{WIDTH}" height="{HEIGHT}">{line}</svg>'
    return {"path": path, "picture": _data(svg.encode("ascii"), "image/svg+xml"), "box": box}


def _data(body: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{b64encode(body).decode('ascii')}"
