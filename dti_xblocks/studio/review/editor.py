"""The review's editor in Studio, server side: the plain form, what the script needs to take over, and its question.

The page works as the plain form (settings and OLX text) until the script has built the editor, and goes on as that when it fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from web_fragments.fragment import Fragment
from webob import Request

from ...content import MalformedContentError, sanitized
from ...pages.review import views
from ...platform.addresses import asset, form_action, page_context, style_sheets
from ...review import olx
from ...templating import render
from ..kit.data import inert
from ..kit.draft import in_hand
from ..kit.form import form_context, form_words
from ..kit.requests import TooLargeError, json_body, studio_request
from ..kit.said import said
from .words import review_words, worded

LARGEST = 200_000  # characters of content that are looked at while it is written; more can be saved and is checked then


def fragment(block: Any) -> Fragment:
    """The editor of a review block."""
    context, title = form_context(block), in_hand(block).settings["display_name"]
    data = {
        "block": str(block.scope_ids.usage_id),
        "check": form_action(block, "studio_check"),
        "checked": _checked(block, context["content"], title),
    }
    made = Fragment(render("dti/studio/editor.html", {**context, "room": "review-studio", "data": inert(data)}))
    for sheet in (*style_sheets(block.kind), "css/studio/editor.css"):
        made.add_css_url(asset(block, sheet))
    made.add_javascript_url(asset(block, "js/start.js"))
    words = {**form_words(), **review_words()}
    made.initialize_js("DtiStart", {"module": asset(block, "js/review-studio/main.js"), "words": words})
    return made


@dataclass(frozen=True)
class Unsaved:
    """A review that is not saved yet."""

    content: str
    title: str

    @classmethod
    def read(cls, request: Request) -> Unsaved:
        """The review in a request's JSON: {"content": OLX, "settings": {name: value}}."""
        body = json_body(request)
        unsaved = cls(body["content"], body["settings"].get("display_name", ""))
        if not (isinstance(unsaved.content, str) and isinstance(unsaved.title, str)):
            raise TypeError("wrong shapes")
        if len(unsaved.content) > LARGEST:
            raise TooLargeError
        return unsaved


@studio_request(Unsaved.read)
def studio_check(block: Any, unsaved: Unsaved) -> dict[str, Any]:
    """How a review stands that is not saved: {"problems": [...], "preview": HTML of the page that learners would see}."""
    return _checked(block, unsaved.content, unsaved.title)


def _checked(block: Any, content: str, title: str) -> dict[str, Any]:
    problems = olx.examine(content)[1]
    return {"problems": [said(worded(problem)) for problem in problems], "preview": _preview(block, content, title)}


def _preview(block: Any, content: str, title: str) -> str:
    """The page of a learner who has not sent a review; "" for what cannot be read."""
    try:
        review = olx.examine(sanitized(content))[0]
    except MalformedContentError:
        return ""
    if review is None:
        return ""
    somebody = views.Person(_("username"), _("Full name"))
    screen = views.own_part(review, None, {**page_context(block), "form_action": ""}, somebody)
    return str(render("dti/studio/review_preview.html", {"title": title, "screen": screen}))
