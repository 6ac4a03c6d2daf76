"""Signed pledges in the database: added, never changed."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from types import ModuleType
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from ...pledge.seal import text_digest
from ...pledge.signing import LONGEST_REASON, Signature, clean
from ..access import in_portions, present_row, records
from . import columns
from .chain import PLEDGE, keeping, later, queue_link
from .check_times import disordered
from .events import WITHDRAWN, Happening, note
from .rows import EventRow, SignedRow

log = logging.getLogger(__name__)

TRIES = 5  # for two equal random codes, which nobody will live to see once


def add(signature: Signature, new_code: Callable[[], str]) -> tuple[SignedRow, bool]:
    """Record `signature` and return (row, True); where this learner's signature of that turn is on record, (that row, False).

    The database decides: of any number of simultaneous calls one adds the row and all return it.
    """
    signer, act = signature.signer, signature.act
    with records() as models:
        mine = models.SignedPledge.objects.filter(user_id=signer.user_id, usage_key=act.block, turn=act.turn)
        for _attempt in range(TRIES):
            code = new_code()
            if models.SignedPledge.objects.filter(code_digest=text_digest(code)).exists():
                continue  # MySQL would take the insert for one that is to change that other signature
            try:
                row = _insert(models, signature, code, mine)
            except IntegrityError:  # somebody else has just used it
                continue
            if row is None:  # the same, as MySQL says it
                continue
            if row.code != code:
                return _marked(models, [row])[0], False
            for place in disordered(row.document):
                log.warning("The times of the signed pledge %s are out of order: %s. Look at the clocks.", row.id, place)
            later(act.course)
            return mark(row, withdrawn=False), True
        raise RuntimeError("No free verification code was found; the source of randomness must be broken.")


def _insert(models: ModuleType, signature: Signature, code: str, mine: Any) -> SignedRow | None:
    """Write the signature unless its turn already has one. Returns the row of that turn, whichever request wrote it."""
    values = columns.of_pledge(signature.document(code))
    beside = {"full_name": signature.signer.listed_name, "private": signature.act.private or None}
    with transaction.atomic():
        # Not by an insert that is refused: MySQL then leaves each who was refused a lock that the others wait for.
        row = models.SignedPledge(**values, **beside)
        models.SignedPledge.objects.bulk_create([row], **keeping(["user_id", "usage_key", "turn"]))
        present: SignedRow | None = present_row(mine)
        if present is not None and present.code == code:
            queue_link(models, PLEDGE, present)
    return present


def mark(row: SignedRow, withdrawn: bool) -> SignedRow:
    """`row` with the attribute `withdrawn`, which `pledge.validity` asks for."""
    row.withdrawn = withdrawn
    return row


def _marked(models: ModuleType, rows: list[SignedRow]) -> list[SignedRow]:
    """`rows` with the attribute `withdrawn`."""
    ids = [row.id for row in rows]
    events = models.PledgeEvent.objects.filter(kind=WITHDRAWN, pledge__in=ids) if ids else ()
    withdrawals = {event.pledge: event for event in events}
    return [mark(row, row.id in withdrawals and is_of(withdrawals[row.id], row)) for row in rows]


def is_of(event: EventRow, row: SignedRow) -> bool:
    """True when the withdrawal or erasure `event` is that of the signature `row`: it names its hash. What was erased with the
    signature says nothing any more."""
    if event.document is None:
        return row.document is None
    return bool(columns.part(event.document, "details", "document_hash") == row.document_hash)


def of_learner(user_id: int, usage_key: str) -> list[SignedRow]:
    """What this learner has signed in this block, oldest first, each with the attribute `withdrawn`."""
    with records() as models:
        rows = models.SignedPledge.objects.filter(user_id=user_id, usage_key=usage_key).order_by("turn")
        return _marked(models, list(rows))


def by_code(code: str, usage_key: str | None = None) -> SignedRow | None:
    """The signature with this verification code (in this block), with the attribute `withdrawn`, or None.

    It is looked for by the hash of the code: the database's logs need not have the code itself.
    """
    with records() as models:
        rows = models.SignedPledge.objects.filter(code_digest=text_digest(code))
        return next(iter(_marked(models, list(rows if usage_key is None else rows.filter(usage_key=usage_key)))), None)


def by_number(number: int, usage_key: str) -> SignedRow | None:
    """The signature with this row number in this block, with the attribute `withdrawn`, or None."""
    with records() as models:
        rows = list(models.SignedPledge.objects.filter(id=number, usage_key=usage_key))
        return next(iter(_marked(models, rows)), None)


def withdraw(row: SignedRow, by_user_id: int, by_username: str, reason: str, now: datetime) -> tuple[EventRow, bool]:
    """Record that a signature no longer counts, by whom and why: (event, True), or (the event of the first time, False).

    Nothing is erased: the signature stays as it is, and the event is linked after it. Raises `ValueError` without a reason.
    """
    reason = clean(reason)[:LONGEST_REASON]
    if not reason:
        raise ValueError("A withdrawal needs a reason.")
    details: dict[str, Any] = {"by": {"user_id": by_user_id, "username": by_username}, "reason": reason, "code": row.code}
    details["document_hash"] = row.document_hash  # the row's number binds nothing: it is in no hash
    return note(
        Happening(
            kind=WITHDRAWN,
            key=f"withdrawn/{row.id}",
            user_id=row.user_id,
            username=row.username,
            course_key=row.course_key,
            usage_key=row.usage_key,
            at=now,
            details=details,
            pledge=row.id,
        )
    )


def counts(usage_key: str, wording_hash: str) -> dict[str, int]:
    """For staff: `total` signatures, `people`, and people who signed the wording of that hash (`current`)."""
    with records() as models:
        found: dict[str, int] = models.SignedPledge.objects.filter(usage_key=usage_key).aggregate(
            total=Count("id"),
            people=Count("user_id", distinct=True),
            current=Count("user_id", filter=Q(wording_hash=wording_hash), distinct=True),
        )
        return found


def every(usage_key: str) -> Iterator[SignedRow]:
    """All signatures of this block, oldest first, read in portions. Without the attribute `withdrawn`."""
    return in_portions("SignedPledge", usage_key)


def keep_image(body: bytes, media_type: str) -> str:
    """Keep a picture, once; its SHA-256, by which a document names it."""
    digest = hashlib.sha256(body).hexdigest()
    with records() as models, transaction.atomic():
        if not models.PledgeImage.objects.filter(digest=digest).exists():
            row = models.PledgeImage(digest=digest, media_type=media_type, body=body)
            models.PledgeImage.objects.bulk_create([row], **keeping(["digest"]))
    return digest
