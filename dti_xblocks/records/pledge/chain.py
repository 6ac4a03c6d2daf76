"""The chain of a course: every signature and event of pledges gets a link, in one order, however many write at the same time.

A record is written together with a row of `PledgePending`, in one transaction. The link follows when that transaction has ended
(`later`): whoever holds the row of the chain links all that are pending, his own and others'. So the lock is held for
milliseconds, also where a request is one long transaction; a process that dies in between loses nothing, because the next one
links what it left; and a site without a key has a chain all the same, whose links are signed when there is one.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Iterator
from datetime import datetime
from types import ModuleType
from typing import Any

from django.db import OperationalError, transaction

from ...platform import clock
from ...pledge import seal
from ...pledge.signing import moment
from ...seals.keys import Keyring
from ...seals.site import site_keys
from ..access import RecordsUnavailableError, instead, records, write_first
from .rows import EventRow, HeadRow, LinkRow, PendingRow, SignedRow

log = logging.getLogger(__name__)

PLEDGE, EVENT = "pledge", "event"
AT_ONCE = 200  # links in one transaction
# Such transactions after a request: who signs must not wait for thousands of links to be sealed, when a key is new.
IN_REQUEST = 2
TRIES = 3  # of a request to link, where the database did not let it


def queue_link(models: ModuleType, kind: str, row: SignedRow | EventRow) -> None:
    """Note that `row` (a signed pledge or event with its `document_hash`) wants a link. Call it in the row's own transaction."""
    models.PledgePending.objects.create(chain=row.course_key, kind=kind, entry_id=row.id, entry=row.document_hash)


def later(chain: str) -> None:
    """Link what is pending in `chain` when the present transaction has ended. A fault is for the log: the next will."""
    transaction.on_commit(functools.partial(_complete_quietly, chain))


def _complete_quietly(chain: str) -> None:
    fault: Exception
    for attempt in range(TRIES):
        try:
            complete(chain, site_keys().ring, rounds=IN_REQUEST)
        except RecordsUnavailableError as error:  # as when a database has waited long enough for a lock
            fault = error
            if isinstance(error.__cause__, OperationalError) and attempt < TRIES - 1:
                continue
        except Exception as error:
            fault = error
        else:
            return
        log.error("The chain of %s could not be continued now; it will be with the next record", chain, exc_info=fault)
        return


def complete(chain: str, ring: Keyring, now: datetime | None = None, rounds: int | None = None) -> tuple[int, int]:
    """Link all that is pending in `chain` and sign all links that are not, in order. How many of each.

    With `rounds`, in at most that many transactions of `AT_ONCE`: the rest waits for the next.

    Not to be called inside a transaction (where there is something to link it raises `RuntimeError`): it could not see what
    others have written meanwhile, and would keep everybody who signs in this course waiting until that transaction ends.
    """
    now = now or clock.now()
    linked = signed = 0
    with records() as models:
        while rounds != 0 and _begun(models, chain, ring):
            with transaction.atomic(durable=True):
                head = _locked(models, chain)
                made, done = _link(models, head, now), _sign(models, head, ring)
                if made or done:
                    head.save(update_fields=["length", "head", "signed"])
            linked, signed = linked + made, signed + done
            rounds = None if rounds is None else rounds - 1
            if made < AT_ONCE and done < AT_ONCE:
                break
    return linked, signed


def _begun(models: ModuleType, chain: str, ring: Keyring) -> bool:
    """False where there is nothing to do, which is seen without a lock. Sees to it that there is a row to be locked.

    That row is written in a transaction of its own: who has looked for it with a lock in vain holds, on MySQL, a lock on the gap
    where it belongs, and two of those would wait for each other.
    """
    head = models.PledgeChain.objects.filter(chain=chain).first()
    if not models.PledgePending.objects.filter(chain=chain).exists():
        return head is not None and ring.private is not None and head.signed < head.length
    if head is None:
        row = models.PledgeChain(chain=chain, head=seal.START)
        models.PledgeChain.objects.bulk_create([row], **keeping(["chain"]))
    return True


def _locked(models: ModuleType, chain: str) -> Any:
    """The row of the chain, locked. To be called first in a transaction: all that is read afterwards is as it is now."""
    rows = models.PledgeChain.objects.filter(chain=chain)
    write_first(rows, "length")
    return rows.select_for_update().get()  # SQLite has no such lock and needs none


def keeping(unique: list[str]) -> dict[str, Any]:
    """Options of `bulk_create` for a row that stays as it is where there is one with the same `unique` columns."""
    return instead(unique, unique[-1:])


