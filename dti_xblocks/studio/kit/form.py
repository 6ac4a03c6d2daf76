"""The edit form of our blocks in Studio: settings as fields, content as checked OLX text."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from web_fragments.fragment import Fragment
from webob import Request
from xblock.exceptions import InvalidScopeError
from xblock.fields import Boolean, Float, Integer

from ...content import indented, sanitized
from ...platform.addresses import asset, form_action, page_context
from ...templating import render
from .data import inert
from .draft import Draft, as_form, draft_of, in_hand, judged, keep, live, stopping
from .requests import StudioRefusedError, json_body, studio_request
from .said import said
from .trial import forget_changes
from .values import OutOfRangeError, field_value, is_multiline
from .words import stopped

log = logging.getLogger(__name__)
ASK, DRAFT, LIVE = "ask", "draft", "live"  # what becomes of a form with which learners could not use the block


def studio_fragment(block) -> Fragment:
    """The form. `block.studio_settings` lists (field name, label, help) in order; content is the last field."""
    fragment = Fragment(render("dti/studio/form.html", form_context(block)))
    fragment.add_css_url(asset(block, "css/dti.css"))
    fragment.add_javascript_url(asset(block, "js/start.js"))
    fragment.initialize_js("DtiStart", {"module": asset(block, "js/studio/form.js"), "words": form_words()})
    return fragment


def form_context(block) -> dict:
    """What the form's template needs: settings, content, the version they are of, and where to send them.

    `live` is what learners have, for the script, where the form shows a draft; else "".
    """
    shown, drafted = in_hand(block), draft_of(block) is not None
    settings = [
        {
            "name": name,
            "label": str(label),
            "help": str(help_text),
            "value": shown.settings[name],
            "kind": _input_kind(block.fields[name]),
            "options": _options(block.fields[name]),
            "picture": block.fields[name].runtime_options.get("picture", ""),  # endings of the pictures that it may name
        }
        for name, label, help_text in block.studio_settings
    ]
    return {
        "settings": settings,
        "content": indented(shown.content),
        "version": version_of(block),
        "problems": judged(block, shown)[0],
        "live": inert(as_form(block, live(block))) if drafted else "",
        "action": form_action(block, "studio_save"),
        **page_context(block),
    }


def form_words() -> dict:
    """What the form's script says."""
    return {
        "title": _("Duty to Intervene"),
        "saving": _("Saving…"),
        "failed": _("The change could not be saved. Your text is still here. Please try again."),
        "offline": _("The connection was lost. Your text is still here. Check the connection and try again."),
        "signedOut": _("You seem to be signed out. Sign in again in another tab, then save here again."),
    }


@dataclass(frozen=True)
class Sent:
    """What an edit form sends. `version` names what the author started from, `confirmed` what was confirmed on the way, and
    `keep` (`ASK`, `DRAFT` or `LIVE`) what becomes of it where learners could not use the block with it."""

    settings: dict[str, Any]
    content: str
    version: str
    confirmed: Any
    keep: str = DRAFT

    @classmethod
    def read(cls, request: Request) -> Sent:
        """The form in a request's JSON: {"settings": {name: value}, "content": str, "version": str}, and as far as
        there is something to say "confirmed" and "keep"."""
        body = json_body(request)
        sent = cls(body["settings"], body["content"], body["version"], body.get("confirmed"), body.get("keep", DRAFT))
        if sent.keep not in (ASK, DRAFT, LIVE):
            raise ValueError("no such way to keep it")
        if not (isinstance(sent.settings, dict) and isinstance(sent.content, str) and isinstance(sent.version, str)):
            raise TypeError("wrong shapes")
        return sent


saving = studio_request(
    Sent.read,
    denied=gettext_lazy("You may not change this course. Nothing was saved."),
    too_large=gettext_lazy("The content is too large to be saved. Divide it into several blocks."),
)


@saving
def studio_save(block: Any, sent: Sent) -> dict[str, Any]:
    """Save the form; see `save`."""
    return save(block, sent)


