"""The views. Course staff only, who read and change nothing; that they read names beside pledges is recorded."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from ..platform import clock
from ..platform.open_course import open_course
from ..platform.staff_course import NoCourseError, NotStaffError, StaffCourse
from ..records.access import RecordsUnavailableError
from . import audit, files, pages
from . import overview as hardest
from .parts import Parts, parts_of
from .people import described
from .question import Question, question_of

log = logging.getLogger(__name__)

PEOPLE = 50  # on a page
PRINTED = 200  # on a page of the roster

View = Callable[[HttpRequest, StaffCourse, Parts], Any]


def staff_view(view: View) -> Callable[[HttpRequest, str], Any]:
    """`view` for staff of the course whose key stands in the address; a page that says why for others."""

    @functools.wraps(view)
    def answer(request: HttpRequest, key: str) -> Any:
        try:
            course = open_course(request, key)
            return view(request, course, parts_of(course, clock.now().replace(microsecond=0)))
        except NotStaffError:
            return pages.refusal(_("Only course staff can see this. Sign in as a member of the course’s staff."), 403)
        except NoCourseError:
            return pages.refusal(_("There is no such course here."), 404)
        except RecordsUnavailableError:
            log.exception("The records of %s cannot be read", key)
            return pages.refusal(_("The records cannot be reached. Please try again in a while."), 503)

    guarded: Callable[[HttpRequest, str], Any] = require_http_methods(["GET", "HEAD", "POST"])(csrf_protect(answer))
    return guarded


@staff_view
def people(request: HttpRequest, course: StaffCourse, parts: Parts) -> HttpResponse:
    """The list of people."""
    return _listing(request, course, parts, PEOPLE, pages.people, "list")


@staff_view
def roster(request: HttpRequest, course: StaffCourse, parts: Parts) -> HttpResponse:
    """The same people on paper."""
    return _listing(request, course, parts, PRINTED, pages.roster, "roster")


@staff_view
def overview(request: HttpRequest, course: StaffCourse, parts: Parts) -> HttpResponse:
    """How many have passed and signed, and what was hardest. Nobody is named."""
    question = Question(cohort=question_of(request.POST, course, parts).cohort)
    members = None if question.cohort is None else course.members(question.cohort)
    numbers = {
        show: course.count(Question(show=show, cohort=question.cohort).wanted(parts))
        for show in ("", "failed", *(("unsigned",) if parts.pledges else ()))
    }
    decided, answered = hardest.decisions(parts, members), hardest.questions(course, question.cohort)
    return pages.overview(request, course, question, numbers, decided, answered)


@staff_view
def people_csv(request: HttpRequest, course: StaffCourse, parts: Parts) -> StreamingHttpResponse:
    """Everybody who is asked for, as a file."""
    wanted = question_of(request.POST, course, parts).wanted(parts)
    audit.note_reading(request, course, parts, "csv", course.count(wanted))
    response = StreamingHttpResponse(
        noted(files.people_csv(course, parts, wanted), course), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="course-people.csv"'
    response["X-Accel-Buffering"] = "no"  # nginx would keep the whole file before it sends the first byte
    return pages.private(response)


def _listing(
    request: HttpRequest, course: StaffCourse, parts: Parts, size: int, page: Callable[..., HttpResponse], what: str
) -> HttpResponse:
    question = question_of(request.POST, course, parts)
    wanted = question.wanted(parts)
    number = question.page
    listed, total = course.people(wanted, (number - 1) * size, number * size)
    if total and not listed:  # behind the last page
        number = -(-total // size)
        listed, total = course.people(wanted, (number - 1) * size, number * size)
    found = described(course, parts, listed)
    audit.note_reading(request, course, parts, what, sum(any(person.signatures) for person in found))
    return page(request, course, parts, pages.Listed(question, found, total, number, size))


def noted(pieces: Iterator[bytes], course: StaffCourse) -> Iterator[bytes]:
    """The pieces; a fault in the middle is for the log, and the file ends there: it has no other way to say it."""
    try:
        yield from pieces
    except RecordsUnavailableError:
        log.exception("The file of people of %s ends early", course.key)
        raise
