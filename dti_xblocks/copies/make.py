"""From a row of the database to the page or the bytes of a file. Everything that is asked of the database is asked first."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from ..pages.pledge.record import record_page
from ..pdf import Archive, Attached, qr_code
from ..pdf import render as render_pdf
from ..pledge.record import SealedRecord
from ..records.pledge import copies
from ..records.pledge.rows import CopyRow, SignedRow
from ..records.pledge.sealed import sealed_record
from ..seals import issue
from ..seals.file import NotSealableError
from ..seals.issue import SEALED, SIGNED, UNSEALED
from ..seals.pades import NotSignedError
from ..seals.site import SiteKeys, site_keys

log = logging.getLogger(__name__)

RECORD, SEAL = "record.json", "seal.json"  # the files inside of the PDF


@dataclass(frozen=True)
class Copy:
    """The PDF file of a signature; `signed` says whether it has a PDF signature."""

    body: bytes
    signed: bool


def page_of(row: SignedRow) -> str:
    """A whole HTML page in the language in which it was signed. Raises `PledgeErasedError`."""
    record = sealed_record(row)
    return record_page(record, qr_code(record.address))


def copy_of(row: SignedRow) -> Copy:
    """The PDF file of `row`: always the same bytes, once the seal of the record is complete. Before that it says that it is not.

    Raises `PdfUnavailableError` and `PledgeErasedError`.
    """
    record, keys = sealed_record(row), site_keys()
    kept = copies.kept(record.row_id) or _kept_now(record, keys)
    return Copy(bytes(kept.body), kept.signed) if kept else Copy(_file(record, UNSEALED, keys), signed=False)


def _kept_now(record: SealedRecord, keys: SiteKeys) -> CopyRow | None:
    """The file with its seal, and a PDF signature if there can be one, made and kept; None where it cannot be sealed."""
    if not record.is_sealed or keys.missing:
        return None
    for kind in (SIGNED, SEALED) if keys.certificate else (SEALED,):
        try:
            return copies.keep(record.row_id, _file(record, kind, keys), kind == SIGNED, datetime.now(UTC))
        except NotSignedError as error:
            log.error("The certificate in settings.DTI_PLEDGE_KEYS cannot sign, so a file is sealed only: %s", error.code)
        except NotSealableError:
            log.exception("The file of the pledge %s could not be sealed", record.row_id)
            return None
    return None


def _file(record: SealedRecord, kind: str, keys: SiteKeys) -> bytes:
    """The file of that `kind`, closed. Raises `NotSignedError` and `NotSealableError`."""
    identifier = issue.identifier(record.code, kind, keys)  # first: nothing is rendered that says that it is signed and is not
    with translation.override(record.language):
        about = _("The record of this pledge, as it was signed"), _("The record's link in the chain and its seal")
        words = issue.Words(_("Signature of the institution"), _("Issued as the record of a signed pledge"))
    attached = [Attached(RECORD, record.text, about[0], record.signed_at, "Source")]
    if record.link is not None:
        attached.append(Attached(SEAL, record.link.proof, about[1], record.link.linked_at))
    page = record_page(record, qr_code(record.address), kind)
    pdf = render_pdf(page, title=record.document["title"], for_archive=Archive(identifier, tuple(attached)))
    return issue.close(pdf, kind, keys, words)
