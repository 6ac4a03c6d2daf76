"""The signer's copies: the PDF file, and the page for printing with the same words. Staff may have them too, on record."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from webob import Request, Response

from ...content import whole_number
from ...copies import CopyUnsoundError, copy_of, page_of
from ...pages.pledge import renewal
from ...pages.pledge import words as pledge_words
from ...pdf import PdfUnavailableError
from ...platform import clock
from ...platform.learner import Learner, impersonator
from ...platform.site import block_address
from ...pledge import validity
from ...pledge.validity import Terms
from ...records.access import RecordsUnavailableError
from ...records.pledge import pledges
from ...records.pledge.rows import SignedRow
from ..base import RefusedError, download
from .audit import note_reading
from .host import PledgeHost


def pdf(block: PledgeHost, learner: Learner, query: Mapping[str, str]) -> tuple[bytes, str, str]:
    """The signed pledge as a PDF. `pledge` is its number: the code stands in no address."""
    row = _own(block, learner, query)
    try:
        body = copy_of(row).body
    except PdfUnavailableError as error:
        message = str(error) if learner.is_staff else _("PDF files cannot be made right now. Use the page for printing.")
        raise RefusedError(message, 503) from error
    except CopyUnsoundError as error:
        message = _(
            "The stored file of this pledge is not as it was made. Please tell the course staff. Use the page for printing."
        )
        raise RefusedError(message, 503) from error
    return body, "application/pdf", f"pledge-{row.code}.pdf"


def page(block: PledgeHost, learner: Learner, query: Mapping[str, str]) -> tuple[bytes, str, str]:
    """The signed pledge as a page of its own, to be saved."""
    row = _own(block, learner, query)
    return page_of(row).encode("utf-8"), "text/html", f"pledge-{row.code}.html"


def printable(block: PledgeHost, request: Request, suffix: str = "") -> Response:
    """As `page`, to be shown and printed by the browser."""
    response = download(page)(block, request, suffix)
    if response.status_code == 200:
        response.headers["Content-Disposition"] = "inline"
        response.headers["Content-Security-Policy"] = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    return response


def renewal_file(block: PledgeHost, learner: Learner, query: Mapping[str, str]) -> tuple[bytes, str, str]:
    """An entry for the signer's calendar: the day on which the signature `pledge` runs out."""
    row = _own(block, learner, query)
    ends = validity.ends(row, Terms(block.valid_months, block.remind_days))
    if ends is None or row.document is None:
        raise RefusedError(_("This signature does not run out."), 404)
    label, now = row.document["wording"]["label"], clock.now().replace(microsecond=0)
    address = block_address(str(block.where.course), str(block.where.usage))
    body = renewal.event_file(row.id, label, ends, block.remind_days, address, now)
    return body, "text/calendar", "pledge-renewal.ics"


def _own(block: PledgeHost, learner: Learner, query: Mapping[str, str]) -> SignedRow:
    number = whole_number(query.get("pledge"), digits=18)
    try:
        row = pledges.by_number(number, block.where.usage) if number is not None else None
        # One answer for "does not exist" and "is not yours": nothing can be learned by trying numbers.
        if row is None or row.document is None or not (row.user_id == learner.user_id or learner.is_staff):
            raise RefusedError(_("There is no such signed pledge of yours here."), 404)
        reader = impersonator(learner) or (learner if row.user_id != learner.user_id else None)
        if reader is not None:
            note_reading(block, reader, "record", row.username, 1)
    except RecordsUnavailableError as error:
        raise RefusedError(pledge_words.unavailable(learner.is_staff), 503) from error
    return row
