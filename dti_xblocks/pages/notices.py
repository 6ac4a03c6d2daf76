"""Short messages in place of a screen."""

from __future__ import annotations

from django.utils.safestring import SafeString

from ..templating import render


def notice(message: str) -> SafeString:
    """A polite notice in place of the screen."""
    return render("dti/notice.html", {"message": message})
