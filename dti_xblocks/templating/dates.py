"""Dates and times for people, in the formats that Django has for the language of the page.

English months are written out: Django's own English format shortens the long ones ("Nov. 23, 2026").
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from django.utils import formats
from django.utils.translation import gettext as _


def day_text(when: date) -> str:
    """A day. In English: November 23, 2026. An aware datetime is told as its day in UTC."""
    return _text(when, "DATE_FORMAT")


def moment_text(when: datetime) -> str:
    """An aware time. In English: November 23, 2026, 12:46 p.m. UTC."""
    return _("{moment} UTC").format(moment=_text(when, "DATETIME_FORMAT"))


def local_text(when: datetime) -> str:
    """An aware time on its own clock. In English: November 23, 2026, 7:46 a.m. (UTC−05:00)."""
    offset = when.strftime("%z")  # +0530, -0500
    sign = "−" if offset[0] == "-" else "+"
    clock = _text(when.replace(tzinfo=UTC), "DATETIME_FORMAT")
    return _("{moment} (UTC{offset})").format(moment=clock, offset=f"{sign}{offset[1:3]}:{offset[3:5]}")


def _text(when: date, name: str) -> str:
    if isinstance(when, datetime):
        when = when.astimezone(UTC)
    shape = re.sub(r"(?<!\\)N", "F", formats.get_format(name))
    return formats.date_format(when, shape)
