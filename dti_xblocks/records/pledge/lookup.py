"""What is on record around one code or file."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import ModuleType

from ...pledge.seal import text_digest
from ..access import records
from .chain import EVENT, PLEDGE
from .check_rows import Erasures, pledge_faults
from .events import ERASED, WITHDRAWN
from .rows import EventRow, LinkRow, PendingRow, SignedRow


@dataclass(frozen=True)
class Evidence:
    """A signed pledge and what vouches for it.

    `before` is the link before `link`; `pending` is there while the record waits for its link; `signed` is how many links of the
    chain are signed; `events` are its withdrawals and erasures, `event_links` their links by id of the event, and `waiting` the
    hashes of those that have none yet. `faults` are what `check_rows` finds wrong with the row itself. `copy` is the SHA-256 of
    the file that people get, "" where none is kept.
    """

    row: SignedRow
    link: LinkRow | None = None
    before: LinkRow | None = None
    pending: PendingRow | None = None
    signed: int = 0
    events: list[EventRow] = field(default_factory=list)
    event_links: dict[int, LinkRow] = field(default_factory=dict)
    waiting: dict[int, str] = field(default_factory=dict)
    faults: tuple[tuple[str, str], ...] = ()
    copy: str = ""


def of_code(code: str) -> Evidence | None:
    """What is on record of the verification code, written as `seal.make_code` does. It is looked for by its hash."""
    with records() as models:
        row = models.SignedPledge.objects.filter(code_digest=text_digest(code)).first()
        return _around(models, row) if row is not None else None


def of_file(digest: str) -> Evidence | None:
    """What is on record of the file with this SHA-256, if it is one that was handed out."""
    with records() as models:
        pledge = models.PledgeCopy.objects.filter(digest=digest).values_list("pledge", flat=True).first()
        row = models.SignedPledge.objects.filter(id=pledge).first() if pledge is not None else None
        return _around(models, row) if row is not None else None


def _around(models: ModuleType, row: SignedRow) -> Evidence:
    links, pending = models.PledgeLink.objects, models.PledgePending.objects
    link = links.filter(kind=PLEDGE, entry_id=row.id).first()
    signed = models.PledgeChain.objects.filter(chain=row.course_key).values_list("signed", flat=True).first()
    events = list(models.PledgeEvent.objects.filter(pledge=row.id, kind__in=(WITHDRAWN, ERASED)).order_by("id"))
    ids = [event.id for event in events]
    return Evidence(
        row=row,
        link=link,
        before=links.filter(chain=link.chain, position=link.position - 1).first() if link is not None else None,
        pending=pending.filter(kind=PLEDGE, entry_id=row.id).first(),
        signed=signed or 0,
        events=events,
        event_links={each.entry_id: each for each in links.filter(kind=EVENT, entry_id__in=ids)},
        waiting=dict(pending.filter(kind=EVENT, entry_id__in=ids).values_list("entry_id", "entry")),
        faults=_faults(models, row, events),
        copy=models.PledgeCopy.objects.filter(pledge=row.id).values_list("digest", flat=True).first() or "",
    )


def _faults(models: ModuleType, row: SignedRow, events: list[EventRow]) -> tuple[tuple[str, str], ...]:
    erasures = Erasures(models, row.course_key)
    erased = [event for event in events if event.key == f"erased/{row.id}" and event.document is not None]
    erasures.of_pledges = {event.pledge: event for event in erased}
    return tuple(pledge_faults(row, row.course_key, erasures))
