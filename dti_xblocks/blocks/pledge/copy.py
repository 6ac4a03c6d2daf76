"""A signed pledge as people get it: on the screen, as a page for printing, and as the one PDF file of it.

All three are one template over the record, so that they say the same. The PDF has the record in it, as it was sealed; its bytes
are sealed in turn (`seals.file`), and signed where the institution has a certificate (`seals.pades`). Once the seal of the record
is complete the file is made once, and kept.
"""

from __future__ import annotations

import logging
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from ...pdf import Archive, Attached, qr_code
from ...pdf import render as render_pdf
from ...platform import conf
from ...pledge import seal
from ...pledge.strokes import HEIGHT, WIDTH, svg_path
from ...records.pledge import chain as pledge_chain
from ...records.pledge import copies, pledges
from ...seals import file, pades
from ...seals.site import SiteKeys, site_keys
from ...templating import render
from ...templating.dates import day_text, local_text, moment_text

log = logging.getLogger(__name__)

RECORD, SEAL = "record.json", "seal.json"  # the files inside of the PDF
SEAL_FORMAT = "dti-seal/1"
PAPER = "h2"
# Parts of a record that one from before does not have.
NONE_OF_IT = {
    "reading": {"opened_at": "", "ended_at": "", "seconds": 0, "by": ""},
    "certificate": {"text": "", "logo": ""},
    "statement": "",
    "local_time": "",
    "local_time_of": "",
    "valid_until": "",
}


class PledgeErased(Exception):
    """The record of this signature was erased by retention: there is nothing to show, and no file."""


@dataclass(frozen=True)
class Copy:
    """The PDF file of a signature; `signed` says whether it has a PDF signature."""

    body: bytes
    signed: bool


def fault() -> str:
    """Why files get no PDF signature though a certificate is set, as one of the words of `pades`; "" when nothing is wrong."""
    keys = site_keys()
    return pades.fault(keys.certificate, keys.certificate_key, datetime.now(UTC)) if keys.certificate else ""


def record_html(row, level: str) -> str:
    """The record as screen, page and PDF show it; `level` is the element of its headings ("h2", "h5"). Raises `PledgeErased`."""
    return render("dti/pledge/record.html", _shown(row, pledge_chain.link_of(pledge_chain.PLEDGE, row.id), level))


def page_of(row) -> str:
    """A whole HTML page in the language in which it was signed. Raises `PledgeErased`."""
    return _page(row, pledge_chain.link_of(pledge_chain.PLEDGE, row.id), "")


def copy_of(row) -> Copy:
    """The PDF file of `row`: always the same bytes, once the seal of the record is complete. Before that it says that it is not.

    Raises `PdfUnavailableError` and `PledgeErased`.
    """
    _document(row)
    there = copies.kept(row.id)
    if there is None:
        link, keys = pledge_chain.link_of(pledge_chain.PLEDGE, row.id), site_keys()
        made = _sealed(row, link, keys) if link is not None and link.signature and not keys.missing else None
        if made is None:
            return Copy(_rendered(row, link, file.marker(row.code), ""), signed=False)
        there = copies.keep(row.id, made.body, made.signed, datetime.now(UTC))
    return Copy(bytes(there.body), there.signed)


def _sealed(row, link, keys: SiteKeys) -> Copy | None:
    """The file with its seal, and a PDF signature if there can be one; None where the file cannot be sealed."""
    try:
        if keys.certificate:
            try:
                return Copy(_signed(row, link, keys), signed=True)
            except pades.NotSigned as error:
                log.error("The certificate in settings.DTI_PLEDGE_KEYS cannot sign, so a file is sealed only: %s", error.code)
        marker = file.marker(row.code, keys.ring.key_id)
        return Copy(file.put(_rendered(row, link, marker, file.SEALED), keys.ring), signed=False)
    except file.NotSealable:
        log.exception("The file of the pledge %s could not be sealed", row.id)
        return None


