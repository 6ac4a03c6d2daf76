"""The pledge that ends the course: read, agreed to, affirmed statement by statement, and signed."""

from __future__ import annotations

import logging
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from webob import Response
from xblock.core import XBlock
from xblock.fields import Boolean, Float, Integer, Scope, String

from .blocks.base import DtiBlock, RefusedError, download, guarded
from .blocks.pledge import report as pledge_report
from .blocks.pledge.act import PledgeAct
from .blocks.pledge.copy import copy_of, page_of
from .blocks.pledge.screen import PledgeScreen
from .blocks.pledge.staff import PledgeStaff
from .pdf import PdfUnavailableError
from .platform.learner import Learner, impersonator, in_studio
from .platform.progress import publish_completion, publish_grade
from .pledge import olx, seal
from .records.access import RecordsUnavailableError
from .records.pledge import pledges
from .studio.pledge import editor as pledge_editor
from .templating import render

log = logging.getLogger(__name__)


class PledgeBlock(pledge_editor.PledgeEditing, PledgeAct, PledgeScreen, PledgeStaff, DtiBlock):
    """A pledge that a learner reads, affirms statement by statement and signs by typed name: once for each wording and term.

    Signing gives the point and the completion. The learner sees the signed pledge at once and may download it at any time.
    What the page shows comes from the records, so it outlives a reset of the learner's state.
    """

    kind = "pledge"
    stylesheets = ("css/dti.css", "css/pledge.css")
    has_score = True

    display_name = String(default=gettext_noop("Pledge"), scope=Scope.settings, help="The title that learners see.")
    weight = Float(default=1.0, values={"min": 0}, min=0, scope=Scope.settings, help="Points for signing.")
    wording_label = String(default="", scope=Scope.settings, help="What this version of the wording is called, such as 2027.")
    require_reading = Boolean(default=False, scope=Scope.settings, help="Learners must read to the end before they sign.")
    allow_drawing = Boolean(default=True, scope=Scope.settings, help="Learners may draw their signature besides typing it.")
    gate_block = String(default="", scope=Scope.settings, help="The url_name of what must be passed before signing.")
    gate_percent = Integer(
        default=0, values={"min": 0, "max": 100}, scope=Scope.settings, help="The result needed there, in percent."
    )
    opens_on = String(default="", scope=Scope.settings, help="From when on it may be signed: 2027-01-15, in UTC.")
    valid_months = Integer(
        default=0, values={"min": 0, "max": 1200}, scope=Scope.settings, help="Months until it has to be signed again; 0: never."
    )
    remind_days = Integer(
        default=30, values={"min": 0, "max": 365}, scope=Scope.settings, help="Days before the end when signing again is offered."
    )
    certificate_text = String(default="", multiline_editor=True, scope=Scope.settings, help="Lines at the top of the signed PDF.")
    agency_logo = String(default="", scope=Scope.settings, help="The agency's logo, as /static/seal.png.")
    reported = String(default="", scope=Scope.user_state, help="The signature for which grade and completion were reported.")

    studio_settings = (
        ("display_name", gettext_lazy("Title"), gettext_lazy("What learners see above the pledge.")),
        (
            "weight",
            gettext_lazy("Points"),
            gettext_lazy("How many points signing gives. The subsection must be graded for them to count."),
        ),
        (
            "wording_label",
            gettext_lazy("Name of this version"),
            gettext_lazy("For people, such as “2027”. What counts as a version is the wording itself."),
        ),
        (
            "require_reading",
            gettext_lazy("Learners must read to the end first"),
            gettext_lazy(
                "They confirm at the end of the text that they have read it. When they opened it and for how long is recorded."
            ),
        ),
        (
            "allow_drawing",
            gettext_lazy("Learners may draw their signature"),
            gettext_lazy("Besides typing their name, which is always enough by itself."),
        ),
        (
            "gate_block",
            gettext_lazy("Must be passed first"),
            gettext_lazy("The url_name of a subsection or problem of this course, such as m09-final-assessment. Empty: nothing."),
        ),
        ("gate_percent", gettext_lazy("Result needed there (percent)"), gettext_lazy("0 to 100.")),
        (
            "opens_on",
            gettext_lazy("Can be signed from"),
            gettext_lazy("A day (2027-01-15) or a time (2027-01-15T08:00), in UTC. Empty: at once."),
        ),
        (
            "valid_months",
            gettext_lazy("Months until it has to be signed again"),
            gettext_lazy("12 is yearly. 0: a signature does not run out."),
        ),
        (
            "remind_days",
            gettext_lazy("Days before its end when learners are reminded"),
            gettext_lazy("From then on they may sign again."),
        ),
        ("certificate_text", gettext_lazy("Text on the certificate"), gettext_lazy("Plain lines at the top of the signed PDF.")),
        (
            "agency_logo",
            gettext_lazy("Logo on the certificate"),
            gettext_lazy("A PNG or JPEG from Files, such as /static/seal.png."),
        ),
    )

    def max_score(self):
        """One raw point; the platform applies `weight`."""
        return 1

    def studio_view(self, context=None):
        """The edit form, with a preview of what learners see."""
        return guarded(self, lambda: pledge_editor.fragment(self))

    def words(self) -> dict[str, str]:
        """What the script says. After a lost connection nobody must be left in doubt what to do."""
        return {
            **super().words(),
            "offline": _(
                "The connection was lost, so it is not certain whether this was saved. What you entered is still here. Try "
                "again: a signature cannot be recorded twice. After reloading, the page says whether you have signed."
            ),
            "padEmpty": _("Nothing is drawn."),
            "padDrawn": _("Signature drawn, strokes: {count}."),
            "padCleared": _("The drawing was cleared."),
            "padUndone": _("The last stroke was removed, strokes left: {count}."),
            "padFull": _("The drawing is as large as it can be. Clear it to begin again."),
        }

    # -- records -------------------------------------------------------------------------------------------------------

    @property
    def usage_text(self) -> str:
        """The usage key, under which records are kept."""
        return str(self.scope_ids.usage_id)

    def signed_by(self, learner: Learner | None) -> list:
        """What `learner` has signed here, oldest first."""
        if learner is None or in_studio(self):
            return []
        return pledges.of_learner(learner.user_id, self.usage_text)

    def report_once(self, row) -> None:
        """Report grade and completion for what is on record, unless done: also when staff have reset the learner's state."""
        if self.reported == row.code:
            return
        try:
            publish_grade(self, 1.0, 1.0)
            publish_completion(self, 1.0)
        except Exception:
            # The signature is safe and must be shown; the report is tried again with the next view.
            log.exception("%s: grade and completion could not be reported", self.usage_text)
            return
        self.reported = row.code

    # -- copies --------------------------------------------------------------------------------------------------------

    @download
    def pdf(self, learner: Learner, query):
        """The signed pledge as a PDF; `code` names it."""
        row = self._own(learner, query)
        try:
            body = copy_of(row).body
        except PdfUnavailableError as error:
            message = str(error) if learner.is_staff else _("PDF files cannot be made right now. Use the page for printing.")
            raise RefusedError(message, 503) from error
        return body, "application/pdf", f"pledge-{row.code}.pdf"

    @XBlock.handler
    def printable(self, request, suffix=""):
        """The signed pledge as a page for printing, with the same words as the PDF."""
        response = self.printable_file(request, suffix)
        if response.status_code == 200:
            response.headers["Content-Disposition"] = "inline"
            response.headers["Content-Security-Policy"] = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
        return response

    @download
    def printable_file(self, learner: Learner, query):
        """As `printable`, to be saved."""
        row = self._own(learner, query)
        return page_of(row).encode("utf-8"), "text/html", f"pledge-{row.code}.html"

    def _own(self, learner: Learner, query):
        code = seal.read_code(query.get("code", ""))
        try:
            row = pledges.by_code(code, self.usage_text) if code else None
            # One answer for "does not exist" and "is not yours": nothing can be learned by trying codes.
            if row is None or row.document is None or not (row.user_id == learner.user_id or learner.is_staff):
                raise RefusedError(_("There is no such signed pledge of yours here."), 404)
            reader = impersonator(learner) or (learner if row.user_id != learner.user_id else None)
            if reader is not None:
                self.note_staff_reading(reader, "record", row.username, 1)
        except RecordsUnavailableError as error:
            raise RefusedError(self.unavailable(learner), 503) from error
        return row

    # -- for the platform ----------------------------------------------------------------------------------------------

    def generate_report_data(self, user_state_iterator, limit_responses=None):
        """Columns for the platform's problem-response report, from the records: (username, {column: value})."""
        yield from pledge_report.rows_for_platform(self, limit_responses)

    def problems(self) -> list:
        """The author's mistakes in the content and settings."""
        return pledge_editor.problems_of(self)

    @classmethod
    def clean_content(cls, text: str) -> str:
        olx.read(text)  # a PledgeUnreadable is a ValueError with the place and reason
        return text

    def student_view_data(self, context=None) -> dict:
        """For the mobile apps: what is pledged."""
        pledge, _problems = olx.examine(self.content)
        return {"title": self.display_name, "statements": [each.text for each in pledge.affirmations] if pledge else []}

    def index_dictionary(self) -> dict:
        """For the platform's search."""
        inherited = getattr(super(), "index_dictionary", dict)()
        pledge, _problems = olx.examine(self.content)
        parts = [pledge.preamble, *(each.text for each in pledge.affirmations), pledge.closing] if pledge else []
        text = " ".join(re.sub(r"<[^>]*>", " ", part) for part in parts).split()
        content = {**inherited.get("content", {}), "display_name": self.display_name, "pledge": " ".join(text)}
        return {**inherited, "content": content, "content_type": "Pledge"}

    def answer(self, request, body: dict, status: int = 200) -> Response:
        """As the base; without a script the refused form is one page back, where the browser has kept the entries."""
        if status in (400, 503) and "application/json" not in request.headers.get("Accept", ""):
            hint = _("What you entered is still in the form: go back with your browser's Back button.")
            body = {"error": f"{body['error']} {hint}"}
        return super().answer(request, body, status)

    def unavailable(self, learner) -> str:
        """What is said when the records cannot be read."""
        if learner is not None and learner.is_staff:
            return _(
                "Signed pledges cannot be kept: the records of dti-xblocks are not set up in this installation's database. "
                "Its operator has to run the migrations of dti_records."
            )
        return _("The pledge cannot be signed right now. Please come back later, or tell your course staff.")

    def problem_listing(self, problems) -> str:
        """The author's mistakes, for staff."""
        return render("dti/problems.html", {"problems": problems})
