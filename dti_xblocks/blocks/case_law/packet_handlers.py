"""Packets: choosing what is in one, having it made, waiting for it, taking it away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from webob import Request, Response
from webob.multidict import MultiDict
from xblock.core import XBlock

from ...case_law.packet import CHOSEN, MODULE, Choice
from ...pages.case_law.packet_document import Document
from ...pages.case_law.packet_screens import (
    Addresses,
    ChoiceForm,
    PacketRow,
    choice_screen,
    file_name,
    ready_screen,
    state_piece,
    status_screen,
)
from ...platform import clock
from ...platform.addresses import form_action, page_context
from ...platform.learner import Learner
from ...records import jobs
from ...records.access import RecordsUnavailableError
from ...records.case_law import packets
from ...records.tasks import UNAVAILABLE
from ..base import Onward, Refreshed, RefusedError, action, download, reading
from .host import ReadingListHost
from .packets import Packets, pdf_fault, send_again

PDF, HTML = "pdf", "html"
LOOK_AGAIN = 3  # seconds after which a page without a script asks again
ONLY_STYLES = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


# -- choosing and having it made -----------------------------------------------------------------------------------------------


@reading
def packet(block: ReadingListHost, learner: Learner, query: dict[str, str]) -> SafeString | Refreshed:
    """The page of packets: the form, or with `show` the present state of the packet of that choice."""
    wanted = Packets(block, learner)
    choice = _choice_of(query)
    if query.get("show"):
        made = wanted.document(choice)
        row = wanted.row(made, choice)
        if row is not None:
            page = _status_page(block, made, choice, row)
            return Refreshed(page, LOOK_AGAIN) if _waits(row) else page
    return _form(wanted, block, learner, choice)


@action
def packet_make(block: ReadingListHost, learner: Learner, form: MultiDict) -> Onward:
    """Have the packet of the form's choice made, unless it is there; as a web page it is there at once."""
    wanted = Packets(block, learner)
    choice = _choice_of({**form, "refs": ",".join(form.getall("refs"))})
    made, addresses = wanted.document(choice), _addresses(block, choice)
    if form.get("format") == HTML:
        return Onward(ready_screen(_around(block), made.title, choice, addresses), addresses.html)
    row = wanted.ordered(made, choice)
    return Onward(_status_page(block, made, choice, row), addresses.show)


@reading
def packet_state(block: ReadingListHost, learner: Learner, query: dict[str, str]) -> SafeString:
    """How far the packet with this `digest` is, for the script that waits: a few words, and the state beside them."""
    try:
        row = packets.find(query.get("digest", "")[:64], learner.user_id)
        if row is None:
            raise RefusedError(_("There is no such packet any more. Go back and have it made again."), 404)
        send_again(row)
    except RecordsUnavailableError as error:
        raise RefusedError(_("This cannot be looked up at the moment."), 503) from error
    return state_piece(row)


def _form(wanted: Packets, block: ReadingListHost, learner: Learner, choice: Choice) -> SafeString:
    visit = wanted.visit
    form = ChoiceForm(
        choice=choice,
        listed=visit.reading_list.as_read(),
        others=wanted.others(),
        library_size=len(visit.reading_list.library),
        marks=visit.notebook.count() or 0,
        pdf_fault=pdf_fault(),
        staff=learner.is_staff,
    )
    return choice_screen(_around(block), form, _addresses(block, choice))


def _status_page(block: ReadingListHost, made: Document, choice: Choice, row: PacketRow) -> SafeString:
    addresses = _addresses(block, choice, row.digest)
    if row.state == jobs.READY:
        return ready_screen(_around(block), made.title, choice, addresses, row)
    may_try = row.reason not in (*packets.HOPELESS, UNAVAILABLE)
    return status_screen(_around(block), made.title, choice, addresses, row, _waits(row), may_try)


def _waits(row: PacketRow) -> bool:
    return row.state in (jobs.WAITING, jobs.WORKING)


# -- taking it away ------------------------------------------------------------------------------------------------------------


@download
def packet_file(block: ReadingListHost, learner: Learner, query: dict[str, str]) -> tuple[Iterator[bytes], str, str]:
    """The PDF of the choice in the address, as it would be made now for the person who asks, and nothing else."""
    wanted, choice = Packets(block, learner), _choice_of(query)
    made = wanted.document(choice)
    body = wanted.content(wanted.row(made, choice))
    _taken(wanted, choice, PDF)
    return body, "application/pdf", f"{file_name(made.title, choice)}.pdf"


@download
def packet_html(block: ReadingListHost, learner: Learner, query: dict[str, str]) -> tuple[bytes, str, str]:
    """The packet as one HTML file that needs nothing else: to read offline, and to print."""
    wanted, choice = Packets(block, learner), _choice_of(query)
    made = wanted.document(choice)
    _taken(wanted, choice, HTML)
    return made.to_read(clock.now().date()).encode("utf-8"), "text/html", f"{file_name(made.title, choice)}.html"


@XBlock.handler
def packet_print(block: ReadingListHost, request: Request, suffix: str = "") -> Response:
    """The same file shown in the browser, to be printed from there."""
    response: Response = packet_html(block, request, suffix)
    if response.status_code == 200:
        response.headers["Content-Disposition"] = "inline"
        response.headers["Content-Security-Policy"] = ONLY_STYLES
    return response


def _taken(wanted: Packets, choice: Choice, kind: str) -> None:
    if choice.which == MODULE:
        wanted.visit.progress.packet_taken(kind)


# -- addresses -----------------------------------------------------------------------------------------------------------------


def _around(block: ReadingListHost) -> dict[str, Any]:
    return {**page_context(block), "contents_url": form_action(block, "contents")}


def _addresses(block: ReadingListHost, choice: Choice, digest: str = "") -> Addresses:
    asked = {"which": choice.which, "refs": ",".join(choice.refs), "personal": "1" if choice.personal else ""}

    def of(handler: str, **more: str) -> str:
        query = urlencode({name: value for name, value in {**asked, **more}.items() if value})
        return f"{form_action(block, handler)}?{query}"

    return Addresses(
        packet=of("packet"),
        show=of("packet", show="1"),
        make=form_action(block, "packet_make"),
        print=of("packet_print"),
        html=of("packet_html"),
        file=of("packet_file"),
        state=f"{form_action(block, 'packet_state')}?{urlencode({'digest': digest})}",
    )


def _choice_of(said: Mapping[str, str]) -> Choice:
    """The choice in a query or form."""
    refs = tuple(dict.fromkeys(ref for ref in said.get("refs", "").split(",") if ref))
    which = said.get("which") or MODULE
    return Choice(which, refs if which == CHOSEN else (), bool(said.get("personal")))
