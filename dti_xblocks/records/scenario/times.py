"""Times of the journal as text, for thousands of rows at once: to make a `datetime` of each and a text of that takes long."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast

WHOLE, WITH_FRACTION = len("2026-01-01 09:30:00"), len("2026-01-01 09:30:00.000005")


def text_of_time(column: str) -> Any:
    """What to ask the database for to get the times in `column`, for `iso_of`: their text, where that needs no conversion from a
    time zone of its own. To make a `datetime` of each time and a text of that takes longer than all the rest.
    """
    return Cast(column, TextField()) if connection.timezone_name == "UTC" else column


def iso_of(told: str | datetime) -> str:
    """ISO 8601 of a time in UTC as `text_of_time` gives it.

    "2026-01-01 09:30:00.000005"; MySQL writes zeros to the end, PostgreSQL "+00" behind it.
    """
    if isinstance(told, datetime):
        return iso(told)
    plain = told.removesuffix("+00").removesuffix(".000000")
    if len(plain) not in (WHOLE, WITH_FRACTION):  # PostgreSQL leaves out the zeros at the end
        plain = datetime.fromisoformat(plain).isoformat()
    return f"{plain[:10]}T{plain[11:]}+00:00"


def iso(at: datetime) -> str:
    """ISO 8601, in UTC as Python writes it."""
    return at.astimezone(UTC).isoformat()
