"""What can be wrong with one record: its document, the columns beside it, and what was erased of it."""

from __future__ import annotations

from collections.abc import Iterator

from ...pledge import seal
from ...pledge.signing import FORMAT, clean, moment
from .events import ERASED, STAFF_READ, WITHDRAWN
from .events import FORMAT as EVENT_FORMAT

FIRST_FORMAT = "dti-pledge/1"  # before there were turns, ends and the place of the request
AT_ONCE = 200
PAGE = 1024  # bytes

# Column: where the document has the same.
OF_PLEDGES = {
    "user_id": ("signer", "user_id"),
    "username": ("signer", "username"),
    "course_key": ("place", "course"),
    "usage_key": ("place", "block"),
    "signed_name": ("signature", "name"),
    "method": ("signature", "kind"),
    "wording_hash": ("wording", "hash"),
    "language": ("language",),
    "code": ("code",),
}
OF_EVENTS = {
    "user_id": ("user", "user_id"),
    "username": ("user", "username"),
    "course_key": ("place", "course"),
    "usage_key": ("place", "block"),
    "kind": ("kind",),
    "key": ("key",),
    "pledge": ("pledge",),
}
NAMES = ("username", "full_name", "signed_name")


def pledge_faults(models, row, chain: str, erasures: Erasures) -> Iterator[tuple[str, str]]:
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
    if at(document, "format") not in (FORMAT, FIRST_FORMAT):
        yield "format", str(at(document, "format"))[:20]
        return
    yield from _columns(row, document, OF_PLEDGES)
    if moment(row.signed_at) != at(document, "signed_at"):
        yield "column", "signed_at"
    if not _is_account_name(row, at(document, "signer", "account_name")):
        yield "column", "full_name"
    if document["format"] == FORMAT:
        ends, origin, turn = at(document, "valid_until"), at(document, "origin"), at(document, "turn")
    else:
        ends, origin, turn = "", "", _turn(models, row)
    if (moment(row.valid_until) if row.valid_until else "") != ends:
        yield "column", "valid_until"
    if row.turn != turn:
        yield "column", "turn"
    if row.private and hashed(row.private) != origin:
        yield "private", ""


def event_faults(row, chain: str, erasures: Erasures, about=None) -> Iterator[tuple[str, str]]:
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
    if at(row.document, "format") != EVENT_FORMAT:
        yield "format", str(at(row.document, "format"))[:20]
        return
    yield from _columns(row, row.document, OF_EVENTS)
    if moment(row.at) != at(row.document, "at"):
        yield "column", "at"


def _is_about(event, about) -> bool:
    """The number of a row is in no hash: the event of a signature names that one's hash, or was erased with it."""
    if about is None:
        return False
    if event.document is None:
        return about.document is None and (event.user_id, event.usage_key) == (about.user_id, about.usage_key)
    return at(event.document, "details", "document_hash") == about.document_hash


class Erasures:
    """What the events "erased" of a course cover.

    Events list the ids of the events whose texts went. They are kept as one bit each, and read when the first such event is met.
    """

    def __init__(self, models, chain: str):
        self.rows = models.PledgeEvent.objects.filter(course_key=chain, kind=ERASED, document__isnull=False)
        self.of_pledges: dict = {}
        self.pages: dict[int, bytearray] = {}  # of 8,192 ids each
        self.read_to = 0

    def look_up(self, pledges: list) -> None:
        """Find what covers these signatures, in the place of those before."""
        found = self.rows.filter(pledge__in=[row.id for row in pledges]) if pledges else ()
        self.of_pledges = {event.pledge: event for event in found if event.key == f"erased/{event.pledge}"}

    def covers(self, event_id: int) -> bool:
        """True when the text of this event was erased by an event that says so."""
        if not self._marked(event_id):
            self._read_on()
        if not self._marked(event_id):
            self.read_to = 0  # an erasure with a lower id may have been finished after one with a higher
            self._read_on()
        return self._marked(event_id)

    def _marked(self, event_id: int) -> bool:
        page, bit = divmod(event_id, 8 * PAGE)
        return page in self.pages and bool(self.pages[page][bit // 8] & 1 << bit % 8)

    def _read_on(self) -> None:
        while events := list(self.rows.filter(id__gt=self.read_to).order_by("id")[:AT_ONCE]):
            self.read_to = events[-1].id
            for event in events:
                listed = at(event.document, "details", "events")
                for number in listed if isinstance(listed, list) else ():
                    if isinstance(number, int):
                        page, bit = divmod(number, 8 * PAGE)
                        self.pages.setdefault(page, bytearray(PAGE))[bit // 8] |= 1 << bit % 8


def _erased_pledge_faults(row, erasures: Erasures) -> Iterator[tuple[str, str]]:
    event = erasures.of_pledges.get(row.id)
    if event is None:
        yield "erased", ""
        return
    yield from (("column", name) for name in NAMES if getattr(row, name))
    if row.private:
        yield "private", ""
    said = {name: at(event.document, *OF_EVENTS[name]) for name in ("user_id", "usage_key")}
    yield from (("column", name) for name, value in said.items() if getattr(row, name) != value)
    left = {name: getattr(row, name) for name in ("document_hash", "code_digest", "turn", "wording_hash", "method", "language")}
    left |= {"signed_at": moment(row.signed_at), "valid_until": moment(row.valid_until) if row.valid_until else ""}
    yield from (("column", name) for name, value in left.items() if at(event.document, "details", name) != value)


def _columns(row, document, where: dict) -> Iterator[tuple[str, str]]:
    for name, path in where.items():
        if getattr(row, name) != at(document, *path):
            yield "column", name


def _is_account_name(row, account_name) -> bool:
    """The document has the account's name made clean, or "" where the platform knew none but the username."""
    if account_name:
        return clean(row.full_name) == account_name
    return account_name == "" and (not clean(row.full_name) or row.full_name == row.username)


def _turn(models, row) -> int:
    """Older documents do not hold it: their signatures were counted in the order of their rows."""
    before = models.SignedPledge.objects.filter(user_id=row.user_id, usage_key=row.usage_key, id__lt=row.id)
    return before.count() + 1


def at(document, *path: str):
    """What a document has at the end of `path`; None where it has no such place, whatever it is."""
    for name in path:
        document = document.get(name) if isinstance(document, dict) else None
    return document


def hashed(document) -> str:
    """The hash of a document; "" for what no record can be."""
    try:
        return seal.digest(document)
    except (TypeError, ValueError):
        return ""
