"""Where the public page is on which anybody can check a pledge: its address stands on the paper, in the QR code, in the block."""

from __future__ import annotations

from . import conf
from .site import root_address

PATH = "/dti/verify"


def page_address() -> str:
    """The public address of the page, "" where none is known: settings.DTI_PLEDGE_VERIFY_URL, else below the LMS."""
    stated = conf.verify_url()
    if stated is not None:
        return stated
    root = root_address()
    return root + PATH if root else ""
