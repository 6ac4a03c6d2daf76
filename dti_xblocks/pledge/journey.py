"""How far a signer has come with one turn: opened, read to the end, agreed to sign electronically. The events on record say it.

An event's key begins with its turn; opening and reading are of one wording, the agreement is of one version of the disclosure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from .signing import Consent, Reading

OPENED, ENDED, CONSENTED, TAKEN_BACK = "opened", "ended", "consented", "taken-back"
SCROLLED = "ended-in-view"  # in keys: the end came into view, and nobody has said that it was read
SCROLL, BUTTON = "scroll", "button"  # how the end was reached
KINDS = (OPENED, ENDED, CONSENTED, TAKEN_BACK)
WORDING_DIGITS = 16


class Event(Protocol):
    """An event on record. `document` is None once its text was erased."""

    kind: str
    key: str
    at: datetime
    document: dict[str, Any] | None


@dataclass(frozen=True)
class Journey:
    """`reading` and `consent` as they stand now; `agreed` counts the agreements of this turn, also those taken back."""

    reading: Reading
    consent: Consent | None
    agreed: int


def end_key(turn: int, wording_hash: str, by: str) -> str:
    """The key of the event that the end was reached: scrolling there and saying so are two."""
    return key(turn, ENDED if by == BUTTON else SCROLLED, wording_hash)


def key(turn: int, kind: str, last: str | int) -> str:
    """The key of an event: `last` is the wording's hash for what is read, and the number of the agreement, from 0, that is
    given or taken back."""
    return f"t{turn}/{kind}/{last[:WORDING_DIGITS] if isinstance(last, str) else last}"


def read_journey(events: Sequence[Event], turn: int, wording_hash: str, disclosure_version: str) -> Journey:
    """The journey of which `events` of one signer in one block, oldest first, are on record."""
    opened = _with_key(events, key(turn, OPENED, wording_hash))
    said = _with_key(events, end_key(turn, wording_hash, BUTTON))
    ended = said or _with_key(events, end_key(turn, wording_hash, SCROLL))
    by = (BUTTON if said else SCROLL) if ended else ""
    agreements = [event for event in events if event.kind == CONSENTED and event.key.startswith(f"t{turn}/")]
    agreed = len(agreements)
    is_agreed = agreed and not _with_key(events, key(turn, TAKEN_BACK, agreed - 1))
    return Journey(
        Reading(opened.at if opened else None, ended.at if ended else None, _seconds(opened, ended), by),
        _consent(agreements[-1], disclosure_version) if is_agreed else None,
        agreed,
    )


def seconds_in_view(text: object, opened_at: datetime | None, now: datetime) -> int:
    """The seconds that a browser says the page was in view: at least 0, and no more than have passed since it was opened."""
    try:
        stated = int(text) if isinstance(text, str) else 0  # a file in the form is not text
    except ValueError:
        stated = 0
    passed = int((now - opened_at).total_seconds()) if opened_at else 0
    return max(0, min(stated, passed))


def _with_key(events: Sequence[Event], wanted: str) -> Event | None:
    return next((event for event in events if event.key == wanted), None)


def _seconds(opened: Event | None, ended: Event | None) -> int:
    return int((ended.document or {}).get("details", {}).get("seconds", 0)) if opened and ended else 0


def _consent(event: Event, disclosure_version: str) -> Consent | None:
    details = (event.document or {}).get("details", {})
    if details.get("disclosure_version") != disclosure_version:
        return None
    texts = {name: details.get(name, "") for name in ("statement", "button", "disclosure", "disclosure_version")}
    return Consent(given_at=event.at, **texts)
