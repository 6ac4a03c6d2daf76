"""A signed pledge as people read it: on the screen, and as a whole page for printing and for the PDF file.

All are made of the same pieces over the record, so that they say the same.
"""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.safestring import SafeString

from ...pledge.record import SealedRecord
from ...pledge.seal import fingerprint
from ...pledge.strokes import HEIGHT, WIDTH
from ...templating import render
from .emblem import PICTURE, ROSETTE, TICK
from .letterhead import Letterhead, data_address

PAPER = "h2"  # the headings of a page of its own
SEALED, SOON, WAITS = "sealed", "soon", "waits"  # how it stands with the seal: it is there, comes in a moment, or waits for a key
# The size of a name on paper by its length, in points: also the longest leaves the code its place on the first page.
NAME_SIZES = ((40, 22), (100, 14), (1000, 10))
# The same for the words of the pledge: of most the whole stands on the first page.
WORDS_SIZES = ((1400, 12), (2200, 11), (10**9, 10))
LONGEST_HEAD, LINE = 400, 80  # characters of the author's lines that stand above the signature (longer ones below), and of a line


def record_html(record: SealedRecord, level: str) -> SafeString:
    """The record as part of a screen, in the language of the request; `level` is the element of its headings, such as "h5"."""
    return render("dti/pledge/record.html", _context(record, level))


def certificate_html(record: SealedRecord, qr: str, head: Letterhead, state: str, look: dict[str, Any]) -> SafeString:
    """The signed pledge as one sees it first: who signed, when, seal, code. `qr` is a picture of the address or "", `state`
    one of the words above, `look` the address (`look`) and token (`csrf_token`) of the form that asks for the seal again."""
    sealing = render("dti/pledge/sealing.html", {**look, "state": state, "rosette": ROSETTE, "tick": TICK})
    more = {"qr": qr, "head": head, "sealing": sealing, "title_level": "h5", "below": False}
    return render("dti/pledge/certificate.html", {**_context(record, "h5"), **more})


def folds_html(record: SealedRecord) -> SafeString:
    """Everything else that is on record, folded."""
    return render("dti/pledge/folds.html", _context(record, "h5"))


def record_page(record: SealedRecord, qr: str, kind: str = "", head: Letterhead | None = None) -> SafeString:
    """A whole HTML page in the language in which it was signed. `qr` is a picture of the address as a data: address, or "";
    `kind` is what the file is that the page is made for ("sealed", "signed"), "" for none.

    The first printed page has the signature, code and QR code, whatever people entered: what may be long stands below them and
    goes on where there is room. The annex begins a page of its own.
    """
    head = head or Letterhead()
    with translation.override(record.language):
        direction = "rtl" if translation.get_language_bidi() else "ltr"
        context = _context(record, PAPER)
        seal = {"emblem": data_address(PICTURE, "image/svg+xml"), "fingerprint": context["fingerprint"]}
        more = {
            "qr": qr,
            "head": head,
            "size": head.size,
            "title_level": "h1",
            "sealing": render("dti/pdf/pledge_seal.html", seal) if record.is_sealed else "",
            "below": _is_long(record.document["certificate"]["text"]),
            "name_size": next(size for longest, size in NAME_SIZES if len(record.document["signature"]["name"]) <= longest),
            "words_size": next(size for longest, size in WORDS_SIZES if _words_in(record.document) <= longest),
            "direction": direction,
            "kind": kind,
            "document_hash": record.document_hash,
        }
        return render("dti/pdf/pledge.html", {**context, **more})


def _words_in(document: dict[str, Any]) -> int:
    """How many characters the words of the pledge have, its tags and the signer's own plan included."""
    wording = document["wording"]
    own = len(document.get("plan", {}).get("text", ""))
    return own + len(wording["preamble"]) + len(wording["closing"]) + sum(len(each["text"]) for each in document["affirmations"])


def _is_long(text: str) -> bool:
    return sum(max(LINE, len(line)) for line in text.split("\n")) > LONGEST_HEAD


def _context(record: SealedRecord, level: str) -> dict[str, Any]:
    document, link = record.document, record.link
    return {
        "level": level,
        "paper": level == PAPER,
        "record": document,
        "consent": document["consent"],
        "disclosure": document["consent"]["disclosure"].split("\n"),
        "wording": document["wording"],
        "plan": document.get("plan", {}),
        "wording_print": fingerprint(document["wording"]["hash"]),
        "course": document["place"]["title"],
        "course_key": document["place"]["course"],
        "fingerprint": fingerprint(record.document_hash),
        "address": record.address,
        "logo": data_address(*record.logo) if record.logo else "",
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
    return {"path": path, "picture": data_address(svg.encode("ascii"), "image/svg+xml"), "box": box}
