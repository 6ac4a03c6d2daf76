"""All PDF files of a block's signatures as one ZIP, for staff.

Files are made in the background, one by one, and kept (`PledgeCopy`); then the ZIP is put together as it is downloaded, and is
nowhere as a whole. Who takes a job over goes on where the last one stopped, because what was made is kept. See `jobs` for how
jobs are handed on.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from ...platform import clock
from ...seals import whole
from ...seals.keys import Keyring
from ...seals.site import site_keys
from .. import jobs
from ..access import records
from ..jobs import READY, WAITING, WORKING
from ..tables import csv_stream

log = logging.getLogger(__name__)

# A file takes seconds, and each try goes on where the last one stopped.
JOBS = jobs.Jobs("PledgeBundle", silence=timedelta(seconds=90), tries=20)
LIFE = timedelta(days=7)
PORTION = 20  # files read at a time
SALT = "dti_xblocks.pledge-files"
TOKEN_LIFE = timedelta(minutes=15)
LONGEST_NAME = 60
Make = Callable[[Any], bytes]  # of a row to its file
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP can say


class HopelessError(Exception):
    """No file at all can be made here. The message is a code."""


@dataclass(frozen=True)
class Job(jobs.Job):
    """A bundle in the hands of one worker: the signatures of a block up to the row `up_to`."""

    course_key: str
    usage_key: str
    up_to: int


# -- asking ----------------------------------------------------------------------------------------------------------------


def ask(owner_id: int, course_key: str, usage_key: str, now: datetime) -> tuple[Any, bool]:
    """The bundle of this member of staff and block as (row, whether a worker has to be sent for it).

    Returns the bundle that is being made, or begins a new one with all present signatures. Old ones are removed.
    """
    with records() as models:
        mine = models.PledgeBundle.objects.filter(owner_id=owner_id, usage_key=usage_key)
        row = mine.filter(state__in=(WAITING, WORKING)).order_by("-id").first()
        if row is not None:
            return row, JOBS.given_up(row, now)
        models.PledgeBundle.objects.filter(Q(asked_at__lt=now - LIFE) | Q(owner_id=owner_id, usage_key=usage_key)).delete()
        signed = models.SignedPledge.objects.filter(usage_key=usage_key, document__isnull=False)
        last = signed.order_by("-id").values_list("id", flat=True).first() or 0
        row = models.PledgeBundle.objects.create(
            owner_id=owner_id,
            course_key=course_key,
            usage_key=usage_key,
            up_to=last,
            state=WAITING,
            total=signed.filter(id__lte=last).count(),
            asked_at=now,
            beat_at=now,
        )
        return row, True


def find(owner_id: int, usage_key: str) -> Any | None:
    """The newest bundle of this member of staff and block, or None."""
    with records() as models:
        return models.PledgeBundle.objects.filter(owner_id=owner_id, usage_key=usage_key).order_by("-id").first()


# -- making ----------------------------------------------------------------------------------------------------------------


def take(bundle_id: int, now: datetime) -> Job | None:
    """Take the job; None where it is done, in other hands, gone, or was tried often enough (then it has failed)."""
    row = JOBS.take(bundle_id, now)
    return Job(row.id, row.tries, row.course_key, row.usage_key, row.up_to) if row else None


def work(job: Job, make: Callable[[Any], object], now: Callable[[], datetime]) -> int:
    """Make every file of the bundle that is not kept yet by `make(row)`, one after the other. How many could not be made.

    A file that cannot be made is left out, and the list in the ZIP says so. Raises `OvertakenError`, and what `make` raises as
    `HopelessError`.
    """
    faults, last = 0, 0
    with records() as models:
        total = models.PledgeBundle.objects.filter(id=job.id).values_list("total", flat=True).first() or 0
        done = max(total - _missing(models, job).count(), 0)
    while True:
        with records() as models:
            row = _missing(models, job).filter(id__gt=last).order_by("id").first()
        if not JOBS.heartbeat(job, min(done, total), now()):
            raise jobs.OvertakenError
        if row is None:
            return faults
        done += 1
        last = row.id
        try:
            make(row)
        except HopelessError:
            raise
        except Exception:
            faults += 1
            log.exception("The file of the signed pledge %s could not be made", row.id)


def finish(job: Job, now: datetime) -> bool:
    """Say that the ZIP can be had. False where that came too late."""
    return JOBS.finish(job, now, done=F("total"))


def _missing(models: Any, job: Job) -> Any:
    kept = models.PledgeCopy.objects.filter(pledge=OuterRef("pk"))
    rows = models.SignedPledge.objects.filter(usage_key=job.usage_key, id__lte=job.up_to, document__isnull=False)
    return rows.filter(~Exists(kept))


# -- giving away -----------------------------------------------------------------------------------------------------------


def token(user_id: int, bundle_id: int) -> str:
    """What lets this user download that bundle, for `TOKEN_LIFE`."""
    return str(signing.dumps([user_id, bundle_id], salt=SALT))


def read_token(text: str, user_id: int | None) -> Any | None:
    """The bundle that `text` lets the user `user_id` download; None for any other user, and for what is old or no token."""
    try:
        found = signing.loads(text, salt=SALT, max_age=TOKEN_LIFE)
        owner_id, bundle_id = (int(part) for part in found)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    if user_id is None or owner_id != user_id:
        return None
    with records() as models:
        return models.PledgeBundle.objects.filter(id=bundle_id, owner_id=owner_id, state=READY).first()


def zipped(bundle: Any, make: Make) -> Iterator[bytes]:
    """The ZIP in pieces, as it is made: a file for each signature and a list of all. Its size does not matter to memory.

    `make(row)` gives the bytes of a file that is not kept: of a signature whose seal is not complete yet.
    """
    stream = _Pieces()
    without: set[int] = set()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for row, body in _files(bundle, make):
            if body is None:
                without.add(row.id)
                continue
            archive.writestr(_entry(file_name(row), row.signed_at), body)
            yield stream.taken()
        with archive.open(_entry("signed-pledges.csv", clock.now()), "w", force_zip64=True) as file:
            for piece in csv_stream(_header(), _lines(bundle, without)):
                file.write(piece)
                yield stream.taken()
    yield stream.taken()


def file_name(row: Any) -> str:
    """A name that every system can have: the username as far as it is plain letters and digits, and the code."""
    plain = unicodedata.normalize("NFKD", row.username).encode("ascii", "ignore").decode("ascii")
    plain = re.sub(r"[^A-Za-z0-9_-]+", "_", plain).strip("_-")[:LONGEST_NAME]
    return f"{plain or 'pledge'}-{row.code}.pdf"


def _rows(bundle: Any, portion: int) -> Iterator[list[Any]]:
    last = 0
    while True:
        with records() as models:
            rows = models.SignedPledge.objects.filter(usage_key=bundle.usage_key, id__lte=bundle.up_to, id__gt=last)
            found = list(rows.order_by("id").defer("document", "private")[:portion])
        if not found:
            return
        yield found
        last = found[-1].id


def _files(bundle: Any, make: Make) -> Iterator[tuple[Any, bytes | None]]:
    """(row, bytes of its file) for each signature; None for one whose file is gone, unsound or cannot be made."""
    ring = site_keys().checking
    for rows in _rows(bundle, PORTION):
        with records() as models:
            ids = [row.id for row in rows]
            kept = dict(models.PledgeCopy.objects.filter(pledge__in=ids).values_list("pledge", "body"))
            there = set(models.SignedPledge.objects.filter(id__in=ids, document__isnull=False).values_list("id", flat=True))
        for row in rows:
            body = kept.pop(row.id, None)
            if row.id not in there:  # erased since the bundle was asked for
                yield row, None
            elif body is not None:
                yield row, _sound(row, bytes(body), ring)
            else:
                yield row, _made(row, make)


def _sound(row: Any, body: bytes, ring: Keyring) -> bytes | None:
    fault = whole.fault(body, row.code, ring)
    if fault:
        log.error("The kept file of the pledge %s is not given away: %s. Run verify_pledges.", row.id, fault)
    return None if fault else body


def _made(row: Any, make: Make) -> bytes | None:
    try:
        return make(row)
    except Exception:  # the answer has begun: the list says which files are missing
        log.exception("The file of the signed pledge %s could not be made", row.id)
        return None


def _header() -> list[str]:
    return [_("Username"), _("Name of the account"), _("Signed name"), _("Signed at (UTC)"), _("Verification code"),
            _("SHA-256 of the record"), _("File"), _("SHA-256 of the file")]  # fmt: skip


def _lines(bundle: Any, without: Iterable[int]) -> Iterator[list[str]]:
    for rows in _rows(bundle, 500):
        with records() as models:
            copies = models.PledgeCopy.objects.filter(pledge__in=[row.id for row in rows])
            digests = dict(copies.values_list("pledge", "digest"))
        for row in rows:
            file = "" if row.id in without else file_name(row)
            yield [row.username, row.full_name, row.signed_name, row.signed_at.isoformat(), row.code, row.document_hash, file,
                   digests.get(row.id, "") if file else ""]  # fmt: skip


def _entry(name: str, when: datetime) -> zipfile.ZipInfo:
    moment = when.astimezone(UTC).timetuple()[:6]
    entry = zipfile.ZipInfo(name, date_time=max(moment, EPOCH))
    entry.external_attr = 0o600 << 16
    return entry


class _Pieces(io.RawIOBase):
    """A stream without a way back: what was written is taken away piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written since it was asked last."""
        found, self._parts = b"".join(self._parts), []
        return found
