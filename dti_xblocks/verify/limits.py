"""How often an address may ask. Codes cannot be guessed (80 bits); this keeps the page from being worn out by those who try."""

from __future__ import annotations

from django.http import HttpRequest

from ..platform import conf, limits

MINUTE = 60
WIDER = ((56, 2), (48, 4))  # bits of what one customer of a provider may have, and times the rate of one address
ALL = 30  # times the rate of one address, of all addresses together
FEW = 3  # times a minute that one address may ask also where all together have asked too often: a flood shuts nobody else out
EVERYBODY = "all"


def wait(request: HttpRequest) -> int:
    """Count this request; 0 where it may go on, else the seconds until the next may.

    Behind a proxy REMOTE_ADDR is the client's all the same: the platform's middleware puts it there, from the headers that its
    setting CLOSEST_CLIENT_IP_FROM_HEADERS names.
    """
    rate, sender = conf.verify_rate(), request.META.get("REMOTE_ADDR", "")
    address = limits.network(sender)
    # One address is counted first: what is refused there does not use up what all have together, nor what its network has.
    seconds = limits.wait("dti-verify", address, rate, MINUTE)
    if ":" in address:
        for bits, times in WIDER:
            seconds = seconds or limits.wait(f"dti-verify-{bits}", limits.network(sender, bits), rate * times, MINUTE)
    if seconds:
        return seconds
    many = limits.wait("dti-verify-few", address, FEW, MINUTE)
    crowded = limits.wait("dti-verify-all", EVERYBODY, rate * ALL, MINUTE)
    return crowded if many else 0
