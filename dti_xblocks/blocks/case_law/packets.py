"""Packets of a case-law block: their documents, and the files that are made of them.

A packet is made once and kept under the digest of its whole text. One with somebody's notes in it, or of somebody's own
selection, is theirs alone: it is found by their user id, never by its digest alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version

from django.utils.translation import gettext as _

from ... import pdf
from ...case_law import packet as packets_of
from ...case_law.anchoring import Effort
from ...case_law.model import Authority
from ...case_law.notebook import EFFORT_FOR_ALL
from ...case_law.packet import CHOSEN, LIBRARY, BadChoiceError, Choice
from ...case_law.text import clean
from ...pages.case_law.packet_document import Cover, Document, Printing, document
from ...pages.case_law.packet_screens import PacketRow, choice_refusal, no_pdf
from ...platform import clock, limits
from ...platform.assets import course_asset
from ...platform.learner import Learner, is_impersonated
from ...platform.tasks import later
from ...records import jobs
from ...records.access import RecordsUnavailableError
from ...records.case_law import packets
from ...records.tasks import UNAVAILABLE, make_packet
from ...records.tasks import document as packed
from ..base import RefusedError
from .host import ReadingListHost
from .visit import Visit

log = logging.getLogger(__name__)
LEARNED_LATELY = timedelta(minutes=10)  # how long a worker without WeasyPrint is taken for all of them
HOUR = 3600  # seconds
MOST_IN_AN_HOUR = 30  # packets that one learner can have made


class Packets:
    """The packets that one learner may have of one block. Where they cannot have one, each act raises `RefusedError`."""

    def __init__(self, block: ReadingListHost, learner: Learner):
        if not block.packets:
            raise RefusedError(_("Packets are switched off in this list."), 403)
        self._block, self._learner = block, learner
        self.visit = Visit(block, learner)

    def others(self) -> list[Authority]:
        """The authorities of the library that are not in the block's list."""
        library, listed = self.visit.reading_list.library, self.visit.reading_list.authorities()
        everything = packets_of.select(Choice(LIBRARY), listed, library) if len(library) else ()
        slugs = {authority.slug for authority in listed}
        return [authority for authority in everything if authority.slug not in slugs]

    def document(self, choice: Choice) -> Document:
        """What the packet of `choice` is as it would be made now."""
        marks = self.visit.notebook.marks() if choice.personal else []
        cover = Cover(
            self._title(choice),
            clean(self._block.agency_name),
            course_asset(self._block, self._block.agency_logo),
            clean(self._learner.full_name or self._learner.username) if marks else "",
        )
        effort = Effort(EFFORT_FOR_ALL)
        packet = [packets_of.annotated(authority, marks, effort) for authority in self._selected(choice)]
        return document(packet, cover, self.visit.reading_list.library, printing())

    def row(self, made: Document, choice: Choice) -> PacketRow | None:
        """The packet as the records have it, exactly this document of exactly this owner; None where there is none."""
        owner = self._owner(choice)
        try:
            row = packets.find(made.digest, owner)
            if row is not None:
                send_again(row)
        except RecordsUnavailableError as error:
            raise self._unavailable() from error
        return row if row is not None and row.owner_id == owner else None

    def ordered(self, made: Document, choice: Choice) -> PacketRow:
        """The packet as the records have it, in the making where it is not there."""
        if is_impersonated(self._learner):
            raise RefusedError(
                _("You are viewing the course as a learner. Nobody can have packets made for another person."), 403
            )
        if fault := pdf_fault():
            raise RefusedError(no_pdf(self._learner.is_staff, fault), 503)
        row = self.row(made, choice)
        if row is None or row.state != jobs.READY:
            _count(self._learner)
        try:
            return self._asked_for(made, self._owner(choice))
        except packets.TooManyAtWorkError as error:
            raise RefusedError(_("Several of your packets are being made. Wait for one of them, then try again."), 429) from error
        except RecordsUnavailableError as error:
            log.exception("A packet of %s cannot be made", self._block.where.usage)
            raise self._unavailable() from error

    def content(self, row: PacketRow | None) -> Iterator[bytes]:
        """The file of the packet `row` in pieces."""
        try:
            body = packets.content(row) if row is not None else None
        except RecordsUnavailableError as error:
            raise self._unavailable() from error
        if body is None:
            raise RefusedError(_("This packet has changed, or is not kept any more. Go back and have it made again."), 409)
        return body

    def _asked_for(self, made: Document, owner: int) -> PacketRow:
        now = clock.now()
        row, new = packets.ask(
            digest=made.digest,
            owner_id=owner,
            title=made.title,
            expected=made.expected,
            source=lambda: packed(made.to_render(now.date()), made.css),  # only where there is something to make
            now=now,
        )
        asked: PacketRow = row
        if new:
            later(make_packet, asked.id)
            packets.purge(now)
            asked = packets.find(made.digest, owner) or row  # it may be there already
        return asked

    def _selected(self, choice: Choice) -> tuple[Authority, ...]:
        try:
            return packets_of.select(choice, self.visit.reading_list.as_read(), self.visit.reading_list.library)
        except BadChoiceError as error:
            raise RefusedError(choice_refusal(error.code), 400 if choice.which == CHOSEN else 409) from error

    def _title(self, choice: Choice) -> str:
        own = clean(self._block.packet_title or self._block.display_name)
        if choice.which == LIBRARY:
            return str(_("Duty to Intervene: the whole case-law library"))
        return str(_("{title}: my selection")).format(title=own) if choice.which == CHOSEN else own

    def _owner(self, choice: Choice) -> int:
        """Whose the packet is. A selection is its maker's too: so many are possible that not all can be kept for everybody."""
        return self._learner.user_id if choice.personal or choice.which == CHOSEN else packets.EVERYBODY

    def _unavailable(self) -> RefusedError:
        return RefusedError(no_pdf(self._learner.is_staff, _("The tables of this plugin cannot be reached.")), 503)


def pdf_fault() -> str:
    """Why there are no PDF files here, as a sentence; "" where there are. Those who make them may be other processes."""
    fault = pdf.fault()
    if fault:
        return fault
    try:
        missing = packets.failing(UNAVAILABLE, clock.now() - LEARNED_LATELY)
    except RecordsUnavailableError:
        return str(_("The tables of this plugin cannot be reached."))
    return str(_("The workers that make PDF files could not load WeasyPrint: see their log.")) if missing else ""


def send_again(row: PacketRow) -> None:
    """Have a packet that somebody waits for made by another worker where nothing was heard of the one before."""
    if packets.JOBS.given_up(row, clock.now()):
        later(make_packet, row.id)


def _count(learner: Learner) -> None:
    """Bound what one learner can have made in an hour. Raises `RefusedError`."""
    if limits.wait("dti-packets", str(learner.user_id), MOST_IN_AN_HOUR, HOUR):
        raise RefusedError(_("You have had many packets made in this hour. Try again later, or download the web page."), 429)


def printing() -> Printing:
    """What the documents of packets need of those who make PDF files."""
    try:
        renderer = version("weasyprint")
    except PackageNotFoundError:
        renderer = ""
    return Printing(pdf.stylesheet, pdf.qr_code, renderer)
