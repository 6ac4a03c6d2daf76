"""From when on a pledge may be signed, as authors write it: a day (2027-01-15) or a time (2027-01-15T08:00), in UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def opening(text: str) -> datetime | None:
    """The moment that `text` names, None for an empty text. A time without a zone is in UTC. Raises `ValueError`."""
    text = text.strip()
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    if not 2000 <= moment.year <= 2200:
        raise ValueError("no year of ours")
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
