"""Drafts: what an author has saved and learners do not get, because with it they could not use the block.

A draft is the whole form, settings and content. It stands in the block's `studio_draft`, beside the settings and content that
learners go on with, and goes through export and import with them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ...content import Problem, indented
from .trial import trial


@dataclass(frozen=True)
class Draft:
    """What an author works on: the content, and the values of the settings by the names of their fields."""

    content: str
    settings: dict[str, Any]


def live(block: Any) -> Draft:
    """What learners have."""
    return Draft(block.content, {name: getattr(block, name) for name, _label, _help in block.studio_settings})


def draft_of(block: Any) -> Draft | None:
    """The draft; None where there is none. Settings that a draft from elsewhere has no usable value for are those of learners."""
    try:
        kept = json.loads(block.studio_draft or "null")
        content, sent = kept["content"], dict(kept["settings"])
    except (ValueError, TypeError, LookupError):
        return None
    settings = live(block).settings
    for name in settings.keys() & sent.keys():
        try:
            value = block.fields[name].from_json(sent[name])
        except (ValueError, TypeError):
            continue
        settings[name] = settings[name] if value is None else value
    return Draft(content, settings) if isinstance(content, str) else None


def in_hand(block: Any) -> Draft:
    """What the author goes on with: the draft where there is one, else what learners have."""
    return draft_of(block) or live(block)


def keep(block: Any, draft: Draft) -> None:
    """Make `draft` the block's draft. What learners have stays."""
    settings = {name: block.fields[name].to_json(value) for name, value in draft.settings.items()}
    block.studio_draft = json.dumps({"content": draft.content, "settings": settings}, sort_keys=True)


def judged(block: Any, draft: Draft) -> tuple[list[Problem], list[Problem]]:
    """All problems of `draft`, and of these the ones that would keep learners from using the block."""
    with trial(block, draft.content, draft.settings):
        return block.problems(), block.stopping()


def as_form(block: Any, draft: Draft) -> dict[str, Any]:
    """`draft` as JSON for the editor's script: {"content": OLX, "settings": {name: value}}."""
    settings = {name: block.fields[name].to_json(value) for name, value in draft.settings.items()}
    return {"content": indented(draft.content), "settings": settings}
