"""Where the public page is on which anybody can check a pledge: its address stands on the paper, in the QR code, in the block."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

from .site import root_address

PATH = "/dti/verify"


def page_address() -> str:
    """The public address of the page, "" where none is known: settings.DTI_PLEDGE_VERIFY_URL, else below the LMS."""
    stated = str(getattr(settings, "DTI_PLEDGE_VERIFY_URL", "") or "").strip()
    if stated:
        return stated if urlsplit(stated).scheme in ("http", "https") else ""
    root = root_address()
    return root + PATH if root else ""
