"""Does one record still stand as it was signed? This looks at its link and the one before; `verify_pledges` at all."""

from __future__ import annotations

from ..pledge import seal
from ..pledge.signing import moment
from ..records.pledge.chain import payload_of
from ..records.pledge.columns import hashed, part
from ..records.pledge.events import WITHDRAWN
from ..records.pledge.lookup import Evidence
from ..records.pledge.pledges import is_of
from ..records.pledge.rows import EventRow, LinkRow
from ..seals.keys import Keyring

# What the seal of a record comes to.
SEALED, UNSEALED, BROKEN, NO_KEY = "sealed", "unsealed", "broken", "no-key"


def seal_of(evidence: Evidence, ring: Keyring) -> str:
    """One of the words above. "no-key": it is signed with a key that is not in `ring`, so nobody can tell here."""
    sound = not evidence.faults and _events_stand(evidence)
    if evidence.link is None:
        waits = evidence.pending is not None and evidence.pending.entry == evidence.row.document_hash
        return UNSEALED if sound and waits else BROKEN
    sound = sound and _linked(evidence.link, evidence) and _after(evidence.link, evidence)
    if not evidence.link.signature:
        # That which was signed once has lost its signature.
        return UNSEALED if sound and evidence.signed < evidence.link.position else BROKEN
    state, before = _signature(evidence.link, ring), _signature(evidence.before or evidence.link, ring)
    return state if sound and before != BROKEN else BROKEN


def withdrawal(evidence: Evidence) -> EventRow | None:
    """The event by which it was withdrawn, or None."""
    return next((event for event in evidence.events if event.kind == WITHDRAWN), None)


def _linked(link: LinkRow, evidence: Evidence) -> bool:
    """The link is the record's own and has its digest."""
    row = evidence.row
    return link.chain == row.course_key and link.entry == row.document_hash and seal.digest(payload_of(link)) == link.digest


def _after(link: LinkRow, evidence: Evidence) -> bool:
    """The link follows on the one before, and that has its digest too."""
    before = evidence.before
    if link.position == 1:
        return before is None and link.previous == seal.START
    return before is not None and before.digest == link.previous and seal.digest(payload_of(before)) == before.digest


def _events_stand(evidence: Evidence) -> bool:
    """Each withdrawal and erasure is what was linked, or waits for its link as it is."""
    for event in evidence.events:
        event_link = evidence.event_links.get(event.id)
        entry = event_link.entry if event_link is not None else evidence.waiting.get(event.id)
        if entry != event.document_hash or (event_link is not None and seal.digest(payload_of(event_link)) != event_link.digest):
            return False
        if not is_of(event, evidence.row) or (event.document is not None and not _event_intact(event)):
            return False
    return True


def _event_intact(event: EventRow) -> bool:
    document = event.document
    stated = part(document, "kind"), part(document, "pledge"), part(document, "at")
    return hashed(document) == event.document_hash and stated == (event.kind, event.pledge, moment(event.at))


def _signature(link: LinkRow, ring: Keyring) -> str:
    if not link.signature:  # links are signed in order: one before a signed one has lost its own
        return BROKEN
    if link.key_id not in ring.public:
        return NO_KEY
    return SEALED if ring.verify(link.key_id, seal.canonical(payload_of(link)), link.signature) else BROKEN
