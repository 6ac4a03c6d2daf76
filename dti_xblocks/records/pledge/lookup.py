"""What is on record around one code or file: the same questions to the database, whether there is such a record or not."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...pledge.seal import text_digest
from ..access import records
from .chain import EVENT, PLEDGE
from .check_rows import Erasures, pledge_faults
from .events import ERASED, WITHDRAWN

NOBODY = -1  # the row that there is not


@dataclass(frozen=True)
class Found:
    """A signed pledge and what vouches for it. Everything is None or empty where there is none.

    `before` is the link before `link`; `pending` is there while the record waits for its link; `signed` is how many links of the
    chain are signed; `events` are its withdrawals and erasures, `bonds` their links by id of the event, and `waiting` the hashes
    of those that have none yet. `faults` are what `pledge_check_rows` finds wrong with the row itself.
    """

    row: object | None = None
    link: object | None = None
    before: object | None = None
    pending: object | None = None
    signed: int = 0
    events: list = field(default_factory=list)
    bonds: dict = field(default_factory=dict)
    waiting: dict = field(default_factory=dict)
    faults: tuple = ()
    copy: str = ""  # SHA-256 of the file that people get


def of_code(code: str) -> Found:
    """What is on record of the verification code, written as `seal.make_code` does. It is looked for by its hash."""
    with records() as models:
        return _around(models, models.SignedPledge.objects.filter(code_digest=text_digest(code)).first())


def of_file(digest: str) -> Found:
    """What is on record of the file with this SHA-256, if it is one that was handed out."""
    with records() as models:
        pledge = models.PledgeCopy.objects.filter(digest=digest).values_list("pledge", flat=True).first()
        return _around(models, models.SignedPledge.objects.filter(id=NOBODY if pledge is None else pledge).first())


def _around(models, row) -> Found:
    row_id, chain = (row.id, row.course_key) if row is not None else (NOBODY, "")
    link = models.PledgeLink.objects.filter(kind=PLEDGE, entry_id=row_id).first()
    at = link.position - 1 if link is not None else 0
    before = models.PledgeLink.objects.filter(chain=link.chain if link is not None else chain, position=at).first()
    pending = models.PledgePending.objects.filter(kind=PLEDGE, entry_id=row_id).first()
    signed = models.PledgeChain.objects.filter(chain=chain).values_list("signed", flat=True).first()
    events = list(models.PledgeEvent.objects.filter(pledge=row_id, kind__in=(WITHDRAWN, ERASED)).order_by("id"))
    ids = [event.id for event in events] or [NOBODY]
    bonds = {bond.entry_id: bond for bond in models.PledgeLink.objects.filter(kind=EVENT, entry_id__in=ids)}
    waiting = dict(models.PledgePending.objects.filter(kind=EVENT, entry_id__in=ids).values_list("entry_id", "entry"))
    copy = models.PledgeCopy.objects.filter(pledge=row_id).values_list("digest", flat=True).first()
    faults = _faults(models, row, events) if row is not None else ()
    return Found(row, link, before, pending, signed or 0, events, bonds, waiting, faults, copy or "")


def _faults(models, row, events: list) -> tuple:
    erasures = Erasures(models, row.course_key)
    erased = [event for event in events if event.key == f"erased/{row.id}" and event.document is not None]
    erasures.of_pledges = {event.pledge: event for event in erased}
    return tuple(pledge_faults(models, row, row.course_key, erasures))
