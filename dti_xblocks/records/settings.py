"""What the plugin adds to the settings of LMS and Studio when they are loaded."""

from __future__ import annotations

from typing import Any

from ..platform import tracking


def plugin_settings(settings: Any) -> None:
    """Keep what people type into our forms, and who checked which code, out of the tracking log. What the site has set stays."""
    setattr(settings, tracking.SETTING, tracking.with_ours(getattr(settings, tracking.SETTING, None)))
