"""What a signer sees: the pledge with the next step, or the signed pledge."""

from __future__ import annotations

import logging
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ...content import Problem
from ...pages.notices import notice
from ...pages.pledge import record as pages
from ...pages.pledge import words as pledge_words
from ...pages.pledge.letterhead import letterhead
from ...pdf import qr_code
from ...platform.addresses import form_action, page_context
from ...platform.institution import institution
from ...platform.learner import Learner, impersonator, in_studio, keeps_records
from ...platform.origin import kept_of_origin
from ...pledge import journey, masks, olx, rules, signing, strokes
from ...pledge.model import Question
from ...records.access import RecordsUnavailableError
from ...records.pledge.rows import SignedRow
from ...records.pledge.sealed import sealed_record
from ...seals.site import site_keys
from ...templating import render
from ...templating.dates import day_text, moment_text
from . import plan, staff
from .acts import note_opening
from .audit import note_reading
from .gates import missing_before, wants_reading
from .host import PledgeHost
from .signer import SignerState, report_once, signed_by, signer_state

log = logging.getLogger(__name__)

GATED, READ, AGREE, SIGN = "gated", "read", "agree", "sign"
PHASES = (READ, AGREE, SIGN)


def screen(block: PledgeHost, learner: Learner | None) -> SafeString:
    """The pledge with the next step, or the signed pledge; with the report below it for staff."""
    try:
        return _joined(_parts(block, learner))
    except RecordsUnavailableError:
        log.exception("Signed pledges cannot be read: are the migrations of dti_records applied?")
        return notice(pledge_words.unavailable(learner is not None and learner.is_staff))


def _parts(block: PledgeHost, learner: Learner | None) -> list[str]:
    signed = signed_by(block, learner)
    pledge, _problems = olx.examine(block.content)
    problems = block.problems()
    if pledge is None or not rules.signable(problems):
        return _unsound(block, learner, problems, signed)
    state = signer_state(block, learner, pledge, signed)
    _note_look(block, learner, signed)
    current = state.validity.current
    parts = []
    if current is not None and current.document is not None:
        parts.append(render("dti/pledge/signed.html", _signed_context(block, current, state)))
    elif current is not None:
        parts.append(notice(_("You have signed this pledge. The record's text was removed when its time of keeping ended.")))
    if state.may_sign:
        note_opening(block, learner, state)
        parts.append(render("dti/pledge/screen.html", _form_context(block, state, learner)))
    return [*parts, *_earlier(block, signed, current), staff.summary(block, learner, state.wording_hash)]


def _note_look(block: PledgeHost, learner: Learner | None, signed: list[SignedRow]) -> None:
    """What it means that somebody looks at what was signed."""
    if learner is None or not signed:
        return
    reader = impersonator(learner)
    if reader is not None:  # who looks at the course as a learner reads the learner's record
        note_reading(block, reader, "record", learner.username, len(signed))
    else:
        report_once(block, signed[-1])


def _unsound(block: PledgeHost, learner: Learner | None, problems: list[Problem], signed: list[SignedRow]) -> list[str]:
    parts = [notice(_("This pledge is being edited. Please come back later."))]
    if learner is not None and learner.is_staff and not in_studio(block):  # Studio's page lists them itself
        parts.append(render("dti/problems.html", {"problems": problems}))
    return [*parts, *_earlier(block, signed, None), staff.summary(block, learner, "")]


def _joined(parts: list[str]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


# -- the form ------------------------------------------------------------------------------------------------------------------


def _form_context(block: PledgeHost, state: SignerState, learner: Learner | None) -> dict[str, Any]:
    around, consent = state.around, state.journey.consent
    missing = missing_before(block, learner, state.now) if keeps_records(block) else []
    signer = signing.Signer(learner.user_id, learner.username, learner.full_name) if learner else None
    phase = _phase(block, state, missing)
    own_plan = plan.offered(block, learner) if phase == SIGN else ""
    return {
        **page_context(block),
        "pledge": state.pledge,
        "around": around,
        "disclosure": around.disclosure.split("\n"),
        "phase": phase,
        "missing": missing,
        "again": state.validity.current is not None,
        "why": pledge_words.why_again(state.validity),
        "agreed_text": moment_text(consent.given_at) if consent else "",
        "ended": state.journey.reading.ended_at is not None,
        "read": state.journey.reading.by == journey.BUTTON,
        "steps": pledge_words.steps(PHASES.index(phase) if phase in PHASES else None),
        "records_kept": keeps_records(block),
        "questions": [_question(question) for question in state.pledge.questions],
        "turn": state.turn,
        "origin_kept": pledge_words.origin_kept(*kept_of_origin()),
        "shown": state.shown,
        "account_name": signer.account_name if signer else "",
        "drawing": block.allow_drawing,
        "plan": own_plan,
        "plan_mark": plan.mark(own_plan),
        "plan_statement": pledge_words.plan_statement(),
        "pad": {"width": strokes.WIDTH, "height": strokes.HEIGHT},
        "longest": {"name": signing.LONGEST_NAME, "answer": signing.LONGEST_ANSWER, "reason": signing.LONGEST_REASON},
        "actions": {name: form_action(block, name) for name in ("read_to_end", "agree", "take_back", "sign")},
    }


def _phase(block: PledgeHost, state: SignerState, missing: list[str]) -> str:
    if not keeps_records(block):
        return SIGN  # an author's preview shows the last step, which has everything
    if missing:
        return GATED
    if wants_reading(block, state):
        return READ
    return SIGN if state.journey.consent else AGREE


def _question(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "label": question.label,
        "required": question.required,
        "hint": question.hint,
        "options": question.options,
        "pattern": masks.page_pattern(question.mask) if question.mask else "",
        "form": pledge_words.form_words(question.mask) if question.mask else "",
    }


# -- the signed pledge ---------------------------------------------------------------------------------------------------------


def _signed_context(block: PledgeHost, row: SignedRow, state: SignerState) -> dict[str, Any]:
    ends, record, who = state.validity.ends, sealed_record(row), institution()
    seal = pages.SEALED if record.is_sealed else pages.WAITS if site_keys().missing else pages.SOON
    look = {**page_context(block), "look": form_action(block, "look_again")}
    return {
        "certificate": pages.certificate_html(record, qr_code(record.address), letterhead(who.name, who.logo), seal, look),
        "folds": pages.folds_html(record),
        "ends": day_text(ends) if ends else "",
        "remind": state.validity.remind,
        "renewal_url": block.runtime.handler_url(block, "renewal_file", query=f"pledge={row.id}") if ends else "",
        **_links(block, row),
    }


def _earlier(block: PledgeHost, signed: list[SignedRow], current: SignedRow | None) -> list[str]:
    """The list of what was signed before; nothing where there is none."""
    earlier = [_listed(block, row, row.document) for row in reversed(signed) if row is not current and row.document is not None]
    return [render("dti/pledge/earlier.html", {"earlier": earlier})] if earlier else []


def _listed(block: PledgeHost, row: SignedRow, document: dict[str, Any]) -> dict[str, Any]:
    label = document["wording"]["label"]
    when = moment_text(row.signed_at)
    return {"code": row.code, "when": when, "label": label, "withdrawn": row.withdrawn, **_links(block, row)}


def _links(block: PledgeHost, row: SignedRow) -> dict[str, str]:
    """Where the copies of a signature are."""
    return {
        "pdf_url": block.runtime.handler_url(block, "pdf", query=f"pledge={row.id}"),
        "print_url": block.runtime.handler_url(block, "printable", query=f"pledge={row.id}"),
    }
