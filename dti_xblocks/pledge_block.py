"""The pledge that ends the course: read, affirmed statement by statement, and signed."""

from __future__ import annotations

import logging
import re
import secrets
from datetime import UTC, datetime

from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from webob import Response
from xblock.core import XBlock
from xblock.fields import Float, Scope, String

from . import pledge_report, pledge_words
from .block import DtiBlock, Refused, action, download
from .dates import moment_text
from .pdf import PdfUnavailableError
from .pdf import render as render_pdf
from .platform.learner import Learner, course_key, in_studio, is_impersonated, keeps_records
from .platform.progress import emit, publish_completion, publish_grade
from .platform.titles import course_title
from .pledge import olx, rules, seal, signing
from .pledge.wording import shown_hash, wording_hash
from .records import pledges
from .records.access import RecordsUnavailable
from .templating import render

log = logging.getLogger(__name__)

SHOWN_IN_REPORT = 20


class PledgeBlock(DtiBlock):
    """A pledge that a learner reads, affirms statement by statement and signs by typed name, once for each wording.

    Signing gives the point and the completion. The learner sees the signed pledge at once and may download it at any time.
    What the page shows comes from the records, so it outlives a reset of the learner's state.
    """

    kind = "pledge"
    stylesheets = ("css/dti.css", "css/pledge.css")
    has_score = True

    display_name = String(default=gettext_noop("Pledge"), scope=Scope.settings, help="The title that learners see.")
    weight = Float(default=1.0, values={"min": 0}, min=0, scope=Scope.settings, help="Points for signing.")
    reported = String(default="", scope=Scope.user_state, help="The signature for which grade and completion were reported.")

    @property
    def studio_settings(self):
        return (
            ("display_name", _("Title"), _("What learners see above the pledge.")),
            ("weight", _("Points"), _("How many points signing gives. The subsection must be graded for them to count.")),
        )

    def max_score(self):
        """One raw point; the platform applies `weight`."""
        return 1

    # -- the screen ----------------------------------------------------------------------------------------------------

    def screen(self, learner: Learner | None) -> str:
        """The form, or the signed pledge; with the report below it for staff."""
        try:
            return self._screen(learner)
        except RecordsUnavailable:
            log.exception("Signed pledges cannot be read: are the migrations of dti_records applied?")
            return self.notice(self._unavailable(learner))

    def _screen(self, learner) -> str:
        signed = self._signed(learner)
        pledge, problems = olx.examine(self.content)
        if pledge is None or not rules.signable(problems):
            return self._unsound(learner, problems, signed)
        current = wording_hash(pledge)
        now = next((row for row in signed if row.wording_hash == current), None)
        if signed:
            self._report_once(signed[-1])
        context = {**self.base_context(), "earlier": [self._listed(row) for row in reversed(signed) if row is not now]}
        if now is not None:
            html = render("dti/pledge_signed.html", {**context, **self._shown(now), **self._links(now)})
        else:
            html = render("dti/pledge.html", {**context, **self._form(pledge, learner)})
        return format_html("{}{}", html, self._staff_report(learner, current))

    def _signed(self, learner) -> list:
        if learner is None or in_studio(self):
            return []
        return pledges.of_learner(learner.user_id, self._usage)

    def _unsound(self, learner, problems, signed) -> str:
        parts = [self.notice(_("This pledge is being edited. Please come back later."))]
        if learner is not None and learner.is_staff and not in_studio(self):  # Studio's page lists them itself
            parts.append(render("dti/problems.html", {"problems": problems}))
        if signed:
            parts.append(render("dti/pledge_earlier.html", {"earlier": [self._listed(row) for row in reversed(signed)]}))
        parts.append(self._staff_report(learner, ""))
        return format_html_join("", "{}", ((part,) for part in parts))

    def _form(self, pledge, learner) -> dict:
        around = pledge_words.surroundings(self.display_name)
        return {
            "pledge": pledge,
            "around": around,
            "disclosure": around.disclosure.split("\n"),
            "shown": shown_hash(pledge, around.title, around.as_dict()),
            "account_name": self._signer(learner).account_name if learner else "",
            "longest": {"name": signing.LONGEST_NAME, "answer": signing.LONGEST_ANSWER, "reason": signing.LONGEST_REASON},
            "form_action": self.form_action("sign"),
        }

    def _shown(self, row) -> dict:
        return {
            "record": row.document,
            "course": course_title(self),
            "disclosure": row.document["consent"]["disclosure"].split("\n"),
            "signed_text": moment_text(row.signed_at),
            "fingerprint": seal.fingerprint(row.document_hash),
            "document_hash": row.document_hash,
        }

    def _links(self, row) -> dict:
        return {
            "pdf_url": self.runtime.handler_url(self, "pdf", query=f"code={row.code}"),
            "print_url": self.runtime.handler_url(self, "printable", query=f"code={row.code}"),
        }

    def _listed(self, row) -> dict:
        return {
            "code": row.code,
            "who": row.signed_name,
            "username": row.username,
            "when": moment_text(row.signed_at),
            **self._links(row),
        }

    def _unavailable(self, learner) -> str:
        if learner is not None and learner.is_staff:
            return _(
                "Signed pledges cannot be kept: the records of dti-xblocks are not set up in this installation's database. "
                "Its operator has to run the migrations of dti_records."
            )
        return _("The pledge cannot be signed right now. Please come back later, or tell your course staff.")

    # -- signing -------------------------------------------------------------------------------------------------------

    @action
    def sign(self, learner: Learner, form):
        """Record the signature. Sent twice, from two tabs, or again after a lost answer, it is recorded once."""
        pledge, problems = olx.examine(self.content)
        if pledge is None or not rules.signable(problems):
            raise Refused(_("This pledge is being edited. Nothing was signed. Please come back later."))
        if is_impersonated(learner):
            raise Refused(_("You are viewing the course as a learner. Nobody can sign for another person."), 403)
        try:
            if any(row.wording_hash == wording_hash(pledge) for row in self._signed(learner)):
                return  # the second tab; the screen shows the signed pledge
            self._sign(learner, pledge, form)
        except RecordsUnavailable as error:
            log.exception("A signature could not be recorded")
            raise Refused(
                _(
                    "The records cannot be reached, so your signature may not have been saved. Please try again in a while; "
                    "it cannot be recorded twice."
                ),
                503,
            ) from error

    def _sign(self, learner, pledge, form) -> None:
        around = pledge_words.surroundings(self.display_name)
        if form.get("shown") != shown_hash(pledge, around.title, around.as_dict()):
            raise Refused(
                _("The pledge or its language has changed since you opened this page. Nothing was signed. Reload and read it."),
                409,
            )
        signer, entries = self._signer(learner), _entries(pledge, form)
        missing = signing.gaps(pledge, entries, signer)
        if missing:
            raise Refused(pledge_words.refusal(missing))
        if not keeps_records(self):
            raise Refused(_("Everything is filled in. This is a preview for authors: nothing is signed or kept here."))
        signed_at = datetime.now(UTC).replace(microsecond=0)
        place = {"course": str(course_key(self) or ""), "block": self._usage}
        draft = pledges.Draft(
            user_id=learner.user_id,
            username=learner.username,
            course_key=place["course"],
            usage_key=place["block"],
            full_name=learner.full_name,
            signed_name=entries.name,
            wording_hash=wording_hash(pledge),
            language=around.language,
            signed_at=signed_at,
            build=lambda code: signing.document(pledge, entries, signer, around, **place, signed_at=signed_at, code=code),
        )
        row, added = pledges.add(draft, lambda: seal.make_code(secrets.choice))
        if added:
            emit(self, "dti.pledge.signed", {"wording_hash": row.wording_hash, "language": row.language})

    def _signer(self, learner: Learner) -> signing.Signer:
        # The platform's account has no full name: the base then gives the username, which is nobody's name.
        known = learner.full_name != learner.username
        return signing.Signer(learner.user_id, learner.username, signing.clean(learner.full_name) if known else "")

    def _report_once(self, row) -> None:
        """Report grade and completion for what is on record, unless done: also when staff have reset the learner's state."""
        if self.reported == row.code:
            return
        try:
            publish_grade(self, 1.0, 1.0)
            publish_completion(self, 1.0)
        except Exception:
            # The signature is safe and must be shown; the report is tried again with the next view.
            log.exception("%s: grade and completion could not be reported", self._usage)
            return
        self.reported = row.code

    # -- copies --------------------------------------------------------------------------------------------------------

    @download
    def pdf(self, learner: Learner, query):
        """The signed pledge as a PDF; `code` names it."""
        row = self._own(learner, query)
        try:
            body = render_pdf(self._document(row), title=row.document["title"])
        except PdfUnavailableError as error:
            message = str(error) if learner.is_staff else _("PDF files cannot be made right now. Use the page for printing.")
            raise Refused(message, 503) from error
        return body, "application/pdf", f"pledge-{row.code}.pdf"

    @XBlock.handler
    def printable(self, request, suffix=""):
        """The signed pledge as a page for printing, with the same words as the PDF."""
        response = self.printable_file(request, suffix)
        if response.status_code == 200:
            response.headers["Content-Disposition"] = "inline"
            response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
        return response

    @download
    def printable_file(self, learner: Learner, query):
        """As `printable`, to be saved."""
        row = self._own(learner, query)
        return self._document(row).encode("utf-8"), "text/html", f"pledge-{row.code}.html"

    def _own(self, learner: Learner, query):
        code = seal.read_code(query.get("code", ""))
        try:
            row = pledges.by_code(code, self._usage) if code else None
        except RecordsUnavailable as error:
            raise Refused(self._unavailable(learner), 503) from error
        # One answer for "does not exist" and "is not yours": nothing can be learned by trying codes.
        if row is None or not (row.user_id == learner.user_id or learner.is_staff):
            raise Refused(_("There is no such signed pledge of yours here."), 404)
        return row

    def _document(self, row) -> str:
        """A whole HTML page in the language in which it was signed."""
        with translation.override(row.language):
            bidi = translation.get_language_bidi()
            return render("dti/pdf_pledge.html", {**self._shown(row), "direction": "rtl" if bidi else "ltr"})

    # -- for staff -----------------------------------------------------------------------------------------------------

    def _staff_report(self, learner, current: str) -> str:
        if learner is None or not learner.is_staff or in_studio(self):
            return ""
        context = {
            "counts": pledges.counts(self._usage, current),
            "latest": [self._listed(row) for row in pledges.latest(self._usage, SHOWN_IN_REPORT)],
            "csv_url": self.form_action("signed_csv"),
        }
        return render("dti/pledge_report.html", context)

    @download
    def signed_csv(self, learner: Learner, query):
        """All signatures in this block, for staff."""
        if not learner.is_staff:
            raise Refused(_("Only course staff can download this."), 403)
        pledge, _problems = olx.examine(self.content)
        current = wording_hash(pledge) if pledge else ""
        try:
            rows = list(pledges.every(self._usage))
        except RecordsUnavailable as error:
            raise Refused(self._unavailable(learner), 503) from error
        return pledge_report.csv_file(rows, current), "text/csv", "signed-pledges.csv"

    def generate_report_data(self, user_state_iterator, limit_responses=None):
        """Columns for the platform's problem-response report, from the records: (username, {column: value})."""
        for count, row in enumerate(pledges.every(self._usage)):
            if limit_responses is not None and count >= limit_responses:
                return
            yield (
                row.username,
                {
                    _("Signed name"): row.signed_name,
                    _("Signed at (UTC)"): row.document["signed_at"],
                    _("Wording"): row.wording_hash,
                    _("Verification code"): row.code,
                },
            )

    # -- for the platform ----------------------------------------------------------------------------------------------

    @property
    def _usage(self) -> str:
        return str(self.scope_ids.usage_id)

    def problems(self) -> list:
        return olx.examine(self.content)[1]

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


def _entries(pledge, form) -> signing.Entries:
    return signing.Entries(
        affirmed=frozenset(value for value in form.getall("affirm") if isinstance(value, str)),
        answers={question.id: signing.clean(form.get(f"answer-{question.id}")) for question in pledge.questions},
        consent=form.get("consent") == "yes",
        name=signing.clean(form.get("name")),
        reason=signing.clean(form.get("reason")),
    )
