"""Training records: what a training coordinator files, one row for each officer who passed the course in a span of days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ..content import whole_number
from ..platform.staff_course import Passed, Span, StaffCourse
from ..records.pledge import roster as pledge_roster
from ..records.pledge.rows import ListedRow
from . import words
from .parts import Parts

PORTION = 500  # people read at a time
HOURS = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")


@dataclass(frozen=True)
class Training:
    """What is asked for: passed from the day `first` to the day `last`, of one `cohort` or of all. `hours` is what the
    coordinator credits, as it is to stand in the records: no course of the platform says it."""

    first: date
    last: date
    cohort: int | None = None
    hours: str = ""

    @property
    def span(self) -> Span:
        """The same in times of the site's own time zone."""
        zone = timezone.get_default_timezone()
        begin, end = (datetime.combine(day, time.min, tzinfo=zone) for day in (self.first, self.last + timedelta(days=1)))
        return Span(begin, end, self.cohort)


@dataclass(frozen=True)
class Record:
    """One row. `given` are the answers of the pledges, in the order of `columns`; `signatures` are the last ones of each pledge,
    None where there is none."""

    passed: Passed
    cohort: str
    given: tuple[str, ...]
    signatures: tuple[ListedRow | None, ...]


def training_of(form: Mapping[str, Any], today: date) -> Training:
    """What a form asks; from the first of this year until today where it says nothing that makes sense."""
    first, last = _day(form.get("first")) or today.replace(month=1, day=1), _day(form.get("last")) or today
    hours = str(form.get("hours", "")).strip().replace(",", ".")
    return Training(
        first=min(first, last),
        last=max(first, last),
        cohort=whole_number(form.get("cohort", "")),
        hours=hours if HOURS.fullmatch(hours) else "",
    )


def columns(parts: Parts) -> list[str]:
    """What the pledges ask of who signs: agency, rank, badge or POST number, as their authors wrote it."""
    return [label for pledge in parts.pledges for _id, label in pledge.questions]


def records(course: StaffCourse, parts: Parts, span: Span, most: int | None = None) -> Iterator[Record]:
    """Everybody who passed within `span`, or the first `most` of them, in the order of their ids, read in portions.

    Raises `RecordsUnavailableError`.
    """
    after, left = 0, most
    while left is None or left > 0:
        found = course.passed(span, after, PORTION if left is None else min(PORTION, left))
        if not found:
            return
        yield from _described(course, parts, found)
        after = found[-1].who.user_id
        left = None if left is None else left - len(found)


def _described(course: StaffCourse, parts: Parts, found: Sequence[Passed]) -> Iterator[Record]:
    ids = [one.who.user_id for one in found]
    cohorts = course.cohort_names(ids)
    signed = [
        {row.user_id: row for row in pledge_roster.page(replace(part.asked, people=ids), 0, len(ids))} for part in parts.pledges
    ]
    entered = [pledge_roster.answers(part.usage, ids) if part.questions else {} for part in parts.pledges]
    for one in found:
        who = one.who.user_id
        given = tuple(
            answers.get(who, {}).get(name, "")
            for part, answers in zip(parts.pledges, entered, strict=True)
            for name, _label in part.questions
        )
        yield Record(one, cohorts.get(who, ""), given, tuple(rows.get(who) for rows in signed))


def header(parts: Parts) -> list[str]:
    """The head of the file."""
    names = [_("Name"), _("Username"), *columns(parts), _("Cohort"), _("Course"), _("Course key"), _("Hours"), _("Score")]
    names += [_("Passed (UTC)"), _("Certificate"), _("Certificate made (UTC)")]
    for pledge in parts.pledges:
        names += [f"{pledge.title}: {word}" for word in (_("code"), _("signed (UTC)"), _("status"))]
    return names


def cells(course: StaffCourse, asked: Training, record: Record) -> list[object]:
    """A row of the file."""
    one, who = record.passed, record.passed.who
    found: list[object] = [who.full_name, who.username, *record.given, record.cohort, course.title, course.key, asked.hours]
    found += [words.share(one.percent), words.iso(one.at), one.certificate, words.iso(one.certified_at)]
    for row in record.signatures:
        found += [row.code, words.iso(row.signed_at), words.statuses()[row.status]] if row else ["", "", ""]
    return found


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text or ""))
    except ValueError:
        return None
