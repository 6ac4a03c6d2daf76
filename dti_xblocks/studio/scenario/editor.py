"""The scenario's visual editor in Studio, server side: the plain form, and beside it what the script needs to take over.

The page works as the plain form (settings and OLX text) until the script has built the editor, and goes on as that when it fails.
"""

from __future__ import annotations

from web_fragments.fragment import Fragment

from ...case_law.library import library
from ...platform.addresses import asset, form_action, style_sheets
from ...scenario.starters import starters
from ...templating import render
from ..kit.data import inert
from ..kit.form import form_context, form_words
from .words import STARTERS, editor_words


def scenario_studio_fragment(block) -> Fragment:
    """The editor of a scenario block."""
    context = form_context(block)
    data = {
        "block": str(block.scope_ids.usage_id),
        "play": form_action(block, "studio_play"),
        "pictures": form_action(block, "studio_pictures"),
        "sheets": [asset(block, sheet) for sheet in style_sheets(block.kind)],  # of learners, for a page within the page
        "authorities": sorted(library().slugs),
        "starters": [
            {"id": starter.id, "title": str(STARTERS.get(starter.id, starter.title)), "content": starter.content}
            for starter in starters()
        ],
    }
    fragment = Fragment(render("dti/studio/editor.html", {**context, "room": "scenario-studio", "data": inert(data)}))
    for sheet in (*style_sheets(block.kind), "css/studio/editor.css", "css/scenario-studio/editor.css"):
        fragment.add_css_url(asset(block, sheet))
    fragment.add_javascript_url(asset(block, "js/start.js"))
    fragment.initialize_js(
        "DtiStart",
        {"module": asset(block, "js/scenario-studio/main.js"), "words": {**form_words(), **editor_words()}},
    )
    return fragment
