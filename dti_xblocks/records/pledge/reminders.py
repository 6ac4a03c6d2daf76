"""Who is to be told that their signature runs out soon, and that each was told once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef

from ..access import records
from .events import REMINDED, WITHDRAWN, Happening, note

PORTION = 200


class Due(NamedTuple):
    """A signature that runs out soon. `label` is what the pledge calls itself; `language` that in which it was signed."""

    pledge: int
    turn: int
    user_id: int
    username: str
    name: str
    email: str
    course_key: str
    usage_key: str
    label: str
    language: str
    ends: datetime


def due(now: datetime, days: int) -> Iterator[Due]:
    """Signatures that run out within `days` from `now` whose signers were not told yet, oldest first, in portions.

    Left out: what was withdrawn, erased or signed anew, and people without an address or whose account is closed.
    """
    last = 0
    with records() as models:
        of_it = models.PledgeEvent.objects.filter(pledge=OuterRef("id"), kind__in=(WITHDRAWN, REMINDED))
        anew = models.SignedPledge.objects.filter(
            user_id=OuterRef("user_id"), usage_key=OuterRef("usage_key"), turn__gt=OuterRef("turn")
        )
        rows = models.SignedPledge.objects.filter(
            ~Exists(of_it),
            ~Exists(anew),
            valid_until__gt=now,
            valid_until__lte=now + timedelta(days=days),
            document__isnull=False,
        ).order_by("id")
        while portion := list(rows.filter(id__gt=last)[:PORTION]):
            people = get_user_model().objects.filter(is_active=True).exclude(email="").in_bulk([row.user_id for row in portion])
            for row in portion:
                if one := people.get(row.user_id):
                    yield Due(
                        row.id, row.turn, row.user_id, row.username, row.full_name or row.username, one.email, row.course_key,
                        row.usage_key, row.document.get("wording", {}).get("label", ""), row.language, row.valid_until,
                    )  # fmt: skip
            last = portion[-1].id


def remind(one: Due, now: datetime, send: Callable[[Due], None]) -> bool:
    """`send(one)`, and record that it was sent; False where that is on record already.

    Both or neither: when sending fails, nothing is on record, and the error goes on. Of two processes one sends.
    """
    with records(), transaction.atomic():
        happening = Happening(
            REMINDED, f"{REMINDED}-{one.turn}", one.user_id, one.username, one.course_key, one.usage_key, now, {}, one.pledge
        )
        added = note(happening)[1]
        if added:
            send(one)
    return added
