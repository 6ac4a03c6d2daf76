"""The staff's side of a pledge block: who has signed, one record, withdrawal, tables and files to take along.

Staff read; nothing here signs, alters or re-dates. Each reading of personal data is an event of the course's chain.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import replace
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from webob import Response
from xblock.core import XBlock

from ...pdf import fault as pdf_fault
from ...platform import tasks as work
from ...platform.learner import Learner, course_key, is_impersonated, keeps_records
from ...platform.progress import emit
from ...pledge import olx, seal, signing, standing
from ...pledge.wording import wording_hash
from ...records import tasks, views
from ...records.access import RecordsUnavailableError
from ...records.jobs import READY
from ...records.pledge import (
    bundles,
    chain_checks,
    pledges,
)
from ...records.pledge import (
    chain as pledge_chain,
)
from ...records.pledge import (
    events as pledge_events,
)
from ...records.pledge import (
    roster as pledge_roster,
)
from ...templating import render
from ..base import RefusedError, action, download, reading
from . import report as pledge_report
from . import staff_pages as pledge_staff_pages

log = logging.getLogger(__name__)

SHORTEST_REASON = 10  # characters of a reason, in two words at least


class PledgeStaff:
    """A part of the pledge block: see the module."""

    # -- on the block's page -------------------------------------------------------------------------------------------

    def staff_summary(self, learner: Learner | None, current: str) -> str:
        """What staff see below the pledge: counts and links, no personal data. "" for everybody else."""
        if learner is None or not learner.is_staff or is_impersonated(learner) or not keeps_records(self):
            return ""
        asked = replace(self.asked_now(), wording=current)
        return render("dti/pledge/staff_summary.html", pledge_staff_pages.summary(self, asked))

    # -- pages ---------------------------------------------------------------------------------------------------------

    @reading
    def signatures(self, learner: Learner, query):
        """The list of people with the status of their signatures, one record, or the files: see `pledge_staff_pages`."""
        with self._for_staff(learner):
            return pledge_staff_pages.page(self, learner, query)

    @reading
    def files_state(self, learner: Learner, query):
        """How far the making of files is, for the page's script."""
        with self._for_staff(learner):
            return render("dti/pledge/staff_files_state.html", pledge_staff_pages.files(self, learner))

    @download
    def signatures_csv(self, learner: Learner, query):
        """One part of the signatures that the query asks for, as CSV."""
        with self._for_staff(learner):
            pledge, _problems = olx.examine(self.content)
            asked, after = pledge_staff_pages.asked_by(self, query), pledge_staff_pages.number(query, "after")
            number = pledge_roster.size(asked, after, pledge_report.PART)
            body = pledge_report.signed_csv(asked, after, [question.label for question in pledge.questions] if pledge else [])
            self.note_staff_reading(learner, "csv", "", number)
            return body, "text/csv", f"signed-pledges-after-{after}.csv" if after else "signed-pledges.csv"

    @download
    def not_signed_csv(self, learner: Learner, query):
        """One part of the people who are enrolled and have not signed, as CSV."""
        with self._for_staff(learner):
            roster, search, cohort = pledge_staff_pages.unsigned_by(self, query)
            after, signed = pledge_staff_pages.number(query, "after"), pledge_roster.people(self.usage_text)
            number = min(roster.missing_count(signed, search, cohort), pledge_report.PART)
            body = pledge_report.missing_csv(roster, signed, search, cohort, after)
            self.note_staff_reading(learner, "csv", "", number)
            return body, "text/csv", f"not-signed-after-{after}.csv" if after else "not-signed.csv"

    # -- acts ----------------------------------------------------------------------------------------------------------

    @action
    def withdraw_signature(self, learner: Learner, form):
        """Record that a signature no longer counts, and why. The signature stays on record."""
        with self._for_staff(learner):
            code = seal.read_code(form.get("code", ""))
            row = pledges.by_code(code, self.usage_text) if code else None
            if row is None or row.document is None:
                raise RefusedError(_("There is no such signature in this activity. Nothing was changed."), 404)
            reason = signing.clean(form.get("reason"))
            if len(reason) < SHORTEST_REASON or " " not in reason:
                raise RefusedError(_("Say in a few words why the signature is withdrawn. Nothing was changed."))
            if len(reason) > signing.LONGEST_REASON:
                raise RefusedError(
                    _("The reason is too long: at most {limit} characters. Nothing was changed.").format(
                        limit=signing.LONGEST_REASON
                    )
                )
            if form.get("confirm") != "yes":
                raise RefusedError(_("Check the box to confirm the withdrawal. Nothing was changed."))
            _event, added = pledges.withdraw(row, learner.user_id, learner.username, reason, pledge_report.now())
            if added:
                emit(self, "dti.pledge.withdrawn", {"learner": row.username, "turn": row.turn})
            return ""

    @action
    def prepare_files(self, learner: Learner, form):
        """Have the PDF files of all signatures made, for the ZIP."""
        with self._for_staff(learner):
            if pdf_fault():
                raise RefusedError(_("PDF files cannot be made on this site. Its operators can put that right."), 503)
            row, new = bundles.ask(learner.user_id, str(course_key(self)), self.usage_text, pledge_report.now())
            if new:
                work.later(tasks.make_pledge_files, row.id)
            return ""

    @action
    def check_chain(self, learner: Learner, form):
        """Check the whole chain of the course: a short one at once, a long one in the background."""
        with self._for_staff(learner):
            course, now = str(course_key(self)), pledge_report.now()
            last = chain_checks.last(course, self.usage_text, now)
            if last is not None and last.state == "working":
                return ""
            event = chain_checks.ask(learner.user_id, learner.username, course, self.usage_text, now)
            if pledge_chain.state(course)["length"] > chain_checks.AT_ONCE:
                work.later(tasks.check_pledges, event.id)
            else:
                chain_checks.run(event.id, pledge_report.now)
            return ""

    @XBlock.handler
    def signed_files(self, request, suffix=""):
        """On to the ZIP, whose address is made now, for this person and a quarter of an hour."""
        answer = self.files_address(request, suffix)
        if answer.status_code != 200:
            return answer
        onward = Response(status=303, location=answer.text)
        onward.headers["Cache-Control"] = "private, no-store"
        return onward

    @download
    def files_address(self, learner: Learner, query):
        """The address of the ZIP as text: see `signed_files`."""
        with self._for_staff(learner):
            bundle = bundles.find(learner.user_id, self.usage_text)
            if bundle is None or bundle.state != READY:
                raise RefusedError(_("The files are not ready. Go back to the page and prepare them."), 404)
            address = views.address(bundles.token(learner.user_id, bundle.id))
            if not address:
                raise RefusedError(
                    _("The addresses of this plugin are not set up on this site. Its operators can put that right."), 503
                )
            self.note_staff_reading(learner, "bundle", "", bundle.total)
            return address.encode("ascii"), "text/plain", "address"

    # -- shared --------------------------------------------------------------------------------------------------------

    def asked_now(self) -> pledge_roster.Asked:
        """The question about all signatures here, judged by the wording and terms that hold now."""
        pledge, _problems = olx.examine(self.content)
        terms = standing.Terms(self.valid_months, self.remind_days)
        return pledge_roster.Asked(self.usage_text, wording_hash(pledge) if pledge else "", terms, pledge_report.now())

    def note_staff_reading(self, learner: Learner, what: str, of: str, count: int) -> None:
        """Record that staff have read personal data: `what` is "list", "csv", "record" or "bundle", `of` a username or ""."""
        happening = pledge_events.Happening(
            kind=pledge_events.STAFF_READ,
            key=f"staff-read/{secrets.token_hex(8)}",
            user_id=learner.user_id,
            username=learner.username,
            course_key=str(course_key(self) or ""),
            usage_key=self.usage_text,
            at=datetime.now(UTC),
            details={"what": what, "of": of, "count": count},
        )
        pledge_events.note(happening)
        emit(self, "dti.pledge.read_by_staff", {"what": what, "count": count})

    def _for_staff(self, learner: Learner) -> _ForStaff:
        return _ForStaff(self, learner)


class _ForStaff:
    """`with` it, only staff of the course come in, as themselves; records that cannot be reached become a sentence."""

    def __init__(self, block, learner: Learner):
        self._block, self._learner = block, learner

    def __enter__(self) -> None:
        if not self._learner.is_staff:
            raise RefusedError(_("Only course staff can see this."), 403)
        if is_impersonated(self._learner):
            raise RefusedError(_("You are viewing the course as somebody else. Go back to your own view first."), 403)
        if not keeps_records(self._block):
            raise RefusedError(_("Signatures are kept in the course only. Open this page there."), 404)

    def __exit__(self, kind, error, trace) -> None:
        if isinstance(error, RecordsUnavailableError):
            log.exception("The signatures of %s cannot be read", self._block.usage_text)
            raise RefusedError(self._block.unavailable(self._learner), 503) from error
