"""What leaves the records again: after its time, when an account is retired, or when somebody asks for it.

An agency has to be able to prove for years who was trained and pledged what; everything else about a learner has no such claim to
stay. The seal is no reason to keep a text: the chain holds hashes, so a document can go and the chain still closes. That it went
is an event of the chain itself: a text that is missing without one was removed by somebody who had no right to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

from django.db import transaction
from django.db.models import Q

from ...platform import clock, conf
from ...platform.conf import ERASE, KEEP
from ...pledge.signing import moment
from ..access import PORTIONS, records, write_first
from .events import CONSENTED, ENDED, ERASED, OPENED, REMINDED, STAFF_READ, TAKEN_BACK, WITHDRAWN, Happening, note

RETENTION, RETIREMENT, REQUEST = "retention", "retirement", "request"  # why something was erased
PORTION = 200
OF_SIGNERS = (OPENED, ENDED, CONSENTED, TAKEN_BACK, WITHDRAWN, REMINDED)  # what people did as staff is the institution's record
OWN = ("ReaderMark", "AuthorityProgress", "OwnWords")  # nobody's business but the learner's: these rows go
WORDLESS = {"text": "", "shown_as": "", "reply": "", "hidden_reason": ""}  # a review of which the stars stay


def pseudonym(user_id: int) -> str:
    """The name that replaces the username of a retired account in records that are kept as figures."""
    return f"retired-{user_id}"


def retire(user_id: int, username: str, now: datetime) -> dict[str, int]:
    """Remove what may go of a learner whose account is retired, all or nothing; how many rows of each kind that were.

    A second time it finds nothing left to do. Marks, notes, own words, reading progress and own packets go. Runs of scenarios,
    how activities were done, what was watched and answered in films, and stars of reviews stay as figures without a name, the
    text of a review goes. Signatures: see `conf.retirement`.
    """
    wanted = conf.retirement()
    with records() as models, transaction.atomic():
        removed = _forget_own(models, user_id)
        for name in ("ScenarioStart", "ScenarioRun", "CourseReview", "ActivityStanding", "VideoWatch"):
            rows = getattr(models, name).objects.filter(user_id=user_id)
            bare = {"username": pseudonym(user_id), **(WORDLESS if name == "CourseReview" else {})}
            removed[name] = rows.exclude(**bare).update(**bare)
        if wanted != KEEP:
            removed["SignedPledge"] = _from_nowhere(models, user_id)
        if wanted == ERASE:
            removed["SignedPledge"] = erase_signatures(user_id, {username}, now, RETIREMENT)
        return removed


def remove(user_id: int, now: datetime, pledges: bool = False) -> dict[str, int]:
    """Remove what is on record about a learner who asked for it, all or nothing; how many rows of each kind that were.

    Signatures lose where they came from; with `pledges` they are erased, as `erase_signatures` says.
    """
    with records() as models, transaction.atomic():
        names = usernames(user_id)
        played = models.ScenarioStart.objects.filter(user_id=user_id).order_by().values("usage_key")
        summed = (user_id % PORTIONS, PORTIONS)  # this learner and others: they are counted again
        models.ScenarioTally.objects.filter(usage_key__in=played, portion__in=summed).delete()
        removed = {"ScenarioDecision": models.ScenarioDecision.objects.filter(run__user_id=user_id).delete()[0]}
        removed["VideoAnswer"] = models.VideoAnswer.objects.filter(watch__user_id=user_id).delete()[0]
        for name in ("ScenarioRun", "ScenarioStart", "CourseReview", "ActivityStanding", "VideoWatch"):
            removed[name] = getattr(models, name).objects.filter(user_id=user_id).delete()[0]
        removed.update(_forget_own(models, user_id))
        removed["SignedPledge"] = _from_nowhere(models, user_id)
        if pledges:
            removed["SignedPledge"] = erase_signatures(user_id, names, now, REQUEST)
        return removed


def usernames(user_id: int) -> set[str]:
    """The names under which a learner is on record; there are several where the platform's operator has changed one."""
    kinds = (
        "SignedPledge",
        "PledgeEvent",
        "ScenarioStart",
        "ScenarioRun",
        "CourseReview",
        "AuthorityProgress",
        "ActivityStanding",
        "VideoWatch",
    )
    with records() as models:
        rows = (getattr(models, name).objects.filter(user_id=user_id) for name in kinds)
        names = {name for each in rows for name in each.order_by().values_list("username", flat=True).distinct()}
    return names - {"", pseudonym(user_id)}


def _forget_own(models: ModuleType, user_id: int) -> dict[str, int]:
    removed = {name: getattr(models, name).objects.filter(user_id=user_id).delete()[0] for name in OWN}
    removed["PledgeBundle"] = models.PledgeBundle.objects.filter(owner_id=user_id).delete()[0]
    removed["Packet"] = models.Packet.objects.filter(owner_id=user_id).delete()[0]
    return removed