def save(block: Any, sent: Sent, confirm: Callable[[str], None] = lambda content: None) -> dict[str, Any]:
    """Save what was `sent`: all of it, or nothing where any of it cannot be saved.

    Where learners can use the block and could not with this, it is kept as a draft, or the author is asked (409, with "stops":
    the problems that stop learners); `sent.keep` says which. Where a draft is there already it is the draft that is changed. What
    is sound goes to learners, and ends the draft.

    `confirm(content)` may raise `StudioRefusedError` with what the author has to confirm before content goes to learners. A save
    over something newer than what the author started from is refused (409, with what was saved meanwhile).

    Gives {"problems": [...], "version": str, "sentence": what learners cannot do, or "", "live": what learners have where that is
    another, or null}, with "content" where cleaning has changed it. Raises `StudioRefusedError`.
    """
    if sent.version != version_of(block):
        message = _("Somebody else has saved this block since you opened it. Copy your text, reload, and merge.")
        raise StudioRefusedError(message, 409, content=indented(in_hand(block).content), **_standing(block))
    form = _read(block, sent)
    problems, stops = judged(block, form)
    sentence = stopped(block.kind, len(stops)) if stops else ""
    if _drafted(block, sent, [said(problem) for problem in stops], sentence):
        keep(block, form)
    else:
        confirm(form.content)
        for name, value in form.settings.items():
            if getattr(block, name) != value:
                setattr(block, name, value)
        block.content = form.content
        if block.studio_draft:
            block.studio_draft = ""
    try:
        block.save()
    except (InvalidScopeError, RuntimeError) as error:  # the latter is how a content library refuses; see `may_author`
        log.exception("%s could not be saved", block.scope_ids.usage_id)
        forget_changes(block)
        raise StudioRefusedError(_("You may not change this block here. Nothing was saved."), 403) from error
    saved = {"problems": [said(problem) for problem in problems], "sentence": sentence, **_standing(block)}
    return {**saved, "content": form.content} if form.content != sent.content else saved


def _read(block: Any, sent: Sent) -> Draft:
    """What was `sent`, cleaned, on top of what the author had. Raises `StudioRefusedError`."""
    try:
        values = {
            name: _value(block.fields[name], str(label), sent.settings[name])
            for name, label, _help in block.studio_settings
            if name in sent.settings
        }
        return Draft(sanitized(block.clean_content(sent.content)), {**_set(block), **values})
    except ValueError as error:
        raise StudioRefusedError(str(error)) from error


def _set(block: Any) -> dict[str, Any]:
    """The settings of a draft. What learners have needs no setting again: a default that nobody has changed stays one."""
    draft = draft_of(block)
    return draft.settings if draft else {}


def _drafted(block: Any, sent: Sent, stops: list[dict[str, Any]], sentence: str) -> bool:
    """Whether the form becomes a draft, because of what `stops` learners. Raises `StudioRefusedError` to ask."""
    if not stops or sent.keep == LIVE or stopping(block):  # learners have nothing yet that could be kept for them
        return False
    if sent.keep == ASK and draft_of(block) is None:
        raise StudioRefusedError(sentence, 409, stops=stops)
    return True


def _standing(block: Any) -> dict[str, Any]:
    """The version of what the author has, and what learners have where that is another."""
    return {"version": version_of(block), "live": as_form(block, live(block)) if draft_of(block) else None}


def version_of(block) -> str:
    """A short name for exactly what the form shows of `block`: content and settings."""
    form = in_hand(block)
    shown = [form.content, *form.settings.values()]
    return hashlib.sha256(json.dumps(shown).encode("utf-8")).hexdigest()[:16]


def _input_kind(field) -> str:
    if _options(field):
        return "select"
    if isinstance(field, Boolean):
        return "checkbox"
    if isinstance(field, (Integer, Float)):
        return "number"
    return "lines" if is_multiline(field) else "text"


def _options(field) -> list[dict]:
    """What there is to choose from, for a field that lists its values as Open edX's own editors read them."""
    listed = field.values if isinstance(field.values, list) else []
    return [{"value": option["value"], "label": str(option["display_name"])} for option in listed]


def _value(field, label: str, raw):
    """`raw` from the form as a value of `field`. Raises ValueError with a sentence naming `label`."""
    try:
        value = field_value(field, raw)
    except OutOfRangeError as error:
        if error.high is None:
            raise ValueError(_("“{label}” must be {low} or more.").format(label=label, low=error.low)) from error
        raise ValueError(
            _("“{label}” must be from {low} to {high}.").format(label=label, low=error.low, high=error.high)
        ) from error
    except (ValueError, TypeError, OverflowError) as error:
        raise ValueError(_("“{label}” has a value that cannot be used: {value}").format(label=label, value=raw)) from error
    if value is None:
        raise ValueError(_("“{label}” is missing.").format(label=label))
    return value
