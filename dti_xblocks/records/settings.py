"""What the plugin adds to the LMS's settings when they are loaded."""

from __future__ import annotations

from typing import Any

VERIFY = r"^/dti/verify"


def plugin_settings(settings: Any) -> None:
    """Keep verification codes, and who checked which, out of the tracking log: the platform writes every request there."""
    patterns = list(getattr(settings, "TRACKING_IGNORE_URL_PATTERNS", None) or ())
    if VERIFY not in patterns:
        settings.TRACKING_IGNORE_URL_PATTERNS = [*patterns, VERIFY]
