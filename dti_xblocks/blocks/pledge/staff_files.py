"""The ZIP of PDF files that staff ask for, the state of the chain's seal, and its last check."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ...pdf import fault as pdf_fault
from ...platform import tasks as work
from ...platform.addresses import form_action
from ...platform.learner import Learner
from ...records import tasks
from ...records.jobs import FAILED, READY
from ...records.pledge import bundles, chain_checks
from ...records.pledge import chain as pledge_chain
from ...records.pledge import roster as pledge_roster
from ...records.pledge.rows import BundleRow
from ...seals.site import site_keys
from ...templating.dates import moment_text
from ...templating.listing import short_number
from .host import PledgeHost
from .staff_query import asked_now, now


def chain_state(block: PledgeHost) -> dict[str, Any]:
    """How far the course's chain is sealed, and what the operator has to do where it is not."""
    state, keys = pledge_chain.state(block.where.course), site_keys()
    return {
        "length": short_number(state["length"]),
        "sealed": short_number(state["length"] - state["unsigned"]),
        "unsigned": short_number(state["unsigned"]) if state["unsigned"] else "",
        "pending": short_number(state["pending"]) if state["pending"] else "",
        "begun": bool(state["length"] or state["pending"]),
        "fault": keys.fault,
        "missing": keys.missing and not keys.fault,
    }


def files(block: PledgeHost, learner: Learner) -> dict[str, Any]:
    """The ZIP of PDF files that this member of staff has asked for, and the last check of the chain."""
    where, moment = block.where, now()
    row = bundles.find(learner.user_id, where.usage)
    if row is not None and bundles.JOBS.given_up(row, moment):
        work.later(tasks.make_pledge_files, row.id)
    check = chain_checks.last(where.course, where.usage, moment)
    signed = pledge_roster.counts(asked_now(block))["signatures"]
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
        "zip_url": form_action(block, "signed_files"),
        "state_url": form_action(block, "files_state"),
        "again_url": block.runtime.handler_url(block, "signatures", query="part=files"),
    }


def _bundle(row: BundleRow) -> dict[str, Any]:
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


def _check(result: chain_checks.Result) -> dict[str, Any]:
    return {
        "state": result.state,
        "when": moment_text(result.at),
        "records": short_number(result.records),
        "faults": short_number(result.faults),
        "first": result.first,
        "head": result.head,
    }
