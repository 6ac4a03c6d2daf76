"""The scenario's editor in Studio, as view and handler of the block."""

from __future__ import annotations

from typing import Any

from web_fragments.fragment import Fragment
from webob import Request, Response
from xblock.core import XBlock

from ...studio.scenario.editor import scenario_studio_fragment
from ...studio.scenario.play import play_from
from ..base import guarded


def studio_view(block: Any, context: dict[str, Any] | None = None) -> Fragment:
    """The visual editor."""
    return guarded(block, lambda: scenario_studio_fragment(block))


@XBlock.handler
def studio_play(block: Any, request: Request, suffix: str = "") -> Response:
    """A scene of unsaved content as a learner would see it; see `studio.scenario.play`."""
    return play_from(block, request)
