"""Packets being made and made: one job for one document, however many ask for it at once, and the file that comes of it.

A job goes from "waiting" to "working" to "ready" or "failed", and each step is one statement that says from which state: of
any number of requests and workers one takes it. A worker gives a sign of life every second or so; without one for `SILENCE` the
job is taken again, `TRIES` times in all. What a worker that was given up still says is not heard (`tries` is its token).
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from ..access import present_row, records

log = logging.getLogger(__name__)

WAITING, WORKING, READY, FAILED = "waiting", "working", "ready", "failed"
EVERYBODY = 0  # the owner of what is shared
SILENCE = timedelta(seconds=60)
TRIES = 3
PERSONAL_LIFE, FAILED_LIFE, SHARED_LIFE = timedelta(hours=24), timedelta(hours=1), timedelta(days=90)
LARGEST_PERSONAL = 16 * 1024**2  # bytes; it is kept in the database
MOST_OF_OWNER = 10  # packets of one learner's own that are kept
MOST_AT_WORK = 3  # and that are waiting or being made at once
HOPELESS = ("pages", "size", "memory")  # reasons that lie in the document
LOST, LARGE = "lost", "size"  # reasons why a job failed, beside those of whoever makes it
PIECE = 64 * 1024  # bytes


class TooManyAtWork(Exception):
    """This learner has as many packets in the making as there may be."""


@dataclass(frozen=True)
class Job:
    """A document to be made, in the hands of one worker. `attempt` is the worker's token."""

    id: int
    attempt: int
    owner_id: int
    digest: str
    title: str
    source: bytes


# -- asking ----------------------------------------------------------------------------------------------------------------


def ask(*, digest: str, owner_id: int, title: str, expected: int, source: Callable[[], bytes], now: datetime):
    """The packet with this digest and owner, as (row, whether a worker has to be sent for it).

    It is made a job where there is none, where it failed, where its file has vanished or where nothing was heard of it.
    `source` gives the document to render. Raises `TooManyAtWork`.
    """
    with records() as models:
        mine = models.Packet.objects.filter(digest=digest, owner_id=owner_id)
        row = mine.first()
        if row is None:
            if owner_id != EVERYBODY:
                _make_room(models, owner_id)
            new = {"state": WAITING, "title": title[:255], "expected": expected, "asked_at": now, "beat_at": now}
            packed = zlib.compress(source())
            try:
                with transaction.atomic():
                    row = models.Packet.objects.create(digest=digest, owner_id=owner_id, source=packed, **new)
                return row, True
            except IntegrityError:  # somebody asked at the same moment
                row = present_row(mine)
        return _asked_again(mine, row, source, expected, now)


def _asked_again(mine, row, source, expected: int, now: datetime):
    if row is None:  # removed at this very moment
        raise TooManyAtWork
    if now - row.asked_at > timedelta(hours=1):
        mine.update(asked_at=now)
    if row.state == FAILED and row.reason in HOPELESS and now - row.beat_at < FAILED_LIFE:
        return row, False  # the same document comes to the same end
    if row.state == FAILED or (row.state == READY and not _is_there(row)):
        fresh = {"state": WAITING, "tries": 0, "done": 0, "reason": "", "file": "", "beat_at": now, "asked_at": now}
        same = mine.filter(state=row.state, tries=row.tries, beat_at=row.beat_at)
        taken = same.update(**fresh, expected=expected, source=zlib.compress(source()))
    else:
        taken = _given_up(mine, row, now)
    return (mine.first() or row), bool(taken)


def given_up(row, now: datetime) -> bool:
    """True where nothing was heard of the job `row` for long, so that a worker has to be sent again: of all who ask, one."""
    with records() as models:
        return bool(_given_up(models.Packet.objects.filter(id=row.id), row, now))


def _given_up(mine, row, now: datetime) -> int:
    """Its worker has died, or the message to one was lost. `take` counts the tries."""
    if row.state not in (WAITING, WORKING) or now - row.beat_at <= SILENCE:
        return 0
    return mine.filter(state=row.state, tries=row.tries, beat_at=row.beat_at).update(beat_at=now, state=WAITING)


def _make_room(models, owner_id: int) -> None:
    """Keep the number of one learner's packets bounded: the oldest go."""
    rows = models.Packet.objects.filter(owner_id=owner_id)
    if rows.filter(state__in=(WAITING, WORKING)).count() >= MOST_AT_WORK:
        raise TooManyAtWork
    kept = rows.filter(state__in=(READY, FAILED)).order_by("-asked_at", "-id").values_list("id", flat=True)
    if too_old := list(kept[MOST_OF_OWNER - 1 :]):
        rows.filter(id__in=too_old).delete()


def find(digest: str, owner_id: int):
    """The packet with this digest that `owner_id` may have: their own, or everybody's; None where there is none."""
    with records() as models:
        rows = models.Packet.objects.filter(digest=digest, owner_id__in={owner_id, EVERYBODY})
        return rows.defer("source", "body").order_by("-owner_id").first()


def content(row) -> Iterator[bytes] | None:
    """The file of a ready packet in pieces; None where it is not there (any more)."""
    if row.state != READY:
        return None
    if row.owner_id != EVERYBODY:
        with records() as models:  # it may be gone since `row` was read
            body = models.Packet.objects.filter(id=row.id).values_list("body", flat=True).first()
        return iter([bytes(body)]) if body else None
    if not row.file:
        return None
    try:
        file = storage().open(row.file)
    except Exception:  # each storage has its own
        log.warning("The packet %s has vanished from storage", row.file, exc_info=True)
        return None
    return _pieces(file)


