"""The acts of a signer: reading to the end, agreeing to sign electronically, signing. Each is a form of its own."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from webob.multidict import MultiDict

from ...pages.pledge import words as pledge_words
from ...platform.assets import course_asset
from ...platform.learner import Learner, is_impersonated, keeps_records
from ...platform.origin import origin
from ...platform.progress import emit
from ...platform.titles import course_title
from ...pledge import journey, olx, rules, seal, signing, strokes
from ...pledge.model import Pledge
from ...pledge.validity import months_later
from ...records.access import RecordsUnavailableError
from ...records.pledge import chain, pledges
from ...records.pledge import events as pledge_events
from ..base import RefusedError
from . import plan
from .gates import missing_before, wants_reading
from .host import PledgeHost
from .signer import SignerState, signed_by, signer_state

log = logging.getLogger(__name__)

MOST_AGREEMENTS = 20  # to one signature: each is a record for good

TRACKED = {  # what events are called in the platform's tracking log
    journey.OPENED: "dti.pledge.opened",
    journey.ENDED: "dti.pledge.read_to_end",
    journey.CONSENTED: "dti.pledge.consented",
    journey.TAKEN_BACK: "dti.pledge.consent_taken_back",
}


def note_opening(block: PledgeHost, learner: Learner | None, state: SignerState) -> None:
    """Record that this person has the pledge before them, once for each turn and wording."""
    if learner is None or state.journey.reading.opened_at or not state.may_sign or is_impersonated(learner):
        return
    key = journey.key(state.turn, journey.OPENED, state.wording_hash)
    _note(block, learner, journey.OPENED, key, state, {"wording": state.wording_hash})


def read_to_end(block: PledgeHost, learner: Learner, form: MultiDict) -> None:
    """Record that the end of the pledge was reached. `seconds` is how long the page was in view, as the browser says."""
    with _acting(block, learner) as state:
        reading = state.journey.reading
        by = journey.SCROLL if form.get("by") == journey.SCROLL else journey.BUTTON
        if state.may_sign and reading.by not in (by, journey.BUTTON):
            _refuse_other_text(form, state)
            seconds = journey.seconds_in_view(form.get("seconds", ""), reading.opened_at, state.now)
            key = journey.end_key(state.turn, state.wording_hash, by)
            _note(block, learner, journey.ENDED, key, state, {"wording": state.wording_hash, "seconds": seconds, "by": by})


def agree(block: PledgeHost, learner: Learner, form: MultiDict) -> None:
    """Record the agreement to sign electronically, with the words that were on the page."""
    with _acting(block, learner) as state:
        if not state.may_sign or state.journey.consent:
            return
        _refuse_other_text(form, state)
        _refuse_closed(block, learner, state)
        if state.journey.agreed >= MOST_AGREEMENTS:
            raise RefusedError(_("You have agreed and taken it back many times. Please ask your course staff for help."), 409)
        if form.get("consent") != "yes":
            raise RefusedError(_("Check the box to agree to sign electronically. Nothing was recorded."))
        around = state.around
        details = {
            "statement": around.consent_statement,
            "button": around.consent_button,
            "disclosure": around.disclosure,
            "disclosure_version": around.disclosure_version,
            "disclosure_hash": seal.text_digest(around.disclosure),
            "language": around.language,
        }
        key = journey.key(state.turn, journey.CONSENTED, state.journey.agreed)
        _note(block, learner, journey.CONSENTED, key, state, details)


def take_back(block: PledgeHost, learner: Learner, form: MultiDict) -> None:
    """Record that the agreement was taken back, before anything was signed by it."""
    with _acting(block, learner) as state:
        if state.may_sign and state.journey.consent:
            key = journey.key(state.turn, journey.TAKEN_BACK, state.journey.agreed - 1)
            details = {"given_at": signing.moment(state.journey.consent.given_at)}
            _note(block, learner, journey.TAKEN_BACK, key, state, details)


def look_again(block: PledgeHost, learner: Learner, form: MultiDict) -> None:
    """Show the signed pledge as it now is: with its seal, once it has one. What should have been sealed by now is sealed."""
    chain.later(block.where.course)


def sign(block: PledgeHost, learner: Learner, form: MultiDict) -> None:
    """Record the signature. Sent twice, from two tabs, or again after a lost answer, it is recorded once."""
    with _acting(block, learner) as state:
        if not state.may_sign or any(str(row.turn) == form.get("turn") for row in state.signed):
            return  # the second tab; the screen shows the signed pledge
        _refuse_other_text(form, state)
        _refuse_closed(block, learner, state)
        consent = state.journey.consent
        if consent is None:
            raise RefusedError(
                _("You have not agreed to sign electronically, or took it back. Nothing was signed. Reload the page."), 409
            )
        entries = _entries(block, state.pledge, form, plan.chosen(block, learner, form))
        signer = signing.Signer(learner.user_id, learner.username, learner.full_name)
        if gaps := signing.gaps(state.pledge, entries, signer):
            raise RefusedError(pledge_words.refusal(gaps))
        if not keeps_records(block):
            raise RefusedError(_("Everything is filled in. This is a preview for authors: nothing is signed or kept here."))
        act = _signing_act(block, state)
        signature = signing.Signature(state.pledge, entries, signer, state.around, consent, state.journey.reading, act)
        row, added = pledges.add(signature, lambda: seal.make_code(secrets.choice))
        if added:
            data = {"wording_hash": row.wording_hash, "language": row.language, "turn": row.turn}
            emit(block, "dti.pledge.signed", data)


@contextmanager
def _acting(block: PledgeHost, learner: Learner) -> Iterator[SignerState]:
    """The state of a signer who acts. Raises `RefusedError` for those who may not, and where the records cannot be reached."""
    pledge, _problems = olx.examine(block.content)
    if pledge is None or not rules.signable(block.problems()):
        raise RefusedError(_("This pledge is being edited. Nothing was signed. Please come back later."))
    if is_impersonated(learner):
        raise RefusedError(_("You are viewing the course as a learner. Nobody can sign for another person."), 403)
    try:
        yield signer_state(block, learner, pledge, signed_by(block, learner))
    except RecordsUnavailableError as error:
        log.exception("A signature or event could not be recorded")
        raise RefusedError(
            _(
                "The records cannot be reached, so your signature may not have been saved. Please try again in a while; "
                "it cannot be recorded twice."
            ),
            503,
        ) from error


def _note(block: PledgeHost, learner: Learner, kind: str, key: str, state: SignerState, details: dict[str, Any]) -> None:
    if not keeps_records(block):
        return  # an author tries it out
    happening = pledge_events.Happening(
        kind=kind,
        key=key,
        user_id=learner.user_id,
        username=learner.username,
        course_key=block.where.course,
        usage_key=block.where.usage,
        at=state.now,
        details=details,
    )
    _row, added = pledge_events.note(happening)
    if added:
        emit(block, TRACKED[kind], {"turn": state.turn})


def _refuse_closed(block: PledgeHost, learner: Learner, state: SignerState) -> None:
    missing = missing_before(block, learner, state.now)
    if wants_reading(block, state):
        missing.append(_("Read the pledge to its end first."))
    if missing:
        raise RefusedError(" ".join([_("Nothing was signed."), *missing]), 409)


def _refuse_other_text(form: MultiDict, state: SignerState) -> None:
    if form.get("shown") != state.shown:
        raise RefusedError(
            _("The pledge or its language has changed since you opened this page. Nothing was signed. Reload and read it."), 409
        )


def _signing_act(block: PledgeHost, state: SignerState) -> signing.Act:
    logo = course_asset(block, block.agency_logo) if block.agency_logo else None
    return signing.Act(
        course=block.where.course,
        block=block.where.usage,
        turn=state.turn,
        signed_at=state.now,
        valid_until=months_later(state.now, block.valid_months) if block.valid_months else None,
        wording_label=signing.clean(block.wording_label),
        course_title=course_title(block),
        certificate_text="\n".join(filter(None, (signing.clean(line) for line in block.certificate_text.splitlines()))),
        logo=pledges.keep_image(*logo) if logo else "",
        shown=state.shown,
        server_offset=_server_offset(state.now),
        origin=origin(),
        salt=secrets.token_hex(16),
    )


def _server_offset(now: datetime) -> int:
    offset = timezone.localtime(now).utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


def _entries(block: PledgeHost, pledge: Pledge, form: MultiDict, own_plan: dict[str, str]) -> signing.Entries:
    try:
        drawn = strokes.read(form.get("strokes", "")) if block.allow_drawing else []
    except strokes.StrokesUnsoundError as error:
        raise RefusedError(pledge_words.drawing_refused(error.code)) from error
    return signing.Entries(
        affirmed=frozenset(form.getall("affirm")),
        answers={question.id: signing.clean(form.get(f"answer-{question.id}")) for question in pledge.questions},
        name=signing.clean(form.get("name")),
        reason=signing.clean(form.get("reason")),
        strokes=drawn,
        offset=signing.read_offset(form.get("offset", "")),
        plan=own_plan,
    )
