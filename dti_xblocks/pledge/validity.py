"""What of the signatures on record counts now, when it ends, and whether to sign again.

A signature counts while it is of the present wording, has not been withdrawn and has not run out. What was signed with an end
keeps that end; what was signed without one ends after the months that the author asks for now.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

WORDING, EXPIRED, WITHDRAWN = "wording", "expired", "withdrawn"


class Signed(Protocol):
    """A signature on record."""

    wording_hash: str
    signed_at: datetime
    valid_until: datetime | None
    withdrawn: bool


Row = TypeVar("Row", bound=Signed)


@dataclass(frozen=True)
class Terms:
    """For how long a signature counts (0 months: for good), and how many days before its end the signer is reminded."""

    months: int = 0
    remind_days: int = 30


@dataclass(frozen=True)
class Validity(Generic[Row]):
    """`current` is the signature that counts, if any. Without one, `why` says what became of the last: "wording", "expired" or
    "withdrawn"; "" when there never was one. `turn` is the number that the next signature has. `remind`: the end is near, and
    the signer may sign again already."""

    turn: int
    current: Row | None = None
    ends: datetime | None = None
    remind: bool = False
    why: str = ""

    @property
    def may_sign(self) -> bool:
        """True where nothing counts, or what counts ends soon."""
        return self.current is None or self.remind


def ends(row: Signed, terms: Terms) -> datetime | None:
    """When the signature `row` runs out; None for never."""
    if row.valid_until is not None:
        return row.valid_until
    return months_later(row.signed_at, terms.months) if terms.months else None


def judge(rows: Sequence[Row], wording_hash: str, terms: Terms, now: datetime) -> Validity[Row]:
    """The validity of `rows`, oldest first, all of one learner in one block."""
    turn = len(rows) + 1
    if not rows:
        return Validity(turn)
    last = rows[-1]
    end = ends(last, terms)
    if last.withdrawn:
        return Validity(turn, why=WITHDRAWN)
    if last.wording_hash != wording_hash:
        return Validity(turn, why=WORDING)
    if end is not None and end <= now:
        return Validity(turn, why=EXPIRED, ends=end)
    return Validity(turn, last, end, end is not None and now >= end - timedelta(days=terms.remind_days))


def months_later(when: datetime, months: int) -> datetime:
    """The same day of the month and time, `months` later; the last day of a month that is too short."""
    year, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    return when.replace(year=year, month=month + 1, day=min(when.day, calendar.monthrange(year, month + 1)[1]))
