"""The PDF files of signed pledges: each is made once and kept, and everybody who asks gets that one."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from ..access import present_row, records
from .chain import keeping


def kept(pledge: int):
    """The `PledgeCopy` of the signature with this row id, or None."""
    with records() as models:
        return models.PledgeCopy.objects.filter(pledge=pledge).first()


def keep(pledge: int, body: bytes, signed: bool, now: datetime):
    """Keep this file of a signature, unless there is one; the `PledgeCopy` that there is then. The first who keeps one wins."""
    with records() as models, transaction.atomic():
        row = models.PledgeCopy(
            pledge=pledge, body=body, digest=hashlib.sha256(body).hexdigest(), signed=signed, made_at=now.replace(microsecond=0)
        )
        # Not by an insert that is refused: see `marks`.
        models.PledgeCopy.objects.bulk_create([row], **keeping(["pledge"]))
        return present_row(models.PledgeCopy.objects.filter(pledge=pledge))
