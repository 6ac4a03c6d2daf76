"""The one clock. Code asks it as `clock.now()`, so that a test has one place where it replaces the time."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC, to the microsecond."""
    return datetime.now(UTC)
