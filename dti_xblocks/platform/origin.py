"""Where a request comes from: its network address and browser, as far as this site keeps them."""

from __future__ import annotations

from . import conf

LONGEST = 400


def kept_of_origin() -> tuple[bool, bool]:
    """Whether this site keeps the address, and whether it keeps the browser, from which a pledge is signed."""
    return conf.keep_address(), conf.keep_browser()


def origin() -> dict[str, str]:
    """The "address" and "browser" of the present request. What is unknown is left out, and what DTI_PLEDGE_KEEP_ADDRESS or
    DTI_PLEDGE_KEEP_BROWSER switches off.

    The address is REMOTE_ADDR: behind a proxy the platform's own middleware has put the client's address there.
    """
    try:
        from crum import get_current_request  # ships with Open edX and the preview
    except ImportError:
        return {}
    request = get_current_request()
    if request is None:
        return {}
    found = {}
    if conf.keep_address():
        found["address"] = _plain(request.META.get("REMOTE_ADDR"))
    if conf.keep_browser():
        found["browser"] = _plain(request.META.get("HTTP_USER_AGENT"))
    return {name: value for name, value in found.items() if value}


def _plain(value) -> str:
    text = "".join(character if " " <= character <= "~" else "?" for character in str(value or ""))
    return text[:LONGEST]
