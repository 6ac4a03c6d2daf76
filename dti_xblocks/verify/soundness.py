"""Does one record still stand as it was signed? This looks at its link and the one before; `verify_pledges` at all."""

from __future__ import annotations

from ..pledge import seal
from ..pledge.signing import moment
from ..records.pledge.chain import payload_of
from ..records.pledge.check_rows import at, hashed
from ..records.pledge.events import WITHDRAWN
from ..records.pledge.lookup import Found
from ..records.pledge.pledges import is_of
from ..seals.keys import Keyring
from ..seals.stand_in import stand_in

# What the seal of a record comes to.
SEALED, UNSEALED, BROKEN, NO_KEY = "sealed", "unsealed", "broken", "no-key"
# What is looked at where there is nothing to look at: of the size of a pledge and of a link.
_DOCUMENT = {f"part-{number}": "A sentence about as long as those of a pledge are. " * 4 for number in range(24)}
_LINK = seal.link("course-v1:none+none+none", 1, seal.START, "pledge", seal.START, "2026-01-01T00:00:00Z")


def seal_of(found: Found, ring: Keyring) -> str:
    """One of the words above. "no-key": it is signed with a key that is not in `ring`, so nobody can tell here.

    Where nothing is found it is "broken", after as much work as for a sound record: two signatures, two digests of links and one
    of a document.
    """
    if found.row is None:
        return _idle()
    sound = not found.faults and _events_stand(found)
    if found.link is None:
        waits = found.pending is not None and found.pending.entry == found.row.document_hash
        return UNSEALED if sound and waits else BROKEN
    sound = sound and _linked(found) and _after(found)
    if not found.link.signature:
        # That which was signed once has lost its signature.
        return UNSEALED if sound and found.signed < found.link.position else BROKEN
    state, before = _signature(found.link, ring), _signature(found.before or found.link, ring)
    return state if sound and before != BROKEN else BROKEN


def withdrawal(found: Found):
    """The event by which it was withdrawn, or None."""
    return next((event for event in found.events if event.kind == WITHDRAWN), None)


def _linked(found: Found) -> bool:
    """The link is the record's own and has its digest."""
    link, row = found.link, found.row
    return link.chain == row.course_key and link.entry == row.document_hash and seal.digest(payload_of(link)) == link.digest


def _after(found: Found) -> bool:
    """The link follows on the one before, and that has its digest too."""
    link, before = found.link, found.before
    if link.position == 1:
        return before is None and link.previous == seal.START
    return before is not None and before.digest == link.previous and seal.digest(payload_of(before)) == before.digest


def _events_stand(found: Found) -> bool:
    """Each withdrawal and erasure is what was linked, or waits for its link as it is."""
    for event in found.events:
        bond = found.bonds.get(event.id)
        entry = bond.entry if bond is not None else found.waiting.get(event.id)
        if entry != event.document_hash or (bond is not None and seal.digest(payload_of(bond)) != bond.digest):
            return False
        if not is_of(event, found.row) or (event.document is not None and not _event_intact(event)):
            return False
    return True


def _event_intact(event) -> bool:
    document = event.document
    stated = at(document, "kind"), at(document, "pledge"), at(document, "at")
    return hashed(document) == event.document_hash and stated == (event.kind, event.pledge, moment(event.at))


def _signature(link, ring: Keyring) -> str:
    if not link.signature:  # links are signed in order: one before a signed one has lost its own
        return BROKEN
    if link.key_id not in ring.public:
        return NO_KEY
    return SEALED if ring.verify(link.key_id, seal.canonical(payload_of(link)), link.signature) else BROKEN


def _idle() -> str:
    """The work for nothing."""
    seal.digest(_DOCUMENT)
    for _time in range(2):
        seal.digest(_LINK)
        stand_in(seal.canonical(_LINK)).verify()
    return BROKEN
