"""The staff's side of a pledge block: who has signed, one record, withdrawal, tables and files to take along.

Staff read; nothing here signs, alters or re-dates. Each reading of personal data is an event of the course's chain.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from webob import Request, Response
from webob.multidict import MultiDict

from ...pages.pledge import words as pledge_words
from ...pdf import fault as pdf_fault
from ...platform import clock
from ...platform import tasks as work
from ...platform.learner import Learner, is_impersonated, keeps_records
from ...platform.progress import emit
from ...pledge import olx, signing
from ...records import tasks, views
from ...records.access import RecordsUnavailableError
from ...records.jobs import READY
from ...records.pledge import bundles, chain_checks, pledges
from ...records.pledge import chain as pledge_chain
from ...records.pledge import roster as pledge_roster
from ...templating import render
from ..base import RefusedError, download
from ..base.requests import Body
from . import report as pledge_report
from . import staff_pages
from .audit import note_reading
from .host import PledgeHost
from .staff_files import files
from .staff_query import asked_now, chosen_by, now, number

log = logging.getLogger(__name__)

SHORTEST_REASON = 10  # characters of a reason, in two words at least
File = tuple[Body, str, str]  # body, content type, file name


def summary(block: PledgeHost, learner: Learner | None, wording: str) -> SafeString | str:
    """What staff see below the pledge: counts and links, no personal data. "" for everybody else."""
    if learner is None or not learner.is_staff or is_impersonated(learner) or not keeps_records(block):
        return ""
    asked = replace(asked_now(block), wording=wording)
    return render("dti/pledge/staff_summary.html", staff_pages.summary(block, asked))


# -- pages ---------------------------------------------------------------------------------------------------------------------


def signatures(block: PledgeHost, learner: Learner, query: Mapping[str, str]) -> SafeString:
    """The list of people with the status of their signatures, one record, or the files: see `staff_pages`."""
    with _for_staff(block, learner):
        return staff_pages.page(block, learner, query)


def files_state(block: PledgeHost, learner: Learner, query: Mapping[str, str]) -> SafeString:
    """How far the making of files is, for the page's script."""
    with _for_staff(block, learner):
        return render("dti/pledge/staff_files_state.html", files(block, learner))


def signatures_csv(block: PledgeHost, learner: Learner, query: Mapping[str, str]) -> File:
    """One part of the signatures that the query asks for, as CSV."""
    with _for_staff(block, learner):
        pledge, _problems = olx.examine(block.content)
        asked, after = chosen_by(query).asked(block), number(query, "after")
        rows = pledge_roster.size(asked, after, pledge_report.PART)
        body = pledge_report.signed_csv(asked, after, [question.label for question in pledge.questions] if pledge else [])
        note_reading(block, learner, "csv", "", rows)
        return body, "text/csv", f"signed-pledges-after-{after}.csv" if after else "signed-pledges.csv"


def not_signed_csv(block: PledgeHost, learner: Learner, query: Mapping[str, str]) -> File:
    """One part of the people who are enrolled and have not signed, as CSV."""
    with _for_staff(block, learner):
        missing, after = chosen_by(query).missing(block), number(query, "after")
        rows = min(missing.count(), pledge_report.PART)
        body = pledge_report.missing_csv(missing, after)
        note_reading(block, learner, "csv", "", rows)
        return body, "text/csv", f"not-signed-after-{after}.csv" if after else "not-signed.csv"


# -- acts ----------------------------------------------------------------------------------------------------------------------


def withdraw_signature(block: PledgeHost, learner: Learner, form: MultiDict) -> str:
    """Record that a signature no longer counts, and why. The signature stays on record."""
    with _for_staff(block, learner):
        row = pledges.by_number(number(form, "pledge"), block.where.usage)
        if row is None or row.document is None:
            raise RefusedError(_("There is no such signature in this activity. Nothing was changed."), 404)
        reason = signing.clean(form.get("reason"))
        if len(reason) < SHORTEST_REASON or " " not in reason:
            raise RefusedError(_("Say in a few words why the signature is withdrawn. Nothing was changed."))
        if len(reason) > signing.LONGEST_REASON:
            message = _("The reason is too long: at most {limit} characters. Nothing was changed.")
            raise RefusedError(message.format(limit=signing.LONGEST_REASON))
        if form.get("confirm") != "yes":
            raise RefusedError(_("Check the box to confirm the withdrawal. Nothing was changed."))
        _event, added = pledges.withdraw(row, learner.user_id, learner.username, reason, clock.not_before(now(), row.signed_at))
        if added:
            emit(block, "dti.pledge.withdrawn", {"learner": row.username, "turn": row.turn})
        return ""


def prepare_files(block: PledgeHost, learner: Learner, form: MultiDict) -> str:
    """Have the PDF files of all signatures made, for the ZIP."""
    with _for_staff(block, learner):
        if pdf_fault():
            raise RefusedError(_("PDF files cannot be made on this site. Its operators can put that right."), 503)
        row, new = bundles.ask(learner.user_id, block.where.course, block.where.usage, now())
        if new:
            work.later(tasks.make_pledge_files, row.id)
        return ""


def check_chain(block: PledgeHost, learner: Learner, form: MultiDict) -> str:
    """Check the whole chain of the course: a short one at once, a long one in the background."""
    with _for_staff(block, learner):
        course, usage, moment = block.where.course, block.where.usage, now()
        last = chain_checks.last(course, usage, moment)
        if last is not None and last.state == "working":
            return ""
        event = chain_checks.ask(learner.user_id, learner.username, course, usage, moment)
        if pledge_chain.state(course)["length"] > chain_checks.AT_ONCE:
            work.later(tasks.check_pledges, event.id)
        else:
            chain_checks.run(event.id, now)
        return ""


def signed_files(block: PledgeHost, request: Request, suffix: str = "") -> Response:
    """On to the ZIP, whose address is made now, for this person and a quarter of an hour."""
    answer = download(files_address)(block, request, suffix)
    if answer.status_code != 200:
        return answer
    onward = Response(status=303, location=answer.text)
    onward.headers["Cache-Control"] = "private, no-store"
    return onward


def files_address(block: PledgeHost, learner: Learner, query: Mapping[str, str]) -> File:
    """The address of the ZIP as text: see `signed_files`."""
    with _for_staff(block, learner):
        bundle = bundles.find(learner.user_id, block.where.usage)
        if bundle is None or bundle.state != READY:
            raise RefusedError(_("The files are not ready. Go back to the page and prepare them."), 404)
        address = views.address(bundles.token(learner.user_id, bundle.id))
        if not address:
            message = _("The addresses of this plugin are not set up on this site. Its operators can put that right.")
            raise RefusedError(message, 503)
        note_reading(block, learner, "bundle", "", bundle.total)
        return address.encode("ascii"), "text/plain", "address"


@contextmanager
def _for_staff(block: PledgeHost, learner: Learner) -> Iterator[None]:
    """Only staff of the course come in, as themselves; records that cannot be reached become a sentence."""
    if not learner.is_staff:
        raise RefusedError(_("Only course staff can see this."), 403)
    if is_impersonated(learner):
        raise RefusedError(_("You are viewing the course as somebody else. Go back to your own view first."), 403)
    if not keeps_records(block):
        raise RefusedError(_("Signatures are kept in the course only. Open this page there."), 404)
    try:
        yield
    except RecordsUnavailableError as error:
        log.exception("The signatures of %s cannot be read", block.where.usage)
        raise RefusedError(pledge_words.unavailable(learner.is_staff), 503) from error
