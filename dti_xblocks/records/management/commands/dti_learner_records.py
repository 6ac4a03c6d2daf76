"""`manage.py dti_learner_records USER_ID [--erase]`: what is on record about one learner, for data requests."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from ...models import (
    AuthorityProgress,
    CourseReview,
    Packet,
    ReaderMark,
    ScenarioDecision,
    ScenarioRun,
    ScenarioStart,
    SignedPledge,
)

# What is printed and erased, and how its learner is found. Decisions stand before the starts that they belong to.
ERASED = {
    ScenarioDecision: "run__user_id",
    ScenarioRun: "user_id",
    ScenarioStart: "user_id",
    CourseReview: "user_id",
    AuthorityProgress: "user_id",
    ReaderMark: "user_id",
    Packet: "owner_id",
}
PLEDGES = {SignedPledge: "user_id"}
FILES = ("source", "body")  # of packets: files, which are made of what stands in the other records


class Command(BaseCommand):
    """Print one learner's records as JSON; with --erase also delete them, signed pledges only with --pledges."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("user_id", type=int, help="the platform's user id")
        parser.add_argument(
            "--erase",
            action="store_true",
            help="delete runs, reviews, reading progress, marks, notes and own packets after printing them",
        )
        parser.add_argument("--pledges", action="store_true", help="with --erase: delete signed pledges too")

    def handle(self, *args, user_id, erase, pledges, **options):
        with transaction.atomic():
            rows = {kind: kind.objects.filter(**{who: user_id}) for kind, who in (ERASED | PLEDGES).items()}
            found = {kind._meta.model_name: [_told(row) for row in of_kind.values()] for kind, of_kind in rows.items()}
            self.stdout.write(json.dumps(found, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False))
            if erase:
                for kind in (ERASED | PLEDGES) if pledges else ERASED:
                    rows[kind].delete()
                kept = 0 if pledges else len(found["signedpledge"])
                self.stderr.write(f"Erased the records of user {user_id}; {kept} signed pledges are kept.")


def _told(row: dict) -> dict:
    return {name: value for name, value in row.items() if name not in FILES}
