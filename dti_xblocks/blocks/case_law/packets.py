"""Packets of a case-law block: choosing what is in one, having it made, waiting for it, taking it away.

A packet is made once and kept under the digest of its whole text. One with somebody's notes in it, or of somebody's own
selection, is theirs alone: it is found by their user id, never by its digest alone.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from webob import Response
from xblock.core import XBlock

from ... import pdf
from ...case_law import notebook
from ...case_law import packet as packets_of
from ...case_law.anchoring import Effort
from ...case_law.packet import CHOSEN, LIBRARY, MODULE, BadChoice, Choice
from ...case_law.text import clean
from ...content import MalformedContentError
from ...pages.case_law.packet import (
    REASONS,
    Cover,
    Document,
    bad_choice,
    document,
    file_name,
    no_pdf,
    packet_css,
    progress_text,
)
from ...platform import limits
from ...platform.addresses import form_action, page_context
from ...platform.assets import course_asset
from ...platform.learner import is_impersonated
from ...platform.tasks import later
from ...records import jobs
from ...records.access import RecordsUnavailableError
from ...records.case_law import packets
from ...records.tasks import UNAVAILABLE, make_packet
from ...records.tasks import document as packed
from ...templating import render
from ..base import Onward, RefusedError, action, download, reading

log = logging.getLogger(__name__)
PDF, HTML = "pdf", "html"
LEARNED_LATELY = timedelta(minutes=10)  # how long a worker without WeasyPrint is taken for all of them
HOUR = 3600  # seconds
MOST_IN_AN_HOUR = 30  # packets that one learner can have made
LOOK_AGAIN = 3  # seconds after which a page without a script asks again
ONLY_STYLES = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


class CaseLawPackets:
    """Packets, for a block with `shelf`, `authorities`, `marks_of`, `packet_taken` and the fields `packets`, `packet_title`,
    `agency_name` and `agency_logo`."""

    _waits = False  # True while answering with a packet that is being made

    # -- choosing ------------------------------------------------------------------------------------------------------

    def packet(self, request, suffix=""):
        """The page of packets: the form, or with `show` the packet of that choice as it stands."""
        response = self._packet_page(request, suffix)
        if self._waits and response.content_type == "text/html":
            response.headers["Refresh"] = str(LOOK_AGAIN)
        return response

    packet = XBlock.handler(packet)

    @reading
    def _packet_page(self, learner, query):
        self._must_have_packets()
        choice = _choice_of(query)
        if query.get("show"):
            made = self._document(choice, learner)
            row = self._row(made, choice, learner)
            if row is not None:
                return self._standing(row, made, choice)
        return self._form(choice, learner)

    def _form(self, choice: Choice, learner) -> str:
        here, listed = self.shelf(), self._listed()
        slugs = [authority.slug for authority in listed]
        others = packets_of.select(Choice(LIBRARY), listed, here) if len(here) else ()
        groups = [(_("In this part"), listed), (_("Elsewhere in the library"), [one for one in others if one.slug not in slugs])]
        context = {
            **page_context(self),
            "contents_url": form_action(self, "contents"),
            "make_url": form_action(self, "packet_make"),
            "print_url": self._address("packet_print", choice),
            "choice": choice,
            "groups": [
                {"label": label, "items": [{"item": one, "chosen": one.slug in choice.refs} for one in group]}
                for label, group in groups
                if group
            ],
            "listed": len(listed),
            "shelf": len(here),
            "marks": len(self._marks(learner)),
            "pdf_fault": self._pdf_fault(),
            "staff": learner.is_staff,
        }
        return render("dti/case_law/packets.html", context)

    # -- having it made ------------------------------------------------------------------------------------------------

    @action
    def packet_make(self, learner, form):
        """Have the packet of the form's choice made, unless it is there; as a web page it is there at once."""
        self._must_have_packets()
        refs = tuple(form.getall("refs"))
        choice = _choice_of({**form, "refs": ",".join(refs)})
        made = self._document(choice, learner)
        if form.get("format") == HTML:
            return Onward(self._ready_page(made, choice), self._address("packet_html", choice))
        if is_impersonated(learner):
            raise RefusedError(
                _("You are viewing the course as a learner. Nobody can have packets made for another person."), 403
            )
        if fault := self._pdf_fault():
            raise RefusedError(no_pdf(learner, fault), 503)
        row = self._row(made, choice, learner)
        if row is None or row.state != jobs.READY:
            self._count(learner)
        row = self._ask(made, choice, learner)
        return Onward(self._standing(row, made, choice), self._address("packet", choice, show=1))

    def _pdf_fault(self) -> str:
        """Why there are no PDF files here, as a sentence; "" where there are. Those who make them may be other processes."""
        fault = pdf.fault()
        if fault:
            return fault
        try:
            missing = packets.failing(UNAVAILABLE, datetime.now(UTC) - LEARNED_LATELY)
        except RecordsUnavailableError:
            return _("The tables of this plugin cannot be reached.")
        return _("The workers that make PDF files could not load WeasyPrint: see their log.") if missing else ""

    def _ask(self, made: Document, choice: Choice, learner):
        now = datetime.now(UTC)
        owner = self._owner(choice, learner)
        source = lambda: packed(made.to_render(now.date()), packet_css())  # noqa: E731 - only where there is something to make
        try:
            row, new = packets.ask(
                digest=made.digest,
                owner_id=owner,
                title=made.title,
                expected=made.expected,
                source=source,
                now=now,
            )
            if new:
                later(make_packet, row.id)
                packets.purge(now)
                row = packets.find(made.digest, owner) or row  # it may be there already
        except packets.TooManyAtWorkError as error:
            raise RefusedError(_("Several of your packets are being made. Wait for one of them, then try again."), 429) from error
        except RecordsUnavailableError as error:
            log.exception("A packet of %s cannot be made", self.scope_ids.usage_id)
            raise RefusedError(no_pdf(learner, _("The tables of this plugin cannot be reached.")), 503) from error
        return row

    @staticmethod
    def _count(learner) -> None:
        """Bound what one learner can have made in an hour. Raises `RefusedError`."""
        if limits.wait("dti-packets", str(learner.user_id), MOST_IN_AN_HOUR, HOUR):
            raise RefusedError(_("You have had many packets made in this hour. Try again later, or download the web page."), 429)

    @reading
    def packet_state(self, learner, query):
        """How far the packet with this `digest` is, for the script that waits: a few words, and the state beside them."""
        try:
            row = packets.find(query.get("digest", "")[:64], learner.user_id)
            if row is None:
                raise RefusedError(_("There is no such packet any more. Go back and have it made again."), 404)
            _send_again(row)
        except RecordsUnavailableError as error:
            raise RefusedError(_("This cannot be looked up at the moment."), 503) from error
        return render("dti/case_law/packets_state.html", {"row": row, "text": progress_text(row)})

    # -- taking it away ------------------------------------------------------------------------------------------------

    @download
    def packet_file(self, learner, query):
        """The PDF of the choice in the address, as it would be made now for whoever asks; nothing else is given to anybody."""
        self._must_have_packets()
        choice = _choice_of(query)
        made = self._document(choice, learner)
        row = self._row(made, choice, learner)
        try:
            body = packets.content(row) if row is not None else None
        except RecordsUnavailableError as error:
            raise RefusedError(no_pdf(learner, _("The tables of this plugin cannot be reached.")), 503) from error
        if body is None:
            raise RefusedError(_("This packet has changed, or is not kept any more. Go back and have it made again."), 409)
        self._taken(choice, learner, PDF)
        return body, "application/pdf", f"{file_name(made.title, choice)}.pdf"

    @download
    def packet_html(self, learner, query):
        """The packet as one HTML file that needs nothing else: to read offline, and to print."""
        self._must_have_packets()
        choice = _choice_of(query)
        made = self._document(choice, learner)
        self._taken(choice, learner, HTML)
        return made.to_read(datetime.now(UTC).date()).encode("utf-8"), "text/html", f"{file_name(made.title, choice)}.html"

    @XBlock.handler
    def packet_print(self, request, suffix=""):
        """The same file shown in the browser, to be printed from there."""
        response: Response = self.packet_html(request, suffix)
        if response.status_code == 200:
            response.headers["Content-Disposition"] = "inline"
            response.headers["Content-Security-Policy"] = ONLY_STYLES
        return response

    def _taken(self, choice: Choice, learner, kind: str) -> None:
        if choice.which == MODULE:
            self.packet_taken(learner, kind)

    # -- what it is made of --------------------------------------------------------------------------------------------

    def _document(self, choice: Choice, learner) -> Document:
        here = self.shelf()
        marks = self._marks(learner) if choice.personal else []
        cover = Cover(
            self._title(choice),
            clean(self.agency_name),
            course_asset(self, self.agency_logo),
            clean(learner.full_name or learner.username) if marks else "",
        )
        effort = Effort(notebook.EFFORT_FOR_ALL)
        return document([packets_of.annotated(one, marks, effort) for one in self._selected(choice)], cover, here)

    def _selected(self, choice: Choice):
        try:
            return packets_of.select(choice, self._listed(), self.shelf())
        except BadChoice as error:
            raise RefusedError(bad_choice(error.code), 400 if choice.which == CHOSEN else 409) from error

    def _listed(self) -> list:
        try:
            return self.authorities()
        except MalformedContentError:
            return []

    def _marks(self, learner) -> list:
        if is_impersonated(learner):
            return []
        try:
            return self.marks_of(learner)
        except RecordsUnavailableError:
            log.exception("The marks in %s cannot be read", self.scope_ids.usage_id)
            return []

    def _title(self, choice: Choice) -> str:
        own = clean(self.packet_title or self.display_name)
        if choice.which == LIBRARY:
            return _("Duty to Intervene: the whole case-law library")
        return _("{title}: my selection").format(title=own) if choice.which == CHOSEN else own

    def _owner(self, choice: Choice, learner) -> int:
        """Whose the packet is. A selection is its maker's too: so many are possible that not all can be kept for everybody."""
        return learner.user_id if choice.personal or choice.which == CHOSEN else packets.EVERYBODY

    def _row(self, made: Document, choice: Choice, learner):
        """The packet as the records have it, exactly this document of exactly this owner; None where there is none."""
        owner = self._owner(choice, learner)
        try:
            row = packets.find(made.digest, owner)
            if row is not None:
                _send_again(row)
        except RecordsUnavailableError as error:
            raise RefusedError(no_pdf(learner, _("The tables of this plugin cannot be reached.")), 503) from error
        return row if row is not None and row.owner_id == owner else None

    # -- screens -------------------------------------------------------------------------------------------------------

    def _standing(self, row, made: Document, choice: Choice) -> str:
        if row.state == jobs.READY:
            return self._ready_page(made, choice, row)
        self._waits = row.state in (jobs.WAITING, jobs.WORKING)
        context = {
            **self._screen_context(made, choice),
            "row": row,
            "waits": self._waits,
            "text": progress_text(row) if self._waits else "",
            "may_try": row.reason not in (*packets.HOPELESS, UNAVAILABLE),
            "reason": "" if self._waits else REASONS.get(row.reason, REASONS["broken"]),
            "state_url": f"{form_action(self, 'packet_state')}?{urlencode({'digest': row.digest})}",
        }
        return render("dti/case_law/packets_wait.html", context)

    def _ready_page(self, made: Document, choice: Choice, row=None) -> str:
        context = {
            **self._screen_context(made, choice),
            "row": row,
            "file_url": self._address("packet_file" if row is not None else "packet_html", choice),
        }
        return render("dti/case_law/packets_ready.html", context)

    def _screen_context(self, made: Document, choice: Choice) -> dict:
        return {
            **page_context(self),
            "contents_url": form_action(self, "contents"),
            "packet_url": self._address("packet", choice),
            "show_url": self._address("packet", choice, show=1),
            "make_url": form_action(self, "packet_make"),
            "print_url": self._address("packet_print", choice),
            "html_url": self._address("packet_html", choice),
            "title": made.title,
            "choice": choice,
        }

    def _address(self, handler: str, choice: Choice, **more) -> str:
        """The address of `handler` for this choice."""
        said = {"which": choice.which, "refs": ",".join(choice.refs), "personal": "1" if choice.personal else "", **more}
        return f"{form_action(self, handler)}?{urlencode({name: value for name, value in said.items() if value})}"

    def _must_have_packets(self) -> None:
        if not self.packets:
            raise RefusedError(_("Packets are switched off in this list."), 403)


def _send_again(row) -> None:
    """Have a packet that somebody waits for made by another worker where nothing was heard of the one before."""
    if packets.JOBS.given_up(row, datetime.now(UTC)):
        later(make_packet, row.id)


def _choice_of(said) -> Choice:
    """The choice in a query or form."""
    refs = tuple(dict.fromkeys(ref for ref in said.get("refs", "").split(",") if ref))
    which = said.get("which") or MODULE
    return Choice(which, refs if which == CHOSEN else (), bool(said.get("personal")))