def _link(models: ModuleType, head: HeadRow, now: datetime) -> int:
    pending = list(models.PledgePending.objects.filter(chain=head.chain).order_by("id")[:AT_ONCE])
    links = []
    has_link = _linked(models, pending)
    if pending:
        before = models.PledgeLink.objects.filter(chain=head.chain, position=head.length).values_list("linked_at", flat=True)
        now = clock.not_before(now, *before)
    for one in pending:
        if (one.kind, one.entry_id) in has_link:
            continue
        payload = seal.link(head.chain, head.length + 1, head.head, one.kind, one.entry, moment(now))
        head.length, previous, head.head = head.length + 1, head.head, seal.digest(payload)
        links.append(
            models.PledgeLink(
                chain=head.chain,
                position=head.length,
                kind=one.kind,
                entry_id=one.entry_id,
                entry=one.entry,
                previous=previous,
                digest=head.head,
                linked_at=now.replace(microsecond=0),
            )
        )
    models.PledgeLink.objects.bulk_create(links)
    models.PledgePending.objects.filter(id__in=[one.id for one in pending]).delete()
    return len(pending)


def _linked(models: ModuleType, pending: list[PendingRow]) -> set[tuple[str, int]]:
    """Those of `pending` that have a link all the same: after a database was restored in part."""
    ids = [one.entry_id for one in pending]
    rows = models.PledgeLink.objects.filter(kind__in=(PLEDGE, EVENT), entry_id__in=ids)  # both: there is an index of the two
    return set(rows.values_list("kind", "entry_id"))


def _sign(models: ModuleType, head: HeadRow, ring: Keyring) -> int:
    """Sign the next links that are not signed, as far as they continue what is signed: what does not is for `verify_pledges`.

    So nobody has a link sealed by altering it, or its record's hash in it, before its turn comes.
    """
    if ring.private is None or head.signed >= head.length:
        return 0
    links = models.PledgeLink.objects.filter(chain=head.chain)
    before = links.filter(position=head.signed).first() if head.signed else None
    previous, position = (before.digest, before.position) if before else (seal.START, 0)
    sound = []
    for link in links.filter(position__gt=head.signed).order_by("position")[:AT_ONCE]:
        payload = payload_of(link)
        if (link.position, link.previous, link.digest) != (position + 1, previous, seal.digest(payload)):
            log.error(
                "The chain of %s is broken at %s: nothing after it is sealed. Run verify_pledges.", head.chain, position + 1
            )
            break
        link.key_id, link.signature = ring.key_id, ring.sign(seal.canonical(payload))
        previous, position = link.digest, link.position
        sound.append(link)
    models.PledgeLink.objects.bulk_update(sound, ["key_id", "signature"])
    if sound:
        head.signed = position
    return len(sound)


def payload_of(link: LinkRow) -> dict[str, Any]:
    """What is signed of a `PledgeLink`: see `seal.link`."""
    return seal.link(link.chain, link.position, link.previous, link.kind, link.entry, moment(link.linked_at))


def link_of(kind: str, entry_id: int) -> LinkRow | None:
    """The link of a record, or None while it is pending."""
    with records() as models:
        link: LinkRow | None = models.PledgeLink.objects.filter(kind=kind, entry_id=entry_id).first()
        return link


def state(chain: str) -> dict[str, Any]:
    """For staff: how long the chain is, its last digest, how many links are `unsigned` and how many records `pending`."""
    with records() as models:
        head = models.PledgeChain.objects.filter(chain=chain).first()
        pending = models.PledgePending.objects.filter(chain=chain).count()
        if head is None:
            return {"length": 0, "head": seal.START, "unsigned": 0, "pending": pending}
        return {"length": head.length, "head": head.head, "unsigned": head.length - head.signed, "pending": pending}


def chains() -> Iterator[str]:
    """The course keys of all chains, and of records that have none yet."""
    with records() as models:
        known = models.PledgeChain.objects.order_by("chain").values_list("chain", flat=True)
        waiting = models.PledgePending.objects.order_by("chain").values_list("chain", flat=True).distinct()
        yield from sorted({*known, *waiting})


def complete_all(ring: Keyring) -> dict[str, tuple[int, int]]:
    """`complete` for every chain."""
    done = {}
    for chain in list(chains()):
        try:
            done[chain] = complete(chain, ring)
        except RecordsUnavailableError:
            log.exception("The chain of %s could not be completed", chain)
    return done
