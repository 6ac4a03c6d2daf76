"""The screen of the list, and what is asked and chosen on it."""

from __future__ import annotations

import logging

from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from webob.multidict import MultiDict

from ...content import MalformedContentError
from ...pages.case_law.reading_list import ForStaff, ListState, Offers, Place, list_screen, sources, unread
from ...pages.notices import notice
from ...platform import open_course
from ...platform.addresses import form_action
from ...platform.learner import Learner, in_studio, is_impersonated
from ...records.tables import csv_bytes
from ...templating.tags import said
from ..base import RefusedError, action, download, reading
from .host import ReadingListHost
from .packets import pdf_fault
from .progress import readers
from .reading_list import ReadingList, being_edited
from .visit import Visit

log = logging.getLogger(__name__)


def screen(block: ReadingListHost, learner: Learner | None, just_chosen: bool = False, circuit: str = "") -> SafeString:
    """The list. `just_chosen` shows the law of the learner's state, which they have just chosen. The name of a `circuit`
    narrows it to what comes from there; any other text does not."""
    visit = Visit(block, learner)
    reading_list, notebook = visit.reading_list, visit.notebook
    staff = learner is not None and learner.is_staff and not in_studio(block)
    authorities = reading_list.authorities()
    if not authorities:
        _log_malformed(block, reading_list)
        reasons = [said(problem.message) for problem in reading_list.problems()] if staff else []
        return notice(" ".join([being_edited(), *reasons]))
    home, steps = reading_list.home(), visit.progress.steps()
    state = ListState(
        authorities=home.first(authorities) if home else authorities,
        missing=reading_list.missing(),
        steps=steps,
        summary=visit.progress.summary(authorities, steps),
        bookmarked=notebook.bookmarked(),
        mark_count=notebook.count(),
        downloaded=block.packet_downloaded,
        can_mark=learner is not None,
    )
    offers = Offers(block.search, block.packets, block.jurisdiction_panel, block.complete_when)
    known = block.jurisdiction_panel and circuit in {one.name for one in reading_list.library.circuits}
    place = Place(block.dti_jurisdiction, home, reading_list.library.jurisdictions, just_chosen, circuit if known else "")
    return list_screen(visit.around(), reading_list.library, offers, state, place, _for_staff(block, visit) if staff else None)


def _for_staff(block: ReadingListHost, visit: Visit) -> ForStaff:
    people, counts = readers(block)
    return ForStaff(
        problems=visit.reading_list.problems(),
        pdf_fault=pdf_fault(),
        unread=unread(visit.reading_list.authorities(), counts),
        readers=people,
        csv_url=form_action(block, "sources_csv"),
        course_page=open_course.address(block.where.course),
    )


def _log_malformed(block: ReadingListHost, reading_list: ReadingList) -> None:
    try:
        _set = reading_list.case_set
    except MalformedContentError as error:
        log.warning("%s has content that cannot be read: %s", block.where.usage, error)


@reading
def contents(block: ReadingListHost, learner: Learner, query: dict[str, str]) -> SafeString:
    """The list, as `screen`; narrowed to a `circuit`."""
    return screen(block, learner, circuit=query.get("circuit", ""))


@action
def jurisdiction_set(block: ReadingListHost, learner: Learner, form: MultiDict) -> SafeString:
    """Choose the place that the learner works in, by its code; an empty one takes the choice back."""
    if is_impersonated(learner):
        raise RefusedError(_("You are viewing the course as a learner. Nothing was changed."), 403)
    code = form.get("jurisdiction", "")
    if code and code not in {one.code for one in ReadingList(block).library.jurisdictions}:
        raise RefusedError(_("Choose your state from the list."))
    block.dti_jurisdiction = code
    return screen(block, learner, just_chosen=bool(code))


@download
def sources_csv(block: ReadingListHost, learner: Learner, query: dict[str, str]) -> tuple[bytes, str, str]:
    """For staff: where each entry comes from and how far it was checked."""
    if not learner.is_staff:
        raise RefusedError(_("This file is for course staff."), 403)
    header, rows = sources(ReadingList(block).readable())
    name = slugify(block.packet_title or block.display_name)[:80] or "case-law"
    return csv_bytes(header, rows), "text/csv", f"{name}-sources.csv"
