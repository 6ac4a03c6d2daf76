"""A signature on record and its one PDF file, which is made once and stored, so that everybody gets the same file."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import cast

from django.db import transaction

from ...platform.verify_page import page_address
from ...pledge.record import PledgeErasedError, RecordLink, SealedRecord
from ..access import present_row, records
from .chain import PLEDGE, keeping, payload_of
from .rows import CopyRow, SignedRow


def sealed_record(row: SignedRow) -> SealedRecord:
    """The record of `row` as it now is. Raises `PledgeErasedError` and `RecordsUnavailableError`."""
    if row.document is None:
        raise PledgeErasedError(row.code)
    with records() as models:
        link = models.PledgeLink.objects.filter(kind=PLEDGE, entry_id=row.id).first()
        digest = row.document["certificate"]["logo"]
        logo = models.PledgeImage.objects.filter(digest=digest).first() if digest else None
    return SealedRecord(
        row_id=row.id,
        code=row.code,
        language=row.language,
        signed_at=row.signed_at,
        document=row.document,
        document_hash=row.document_hash,
        link=RecordLink(link.position, link.linked_at, payload_of(link), link.key_id, link.signature) if link else None,
        logo=(bytes(logo.body), logo.media_type) if logo else None,
        verify_page=page_address(),
    )


def kept_file(row_id: int) -> CopyRow | None:
    """The file of the signature with this row id, or None."""
    with records() as models:
        copy: CopyRow | None = models.PledgeCopy.objects.filter(pledge=row_id).first()
        return copy


def keep_file(row_id: int, body: bytes, signed: bool, now: datetime) -> CopyRow:
    """Keep this file of a signature, unless there is one; the file that there is then. The first who keeps one wins."""
    with records() as models, transaction.atomic():
        row = models.PledgeCopy(
            pledge=row_id, body=body, digest=hashlib.sha256(body).hexdigest(), signed=signed, made_at=now.replace(microsecond=0)
        )
        # Not by an insert that is refused: see `marks`.
        models.PledgeCopy.objects.bulk_create([row], **keeping(["pledge"]))
        return cast(CopyRow, present_row(models.PledgeCopy.objects.filter(pledge=row_id)))  # there is one now