def _from_nowhere(models: ModuleType, user_id: int) -> int:
    """Erase from where this learner's signatures were sent. Their documents hold a hash of it only."""
    return int(models.SignedPledge.objects.filter(user_id=user_id, private__isnull=False).update(private=None))


def erase_signatures(user_id: int, names: Collection[str], now: datetime, why: str) -> int:
    """Erase all signatures of a learner, and the texts of the events around them, signed or not. How many signatures."""
    with records() as models, transaction.atomic():
        ids = list(models.SignedPledge.objects.filter(user_id=user_id).order_by("id").values_list("id", flat=True))
        erased = sum(erase_pledge(pledge_id, now, why, names) for pledge_id in ids)
        left = models.PledgeEvent.objects.filter(user_id=user_id, kind__in=OF_SIGNERS, document__isnull=False)
        for course_key, usage_key in list(left.order_by().values_list("course_key", "usage_key").distinct()):
            rows = left.filter(course_key=course_key, usage_key=usage_key)
            if ids := _blank(models, rows | readings_of(models, names, usage_key)):
                happening = Happening(
                    kind=ERASED,
                    key=f"erased/events/{ids[-1]}",
                    user_id=user_id,
                    username="",
                    course_key=course_key,
                    usage_key=usage_key,
                    at=now,
                    details={"why": why, "events": ids},
                )
                note(happening)
        return erased


def erase_pledge(pledge_id: int, now: datetime, why: str, names: Collection[str] = ()) -> bool:
    """Erase what one signature says: its document, names, file, and from where it was sent; the texts of the events that belong
    to it too. Its hashes and its place in the chain stay, and an event says what was erased, when and why. False where that was
    done before. `names` are usernames under which staff may have looked at it, beside that on record."""
    with records() as models, transaction.atomic():
        rows = models.SignedPledge.objects.filter(id=pledge_id)
        write_first(rows, "turn")
        row = rows.select_for_update().first()  # SQLite has no such lock and needs none
        if row is None or row.document is None:
            return False
        of_this = Q(pledge=row.id) | Q(user_id=row.user_id, usage_key=row.usage_key, key__startswith=f"t{row.turn}/")
        events = models.PledgeEvent.objects.filter(of_this, kind__in=OF_SIGNERS, document__isnull=False)
        readings = readings_of(models, {row.username, *names}, row.usage_key)
        left = {
            name: getattr(row, name) for name in ("document_hash", "code_digest", "turn", "wording_hash", "method", "language")
        }
        left |= {"signed_at": moment(row.signed_at), "valid_until": moment(row.valid_until) if row.valid_until else ""}
        details = {"why": why, **left, "events": _blank(models, events | readings)}
        happening = Happening(
            kind=ERASED,
            key=f"erased/{row.id}",
            user_id=row.user_id,
            username="",
            course_key=row.course_key,
            usage_key=row.usage_key,
            at=clock.not_before(now, row.signed_at),
            details=details,
            pledge=row.id,
        )
        note(happening)
        models.PledgeCopy.objects.filter(pledge=row.id).delete()
        rows.update(document=None, private=None, full_name="", signed_name="", username="")
        return True


def readings_of(models: ModuleType, names: Collection[str], usage_key: str | None = None) -> Any:
    """Events of staff who looked at the records of who has one of these usernames (in a block): they name the learner."""
    rows = models.PledgeEvent.objects.filter(kind=STAFF_READ, document__details__of__in=sorted(set(names) - {""}))
    return rows if usage_key is None else rows.filter(usage_key=usage_key)


def _blank(models: ModuleType, rows: Any) -> list[int]:
    """Erase the texts of these events, and the signer's name; their ids in order. Who of the staff has looked stays."""
    ids = sorted(rows.values_list("id", flat=True))
    these = models.PledgeEvent.objects.filter(id__in=ids)
    these.update(document=None)
    these.exclude(kind=STAFF_READ).update(username="")
    return ids


def overdue(now: datetime, days: int) -> Iterator[tuple[int, str]]:
    """The signatures that have been kept for `days` since they were signed, or since they ran out if that was later, oldest
    first, as (row, course key). Read in portions: they may be erased meanwhile."""
    limit, last = now - timedelta(days=days), 0
    with records() as models:
        rows = models.SignedPledge.objects.filter(signed_at__lt=limit, document__isnull=False)
        rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__lt=limit)).order_by("id")
        while portion := list(rows.filter(id__gt=last).values_list("id", "course_key")[:PORTION]):
            yield from portion
            last = portion[-1][0]
