"""The pledge's editor in Studio, server side: the plain form, what the script needs to take over, its questions, and saving.

The page works as the plain form (settings and OLX text) until the script has built the editor, and goes on as that when it fails.
The editor changes the OLX text itself, in the browser; the server makes no OLX here. It says how a text stands that is not saved
(`studio_check`), and saves it (`studio_save`).

A pledge is versioned by its wording. When people have signed and the wording would change, `studio_save` asks first: whoever
saves must send back the hash of the new wording, so that neither a hurry nor a script makes a new version unawares.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from web_fragments.fragment import Fragment
from webob import Request

from ...content import MalformedContentError, Problem, sanitized
from ...platform.addresses import asset, form_action, style_sheets, with_real_addresses
from ...platform.learner import course_key, current_learner
from ...platform.subsections import graded_subsections
from ...pledge import olx, rules, starter
from ...pledge.wording import wording_hash
from ...records.access import RecordsUnavailableError
from ...records.pledge import pledges
from ...templating import render
from ..kit.data import inert
from ..kit.draft import in_hand
from ..kit.form import Sent, form_context, form_words, save, saving
from ..kit.requests import StudioRefusedError, TooLargeError, json_body, studio_request
from ..kit.said import said
from ..kit.trial import trial
from ..kit.values import field_value
from .words import pledge_words

log = logging.getLogger(__name__)

LARGEST = 1_000_000  # characters of content that are looked at while it is written; more can be saved and is checked then
SHORT = 8  # digits of a hash that people are shown
FIELDS = {name: field for field, name in rules.SETTINGS.items()}


def fragment(block) -> Fragment:
    """The editor of a pledge block."""
    context = form_context(block)
    gates = graded_subsections(block)
    data: dict[str, Any] = {
        "block": str(block.scope_ids.usage_id),
        "check": form_action(block, "studio_check"),
        "pictures": form_action(block, "studio_pictures"),
        "starter": starter.text(),
        "gates": [list(gate) for gate in gates] if gates else [],
        "checked": _checked(block, context["content"], in_hand(block).settings),
    }
    made = Fragment(
        render(
            "dti/studio/pledge.html",
            {**context, "room": "pledge-studio", "signed": data["checked"]["signed"], "data": inert(data)},
        )
    )
    for sheet in dict.fromkeys((*style_sheets(block.kind), "css/studio/editor.css", "css/pledge-studio/editor.css")):
        made.add_css_url(asset(block, sheet))
    made.add_javascript_url(asset(block, "js/start.js"))
    words = {**form_words(), **pledge_words()}
    made.initialize_js("DtiStart", {"module": asset(block, "js/pledge-studio/main.js"), "words": words})
    return made


def problems_of(block) -> list[Problem]:
    """The author's mistakes in content and settings, without those that only the whole course shows."""
    return [*olx.examine(block.content)[1], *rules.check_settings(_settings(block))]


@dataclass(frozen=True)
class Unsaved:
    """A pledge that is not saved yet."""

    content: str
    settings: dict[str, Any]

    @classmethod
    def read(cls, request: Request) -> Unsaved:
        """The pledge in a request's JSON: {"content": OLX, "settings": {name: value}}."""
        body = json_body(request)
        unsaved = cls(body["content"], body.get("settings", {}))
        if not (isinstance(unsaved.content, str) and isinstance(unsaved.settings, dict)):
            raise TypeError("wrong shapes")
        if len(unsaved.content) > LARGEST:
            raise TooLargeError
        return unsaved


@saving
def studio_save(block: Any, sent: Sent) -> dict[str, Any]:
    """Save the form; see `kit.form.save`. {"confirmed": hash} goes along when the wording changes that people have signed.

    Without it the answer is 409 {"error": sentence, "confirm": see `new_version`}, and nothing is saved.
    """
    return save(block, sent, lambda content: _confirm(block, content, sent.confirmed))


@studio_request(Unsaved.read)
def studio_check(block: Any, unsaved: Unsaved) -> dict[str, Any]:
    """How a pledge stands that is not saved. Nothing is stored.

    {"problems": [{"code", "where", "message", "severity", "line", "field": a setting's or ""}], "preview": HTML of the page
    that learners would see, "wording": {"now": hash or "", "saved": hash or ""}, "signed": {"people", "current"} or null}
    """
    return _checked(block, unsaved.content, {**in_hand(block).settings, **unsaved.settings})


