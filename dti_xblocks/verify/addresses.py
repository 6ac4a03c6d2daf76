"""Where the verify page is: on the paper, in the QR code, in the block."""

from __future__ import annotations

from urllib.parse import urlencode

from ..platform import conf
from ..platform.site import root_address

PATH = "/dti/verify"


def page_address() -> str:
    """The public address of the page, "" where none is known: settings.DTI_PLEDGE_VERIFY_URL, else below the LMS."""
    stated = conf.verify_url()
    if stated is not None:
        return stated
    root = root_address()
    return root + PATH if root else ""


def address_of(code: str) -> str:
    """The address that shows at once what a verification code comes to; "" where no address is known."""
    page = page_address()
    if not page:
        return ""
    return f"{page}{'&' if '?' in page else '?'}{urlencode({'code': code})}"
