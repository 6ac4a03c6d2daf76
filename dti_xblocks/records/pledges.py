"""Signed pledges in the database: added, never changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from ..pledge.seal import digest
from .access import in_portions, records

TRIES = 5  # for two equal random codes, which nobody will live to see once


@dataclass(frozen=True)
class Draft:
    """A signature about to be recorded. `build(code)` gives the whole document for a verification code."""

    user_id: int
    username: str
    course_key: str
    usage_key: str
    full_name: str
    signed_name: str
    wording_hash: str
    language: str
    signed_at: datetime
    build: Callable[[str], dict]


def add(draft: Draft, new_code: Callable[[], str]):
    """Record `draft` and return (row, True); where this learner has signed this wording already, (that row, False).

    The database decides: of any number of simultaneous calls one adds the row and all return it.
    """
    with records() as models:
        rows = models.SignedPledge.objects
        for _attempt in range(TRIES):
            code = new_code()
            document = draft.build(code)
            try:
                with transaction.atomic():
                    return rows.create(
                        user_id=draft.user_id,
                        username=draft.username,
                        course_key=draft.course_key,
                        usage_key=draft.usage_key,
                        full_name=draft.full_name,
                        signed_name=draft.signed_name,
                        wording_hash=draft.wording_hash,
                        language=draft.language,
                        document=document,
                        document_hash=digest(document),
                        code=code,
                        signed_at=draft.signed_at,
                    ), True
            except IntegrityError:
                with transaction.atomic():
                    # A locking read sees what others have committed, also in the middle of a MySQL transaction.
                    signed = rows.select_for_update().filter(
                        user_id=draft.user_id, usage_key=draft.usage_key, wording_hash=draft.wording_hash
                    )
                    existing = signed.first()
                if existing is not None:
                    return existing, False
        raise RuntimeError("No free verification code was found; the source of randomness must be broken.")


def of_learner(user_id: int, usage_key: str) -> list:
    """What this learner has signed in this block, oldest first."""
    with records() as models:
        return list(models.SignedPledge.objects.filter(user_id=user_id, usage_key=usage_key).order_by("signed_at", "id"))


def by_code(code: str, usage_key: str):
    """The signature with this verification code in this block, or None."""
    with records() as models:
        return models.SignedPledge.objects.filter(code=code, usage_key=usage_key).first()


def counts(usage_key: str, wording_hash: str) -> dict:
    """For staff: `total` signatures, `people`, and people who signed the wording of that hash (`current`)."""
    with records() as models:
        return models.SignedPledge.objects.filter(usage_key=usage_key).aggregate(
            total=Count("id"),
            people=Count("user_id", distinct=True),
            current=Count("user_id", filter=Q(wording_hash=wording_hash), distinct=True),
        )


def latest(usage_key: str, limit: int) -> list:
    """The newest signatures of this block, newest first."""
    with records() as models:
        return list(models.SignedPledge.objects.filter(usage_key=usage_key).order_by("-id")[:limit])


def every(usage_key: str) -> Iterator:
    """All signatures of this block, oldest first, read in portions."""
    return in_portions("SignedPledge", usage_key)
