"""What a signer sees: the pledge with the next step, or the signed pledge."""

from __future__ import annotations

import logging

from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from ...pages.notices import notice
from ...pages.pledge import words as pledge_words
from ...platform.addresses import form_action, page_context
from ...platform.learner import Learner, impersonator, in_studio, keeps_records
from ...platform.origin import kept_of_origin
from ...pledge import journey, masks, olx, rules, signing, standing, strokes
from ...records.access import RecordsUnavailableError
from ...templating import render
from ...templating.dates import day_text, moment_text
from .copy import record_html

log = logging.getLogger(__name__)

GATED, READ, AGREE, SIGN = "gated", "read", "agree", "sign"


class PledgeScreen:
    """A part of the pledge block: see the module."""

    def screen(self, learner: Learner | None) -> str:
        """The pledge with the next step, or the signed pledge; with the report below it for staff."""
        try:
            return self._screen(learner)
        except RecordsUnavailableError:
            log.exception("Signed pledges cannot be read: are the migrations of dti_records applied?")
            return notice(self.unavailable(learner))

    def _screen(self, learner) -> str:
        signed = self.signed_by(learner)
        pledge, _problems = olx.examine(self.content)
        problems = self.problems()
        if pledge is None or not rules.signable(problems):
            return self._unsound(learner, problems, signed)
        place = self.place(learner, pledge, signed)
        staff = impersonator(learner) if signed else None
        if staff is not None:  # who looks at the course as a learner reads the learner's record
            self.note_staff_reading(staff, "record", learner.username, len(signed))
        elif signed:
            self.report_once(signed[-1])
        now = place.standing.current
        parts = []
        if now is not None and now.document is not None:
            parts.append(render("dti/pledge/signed.html", self._signed_context(now, place)))
        elif now is not None:
            parts.append(notice(_("You have signed this pledge. The record's text was removed when its time of keeping ended.")))
        if place.standing.may_sign:
            self.note_opening(learner, place)
            parts.append(render("dti/pledge/screen.html", self._form_context(place, learner)))
        earlier = [self.listed(row) for row in reversed(signed) if row is not now and row.document is not None]
        if earlier:
            parts.append(render("dti/pledge/earlier.html", {"earlier": earlier}))
        parts.append(self.staff_summary(learner, place.wording_hash))
        return format_html_join("", "{}", ((part,) for part in parts))

    def _unsound(self, learner, problems, signed) -> str:
        parts = [notice(_("This pledge is being edited. Please come back later."))]
        if learner is not None and learner.is_staff and not in_studio(self):  # Studio's page lists them itself
            parts.append(self.problem_listing(problems))
        earlier = [self.listed(row) for row in reversed(signed) if row.document is not None]
        if earlier:
            parts.append(render("dti/pledge/earlier.html", {"earlier": earlier}))
        parts.append(self.staff_summary(learner, ""))
        return format_html_join("", "{}", ((part,) for part in parts))

    # -- the form ------------------------------------------------------------------------------------------------------

    def _form_context(self, place, learner) -> dict:
        around = place.around
        missing = self.gates(learner, place.now) if keeps_records(self) else []
        return {
            **page_context(self),
            "pledge": place.pledge,
            "around": around,
            "disclosure": around.disclosure.split("\n"),
            "phase": self._phase(place, missing),
            "missing": missing,
            "again": place.standing.current is not None,
            "why": self._why(place.standing),
            "agreed_text": moment_text(place.journey.consent.given_at) if place.journey.consent else "",
            "ended": place.journey.reading.ended_at is not None,
            "records_kept": keeps_records(self),
            "questions": [self._question(question) for question in place.pledge.questions],
            "turn": place.standing.turn,
            "origin_kept": pledge_words.origin_kept(*kept_of_origin()),
            "shown": place.shown,
            "account_name": self.signer(learner).account_name if learner else "",
            "drawing": self.allow_drawing,
            "pad": {"width": strokes.WIDTH, "height": strokes.HEIGHT},
            "longest": {"name": signing.LONGEST_NAME, "answer": signing.LONGEST_ANSWER, "reason": signing.LONGEST_REASON},
            "actions": {name: form_action(self, name) for name in ("read_to_end", "agree", "take_back", "sign")},
        }

    def _phase(self, place, missing: list[str]) -> str:
        if not keeps_records(self):
            return SIGN  # an author's preview shows the last step, which has everything
        if missing:
            return GATED
        if self.require_reading and place.journey.reading.by != journey.BUTTON:
            return READ
        return SIGN if place.journey.consent else AGREE

    def _why(self, stands: standing.Standing) -> str:
        """Why the pledge is to be signed again, as a sentence; "" the first time."""
        if stands.current is not None:
            return _("You may sign again now, for the time after that.")
        if stands.why == standing.WORDING:
            return _(
                "The wording of this pledge has changed since you signed it. Please read it and sign again. What you signed "
                "before stays on record."
            )
        if stands.why == standing.EXPIRED:
            return _(
                "Your signature ran out on {day}. Please read the pledge and sign again. What you signed before stays on record."
            ).format(day=day_text(stands.ends))
        if stands.why == standing.WITHDRAWN:
            return _(
                "Your last signature was withdrawn; your course staff know why. You may sign again. What you signed before "
                "stays on record."
            )
        return ""

    @staticmethod
    def _question(question) -> dict:
        return {
            "id": question.id,
            "label": question.label,
            "required": question.required,
            "hint": question.hint,
            "options": question.options,
            "pattern": masks.page_pattern(question.mask) if question.mask else "",
            "form": pledge_words.form_words(question.mask) if question.mask else "",
        }

    # -- the signed pledge ---------------------------------------------------------------------------------------------

    def _signed_context(self, row, place) -> dict:
        ends = place.standing.ends
        return {
            "html": record_html(row, "h5"),
            "when": moment_text(row.signed_at),
            "code": row.code,
            "ends": day_text(ends) if ends else "",
            "remind": place.standing.remind,
            **self.links(row),
        }

    def links(self, row) -> dict:
        """Where the copies of a signature are."""
        return {
            "pdf_url": self.runtime.handler_url(self, "pdf", query=f"code={row.code}"),
            "print_url": self.runtime.handler_url(self, "printable", query=f"code={row.code}"),
        }

    def listed(self, row) -> dict:
        """A signature in a list of the signer's own."""
        label = row.document.get("wording", {}).get("label", "")
        return {
            "code": row.code,
            "when": moment_text(row.signed_at),
            "label": label,
            "withdrawn": row.withdrawn,
            **self.links(row),
        }
