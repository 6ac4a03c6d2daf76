"""The list as a CSV file, piece by piece: everybody asked for, in the order of their ids."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..platform.staff_course import StaffCourse, Wanted
from ..records.tables import csv_stream
from . import words
from .parts import Parts
from .people import Person, everyone


def people_csv(course: StaffCourse, parts: Parts, wanted: Wanted) -> Iterator[bytes]:
    """The file; each person is one row. Raises `RecordsUnavailableError` while it is read."""
    rows = (_row(course, person) for portion in everyone(course, parts, wanted) for person in portion)
    return csv_stream(_header(course, parts), rows)


def _header(course: StaffCourse, parts: Parts) -> list[str]:
    names = [_("Username"), _("Name"), _("Cohort"), _("Modules done"), _("Modules"), _("Last worked in"), _("Last active (UTC)")]
    for scenario in parts.scenarios:
        told = (_("best"), _("passed"), _("tries"), _("where the best run turned"))
        names += [f"{scenario.title}: {word}" for word in told]
    for category in course.categories:
        names += [_("{category}: average").format(category=category), _("{category}: begun").format(category=category)]
    names += [_("Course grade"), _("Passed")]
    for pledge in parts.pledges:
        names += [f"{pledge.title}: {word}" for word in (_("code"), _("signed (UTC)"), _("status"))]
    return [
        *names,
        _("Stars in the review"),
        _("Authorities opened"),
        _("Activities done"),
        _("Films watched"),
        _("Moments answered"),
    ]


def _row(course: StaffCourse, person: Person) -> list[object]:
    yes, no, facts = _("yes"), _("no"), person.facts
    cells: list[object] = [person.who.username, person.who.full_name, person.cohort, facts.modules, len(course.modules)]
    cells += [words.last_module(course, person), words.iso(facts.last_at)]
    for run in person.runs:
        ended = run is not None and run.played.best is not None
        cells += [words.best(run), "" if not ended or run is None else yes if run.passed else no]
        cells += [run.played.tries if run else 0, words.turned(run)]
    for category in course.categories:
        average, begun = facts.shares.get(category, (None, 0))
        cells += [words.share(average), begun]
    cells += [words.share(facts.percent), yes if facts.passed else no]
    for signed in person.signatures:
        cells += [signed.code, words.iso(signed.signed_at), words.statuses()[signed.status]] if signed else ["", "", ""]
    return [*cells, "" if person.stars is None else person.stars, person.read, person.acted, person.watched, person.answered]