def _confirm(block: Any, content: str, confirmed: Any) -> None:
    """Raise `StudioRefusedError` for what must be confirmed before `content` is saved, if anything."""
    asked = new_version(block, content)
    if asked is not None and confirmed != asked["hash"]:
        message = _("The wording has changed and people have signed it. Nothing was saved: a new version has to be confirmed.")
        raise StudioRefusedError(message, 409, confirm=asked)


def new_version(block, content: str) -> dict | None:
    """What saving `content` would make of the pledge's wording; None where nobody who has signed is concerned.

    {"hash": of the new wording, "short", "was": of the saved one, shortened, "people": who have signed here, "current": of them
    the saved wording, "again": who have not signed the new one, "sentence": that with its number}
    """
    now, was = _hash(content), _hash(block.content)
    if now == was:
        return None
    before, after = _signed(block, was), _signed(block, now)
    if before is None or after is None or after["people"] == after["current"]:
        return None
    again = after["people"] - after["current"]
    sentence = ngettext(
        "{again} person who has signed will be offered to sign again.",
        "{again} people who have signed will be offered to sign again.",
        again,
    ).format(again=again)
    return {"hash": now, "short": now[:SHORT], "was": was[:SHORT], **before, "again": again, "sentence": sentence}


def _checked(block, content: str, settings: dict) -> dict:
    """The answer of `studio_check`."""
    found = [*olx.examine(content)[1]]
    values = {**_settings(block), **_readable(block, settings)}
    found += rules.check_settings(values, _gates(block, values["gate_block"]))
    was = _hash(block.content)
    return {
        "problems": [_plain(block, problem) for problem in found],
        "preview": _preview(block, content, settings),
        "wording": {"now": _hash(content), "saved": was},
        "signed": _signed(block, was),
    }


def _preview(block, content: str, settings: dict) -> str:
    """The page of a learner who has not signed, as `content` and `settings` would make it."""
    try:
        with trial(block, sanitized(content), _readable(block, settings)):
            screen = with_real_addresses(block, block.screen(current_learner(block)))
            return render("dti/studio/pledge_preview.html", {"title": block.display_name, "screen": screen})
    except MalformedContentError:
        return ""


def _readable(block, settings: dict) -> dict:
    """Of the settings that a form sends those that are values of their fields; what is not is refused when it is saved."""
    found = {}
    for name, _label, _help in block.studio_settings:
        if name not in settings:
            continue
        try:
            value = field_value(block.fields[name], settings[name])
        except (ValueError, TypeError, OverflowError):
            continue
        if value is not None:
            found[name] = value
    return found


def _settings(block) -> dict:
    return {name: getattr(block, name) for name in rules.SETTINGS}


def _gates(block, gate: str) -> set[str] | None:
    """The names that `gate` may be, if known. One that is saved already may be a problem or another block, which no list has."""
    if not gate or gate == block.gate_block:
        return None
    gates = graded_subsections(block)
    return None if gates is None else {name for name, _title in gates}


def _plain(block, problem: Problem) -> dict:
    field = FIELDS.get(problem.where, "")
    labels = {name: str(label) for name, label, _help in block.studio_settings}
    return {**said(replace(problem, where=labels.get(field, problem.where))), "field": field}


def _hash(content: str) -> str:
    """The hash of the wording as it would be saved; "" for what cannot be read."""
    try:
        return wording_hash(olx.read(sanitized(content)))
    except (MalformedContentError, olx.PledgeUnreadableError):
        return ""


def _signed(block, hashed: str) -> dict | None:
    """How many `people` have signed here, and how many of them the wording with that hash (`current`).

    None where nobody can have signed (a content library) or it cannot be told.
    """
    if course_key(block) is None:
        return None
    try:
        found = pledges.counts(str(block.scope_ids.usage_id), hashed)
    except RecordsUnavailableError:
        log.warning("%s: it cannot be told whether people have signed", block.scope_ids.usage_id)
        return None
    return {"people": found["people"], "current": found["current"]}
