"""One signature as staff read it: the record, its seal as it is now, and what happened around it."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from ...platform.addresses import form_action
from ...pledge import journey, seal, signing
from ...records.pledge import chain as pledge_chain
from ...records.pledge import events as pledge_events
from ...records.pledge import pledges
from ...records.pledge import roster as pledge_roster
from ...seals.site import site_keys
from ...templating.dates import day_text, moment_text
from ..base import RefusedError
from .copy import record_html
from .report import method_word, seal_word, status_words

AFTERWARD = (pledge_events.WITHDRAWN, pledge_events.ERASED)  # what comes after a signature of the same second
SHOWN_EVENTS = (*journey.KINDS, *AFTERWARD)


def record(block, learner, typed: str, address) -> tuple[str, str, dict]:
    """(title, template, context) of the page of the signature with the code `typed`. `address` gives that of another page."""
    code = seal.read_code(typed)
    row = pledges.by_code(code, block.usage_text) if code else None
    if row is None:
        raise RefusedError(_("There is no such signature in this activity."), 404)
    block.note_staff_reading(learner, "record", row.username, 1)
    every = pledge_roster.of_person(block.asked_now(), row.user_id)
    told = next(one for one in every if one.id == row.id)
    events = pledge_events.of_learner(row.user_id, block.usage_text, SHOWN_EVENTS)
    withdrawal = next((event for event in events if event.kind == pledge_events.WITHDRAWN and event.pledge == row.id), None)
    link = pledge_chain.link_of(pledge_chain.PLEDGE, row.id)
    context = {
        "row": row,
        "erased": row.document is None,
        "word": status_words()[told.status],
        "ends": day_text(told.ends) if told.ends else "",
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
                    "address": address(part="record", code=one.code)} for one in every if one.id != row.id],
        "record": record_html(row, "h4") if row.document is not None else "",
        "pdf_url": block.runtime.handler_url(block, "pdf", query=urlencode({"code": row.code})),
        "withdraw_url": form_action(block, "withdraw_signature"),
        "longest": signing.LONGEST_REASON,
    }  # fmt: skip
    return row.username or _("Record"), "dti/pledge/staff_record.html", context


def _private(row) -> list[tuple[str, str]]:
    words = {"address": _("Address (IP)"), "browser": _("Browser")}
    return [(words.get(name, name), value) for name, value in (row.private or {}).items() if name != "salt"]


def _seal_fault(row, link) -> str:
    """What is wrong with the seal of this record, checked now; "" for nothing."""
    if row.document is not None and (row.document_hash != seal.digest(row.document) or row.document.get("code") != row.code):
        return _("The record is not the one that was signed: it was altered.")
    if link is None:
        return ""
    payload = pledge_chain.payload_of(link)
    if link.entry != row.document_hash or link.digest != seal.digest(payload):
        return _("The link in the chain does not belong to this record: one of them was altered.")
    ring = site_keys().ring
    if link.signature and link.key_id not in ring.public:
        return _("The seal was made with a key that is not known here (key {key}). The operator can add it.").format(
            key=link.key_id
        )
    if link.signature and not ring.verify(link.key_id, seal.canonical(payload), link.signature):
        return _("The seal is not that of the institution's key: the link was altered.")
    return ""


def _history(events, signatures) -> list[dict]:
    """Events and signatures of this person in one list, in the order of time."""
    said = _("signed ({code})")
    signed = [
        (
            row.signed_at,
            (row.turn, 1),
            {"when": moment_text(row.signed_at), "what": said.format(code=row.code), "seconds": None, "by": ""},
        )
        for row in signatures
    ]
    turns = {row.id: row.turn for row in signatures}
    told = [(event.at, _step(event, turns), _event(event)) for event in events]
    return [entry for _at, _order, entry in sorted([*told, *signed], key=lambda each: each[:2])]


def _step(event, turns: dict[int, int]) -> tuple[int, int]:
    """Where an event belongs among others of the same second: before the signature of its turn, or after it."""
    if event.kind in AFTERWARD:
        return turns.get(event.pledge, 0), 2
    named = re.match(r"t(\d+)/", event.key)
    return int(named[1]) if named else 0, 0


def _event(event) -> dict:
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


def _withdrawal(event) -> dict:
    details = (event.document or {}).get("details") or {}
    return {
        "when": moment_text(event.at),
        "by": (details.get("by") or {}).get("username", ""),
        "reason": details.get("reason", ""),
    }
