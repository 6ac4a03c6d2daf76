"""What the page says of a person, in words: for the list, the roster and the file alike."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..platform.staff_course import NOWHERE, StaffCourse
from ..records.pledge.roster import CURRENT, EXPIRED, SOON, WITHDRAWN, WORDING
from ..scenario.percent import percent
from .people import Person, Run


def statuses() -> dict[str, str]:
    """What the status of a signature is called."""
    return {
        CURRENT: _("valid"),
        SOON: _("ends soon"),
        EXPIRED: _("ran out"),
        WORDING: _("earlier wording"),
        WITHDRAWN: _("withdrawn"),
    }


def best(run: Run | None) -> str:
    """The best result of a scenario, "" where no run has ended."""
    if run is None or run.played.best is None:
        return ""
    return f"{percent(run.played.earned, run.played.possible, run.pass_mark)}%"


def tries(run: Run) -> str:
    """How often it was begun."""
    return str(ngettext("{n} try", "{n} tries", run.played.tries)).format(n=run.played.tries)


def turned(run: Run | None) -> str:
    """The scene where the best run turned, "" for none."""
    if run is None or run.turn is None:
        return ""
    number, title = run.turn
    return numbered(number, title)


def share(part: float | None) -> str:
    """A share of points in whole per cent, rounded as all scores are; "" for None."""
    return "" if part is None else f"{percent(part, 1)}%"


def last_module(course: StaffCourse, person: Person) -> str:
    """The module that somebody last worked in, "" for none."""
    number = person.facts.last
    if number == NOWHERE or number >= len(course.modules):
        return ""
    return numbered(number + 1, course.modules[number].title)


def numbered(number: int, title: str) -> str:
    """A scene or module with its number."""
    return str(_("{number}. {title}")).format(number=number, title=title)


def iso(when: datetime | None) -> str:
    """A time for a file: ISO 8601 in UTC, "" for None."""
    return when.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z" if when else ""
