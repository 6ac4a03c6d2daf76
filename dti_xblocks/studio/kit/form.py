"""The edit form of our blocks in Studio: settings as fields, content as checked OLX text."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import asdict

from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext as _
from web_fragments.fragment import Fragment
from webob import Response
from xblock.exceptions import InvalidScopeError
from xblock.fields import Boolean, Float, Integer

from ...content import indented, sanitized
from ...platform.addresses import asset, form_action, page_context
from ...platform.learner import may_author
from ...templating import render
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


def studio_save(block, request, unconfirmed: Callable[[str, dict], dict | None] = lambda content, body: None) -> Response:
    """Save the form, sent as JSON: {"settings": {name: value}, "content": str, "version": str}.

    `unconfirmed(content, body)` may have something that the author has to confirm first: it is answered with status 409.

    `version` names what the author started from; a save over something newer is refused. Nothing is saved unless all of it
    can be. Answers 200 {"problems": [...], "version": str}, with "content" where cleaning has changed it, or 4xx {"error":
    sentence}; 409 comes with the "content" and "version" that were saved meanwhile.
    """
    if request.method != "POST":
        return _json({"error": _("Please use the form on the page.")}, 405)
    if not may_author(block):
        return _json({"error": _("You may not change this course. Nothing was saved.")}, 403)
    try:
        body = json.loads(request.body.decode("utf-8"))
        settings, content, version = body["settings"], body["content"], body["version"]
        if not (isinstance(settings, dict) and isinstance(content, str) and isinstance(version, str)):
            raise TypeError("wrong shapes")
    except (ValueError, KeyError, TypeError, RecursionError):
        return _json({"error": _("The form arrived damaged. Please try again.")}, 400)
    except SuspiciousOperation:  # Django's limit on a request's size
        return _json({"error": _("The content is too large to be saved. Divide it into several blocks.")}, 413)
    if version != version_of(block):
        message = _("Somebody else has saved this block since you opened it. Copy your text, reload, and merge.")
        return _json({"error": message, "content": indented(block.content), "version": version_of(block)}, 409)
    try:
        values = {
            name: _value(block.fields[name], str(label), settings[name])
            for name, label, _help in block.studio_settings
            if name in settings
        }
        cleaned = sanitized(block.clean_content(content))
    except ValueError as error:
        return _json({"error": str(error)}, 400)
    asked = unconfirmed(cleaned, body)
    if asked is not None:
        return _json(asked, 409)
    for name, value in values.items():
        setattr(block, name, value)
    block.content = cleaned
    try:
        block.save()
    except (InvalidScopeError, RuntimeError):  # the latter is how a content library refuses; see `may_author`
        log.exception("%s could not be saved", block.scope_ids.usage_id)
        forget_changes(block)
        return _json({"error": _("You may not change this block here. Nothing was saved.")}, 403)
    saved = {"problems": [asdict(problem) for problem in block.problems()], "version": version_of(block)}
    return _json({**saved, "content": cleaned} if cleaned != content else saved, 200)


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


def _json(body: dict, status: int) -> Response:
    return Response(json.dumps(body), content_type="application/json", charset="utf-8", status=status)
