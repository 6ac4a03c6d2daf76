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


def _text(when, name: str) -> str:
    if isinstance(when, datetime):
        when = when.astimezone(UTC)
    shape = re.sub(r"(?<!\\)N", "F", formats.get_format(name))
    return formats.date_format(when, shape)
