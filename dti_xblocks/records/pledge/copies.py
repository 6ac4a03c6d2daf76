"""The PDF files of signed pledges: each is made once and kept, and everybody who asks gets that one."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from ..access import present_row, records
from .chain import keeping
from .rows import CopyRow


def kept(pledge: int) -> CopyRow | None:
    """The `PledgeCopy` of the signature with this row id, or None."""
    with records() as models:
        copy: CopyRow | None = models.PledgeCopy.objects.filter(pledge=pledge).first()
        return copy


def keep(pledge: int, body: bytes, signed: bool, now: datetime) -> CopyRow:
    """Keep this file of a signature, unless there is one; the `PledgeCopy` that there is then. The first who keeps one wins."""
    with records() as models, transaction.atomic():
        row = models.PledgeCopy(
            pledge=pledge, body=body, digest=hashlib.sha256(body).hexdigest(), signed=signed, made_at=now.replace(microsecond=0)
        )
        # Not by an insert that is refused: see `marks`.
        models.PledgeCopy.objects.bulk_create([row], **keeping(["pledge"]))
        copy: CopyRow = present_row(models.PledgeCopy.objects.filter(pledge=pledge))
        return copy
