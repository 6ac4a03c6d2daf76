"""The acts of a signer: reading to the end, agreeing to sign electronically, signing. Each is a form of its own."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from ...pages.pledge import words as pledge_words
from ...platform.assets import course_asset
from ...platform.learner import Learner, course_key, is_impersonated, keeps_records
from ...platform.origin import origin
from ...platform.progress import emit
from ...platform.standing import result_of
from ...platform.titles import course_title
from ...pledge import journey, olx, rules, seal, signing, standing, strokes
from ...pledge.model import Pledge
from ...pledge.opening import opening
from ...pledge.wording import shown_hash, wording_hash
from ...records.access import RecordsUnavailableError
from ...records.pledge import events as pledge_events
from ...records.pledge import pledges
from ...templating.dates import day_text
from ..base import RefusedError, action

log = logging.getLogger(__name__)

MOST_AGREEMENTS = 20  # to one signature: each is a record for good

TOLD = {  # what the tracking log is told of events
    journey.OPENED: "dti.pledge.opened",
    journey.ENDED: "dti.pledge.read_to_end",
    journey.CONSENTED: "dti.pledge.consented",
    journey.TAKEN_BACK: "dti.pledge.consent_taken_back",
}


@dataclass(frozen=True)
class Place:
    """Where a signer stands now: the pledge, the signatures on record and the way to the next one."""

    pledge: Pledge
    wording_hash: str
    signed: list
    standing: standing.Standing
    journey: journey.Journey
    around: signing.Surroundings
    now: datetime

    @property
    def shown(self) -> str:
        """The hash of the text on the page."""
        return shown_hash(self.pledge, self.around.title, self.around.as_dict())


class PledgeAct:
    """A part of the pledge block: see the module."""

    def place(self, learner: Learner | None, pledge: Pledge, signed: list) -> Place:
        """Where `learner` stands with `pledge`, of which `signed` is on record."""
        now = datetime.now(UTC).replace(microsecond=0)
        current = wording_hash(pledge)
        stands = standing.standing(signed, current, standing.Terms(self.valid_months, self.remind_days), now)
        events = []
        if learner is not None and stands.may_sign and keeps_records(self):
            events = pledge_events.of_learner(learner.user_id, self.usage_text, journey.KINDS)
        way = journey.journey(events, stands.turn, current, pledge_words.DISCLOSURE_VERSION)
        around = pledge_words.surroundings(self.display_name)
        if not keeps_records(self):  # an author tries it out: there is nothing to agree to
            trial = signing.Consent(around.consent, around.agree, around.disclosure, around.disclosure_version, now)
            way = journey.Journey(way.reading, trial, 0)
        return Place(pledge, current, signed, stands, way, around, now)

    def gates(self, learner: Learner | None, now: datetime) -> list[str]:
        """What is still missing before the pledge may be signed, as sentences; empty when nothing is."""
        missing = []
        opens = opening(self.opens_on)  # an unsound one is a problem of the content: nobody gets here
        if opens is not None and now < opens:
            missing.append(_("This pledge can be signed from {day} on.").format(day=day_text(opens)))
        if self.gate_block.strip() and learner is not None:
            missing += self._gate(learner)
        return missing

    def _gate(self, learner) -> list[str]:
        result = result_of(self, learner, self.gate_block.strip())
        if result is None:
            return [
                _("Whether you may sign cannot be checked right now. Please try again in a while, or tell your course staff.")
            ]
        if not result.found:
            return [_("What has to be passed first cannot be found in this course. Please tell your course staff.")]
        needed = self.gate_percent
        if result.share is None:
            return [_("First complete “{title}” with at least {needed}%. You have no result there yet.").format(
                title=result.title, needed=needed)]  # fmt: skip
        have = int(result.share * 100 + 1e-9)
        if have < needed and not result.told:
            return [_("First complete “{title}” with at least {needed}%. Your result there is not enough yet.").format(
                title=result.title, needed=needed)]  # fmt: skip
        if have < needed:
            return [_("First complete “{title}” with at least {needed}%. You have {have}% so far.").format(
                title=result.title, needed=needed, have=have)]  # fmt: skip
        return []

    # -- events --------------------------------------------------------------------------------------------------------

    def note_opening(self, learner: Learner | None, place: Place) -> None:
        """Record that this person has the pledge before them, once for each turn and wording."""
        if learner is None or place.journey.reading.opened_at or not self._may_record(learner) or not place.standing.may_sign:
            return
        key = journey.key(place.standing.turn, journey.OPENED, place.wording_hash)
        self._note(learner, journey.OPENED, key, place.standing.turn, place.now, {"wording": place.wording_hash})

    def _note(self, learner, kind: str, key: str, turn: int, at: datetime, details: dict) -> None:
        if not keeps_records(self):
            return  # an author tries it out
        happening = pledge_events.Happening(
            kind=kind,
            key=key,
            user_id=learner.user_id,
            username=learner.username,
            course_key=str(course_key(self) or ""),
            usage_key=self.usage_text,
            at=at,
            details=details,
        )
        _row, added = pledge_events.note(happening)
        if added:
            emit(self, TOLD[kind], {"turn": turn})

    def _may_record(self, learner) -> bool:
        return keeps_records(self) and not is_impersonated(learner)

    # -- forms ---------------------------------------------------------------------------------------------------------

    @action
    def read_to_end(self, learner: Learner, form):
        """Record that the end of the pledge was reached. `seconds` is how long the page was in view, as the browser says."""
        with self._acting(learner) as place:
            by = journey.SCROLL if form.get("by") == journey.SCROLL else journey.BUTTON
            if place.standing.may_sign and place.journey.reading.by not in (by, journey.BUTTON):
                self._same_text(form, place)
                opened_at = place.journey.reading.opened_at
                seconds = journey.seconds_in_view(form.get("seconds", ""), opened_at, place.now)
                details = {"wording": place.wording_hash, "seconds": seconds, "by": by}
                named = journey.end_key(place.standing.turn, place.wording_hash, by)
                self._note(learner, journey.ENDED, named, place.standing.turn, place.now, details)

    @action
    def agree(self, learner: Learner, form):
        """Record the agreement to sign electronically, with the words that were on the page."""
        with self._acting(learner) as place:
            if not place.standing.may_sign or place.journey.consent:
                return
            self._same_text(form, place)
            self._open_for(learner, place)
            if place.journey.agreed >= MOST_AGREEMENTS:
                raise RefusedError(_("You have agreed and taken it back many times. Please ask your course staff for help."), 409)
            if form.get("consent") != "yes":
                raise RefusedError(_("Check the box to agree to sign electronically. Nothing was recorded."))
            around = place.around
            details = {
                "statement": around.consent,
                "button": around.agree,
                "disclosure": around.disclosure,
                "disclosure_version": around.disclosure_version,
                "disclosure_hash": seal.text_digest(around.disclosure),
                "language": around.language,
            }
            key = journey.key(place.standing.turn, journey.CONSENTED, place.journey.agreed)
            self._note(learner, journey.CONSENTED, key, place.standing.turn, place.now, details)

    @action
    def take_back(self, learner: Learner, form):
        """Record that the agreement was taken back, before anything was signed by it."""
        with self._acting(learner) as place:
            if place.standing.may_sign and place.journey.consent:
                details = {"given_at": signing.moment(place.journey.consent.given_at)}
                key = journey.key(place.standing.turn, journey.TAKEN_BACK, place.journey.agreed - 1)
                self._note(learner, journey.TAKEN_BACK, key, place.standing.turn, place.now, details)

    @action
    def sign(self, learner: Learner, form):
        """Record the signature. Sent twice, from two tabs, or again after a lost answer, it is recorded once."""
        with self._acting(learner) as place:
            if not place.standing.may_sign or any(str(row.turn) == form.get("turn") for row in place.signed):
                return  # the second tab; the screen shows the signed pledge
            self._same_text(form, place)
            self._open_for(learner, place)
            if place.journey.consent is None:
                raise RefusedError(
                    _("You have not agreed to sign electronically, or took it back. Nothing was signed. Reload the page."), 409
                )
            self._sign(learner, place, form)

    def _open_for(self, learner, place) -> None:
        missing = self.gates(learner, place.now)
        if self.require_reading and place.journey.reading.by != journey.BUTTON and keeps_records(self):
            missing.append(_("Read the pledge to its end first."))
        if missing:
            raise RefusedError(" ".join([_("Nothing was signed."), *missing]), 409)

    def _same_text(self, form, place) -> None:
        if form.get("shown") != place.shown:
            raise RefusedError(
                _("The pledge or its language has changed since you opened this page. Nothing was signed. Reload and read it."),
                409,
            )

    def _acting(self, learner) -> _Acting:
        """The place of somebody who acts. Raises `RefusedError` for who may not."""
        return _Acting(self, learner)

    def _sign(self, learner, place: Place, form) -> None:
        pledge, around = place.pledge, place.around
        signer, entries = self.signer(learner), self._entries(pledge, form)
        missing = signing.gaps(pledge, entries, signer)
        if missing:
            raise RefusedError(pledge_words.refusal(missing))
        if not keeps_records(self):
            raise RefusedError(_("Everything is filled in. This is a preview for authors: nothing is signed or kept here."))
        act = self._signing_act(place)
        draft = pledges.Draft(
            user_id=learner.user_id,
            username=learner.username,
            course_key=act.course,
            usage_key=act.block,
            turn=act.turn,
            full_name=learner.full_name,
            signed_name=entries.name,
            method="drawn" if entries.strokes else "typed",
            wording_hash=place.wording_hash,
            language=around.language,
            signed_at=act.signed_at,
            valid_until=act.valid_until,
            private=act.private,
            build=lambda code: signing.document(
                pledge, entries, signer, around, place.journey.consent, place.journey.reading, act, code
            ),
        )
        row, added = pledges.add(draft, lambda: seal.make_code(secrets.choice))
        if added:
            emit(self, "dti.pledge.signed", {"wording_hash": row.wording_hash, "language": row.language, "turn": row.turn})

    def _signing_act(self, place: Place) -> signing.Act:
        logo = course_asset(self, self.agency_logo) if self.agency_logo else None
        local = timezone.localtime(place.now).utcoffset()
        return signing.Act(
            course=str(course_key(self) or ""),
            block=self.usage_text,
            turn=place.standing.turn,
            signed_at=place.now,
            valid_until=standing.months_later(place.now, self.valid_months) if self.valid_months else None,
            wording_label=signing.clean(self.wording_label),
            course_title=course_title(self),
            certificate_text=self.certificate_lines(),
            logo=pledges.keep_image(*logo) if logo else "",
            shown=place.shown,
            server_offset=int(local.total_seconds() // 60) if local else 0,
            origin=origin(),
            salt=secrets.token_hex(16),
        )

    def certificate_lines(self) -> str:
        """The author's text for the certificate: plain lines."""
        return "\n".join(filter(None, (signing.clean(line) for line in self.certificate_text.splitlines())))

    def _entries(self, pledge, form) -> signing.Entries:
        try:
            drawn = strokes.read(form.get("strokes", "")) if self.allow_drawing else []
        except strokes.StrokesUnsound as error:
            raise RefusedError(pledge_words.drawing_refused(error.code)) from error
        return signing.Entries(
            affirmed=frozenset(form.getall("affirm")),
            answers={question.id: signing.clean(form.get(f"answer-{question.id}")) for question in pledge.questions},
            name=signing.clean(form.get("name")),
            reason=signing.clean(form.get("reason")),
            strokes=drawn,
            offset=signing.read_offset(form.get("offset", "")),
        )

    def signer(self, learner: Learner) -> signing.Signer:
        """Whose account it is. The platform's account may have no full name: the base then gives the username, nobody's name."""
        known = learner.full_name != learner.username
        return signing.Signer(learner.user_id, learner.username, signing.clean(learner.full_name) if known else "")


class _Acting:
    """`with` it, a signer acts: gives the `Place`, and turns a database that cannot be reached into a sentence."""

    def __init__(self, block: PledgeAct, learner: Learner):
        self._block, self._learner = block, learner

    def __enter__(self) -> Place:
        block, learner = self._block, self._learner
        pledge, _problems = olx.examine(block.content)
        if pledge is None or not rules.signable(block.problems()):
            raise RefusedError(_("This pledge is being edited. Nothing was signed. Please come back later."))
        if is_impersonated(learner):
            raise RefusedError(_("You are viewing the course as a learner. Nobody can sign for another person."), 403)
        try:
            return block.place(learner, pledge, block.signed_by(learner))
        except RecordsUnavailableError as error:
            raise _unreachable() from error

    def __exit__(self, kind, error, trace) -> None:
        if isinstance(error, RecordsUnavailableError):
            log.exception("A signature or event could not be recorded")
            raise _unreachable() from error


def _unreachable() -> RefusedError:
    return RefusedError(
        _(
            "The records cannot be reached, so your signature may not have been saved. Please try again in a while; "
            "it cannot be recorded twice."
        ),
        503,
    )
