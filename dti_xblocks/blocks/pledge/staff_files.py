"""The ZIP of PDF files that staff ask for, the state of the chain's seal, and its last check."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ...pdf import fault as pdf_fault
from ...platform import tasks as work
from ...platform.addresses import form_action
from ...platform.learner import course_key
from ...records import tasks
from ...records.jobs import FAILED, READY
from ...records.pledge import bundles, chain_checks
from ...records.pledge import chain as pledge_chain
from ...records.pledge import roster as pledge_roster
from ...seals.site import site_keys
from ...templating.dates import moment_text
from ...templating.listing import short_number
from .report import now


def chain_state(block) -> dict:
    """How far the course's chain is sealed, and what the operator has to do where it is not."""
    state, keys = pledge_chain.state(str(course_key(block) or "")), site_keys()
    return {
        "length": short_number(state["length"]),
        "sealed": short_number(state["length"] - state["unsigned"]),
        "unsigned": short_number(state["unsigned"]) if state["unsigned"] else "",
        "pending": short_number(state["pending"]) if state["pending"] else "",
        "begun": bool(state["length"] or state["pending"]),
        "fault": keys.fault,
        "missing": keys.missing and not keys.fault,
    }


def files(block, learner) -> dict:
    """The ZIP of PDF files that this member of staff has asked for, and the last check of the chain."""
    course, moment = str(course_key(block) or ""), now()
    row = bundles.find(learner.user_id, block.usage_text)
    if row is not None and bundles.JOBS.given_up(row, moment):
        work.later(tasks.make_pledge_files, row.id)
    check = chain_checks.last(course, block.usage_text, moment)
    signed = pledge_roster.counts(block.asked_now())["signatures"]
    return {
        "bundle": _bundle(row) if row is not None else None,
        "signed": short_number(signed),
        "any": bool(signed),
        "no_pdf": bool(pdf_fault()),
        "unsealed": site_keys().missing,
        "check": _check(check) if check is not None else None,
        "chain": chain_state(block),
        "prepare_url": form_action(block, "prepare_files"),
        "check_url": form_action(block, "check_chain"),
        "zip_url": block.runtime.handler_url(block, "signed_files").rstrip("?"),
        "state_url": block.runtime.handler_url(block, "files_state").rstrip("?"),
        "again_url": block.runtime.handler_url(block, "signatures", query="part=files"),
    }


def _bundle(row) -> dict:
    reasons = {
        "unavailable": _("PDF files cannot be made on this site. Its operators can put that right."),
        "lost": _("The making was interrupted too often. Its operators can see why in the log."),
    }
    return {
        "ready": row.state == READY,
        "failed": row.state == FAILED,
        "waits": row.state not in (READY, FAILED),
        "done": short_number(row.done),
        "total": short_number(row.total),
        "percent": min(100, 100 * row.done // row.total) if row.total else 0,
        "asked": moment_text(row.asked_at),
        "reason": reasons.get(row.reason, _("Something went wrong. Please try again; if it happens again, tell the operators.")),
    }


def _check(found) -> dict:
    return {
        "state": found.state,
        "when": moment_text(found.at),
        "records": short_number(found.records),
        "faults": short_number(found.faults),
        "first": found.first,
        "head": found.head,
    }
