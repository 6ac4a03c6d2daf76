"""From a row of the database to the page or the bytes of a file: read once, then page, PDF, seal."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..pages.pledge.letterhead import letterhead
from ..pages.pledge.record import record_page
from ..pdf import Archive, Attached, qr_code
from ..pdf import render as render_pdf
from ..platform import clock
from ..platform.institution import institution
from ..pledge.record import SealedRecord
from ..records.pledge.rows import CopyRow, SignedRow
from ..records.pledge.sealed import keep_file, kept_file, sealed_record
from ..seals import issue, whole
from ..seals.file import NotSealableError, marker
from ..seals.issue import SEALED, SIGNED, UNSEALED
from ..seals.pades import NotSignedError
from ..seals.site import SiteKeys, site_keys
from .flights import Flights

log = logging.getLogger(__name__)
flights = Flights()


class CopyUnsoundError(Exception):
    """The file that is kept is not the one that was made: it is not given away."""


@dataclass(frozen=True)
class Copy:
    """The PDF file of a signature. `kind` is "signed" (sealed, with a PDF signature behind it), "sealed" or "" for neither."""

    body: bytes
    kind: str
    passing: bool = field(default=False, compare=False)  # a better one could not be made just now: it is not to be kept


def page_of(row: SignedRow) -> SafeString:
    """A whole HTML page in the language in which it was signed. Raises `PledgeErasedError`."""
    record = sealed_record(row)
    who = institution()
    return record_page(record, qr_code(record.address), head=letterhead(who.name, who.logo))


def copy_of(row: SignedRow) -> Copy:
    """The PDF file of `row`: always the same bytes, once the seal of the record is complete. Before that it says that it is not.

    Raises `PdfUnavailableError`, `PledgeErasedError` and `CopyUnsoundError`.
    """
    record, keys = sealed_record(row), site_keys()
    kept = kept_file(record.row_id)
    if kept is None:
        if not record.is_sealed:
            keys = SiteKeys()  # a file is not closed before its record is
        made, kept = flights.one((record.row_id, record.is_sealed, keys.certificate), lambda: _made_and_kept(record, keys))
        if kept is None:
            return made
    elif fault := whole.fault(bytes(kept.body), record.code, keys.checking):
        log.error("The kept file of the pledge %s is not given away: %s. Run verify_pledges.", record.row_id, fault)
        raise CopyUnsoundError(fault)
    return Copy(bytes(kept.body), SIGNED if kept.signed else SEALED)


def _made_and_kept(record: SealedRecord, keys: SiteKeys) -> tuple[Copy, CopyRow | None]:
    """A new file, and the row in which it is kept: None where it is not one to be kept."""
    kept = kept_file(record.row_id)  # another may have made it while this one looked
    if kept is not None:
        return Copy(bytes(kept.body), SIGNED if kept.signed else SEALED), kept
    made = _made(record, keys)
    if made.kind == UNSEALED or made.passing:
        return made, None
    return made, keep_file(record.row_id, made.body, made.kind == SIGNED, clock.now())


def _made(record: SealedRecord, keys: SiteKeys) -> Copy:
    """The best file that can be made with `keys`."""
    passing = False
    for kind in issue.kinds(keys):
        try:
            return Copy(_file(record, kind, keys), kind, passing)
        except NotSignedError as error:
            passing = error.passing
            log.error("The certificate in settings.DTI_PLEDGE_KEYS cannot sign, so a file is sealed only: %s", error.code)
        except NotSealableError:
            log.exception("The file of the pledge %s could not be sealed", record.row_id)
    raise NotSealableError(f"There is no file of {record.code!r}.")


def _file(record: SealedRecord, kind: str, keys: SiteKeys) -> bytes:
    """The file of that `kind`. Raises `NotSignedError`, if it can before the file is made, and `NotSealableError`."""
    issue.require(kind, keys)
    identifier = marker(record.code, keys.ring.key_id if kind else "", kind or SEALED)
    with translation.override(record.language):
        about = _("The record of this pledge, as it was signed"), _("The record's link in the chain and its seal")
        words = {"title": _("Signature of the institution"), "reason": _("Issued as the record of a signed pledge")}
    inside = [Attached("record.json", record.text, about[0], record.signed_at, "Source")]
    if record.link is not None:
        inside.append(Attached("seal.json", record.link.proof, about[1], record.link.linked_at))
    page = record_page(record, qr_code(record.address), kind, letterhead(*institution()))
    pdf = render_pdf(page, title=record.document["title"], for_archive=Archive(identifier, tuple(inside)))
    return issue.close(pdf, kind, keys, **words)
