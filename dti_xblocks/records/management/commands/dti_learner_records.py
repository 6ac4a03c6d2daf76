"""`manage.py dti_learner_records USER_ID [--erase [--pledges]]`: what is on record about one learner, for data requests."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Q

from ....platform import clock
from ... import models
from ...models import (
    ActivityStanding,
    AuthorityProgress,
    CourseReview,
    OwnWords,
    Packet,
    PledgeBundle,
    PledgeCopy,
    PledgeEvent,
    PledgeLink,
    PledgePending,
    ReaderMark,
    ScenarioDecision,
    ScenarioRun,
    ScenarioStart,
    SignedPledge,
    VideoAnswer,
    VideoWatch,
)
from ...pledge import chain as pledge_chain
from ...pledge import retention

# What is printed, and how its learner is found.
OF_LEARNERS: dict[Any, str] = {
    ScenarioDecision: "run__user_id",
    ScenarioRun: "user_id",
    ScenarioStart: "user_id",
    CourseReview: "user_id",
    VideoAnswer: "watch__user_id",
    VideoWatch: "user_id",
    AuthorityProgress: "user_id",
    ReaderMark: "user_id",
    ActivityStanding: "user_id",
    OwnWords: "user_id",
    Packet: "owner_id",
    SignedPledge: "user_id",
    PledgeBundle: "owner_id",
}
FILES = ("source", "body")  # files, which are made of what stands in the other records; their hashes are told


class Command(BaseCommand):
    """Print one learner's records as JSON; with --erase also delete them, and erase signed pledges only with --pledges."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user_id", type=int, help="the platform's user id")
        parser.add_argument(
            "--erase",
            action="store_true",
            help="delete runs, reviews, activities, what was watched and answered in films, reading progress, marks, notes, "
            "own words and own files after printing them, and from where pledges were signed",
        )
        parser.add_argument(
            "--pledges",
            action="store_true",
            help="with --erase: erase the texts and names of signed pledges too; their hashes stay in the chain",
        )

    def handle(self, *args: object, user_id: int, erase: bool, pledges: bool, **options: object) -> None:
        with transaction.atomic():
            self.stdout.write(json.dumps(_records(user_id), cls=DjangoJSONEncoder, indent=2, ensure_ascii=False))
            if erase:
                kept = 0 if pledges else SignedPledge.objects.filter(user_id=user_id, document__isnull=False).count()
                retention.remove(user_id, clock.now().replace(microsecond=0), pledges)
                self.stderr.write(f"Erased the records of user {user_id}; {kept} signed pledges are kept.")


def _records(user_id: int) -> dict[str, list[dict[str, Any]]]:
    """Kind by kind. Events are those of the learner and of staff who have looked at the learner's records."""
    found = {kind: _told(kind.objects.filter(**{who: user_id})) for kind, who in OF_LEARNERS.items()}
    about = set(retention.readings_of(models, retention.usernames(user_id)).values_list("id", flat=True))
    signed = [row["id"] for row in found[SignedPledge]]
    found[PledgeEvent] = _told(PledgeEvent.objects.filter(Q(user_id=user_id) | Q(pledge__in=signed) | Q(id__in=about)))
    found[PledgeCopy] = _told(PledgeCopy.objects.filter(pledge__in=signed))
    of_these = Q(kind=pledge_chain.PLEDGE, entry_id__in=signed)
    of_these |= Q(kind=pledge_chain.EVENT, entry_id__in=[row["id"] for row in found[PledgeEvent]])
    for kind in (PledgeLink, PledgePending):
        found[kind] = _told(kind.objects.filter(of_these))
    return {kind._meta.model_name: rows for kind, rows in found.items()}


def _told(rows: Any) -> list[dict[str, Any]]:
    """All columns but the files."""
    columns = (column.attname for column in rows.model._meta.concrete_fields)
    return list(rows.order_by("id").values(*(column for column in columns if column not in FILES)))
