"""The activity's editor in Studio, server side: the plain form, what the script needs to take over, and its question.

The page works as the plain form (settings and OLX text) until the script has built the editor, and goes on as that when it fails.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.html import format_html
from web_fragments.fragment import Fragment
from webob import Request

from ...activity import olx, rules
from ...activity.deal import Deal
from ...activity.kinds import CARDS
from ...activity.model import KINDS, SORT, SPOT
from ...activity.play import Standing
from ...content import MalformedContentError, Problem, sanitized
from ...pages.activity import views
from ...platform.addresses import asset, form_action, page_context, style_sheets, with_real_addresses
from ...templating import render
from ...templating.tags import asset as course_file
from ..kit.data import inert
from ..kit.draft import in_hand
from ..kit.form import form_context, form_words
from ..kit.requests import TooLargeError, json_body, studio_request
from ..kit.said import said
from .words import activity_words, worded

PICTURE = re.compile(r'src="([^"]*)"')
LARGEST = 300_000  # characters of content that are looked at while it is written; more can be saved and is checked then


def fragment(block: Any) -> Fragment:
    """The editor of an activity block."""
    context, settings = form_context(block), in_hand(block).settings
    data = {
        "block": str(block.scope_ids.usage_id),
        "check": form_action(block, "studio_check"),
        "pictures": form_action(block, "studio_pictures"),
        "checked": _checked(block, Unsaved(context["content"], settings["display_name"], settings["activity"])),
        "uses": _uses(),
    }
    made = Fragment(render("dti/studio/editor.html", {**context, "room": "activity-studio", "data": inert(data)}))
    for sheet in (*style_sheets(block.kind), "css/studio/editor.css", "css/pledge-studio/editor.css"):
        made.add_css_url(asset(block, sheet))
    made.add_javascript_url(asset(block, "js/start.js"))
    words = {**form_words(), **activity_words()}
    made.initialize_js("DtiStart", {"module": asset(block, "js/activity-studio/main.js"), "words": words})
    return made


@dataclass(frozen=True)
class Unsaved:
    """An activity that is not saved yet."""

    content: str
    title: str
    kind: str

    @classmethod
    def read(cls, request: Request) -> Unsaved:
        """The activity in a request's JSON: {"content": OLX, "settings": {name: value}}."""
        body = json_body(request)
        settings = body["settings"]
        unsaved = cls(body["content"], settings.get("display_name", ""), settings.get("activity", SORT))
        if not all(isinstance(value, str) for value in (unsaved.content, unsaved.title, unsaved.kind)):
            raise TypeError("wrong shapes")
        if len(unsaved.content) > LARGEST:
            raise TooLargeError
        return unsaved


@studio_request(Unsaved.read)
def studio_check(block: Any, unsaved: Unsaved) -> dict[str, Any]:
    """How an activity stands that is not saved.

    {"problems": [...], "preview": HTML of the page that learners would see, "picture": the address of its picture}
    """
    return _checked(block, unsaved)


def _checked(block: Any, unsaved: Unsaved) -> dict[str, Any]:
    problems = [worded(problem) for problem in olx.examine(unsaved.content, unsaved.kind)[1]]
    shown = {"preview": _preview(block, unsaved, problems), "picture": _picture(block, unsaved)}
    return {"problems": [said(problem) for problem in problems], **shown}


def _picture(block: Any, unsaved: Unsaved) -> str:
    """The address at which an author's browser finds the picture to draw areas on; "" for none, and for one from elsewhere."""
    activity = olx.examine(unsaved.content, unsaved.kind)[0]
    if unsaved.kind != SPOT or activity is None or activity.picture is None or not course_file(activity.picture.src):
        return ""
    found = PICTURE.search(with_real_addresses(block, format_html('<img src="{}">', activity.picture.src)))
    return unescape(found[1]) if found else ""


def _preview(block: Any, unsaved: Unsaved, problems: list[Problem]) -> str:
    """The page of a learner who has begun nothing, with the cards as the author has them; "" while it cannot be done."""
    if rules.stopping(problems):
        return ""
    try:
        activity = olx.examine(sanitized(unsaved.content), unsaved.kind)[0]
    except MalformedContentError:
        return ""
    if activity is None:
        return ""
    context = {**page_context(block), "version": "", "kept": True}
    if unsaved.kind in CARDS:
        screen = views.with_cards(activity, Deal(activity.cards, activity.cards), Standing(), context)
    else:
        screen = views.of_own_words(activity, Standing(), views.Nothing(), None, context)
    shown = render("dti/studio/activity_preview.html", {"title": unsaved.title, "screen": screen})
    return str(with_real_addresses(block, shown))


def _uses() -> dict[str, list[str]]:
    """Which parts of the form each kind has."""
    judged = ["why"]
    parts = {kind: ["cards", *judged] for kind in KINDS}
    parts["sort"] += ["groups"]
    parts["match"] += ["back"]
    parts["flip"] = ["cards", "back"]
    parts[SPOT] += ["picture", "area"]
    parts["reflect"] = []
    parts["plan"] = ["cards", "back"]
    return parts