def _pieces(file) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


# -- making ----------------------------------------------------------------------------------------------------------------


def take(packet_id: int, now: datetime) -> Job | None:
    """Take the job `packet_id`; None where it is done, in other hands, gone, or was tried often enough (then it has failed)."""
    with records() as models:
        mine = models.Packet.objects.filter(id=packet_id)
        free = Q(state=WAITING) | Q(state=WORKING, beat_at__lt=now - SILENCE)
        spent = {"state": FAILED, "reason": LOST, "source": None, "beat_at": now}
        if mine.filter(free, tries__gte=TRIES).update(**spent):
            return None
        if not mine.filter(free).update(state=WORKING, beat_at=now, tries=F("tries") + 1, done=0):
            return None
        row = mine.first()
        if row is None or row.source is None:
            return None
        return Job(row.id, row.tries, row.owner_id, row.digest, row.title, zlib.decompress(bytes(row.source)))


def progress(job: Job, done: int, now: datetime) -> bool:
    """A sign of life, with the number of pages done. False where the job is not this worker's any more."""
    with records() as models:
        return bool(_in_hand(models, job).update(done=done, beat_at=now))


def finish(job: Job, body: bytes, now: datetime) -> bool:
    """Keep the file. False where that came too late, or the file is larger than may be kept (then the job has failed)."""
    if job.owner_id != EVERYBODY and len(body) > LARGEST_PERSONAL:
        fail(job, LARGE, now)
        return False
    kept = {"body": body} if job.owner_id != EVERYBODY else {"file": _store(job, body)}
    with records() as models:
        ready = {"state": READY, "source": None, "size": len(body), "beat_at": now, "ready_at": now, "reason": ""}
        return bool(_in_hand(models, job).update(**ready, **kept))


def fail(job: Job, reason: str, now: datetime) -> bool:
    """Say that the document cannot be made, and why, as a code."""
    with records() as models:
        return bool(_in_hand(models, job).update(state=FAILED, source=None, reason=reason[:200], beat_at=now))


def waiting(now: datetime) -> list[int]:
    """The jobs that nobody has in hand, the oldest first."""
    with records() as models:
        free = Q(state=WAITING) | Q(state=WORKING, beat_at__lt=now - SILENCE)
        return list(models.Packet.objects.filter(free).order_by("id").values_list("id", flat=True))


def _in_hand(models, job: Job):
    return models.Packet.objects.filter(id=job.id, state=WORKING, tries=job.attempt)


# -- keeping and clearing --------------------------------------------------------------------------------------------------


def storage():
    """Where shared packets are kept: the alias DTI_PACKET_STORAGE of settings.STORAGES, else the site's default storage."""
    alias = getattr(settings, "DTI_PACKET_STORAGE", "")
    return storages[alias] if alias else default_storage


def _store(job: Job, body: bytes) -> str:
    name = f"dti/packets/{job.digest}.pdf"
    place = storage()
    if place.exists(name):
        place.delete(name)  # what nobody knows of, perhaps half written
    return place.save(name, ContentFile(body))


def _is_there(row) -> bool:
    if row.owner_id != EVERYBODY:
        return bool(row.size)
    try:
        return bool(row.file) and storage().exists(row.file)
    except Exception:  # each storage has its own
        log.warning("The storage of packets does not answer", exc_info=True)
        return True  # a moment's fault of the storage is no reason to make everything again


def purge(now: datetime) -> int:
    """Remove what has had its time: personal packets after a day, failed ones after an hour, shared ones that nobody has asked
    for in three months, with their files. How many."""
    with records() as models:
        old = (
            Q(state=FAILED, beat_at__lt=now - FAILED_LIFE)
            | (~Q(owner_id=EVERYBODY) & Q(asked_at__lt=now - PERSONAL_LIFE))
            | Q(owner_id=EVERYBODY, asked_at__lt=now - SHARED_LIFE)
        )
        rows = list(models.Packet.objects.filter(old).values_list("id", "file"))
        models.Packet.objects.filter(id__in=[number for number, _file in rows]).delete()
    for _number, file in rows:
        if file:
            try:
                storage().delete(file)
            except Exception:  # each storage has its own
                log.warning("The packet %s could not be removed from storage", file, exc_info=True)
    return len(rows)


def forget(owner_id: int) -> None:
    """Remove a learner's own packets: what stands in them may be what the learner has just taken back."""
    with records() as models:
        if owner_id != EVERYBODY:
            models.Packet.objects.filter(owner_id=owner_id).delete()


def failing(reason: str, since: datetime) -> bool:
    """True where a packet has failed for that reason since then, whoever asked for it."""
    with records() as models:
        return models.Packet.objects.filter(state=FAILED, reason=reason, beat_at__gte=since).exists()


def summary() -> dict[str, dict]:
    """For operators: how many packets there are in each state, shared and personal, and their bytes."""
    with records() as models:
        found: dict[str, dict] = {}
        for state, owner, size in models.Packet.objects.values_list("state", "owner_id", "size"):
            counts = found.setdefault(state, {"shared": 0, "personal": 0, "bytes": 0})
            counts["personal" if owner else "shared"] += 1
            counts["bytes"] += size
        return found
