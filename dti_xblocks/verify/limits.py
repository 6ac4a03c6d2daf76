"""How often an address may ask. Codes cannot be guessed (80 bits); this keeps the page from being worn out by those who try."""

from __future__ import annotations

from django.http import HttpRequest

from ..platform import conf, limits

MINUTE = 60
ALL = 30  # times the rate of one address, of all addresses together
EVERYBODY = "all"


def wait(request: HttpRequest) -> int:
    """Count this request; 0 where it may go on, else the seconds until the next may.

    Behind a proxy REMOTE_ADDR is the client's all the same: the platform's middleware puts it there, from the headers that its
    setting CLOSEST_CLIENT_IP_FROM_HEADERS names.
    """
    rate, address = conf.verify_rate(), limits.network(request.META.get("REMOTE_ADDR", ""))
    # One address is counted first: what is refused there does not use up what all have together.
    return limits.wait("dti-verify", address, rate, MINUTE) or limits.wait("dti-verify-all", EVERYBODY, rate * ALL, MINUTE)
