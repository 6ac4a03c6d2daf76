"""The case-law block's editor in Studio, server side: the plain form, what the script needs to take over, and its questions.

The page works as the plain form (settings and OLX text) until the script has built the editor, and goes on as that when it fails.

The editor changes the OLX text itself, in the browser, with the scenario editor's reader that knows where each element stands: a
change in a form writes into that place and nowhere else. So comments, order, spacing and what nobody understands stay to the
letter, and the Text tab, the Visual tab and what is saved are one document. The server makes no OLX here; it is asked what the
library has (`studio_find`) and how the text stands by the block's own rules (`studio_check`), and saves it (`studio_save`).
"""

from __future__ import annotations

import json
import logging
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext as _
from web_fragments.fragment import Fragment
from webob import Request, Response

from ...case_law import olx
from ...case_law.citation import CIRCUITS
from ...case_law.library import Library
from ...content import MalformedContentError, indented, parse_content
from ...platform.addresses import asset, form_action
from ...platform.learner import may_author
from ...platform.siblings import siblings
from ...templating import render
from ..kit.data import inert
from ..kit.form import form_context, form_words
from .check import FILTERS, LARGEST, check, find, malformed
from .words import case_law_words

log = logging.getLogger(__name__)
LONGEST_QUERY_STRING = 4000


def case_law_fragment(block: Any, library: Library) -> Fragment:
    """The editor of a case-law block over the library of the site."""
    data = {
        "block": str(block.scope_ids.usage_id),
        "find": form_action(block, "studio_find"),
        "check": form_action(block, "studio_check"),
        "circuits": list(CIRCUITS),
        "slugs": list(library.slugs),
        "modules": {
            str(number): [[authority.slug, authority.heading] for authority in library.module(number)]
            for number in sorted({number for authority in library for number in authority.modules})
        },
        "used": used_elsewhere(block),
        "checked": _checked_as_saved(block, library),
    }
    fragment = Fragment(render("dti/studio/editor.html", {**form_context(block), "room": "case-law-studio", "data": inert(data)}))
    for sheet in ("css/dti.css", "css/studio/editor.css", "css/case-law-studio/editor.css"):
        fragment.add_css_url(asset(block, sheet))
    fragment.add_javascript_url(asset(block, "js/start.js"))
    words = {**form_words(), **case_law_words()}
    fragment.initialize_js("DtiStart", {"module": asset(block, "js/case-law-studio/main.js"), "words": words})
    return fragment


def used_elsewhere(block: Any) -> dict[str, list[str]]:
    """For each name in the lists of the course's other case-law blocks: where, as the author knows them."""
    used: dict[str, list[str]] = {}
    for sibling in siblings(block):
        try:
            content: str = getattr(sibling.block, "content", "")
            entries = olx.read(parse_content(content)).entries
        except MalformedContentError:
            continue
        for name in dict.fromkeys(entry.name for entry in entries if entry.name):
            used.setdefault(name, []).append(sibling.where)
    return used


def _checked_as_saved(block: Any, library: Library) -> dict[str, Any] | None:
    """The first answer of `studio_check`, so that the list is there at once; None for what is too large or is not XML."""
    try:
        content = indented(block.content)
        return check(content, library, block.complete_when) if len(content) <= LARGEST else None
    except MalformedContentError:
        return None


def answer_find(block: Any, request: Request, library: Library) -> Response:
    """What of the library answers the query `q`, with values of `FILTERS`; see `check.find`. Only authors are answered."""
    if request.method != "GET":
        return _json({"error": _("Please use the form on the page.")}, 405)
    if not may_author(block):
        return _json({"error": _("You may not change this course.")}, 403)
    if len(request.query_string) > LONGEST_QUERY_STRING:
        return _json({"error": _("That is too much to search for. Use a few words.")}, 400)
    try:
        asked = {name: value for name, value in request.GET.items() if isinstance(value, str)}
    except (ValueError, LookupError, SuspiciousOperation):  # no text, an encoding that is none, or more fields than Django takes
        return _json({"error": _("The form arrived damaged. Please try again.")}, 400)
    chosen = {name: asked[name] for name in FILTERS if name in asked}
    return _json(find(library, asked.get("q", ""), chosen), 200)


def answer_check(block: Any, request: Request, library: Library) -> Response:
    """How a list stands that is not saved, sent as JSON: {"content": OLX, "completes_by": str, "about": number or null}.

    Answers as `check.check`, or 4xx {"error": sentence}. Only authors are answered; nothing is stored.
    """
    if request.method != "POST":
        return _json({"error": _("Please use the form on the page.")}, 405)
    if not may_author(block):
        return _json({"error": _("You may not change this course.")}, 403)
    too_large = _("The content is too large to be checked while you write. It is checked when you save.")
    try:
        content, completes_by, about = _asked(request)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _json({"error": _("The form arrived damaged. Please try again.")}, 400)
    except SuspiciousOperation:  # Django's limit on a request's size
        return _json({"error": too_large}, 413)
    if len(content) > LARGEST:
        return _json({"error": too_large}, 413)
    try:
        return _json(check(content, library, completes_by, about), 200)
    except MalformedContentError as error:
        return _json({"error": malformed(error)}, 400)


def _asked(request: Request) -> tuple[str, str, int | None]:
    """Content, rule and number of the authority in the request's JSON. Raises what is wrong with it, of many kinds."""
    body = json.loads(request.body.decode("utf-8"))
    content, completes_by, about = body["content"], body.get("completes_by") or "", body.get("about")
    if not (isinstance(content, str) and isinstance(completes_by, str)) or not (about is None or type(about) is int):
        raise TypeError("wrong shapes")
    return content, completes_by, about


def _json(body: dict[str, Any], status: int) -> Response:
    return Response(json.dumps(body), content_type="application/json", charset="utf-8", status=status)
