"""One signature as staff read it: the record, its seal as it is now, and what happened around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ...pages.pledge.record import record_html
from ...platform.addresses import form_action
from ...platform.learner import Learner
from ...pledge import journey, seal, signing
from ...records.pledge import chain as pledge_chain
from ...records.pledge import events as pledge_events
from ...records.pledge import pledges
from ...records.pledge import roster as pledge_roster
from ...records.pledge.columns import part
from ...records.pledge.rows import EventRow, LinkRow, ListedRow, SignedRow
from ...records.pledge.sealed import sealed_record
from ...seals.site import site_keys
from ...templating.dates import day_text, moment_text
from ..base import RefusedError
from .audit import note_reading
from .host import PledgeHost
from .report import method_word, seal_word, status_words
from .staff_list import link as page_link
from .staff_query import asked_now

AFTERWARD = (pledge_events.WITHDRAWN, pledge_events.ERASED)  # what comes after a signature of the same second
SHOWN_EVENTS = (*journey.KINDS, *AFTERWARD)


def record(block: PledgeHost, learner: Learner, number: int) -> tuple[str, str, dict[str, Any]]:
    """(title, template, context) of the page of the signature with this row number."""
    row = pledges.by_number(number, block.where.usage)
    if row is None:
        raise RefusedError(_("There is no such signature in this activity."), 404)
    note_reading(block, learner, "record", row.username, 1)
    every = pledge_roster.of_person(asked_now(block), row.user_id)
    listed = next(one for one in every if one.id == row.id)
    events = pledge_events.of_learner(row.user_id, block.where.usage, SHOWN_EVENTS)
    withdrawal = next((event for event in events if event.kind == pledge_events.WITHDRAWN and event.pledge == row.id), None)
    link = pledge_chain.link_of(pledge_chain.PLEDGE, row.id)
    context = {
        "row": row,
        "number": str(row.id),
        "erased": row.document is None,
        "word": status_words()[listed.status],
        "ends": day_text(listed.ends) if listed.ends else "",
        "signed_text": moment_text(row.signed_at),
        "method": method_word(row.method),
        "private": _private(row),
        "link": link,
        "linked_text": moment_text(link.linked_at) if link else "",
        "seal_word": seal_word(link),
        "seal_fault": _seal_fault(row, link),
        "events": _history(events, every),
        "withdrawal": _withdrawal(withdrawal) if withdrawal else None,
        "others": [{"code": one.code, "when": moment_text(one.signed_at), "word": status_words()[one.status],
                    "address": page_link(block, part="record", pledge=one.id)} for one in every if one.id != row.id],
        "record": record_html(sealed_record(row), "h4") if row.document is not None else "",
        "pdf_url": block.runtime.handler_url(block, "pdf", query=f"pledge={row.id}"),
        "withdraw_url": form_action(block, "withdraw_signature"),
        "longest": signing.LONGEST_REASON,
    }  # fmt: skip
    return row.username or _("Record"), "dti/pledge/staff_record.html", context


def _private(row: SignedRow) -> list[tuple[str, str]]:
    words = {"address": _("Address (IP)"), "browser": _("Browser")}
    return [(words.get(name, name), value) for name, value in (row.private or {}).items() if name != "salt"]


def _seal_fault(row: SignedRow, link: LinkRow | None) -> str:
    """What is wrong with the seal of this record, checked now; "" for nothing."""
    if row.document is not None and (row.document_hash != seal.digest(row.document) or part(row.document, "code") != row.code):
        return str(_("The record is not the one that was signed: it was altered."))
    if link is None:
        return ""
    payload = pledge_chain.payload_of(link)
    if link.entry != row.document_hash or link.digest != seal.digest(payload):
        return str(_("The link in the chain does not belong to this record: one of them was altered."))
    ring = site_keys().ring
    if link.signature and link.key_id not in ring.public:
        return str(
            _("The seal was made with a key that is not known here (key {key}). The operator can add it.").format(key=link.key_id)
        )
    if link.signature and not ring.verify(link.key_id, seal.canonical(payload), link.signature):
        return str(_("The seal is not that of the institution's key: the link was altered."))
    return ""


def _history(events: Sequence[EventRow], signatures: Sequence[ListedRow]) -> list[dict[str, Any]]:
    """Events and signatures of this person in one list, in the order of time."""
    signed = _("signed ({code})")
    turns = {row.id: row.turn for row in signatures}
    lines: list[tuple[datetime, tuple[int, int], dict[str, Any]]] = [
        (event.at, _step(event, turns), _event(event)) for event in events
    ]
    for row in signatures:
        entry = {"when": moment_text(row.signed_at), "what": signed.format(code=row.code), "seconds": None, "by": ""}
        lines.append((row.signed_at, (row.turn, 1), entry))
    return [entry for _at, _order, entry in sorted(lines, key=lambda line: line[:2])]


def _step(event: EventRow, turns: dict[int, int]) -> tuple[int, int]:
    """Where an event belongs among others of the same second: before the signature of its turn, or after it."""
    if event.kind in AFTERWARD:
        return turns.get(event.pledge or 0, 0), 2
    named = re.match(r"t(\d+)/", event.key)
    return int(named[1]) if named else 0, 0


def _event(event: EventRow) -> dict[str, Any]:
    words = {
        journey.OPENED: _("opened the pledge"),
        journey.ENDED: _("said that it was read to the end"),
        journey.CONSENTED: _("agreed to sign electronically"),
        journey.TAKEN_BACK: _("took the agreement back"),
        pledge_events.WITHDRAWN: _("signature withdrawn"),
        pledge_events.ERASED: _("record erased"),
    }
    details = (event.document or {}).get("details") or {}
    seconds = details.get("seconds")
    if event.kind == journey.ENDED and details.get("by") != journey.BUTTON:
        words[journey.ENDED] = _("came to its end")
    return {
        "when": moment_text(event.at),
        "what": words.get(event.kind, event.kind),
        "seconds": seconds if event.kind == journey.ENDED and isinstance(seconds, int) else None,
        "by": (details.get("by") or {}).get("username", "") if event.kind == pledge_events.WITHDRAWN else "",
    }


def _withdrawal(event: EventRow) -> dict[str, Any]:
    details = (event.document or {}).get("details") or {}
    return {
        "when": moment_text(event.at),
        "by": (details.get("by") or {}).get("username", ""),
        "reason": details.get("reason", ""),
    }
