"""Filters for our templates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..content import Sentence
from ..content.italics import runs
from ..content.sizes import NARROW
from . import prose
from .dates import day_text, local_text, moment_text

register = template.Library()
register.filter("prose", prose)

# A course asset as authors write it, and as the platform rewrites it. Nothing else is the address of a picture or recording.
ASSET = re.compile(r"/(?:static/|asset-v1:|assets/courseware/|c4x/)[^\s\\\"'<>]+")
MINUTE, HOUR, DAY = 60, 3600, 86400
MOST_DOTS = 6


@register.filter
def said(text: object) -> object:
    """A sentence of the rules for authors in the reader's language; anything else as it is."""
    return text.translated(_) if isinstance(text, Sentence) else text


class Gauge(Protocol):
    """What is drawn of a meter."""

    lowest: int
    highest: int
    value: int
    before: int


class MapRow(Protocol):
    """A row of the map: a stop of the learner's path, of the strongest one, or of both; `same` says of both that they agree."""

    yours: Any
    strongest: Any
    same: bool


@register.filter
def asset(address: str) -> str:
    """`address` when it is a course asset, else ""."""
    return address if ASSET.fullmatch(address or "") and ".." not in address else ""


@register.simple_tag(takes_context=True)
def narrow(context: Context, address: str) -> SafeString:
    """The `<source>` of the picture at `address` for narrow screens; "" where it has one size, or the page knows no others."""
    sizes = context.get("second_sizes")
    small = asset(sizes.of(address)) if sizes else ""
    return format_html('<source media="{}" srcset="{}">', NARROW, small) if small else SafeString()


@register.simple_tag(takes_context=True)
def sized(context: Context, address: str) -> SafeString:
    """The size of the picture at `address` as attributes, by which a browser keeps its place free; "" where nobody can tell."""
    sizes = context.get("second_sizes")
    pixels = sizes.pixels(address) if sizes else None
    return format_html(' width="{}" height="{}"', *map(str, pixels)) if pixels else SafeString()


@register.filter
def italic(text: str) -> SafeString:
    """A text of an authority as HTML: escaped, and what stands between stars in italics."""
    return format_html_join(
        "", "{}", ((format_html("<em>{}</em>", words) if slanted else words,) for words, slanted in runs(text))
    )


@register.filter
def direction(text: object) -> str:
    """The `dir` of a text by its first letter, as `dir="auto"` has it: for the makers of PDF, which do not know that word."""
    for letter in str(text):
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "auto"


@register.filter
def minus(number: int, other: int) -> int:
    """`number` less `other`."""
    return number - other


@register.filter
def absolute(number: int) -> int:
    """`number` without its sign."""
    return abs(number)


@register.filter
def whole(number: int) -> str:
    """A whole number, a true minus sign before a negative one."""
    return f"−{abs(number)}" if number < 0 else str(number)


@register.filter
def signed(number: int) -> str:
    """A change with its sign: "+5", "−10" (a true minus sign, which is as wide as the plus and is read out as minus)."""
    return f"+{number}" if number > 0 else whole(number)


@register.filter
def filled(gauge: Gauge) -> int:
    """How full a meter is, 0 to 100."""
    return _share(gauge, gauge.value)


@register.filter
def moved(gauge: Gauge) -> tuple[int, int, int]:
    """Which part of a meter came or went with the last change: where it begins, where it ends, and how long it is, 0 to 100."""
    first, last = sorted((_share(gauge, gauge.before), _share(gauge, gauge.value)))
    return first, last, last - first


@register.filter
def dots(made: int) -> str:
    """Decisions as dots: those that were made, and the present one. More than a line has room for are a number."""
    return f"{'●' * made if made <= MOST_DOTS else f'{made}●'}○"


def _share(gauge: Gauge, value: int) -> int:
    span = gauge.highest - gauge.lowest
    return round(100 * (value - gauge.lowest) / span) if span > 0 else 0


@register.filter
def duration(seconds: float) -> str:
    """Whole seconds in words, in at most two units: "45 seconds", "2 minutes 5 seconds", "3 hours 10 minutes"."""
    left = max(0, int(seconds))
    days, hours, minutes = left // DAY, left % DAY // HOUR, left % HOUR // MINUTE
    units = (
        ngettext("{n} day", "{n} days", days).format(n=days) if days else "",
        ngettext("{n} hour", "{n} hours", hours).format(n=hours) if hours else "",
        ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes) if minutes else "",
        ngettext("{n} second", "{n} seconds", left % MINUTE).format(n=left % MINUTE) if left % MINUTE or not left else "",
    )
    first = next(place for place, unit in enumerate(units) if unit)
    small = units[first + 1] if first + 1 < len(units) else ""
    return _("{large_unit} {small_unit}").format(large_unit=units[first], small_unit=small) if small else units[first]


@register.filter
def moment(text: str) -> str:
    """An ISO 8601 time for people; what is none stays as it is."""
    try:
        return moment_text(datetime.fromisoformat(text))
    except ValueError:
        return text


@register.filter
def day(text: str) -> str:
    """The day of an ISO 8601 time, in UTC, for people."""
    return day_text(datetime.fromisoformat(text))


@register.filter
def clock(text: str) -> str:
    """An ISO 8601 time for people, on its own clock."""
    return local_text(datetime.fromisoformat(text))


@register.filter
def side_by_side(rows: Iterable[MapRow]) -> list[dict[str, Any]]:
    """The rows of `debrief.Debrief.map` for a table of two columns.

    What either path has alone comes row by row where they have parted, so scenes of both stand beside each other. Each row says
    with `mine` and `best` whether a stop of that path is in it, `number` counts the learner's decisions, and `mine_goes_on` and
    `best_goes_on` say whether that path leads on below.
    """
    table: list[dict[str, Any]] = []
    mine: list[Any] = []
    best: list[Any] = []
    for row in rows:
        if row.yours and row.strongest:
            table += _parted(mine, best)
            mine, best = [], []
            table.append({"together": True, "same": row.same, "mine": row.yours, "best": row.strongest})
        elif row.yours:
            mine.append(row.yours)
        else:
            best.append(row.strongest)
    table += _parted(mine, best)
    number = 0
    for place, line in enumerate(table):
        below = table[place + 1 :]
        line["mine_goes_on"] = any(other["mine"] for other in below)
        line["best_goes_on"] = any(other["best"] for other in below)
        if line["mine"] and line["mine"].choice:
            number += 1
            line["number"] = number
    return table


def _parted(mine: list[Any], best: list[Any]) -> list[dict[str, Any]]:
    length = max(len(mine), len(best))
    pairs = zip([*mine, *[None] * (length - len(mine))], [*best, *[None] * (length - len(best))], strict=True)
    return [{"together": False, "same": False, "mine": left, "best": right} for left, right in pairs]
