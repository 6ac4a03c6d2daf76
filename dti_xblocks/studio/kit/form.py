"""The edit form of our blocks in Studio: settings as fields, content as checked OLX text."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
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
from .requests import StudioRefusedError, json_body, studio_request
from .values import OutOfRangeError, field_value, is_multiline

log = logging.getLogger(__name__)


def studio_fragment(block) -> Fragment:
    """The form. `block.studio_settings` lists (field name, label, help) in order; content is the last field."""
    fragment = Fragment(render("dti/studio/form.html", form_context(block)))
    fragment.add_css_url(asset(block, "css/dti.css"))
    fragment.add_javascript_url(asset(block, "js/start.js"))
    fragment.initialize_js("DtiStart", {"module": asset(block, "js/studio/form.js"), "words": form_words()})
    return fragment


def form_context(block) -> dict:
    """What the form's template needs: settings, content, the version they are of, and where to send them."""
    settings = [
        {
            "name": name,
            "label": str(label),
            "help": str(help_text),
            "value": getattr(block, name),
            "kind": _input_kind(block.fields[name]),
            "options": _options(block.fields[name]),
        }
        for name, label, help_text in block.studio_settings
    ]
    return {
        "settings": settings,
        "content": indented(block.content),
        "version": version_of(block),
        "problems": block.problems(),
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
    """What an edit form sends. `version` names what the author started from, `confirmed` what was confirmed on the way."""

    settings: dict[str, Any]
    content: str
    version: str
    confirmed: Any

    @classmethod
    def read(cls, request: Request) -> Sent:
        """The form in a request's JSON: {"settings": {name: value}, "content": str, "version": str, "confirmed": optional}."""
        body = json_body(request)
        sent = cls(body["settings"], body["content"], body["version"], body.get("confirmed"))
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

    `confirm(content)` may raise `StudioRefusedError` with what the author has to confirm first. A save over something newer than
    what the author started from is refused (409, with the "content" and "version" that were saved meanwhile).

    Gives {"problems": [...], "version": str}, with "content" where cleaning has changed it. Raises `StudioRefusedError`.
    """
    if sent.version != version_of(block):
        message = _("Somebody else has saved this block since you opened it. Copy your text, reload, and merge.")
        raise StudioRefusedError(message, 409, content=indented(block.content), version=version_of(block))
    try:
        values = {
            name: _value(block.fields[name], str(label), sent.settings[name])
            for name, label, _help in block.studio_settings
            if name in sent.settings
        }
        cleaned = sanitized(block.clean_content(sent.content))
    except ValueError as error:
        raise StudioRefusedError(str(error)) from error
    confirm(cleaned)
    for name, value in values.items():
        setattr(block, name, value)
    block.content = cleaned
    try:
        block.save()
    except (InvalidScopeError, RuntimeError) as error:  # the latter is how a content library refuses; see `may_author`
        log.exception("%s could not be saved", block.scope_ids.usage_id)
        forget_changes(block)
        raise StudioRefusedError(_("You may not change this block here. Nothing was saved."), 403) from error
    saved = {"problems": [asdict(problem) for problem in block.problems()], "version": version_of(block)}
    return {**saved, "content": cleaned} if cleaned != sent.content else saved


def forget_changes(block) -> None:
    """Drop what was set but refused: the runtime saves every block once more after a handler."""
    block._dirty_fields.clear()
    block._field_data_cache.clear()


def version_of(block) -> str:
    """A short name for exactly what the form shows of `block`: content and settings."""
    shown = [block.content, *(getattr(block, name) for name, _label, _help in block.studio_settings)]
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
