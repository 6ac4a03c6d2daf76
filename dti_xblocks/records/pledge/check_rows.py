"""What can be wrong with one record: its document, the columns beside it, and what was erased of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from ...pledge import seal
from ...pledge.signing import FORMAT, moment
from .columns import OF_EVENTS, OF_PLEDGES, hashed, part
from .events import ERASED, STAFF_READ, WITHDRAWN
from .events import FORMAT as EVENT_FORMAT
from .rows import EventRow, SignedRow

AT_ONCE = 200
NAMES = ("username", "full_name", "signed_name")


def pledge_faults(row: SignedRow, chain: str, erasures: Erasures) -> Iterator[tuple[str, str]]:
    """The faults (word, column) of a signature in the course `chain`."""
    if row.course_key != chain:
        yield "column", "course_key"
    if row.code_digest != seal.text_digest(row.code):
        yield "column", "code_digest"
    if row.document is None:
        yield from _erased_pledge_faults(row, erasures)
        return
    document = row.document
    if hashed(document) != row.document_hash:
        yield "document", ""
    if part(document, "format") != FORMAT:
        yield "format", str(part(document, "format"))[:20]
        return
    yield from _columns(row, document, OF_PLEDGES)
    if moment(row.signed_at) != part(document, "signed_at"):
        yield "column", "signed_at"
    if not _is_account_name(row, part(document, "signer", "account_name")):
        yield "column", "full_name"
    if (moment(row.valid_until) if row.valid_until else "") != part(document, "valid_until"):
        yield "column", "valid_until"
    if row.private and hashed(row.private) != part(document, "origin"):
        yield "private", ""


def event_faults(row: EventRow, chain: str, erasures: Erasures, about: SignedRow | None = None) -> Iterator[tuple[str, str]]:
    """The faults (word, column) of an event in the course `chain`. `about` is the signature that its column `pledge` names."""
    if row.course_key != chain:
        yield "column", "course_key"
    if row.kind in (WITHDRAWN, ERASED) and row.pledge is not None and not _is_about(row, about):
        yield "column", "pledge"
    if row.document is None:
        if not erasures.covers(row.id):
            yield "erased", ""
        elif row.username and row.kind != STAFF_READ:
            yield "column", "username"
        return
    if hashed(row.document) != row.document_hash:
        yield "document", ""
    if part(row.document, "format") != EVENT_FORMAT:
        yield "format", str(part(row.document, "format"))[:20]
        return
    yield from _columns(row, row.document, OF_EVENTS)
    if moment(row.at) != part(row.document, "at"):
        yield "column", "at"


def _is_about(event: EventRow, about: SignedRow | None) -> bool:
    """The number of a row is in no hash: the event of a signature names that one's hash, or was erased with it."""
    if about is None:
        return False
    if event.document is None:
        return about.document is None and (event.user_id, event.usage_key) == (about.user_id, about.usage_key)
    return bool(part(event.document, "details", "document_hash") == about.document_hash)


class Erasures:
    """What the events "erased" of a course cover: signatures by their rows, and events, whose ids such an event lists.

    The lists are read when the first event without a text is met.
    """

    def __init__(self, models: ModuleType, chain: str):
        self.rows = models.PledgeEvent.objects.filter(course_key=chain, kind=ERASED, document__isnull=False)
        self.of_pledges: dict[int | None, EventRow] = {}
        self.events: set[int] = set()
        self.read_to = 0

    def look_up(self, pledges: list[SignedRow]) -> None:
        """Find what covers these signatures, in the place of those before."""
        rows = self.rows.filter(pledge__in=[row.id for row in pledges]) if pledges else ()
        self.of_pledges = {event.pledge: event for event in rows if event.key == f"erased/{event.pledge}"}

    def covers(self, event_id: int) -> bool:
        """True when the text of this event was erased by an event that says so."""
        if event_id not in self.events:
            self._read_on()
        if event_id not in self.events:
            self.read_to = 0  # an erasure with a lower id may have been finished after one with a higher
            self._read_on()
        return event_id in self.events

    def _read_on(self) -> None:
        while events := list(self.rows.filter(id__gt=self.read_to).order_by("id")[:AT_ONCE]):
            self.read_to = events[-1].id
            for event in events:
                listed = part(event.document, "details", "events")
                self.events.update(number for number in (listed if isinstance(listed, list) else ()) if isinstance(number, int))


def _erased_pledge_faults(row: SignedRow, erasures: Erasures) -> Iterator[tuple[str, str]]:
    event = erasures.of_pledges.get(row.id)
    if event is None:
        yield "erased", ""
        return
    yield from (("column", name) for name in NAMES if getattr(row, name))
    if row.private:
        yield "private", ""
    said = {name: part(event.document, *OF_EVENTS[name]) for name in ("user_id", "usage_key")}
    yield from (("column", name) for name, value in said.items() if getattr(row, name) != value)
    left = {name: getattr(row, name) for name in ("document_hash", "code_digest", "turn", "wording_hash", "method", "language")}
    left |= {"signed_at": moment(row.signed_at), "valid_until": moment(row.valid_until) if row.valid_until else ""}
    yield from (("column", name) for name, value in left.items() if part(event.document, "details", name) != value)


def _columns(row: SignedRow | EventRow, document: Any, where: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    for name, path in where.items():
        if getattr(row, name) != part(document, *path):
            yield "column", name


def _is_account_name(row: SignedRow, account_name: Any) -> bool:
    """The document has the same name, or "" where the platform knew none but the username."""
    if account_name:
        return bool(row.full_name == account_name)
    return account_name == "" and row.full_name in ("", row.username)
