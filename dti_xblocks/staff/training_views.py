"""The page of training records, and its two files. What is asked for is posted, so no date and no cohort stands in an address."""

from __future__ import annotations

import itertools

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from ..pdf import PdfUnavailableError
from ..platform import clock, limits
from ..platform.staff_course import StaffCourse
from ..records.tables import csv_stream
from ..seals.file import NotSealableError
from ..templating.listing import short_number
from . import audit, pages, training_roster
from .parts import Parts
from .training import Training, cells, header, records, training_of
from .views import noted, staff_view

FILES, HOUR = 300, 60 * 60  # files of each kind that a member of staff may have in an hour


@staff_view
def training(request: HttpRequest, course: StaffCourse, parts: Parts) -> HttpResponse:
    """The form, and how many it would file. Nobody is named."""
    return _page(request, course, parts, _asked(request))


@staff_view
def training_csv(request: HttpRequest, course: StaffCourse, parts: Parts) -> HttpResponseBase:
    """One row an officer, as a file."""
    asked = _asked(request)
    if refusal := _too_often(request, "csv"):
        return refusal
    audit.note_reading(request, course, parts, "training-csv", course.passed_count(asked.span))
    rows = (cells(course, asked, record) for record in records(course, parts, asked.span))
    pieces = noted(csv_stream(header(parts), rows), course)
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="training-records.csv"'
    response["X-Accel-Buffering"] = "no"
    return pages.private(response)


@staff_view
def training_pdf(request: HttpRequest, course: StaffCourse, parts: Parts) -> HttpResponse:
    """The roster, sealed and signed."""
    asked = _asked(request)
    if refusal := _too_often(request, "pdf"):
        return refusal
    found = list(itertools.islice(records(course, parts, asked.span, training_roster.MOST + 1), training_roster.MOST + 1))
    if not found or len(found) > training_roster.MOST:
        return _page(request, course, parts, asked, too_many=bool(found))
    cohort = next((one.name for one in course.cohorts() if one.id == asked.cohort), "")
    try:
        body = training_roster.roster_pdf(course, parts, asked, cohort, found)
    except (PdfUnavailableError, NotSealableError) as error:
        return pages.refusal(str(error), 503)
    audit.note_reading(request, course, parts, "training-pdf", len(found))
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="training-roster.pdf"'
    return pages.private(response)


def _asked(request: HttpRequest) -> Training:
    return training_of(request.POST, clock.now().date())


def _too_often(request: HttpRequest, kind: str) -> HttpResponse | None:
    if not limits.wait(f"dti-training-{kind}", str(request.user.pk), FILES, HOUR):
        return None
    return pages.refusal(_("You have downloaded this file very often in this hour. Try again later."), 429)


def _page(request: HttpRequest, course: StaffCourse, parts: Parts, asked: Training, *, too_many: bool = False) -> HttpResponse:
    count = course.passed_count(asked.span)
    context = {
        "asked": asked,
        "first": asked.first.isoformat(),
        "last": asked.last.isoformat(),
        "cohorts": pages.cohort_options(course, asked.cohort),
        "count": count,
        "found": short_number(count),
        "most": training_roster.MOST,
        "fits": 0 < count <= training_roster.MOST,
        "too_many": too_many,
        "pledges": bool(parts.pledges),
    }
    return pages.html_answer("training", {**pages.frame(request, course, "training"), **context}, 200)
