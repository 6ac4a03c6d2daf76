"""Packets being made and made: one job for one document, however many ask for it at once, and the file that comes of it.

See `jobs` for how a job is handed on.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, default_storage, storages
from django.db import IntegrityError, transaction
from django.db.models import Q

from ...platform import conf
from .. import jobs
from ..access import present_row, records
from ..jobs import FAILED, READY, WAITING, WORKING

log = logging.getLogger(__name__)

EVERYBODY = 0  # the owner of what is shared
JOBS = jobs.Jobs("Packet", silence=timedelta(seconds=60), tries=3, cleared={"source": None})
PERSONAL_LIFE, FAILED_LIFE, SHARED_LIFE = timedelta(hours=24), timedelta(hours=1), timedelta(days=90)
LARGEST_PERSONAL = 16 * 1024**2  # bytes; it is kept in the database
MOST_OF_OWNER = 10  # packets of one learner's own that are kept
MOST_AT_WORK = 3  # and that are waiting or being made at once
HOPELESS = ("pages", "size", "memory")  # reasons that lie in the document
LARGE = "size"  # a reason why a job failed, beside those of the worker and `jobs.LOST`
PIECE = 64 * 1024  # bytes


class TooManyAtWorkError(Exception):
    """This learner has as many packets in the making as there may be."""


@dataclass(frozen=True)
class Job(jobs.Job):
    """A document to be made, in the hands of one worker."""

    owner_id: int
    digest: str
    title: str
    source: bytes


# -- asking ----------------------------------------------------------------------------------------------------------------


def ask(*, digest: str, owner_id: int, title: str, expected: int, source: Callable[[], bytes], now: datetime) -> tuple[Any, bool]:
    """The packet with this digest and owner, as (row, whether a worker has to be sent for it).

    It is made a job where there is none, where it failed, where its file has vanished or where nothing was heard of it.
    `source` gives the document to render. Raises `TooManyAtWorkError`.
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


def _asked_again(mine: Any, row: Any, source: Callable[[], bytes], expected: int, now: datetime) -> tuple[Any, bool]:
    if row is None:  # removed at this very moment
        raise TooManyAtWorkError
    if now - row.asked_at > timedelta(hours=1):
        mine.update(asked_at=now)
    if row.state == FAILED and row.reason in HOPELESS and now - row.beat_at < FAILED_LIFE:
        return row, False  # the same document comes to the same end
    if row.state == FAILED or (row.state == READY and not _is_there(row)):
        fresh = {"state": WAITING, "tries": 0, "done": 0, "reason": "", "file": "", "beat_at": now, "asked_at": now}
        taken = JOBS.change(row, **fresh, expected=expected, source=zlib.compress(source()))
    else:
        taken = JOBS.given_up(row, now)
    return (mine.first() or row), taken


def _make_room(models: Any, owner_id: int) -> None:
    """Keep the number of one learner's packets bounded: the oldest go."""
    rows = models.Packet.objects.filter(owner_id=owner_id)
    if rows.filter(state__in=(WAITING, WORKING)).count() >= MOST_AT_WORK:
        raise TooManyAtWorkError
    kept = rows.filter(state__in=(READY, FAILED)).order_by("-asked_at", "-id").values_list("id", flat=True)
    if too_old := list(kept[MOST_OF_OWNER - 1 :]):
        rows.filter(id__in=too_old).delete()


def find(digest: str, owner_id: int) -> Any | None:
    """The packet with this digest that `owner_id` may have: their own, or everybody's; None where there is none."""
    with records() as models:
        rows = models.Packet.objects.filter(digest=digest, owner_id__in={owner_id, EVERYBODY})
        return rows.defer("source", "body").order_by("-owner_id").first()


def content(row: Any) -> Iterator[bytes] | None:
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


def _pieces(file: File) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


# -- making ----------------------------------------------------------------------------------------------------------------


def take(packet_id: int, now: datetime) -> Job | None:
    """Take the job `packet_id`; None where it is done, in other hands, gone, or was tried often enough (then it has failed)."""
    row = JOBS.take(packet_id, now, done=0)
    if row is None or row.source is None:
        return None
    return Job(row.id, row.tries, row.owner_id, row.digest, row.title, zlib.decompress(bytes(row.source)))


def finish(job: Job, body: bytes, now: datetime) -> bool:
    """Keep the file. False where that came too late, or the file is larger than may be kept (then the job has failed)."""
    if job.owner_id != EVERYBODY and len(body) > LARGEST_PERSONAL:
        JOBS.fail(job, LARGE, now)
        return False
    kept = {"body": body} if job.owner_id != EVERYBODY else {"file": _store(job, body)}
    return JOBS.finish(job, now, size=len(body), ready_at=now, **kept)


# -- keeping and clearing --------------------------------------------------------------------------------------------------


def storage() -> Storage:
    """Where shared packets are kept: the alias DTI_PACKET_STORAGE of settings.STORAGES, else the site's default storage."""
    alias = conf.packet_storage()
    return storages[alias] if alias else default_storage


def _store(job: Job, body: bytes) -> str:
    name = f"dti/packets/{job.digest}.pdf"
    place = storage()
    if place.exists(name):
        place.delete(name)  # what nobody knows of, perhaps half written
    return str(place.save(name, ContentFile(body)))


def _is_there(row: Any) -> bool:
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
    """Remove a learner's own packets: they may contain what the learner has just deleted."""
    with records() as models:
        if owner_id != EVERYBODY:
            models.Packet.objects.filter(owner_id=owner_id).delete()


def failing(reason: str, since: datetime) -> bool:
    """True where anybody's packet has failed for that reason since then."""
    with records() as models:
        return bool(models.Packet.objects.filter(state=FAILED, reason=reason, beat_at__gte=since).exists())


def summary() -> dict[str, dict[str, int]]:
    """For operators: how many packets there are in each state, shared and personal, and their bytes."""
    with records() as models:
        found: dict[str, dict[str, int]] = {}
        for state, owner, size in models.Packet.objects.values_list("state", "owner_id", "size"):
            counts = found.setdefault(state, {"shared": 0, "personal": 0, "bytes": 0})
            counts["personal" if owner else "shared"] += 1
            counts["bytes"] += size
        return found
