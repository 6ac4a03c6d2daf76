"""Signed pledges in the database: added, never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from ...pledge.seal import digest, text_digest
from ...pledge.signing import LONGEST_REASON, clean
from ..access import in_portions, present_row, records
from .chain import PLEDGE, keeping, later, pend
from .events import WITHDRAWN, Happening, note

TRIES = 5  # for two equal random codes, which nobody will live to see once


@dataclass(frozen=True)
class Draft:
    """A signature about to be recorded. `build(code)` gives the whole document for a verification code."""

    user_id: int
    username: str
    course_key: str
    usage_key: str
    turn: int
    full_name: str
    signed_name: str
    method: str
    wording_hash: str
    language: str
    signed_at: datetime
    build: Callable[[str], dict]
    valid_until: datetime | None = None
    private: dict = field(default_factory=dict)


def add(draft: Draft, new_code: Callable[[], str]):
    """Record `draft` and return (row, True); where this learner's signature of that turn is on record, (that row, False).

    The database decides: of any number of simultaneous calls one adds the row and all return it.
    """
    with records() as models:
        mine = models.SignedPledge.objects.filter(user_id=draft.user_id, usage_key=draft.usage_key, turn=draft.turn)
        for _attempt in range(TRIES):
            code = new_code()
            if models.SignedPledge.objects.filter(code_digest=text_digest(code)).exists():
                continue  # MySQL would take the insert for one that is to change that other signature
            try:
                row = _insert(models, draft, code, mine)
            except IntegrityError:  # somebody else has just used it
                continue
            if row is None:  # the same, as MySQL says it
                continue
            if row.code != code:
                return _marked(models, [row])[0], False
            later(draft.course_key)
            return mark(row, withdrawn=False), True
        raise RuntimeError("No free verification code was found; the source of randomness must be broken.")


def _insert(models, draft: Draft, code: str, mine):
    """Write the draft unless its turn is on record; the row of that turn, whoever wrote it."""
    with transaction.atomic():
        # Not by an insert that is refused: MySQL then leaves each who was refused a lock that the others wait for.
        models.SignedPledge.objects.bulk_create([_row(models, draft, code)], **keeping(["user_id", "usage_key", "turn"]))
        row = present_row(mine)
        if row is not None and row.code == code:
            pend(models, PLEDGE, row)
    return row


def _row(models, draft: Draft, code: str):
    document = draft.build(code)
    values = {name: value for name, value in vars(draft).items() if name not in ("build", "private")}
    return models.SignedPledge(
        **values,
        private=draft.private or None,
        document=document,
        document_hash=digest(document),
        code=code,
        code_digest=text_digest(code),
    )


def mark(row, withdrawn: bool):
    """`row` with the attribute `withdrawn`, which `pledge.standing` asks for."""
    row.withdrawn = withdrawn
    return row


def _marked(models, rows: list) -> list:
    """`rows` with the attribute `withdrawn`."""
    ids = [row.id for row in rows]
    events = models.PledgeEvent.objects.filter(kind=WITHDRAWN, pledge__in=ids) if ids else ()
    withdrawals = {event.pledge: event for event in events}
    return [mark(row, row.id in withdrawals and is_of(withdrawals[row.id], row)) for row in rows]


def is_of(event, row) -> bool:
    """True when the withdrawal or erasure `event` is that of the signature `row`: it names its hash. What was erased with the
    signature says nothing any more."""
    if event.document is None:
        return row.document is None
    return (event.document.get("details") or {}).get("document_hash") == row.document_hash


def of_learner(user_id: int, usage_key: str) -> list:
    """What this learner has signed in this block, oldest first, each with the attribute `withdrawn`."""
    with records() as models:
        rows = models.SignedPledge.objects.filter(user_id=user_id, usage_key=usage_key).order_by("turn")
        return _marked(models, list(rows))


def by_code(code: str, usage_key: str | None = None):
    """The signature with this verification code (in this block), with the attribute `withdrawn`, or None.

    It is looked for by the hash of the code, so that the time that takes tells nothing about codes that there are.
    """
    with records() as models:
        rows = models.SignedPledge.objects.filter(code_digest=text_digest(code))
        found = _marked(models, list(rows if usage_key is None else rows.filter(usage_key=usage_key)))
        return found[0] if found else None


def withdraw(row, by_user_id: int, by_username: str, reason: str, now: datetime):
    """Record that a signature no longer counts, by whom and why: (event, True), or (the event of the first time, False).

    Nothing is erased: the signature stays as it is, and the event is linked after it. Raises `ValueError` without a reason.
    """
    reason = clean(reason)[:LONGEST_REASON]
    if not reason:
        raise ValueError("A withdrawal needs a reason.")
    details = {"by": {"user_id": by_user_id, "username": by_username}, "reason": reason, "code": row.code}
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


def counts(usage_key: str, wording_hash: str) -> dict:
    """For staff: `total` signatures, `people`, and people who signed the wording of that hash (`current`)."""
    with records() as models:
        return models.SignedPledge.objects.filter(usage_key=usage_key).aggregate(
            total=Count("id"),
            people=Count("user_id", distinct=True),
            current=Count("user_id", filter=Q(wording_hash=wording_hash), distinct=True),
        )


def every(usage_key: str) -> Iterator:
    """All signatures of this block, oldest first, read in portions. Without the attribute `withdrawn`."""
    return in_portions("SignedPledge", usage_key)


def keep_image(body: bytes, media_type: str) -> str:
    """Keep a picture, once; its SHA-256, by which a document names it."""
    found = hashlib.sha256(body).hexdigest()
    with records() as models, transaction.atomic():
        if not models.PledgeImage.objects.filter(digest=found).exists():
            row = models.PledgeImage(digest=found, media_type=media_type, body=body)
            models.PledgeImage.objects.bulk_create([row], **keeping(["digest"]))
    return found


def image(found: str) -> tuple[bytes, str] | None:
    """The picture with this SHA-256 as (bytes, media type), or None."""
    with records() as models:
        row = models.PledgeImage.objects.filter(digest=found).first() if found else None
        return (bytes(row.body), row.media_type) if row else None