def _signed(row, link, keys: SiteKeys) -> bytes:
    code = pades.fault(keys.certificate, keys.certificate_key, datetime.now(UTC))
    if code:  # before anything is rendered that says that it is signed
        raise pades.NotSigned(code)
    marker = file.marker(row.code, keys.ring.key_id, file.SIGNED)
    body = file.put(_rendered(row, link, marker, file.SIGNED), keys.ring)
    with translation.override(row.language):
        words = {"title": _("Signature of the institution"), "reason": _("Issued as the record of a signed pledge")}
    return pades.sign(body, keys.certificate, keys.certificate_key, timestamp_url=conf.timestamp_url(), **words)


def _rendered(row, link, marker: bytes, kind: str) -> bytes:
    document = _document(row)
    with translation.override(row.language):
        about = _("The record of this pledge, as it was signed"), _("The record's link in the chain and its seal")
    attached = [Attached(RECORD, seal.canonical(document), about[0], row.signed_at, "Source")]
    if link is not None:
        attached.append(Attached(SEAL, seal.canonical(_seal(link)), about[1], link.linked_at))
    return render_pdf(_page(row, link, kind), title=document["title"], for_archive=Archive(marker, tuple(attached)))


def _seal(link) -> dict:
    """The seal of a record, to be checked without us: see `pledge.seal.link`."""
    payload = pledge_chain.payload_of(link)
    return {"format": SEAL_FORMAT, "link": payload, "key_id": link.key_id, "signature": link.signature}


def _page(row, link, kind: str) -> str:
    with translation.override(row.language):
        shown = _shown(row, link, PAPER)
        direction = "rtl" if translation.get_language_bidi() else "ltr"
        return render("dti/pdf/pledge.html", {**shown, "direction": direction, "kind": kind, "document_hash": row.document_hash})


def _document(row) -> dict:
    if row.document is None:
        raise PledgeErased(row.code)
    return row.document


def _shown(row, link, level: str) -> dict:
    document = _document(row)
    record = {**NONE_OF_IT, **document}
    consent = {"given_at": "", "button": "", **document["consent"]}
    address = _address(row.code)
    paper = level == PAPER
    return {
        "level": level,
        "paper": paper,
        "record": record,
        "consent": consent,
        "disclosure": consent["disclosure"].split("\n"),
        "wording": {"label": "", **document["wording"]},
        "wording_print": seal.fingerprint(document["wording"]["hash"]),
        "course": document["place"].get("title", ""),
        "course_key": document["place"]["course"],
        "signed_text": moment_text(row.signed_at),
        "local_text": _local(record["local_time"]),
        "valid_text": _day(record["valid_until"]),
        "fingerprint": seal.fingerprint(row.document_hash),
        "address": address,
        "qr": qr_code(address) if address and paper else "",
        "logo": _logo(record["certificate"]["logo"]),
        "link": _link(link),
        **_drawing(document["signature"]),
    }


def _link(link) -> dict:
    """What there is to say of the link of a record; "position" is "" as long as it has none."""
    if link is None:
        return {"position": "", "key_id": "", "sealed": False, "linked_text": ""}
    return {
        "position": str(link.position),
        "key_id": link.key_id,
        "sealed": bool(link.signature),
        "linked_text": moment_text(link.linked_at),
    }


def _drawing(signature: dict) -> dict:
    """The drawn signature as the path of an SVG, and as an address of a picture; both "" for a typed one."""
    path = svg_path(signature.get("strokes") or [])
    if not path:
        return {"path": "", "picture": "", "box": ""}
    box = f"0 0 {WIDTH} {HEIGHT}"
    line = f'<path d="{path}" fill="none" stroke="#1d2733" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{WIDTH}" height="{HEIGHT}">{line}</svg>'
    return {"path": path, "picture": _data(svg.encode("ascii"), "image/svg+xml"), "box": box}


def _logo(digest: str) -> str:
    found = pledges.image(digest) if digest else None
    return _data(*found) if found else ""


def _data(body: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{b64encode(body).decode('ascii')}"


def _address(code: str) -> str:
    from ...verify import address_of  # imported late: it asks for records, which ask for us

    return address_of(code)


def _local(text: str) -> str:
    return local_text(datetime.fromisoformat(text)) if text else ""


def _day(text: str) -> str:
    return day_text(datetime.fromisoformat(text)) if text else ""
