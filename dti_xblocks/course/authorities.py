"""Which entries of the library were last checked long ago: what `dti-course authorities` prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..case_law.library import Library


@dataclass(frozen=True)
class Checked:
    """An entry, or the law of a place where none was found: `name` is its slug or code, `what` what it is called, `month` that
    of its last check ("2026-11"), `days` how many days the first of that month is past."""

    name: str
    what: str
    month: str
    days: int
    verified: str = ""


def last_checked(library: Library, on: date) -> list[Checked]:
    """Everything in `library` that somebody has to check again some day, the oldest check first; days are counted up to `on`."""
    entries = [
        Checked(one.slug, one.citation, one.checked, _days(one.checked, on), one.verified)
        for one in library
        if not one.is_agencys
    ]
    places = [
        Checked(place.code, f"Law of {place.name}: none confirmed", place.checked, _days(place.checked, on))
        for place in library.jurisdictions
        if not place.statutes
    ]
    return sorted([*entries, *places], key=lambda one: (-one.days, one.name))


def stale(checked: Iterable[Checked], days: int) -> list[Checked]:
    """Those of `checked` whose last check is more than `days` days ago."""
    return [one for one in checked if one.days > days]


def table(rows: Iterable[Checked]) -> str:
    """`rows` as lines: month of the check, days since, whether in full or in part, name, what it is called."""
    return "\n".join(f"{one.month:7}  {one.days:5}  {one.verified or '-':6}  {one.name}: {one.what}" for one in rows)


def _days(month: str, on: date) -> int:
    return (on - date.fromisoformat(f"{month}-01")).days
