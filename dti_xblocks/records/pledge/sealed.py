"""A signature as it stands on record, with its link, its logo and the address that checks it: read once, then handed on."""

from __future__ import annotations

from ...pledge.record import PledgeErasedError, RecordLink, SealedRecord
from ...platform.verify_page import address_of
from .chain import PLEDGE, link_of, payload_of
from .pledges import image
from .rows import SignedRow


def sealed_record(row: SignedRow) -> SealedRecord:
    """The record of `row` as it now is. Raises `PledgeErasedError` and `RecordsUnavailable`."""
    if row.document is None:
        raise PledgeErasedError(row.code)
    link = link_of(PLEDGE, row.id)
    return SealedRecord(
        row_id=row.id,
        code=row.code,
        language=row.language,
        signed_at=row.signed_at,
        document=row.document,
        document_hash=row.document_hash,
        link=RecordLink(link.position, link.linked_at, payload_of(link), link.key_id, link.signature) if link else None,
        logo=image(row.document["certificate"]["logo"]),
        address=address_of(row.code),
    )
