"""The one clock. Code asks it as `clock.now()`, so that a test has one place where it replaces the time."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC, to the microsecond."""
    return datetime.now(UTC)


def not_before(moment: datetime, *others: datetime) -> datetime:
    """`moment`, or the latest of `others` where that is later.

    The clock of a server may be set back. What follows something is not recorded with an earlier time than that has: a record
    whose times are out of order cannot be told from one that was altered.
    """
    return max((moment, *others))
