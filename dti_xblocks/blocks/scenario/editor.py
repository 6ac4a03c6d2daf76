"""The scenario's editor in Studio, as a view of the block."""

from __future__ import annotations

from typing import Any

from web_fragments.fragment import Fragment

from ...studio.scenario.editor import scenario_studio_fragment
from ..base import guarded


def studio_view(block: Any, context: dict[str, Any] | None = None) -> Fragment:
    """The visual editor."""
    return guarded(block, lambda: scenario_studio_fragment(block))
