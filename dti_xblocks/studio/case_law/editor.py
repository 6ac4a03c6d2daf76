"""The case-law block's editor in Studio, server side: the plain form, what the script needs to take over, and its questions.

The page works as the plain form (settings and OLX text) until the script has built the editor, and goes on as that when it fails.

The editor changes the OLX text itself, in the browser, with the scenario editor's reader that knows where each element stands: a
change in a form writes into that place and nowhere else. So comments, order, spacing and what nobody understands stay to the
letter, and the Text tab, the Visual tab and what is saved are one document. The server makes no OLX here; it is asked what the
library has (`studio_find`) and how the text stands by the block's own rules (`studio_check`), and saves it (`studio_save`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy
from web_fragments.fragment import Fragment
from webob import Request

from ...case_law import olx
from ...case_law.citation import CIRCUITS
from ...case_law.library import Library
from ...content import MalformedContentError, indented, parse_content
from ...platform.addresses import asset, form_action
from ...platform.siblings import siblings
from ...templating import render
from ..kit.data import inert
from ..kit.draft import in_hand
from ..kit.form import form_context, form_words
from ..kit.requests import StudioRefusedError, TooLargeError, json_body
from .check import FILTERS, LARGEST, check, malformed
from .words import case_law_words

LONGEST_SEARCH = 4000  # characters of all that is asked for
TOO_MUCH = gettext_lazy("That is too much to search for. Use a few words.")


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
        shown = in_hand(block)
        content = indented(shown.content)
        return check(content, library, shown.settings["complete_when"]) if len(content) <= LARGEST else None
    except MalformedContentError:
        return None


@dataclass(frozen=True)
class Search:
    """What an author looks for in the library: words, and values of `FILTERS`."""

    query: str
    chosen: dict[str, str]

    @classmethod
    def read(cls, request: Request) -> Search:
        """The search in a request's JSON: {"q": words, name of a filter: value}. Raises `StudioRefusedError` for one too long."""
        asked = {name: value for name, value in json_body(request).items() if isinstance(value, str)}
        if sum(map(len, asked.values())) > LONGEST_SEARCH:
            raise StudioRefusedError(TOO_MUCH)
        return cls(asked.get("q", ""), {name: asked[name] for name in FILTERS if name in asked})


@dataclass(frozen=True)
class Unsaved:
    """A list that is not saved yet: its OLX, when it is complete, and the number of the authority that is asked about."""

    content: str
    completes_by: str
    about: int | None

    @classmethod
    def read(cls, request: Request) -> Unsaved:
        """The list in a request's JSON: {"content": OLX, "completes_by": str, "about": number or null}."""
        body = json_body(request)
        content, completes_by, about = body["content"], body.get("completes_by") or "", body.get("about")
        if not (isinstance(content, str) and isinstance(completes_by, str)) or not (about is None or type(about) is int):
            raise TypeError("wrong shapes")
        if len(content) > LARGEST:
            raise TooLargeError
        return cls(content, completes_by, about)


def check_unsaved(unsaved: Unsaved, library: Library) -> dict[str, Any]:
    """How a list stands that is not saved: as `check.check`. Raises `StudioRefusedError` for what is not XML."""
    try:
        return check(unsaved.content, library, unsaved.completes_by, unsaved.about)
    except MalformedContentError as error:
        raise StudioRefusedError(malformed(error)) from error
