"""How often an address may ask. Codes cannot be guessed (80 bits); this keeps the page from being worn out by those who try.

Counted in Django's cache, in windows of a minute, so that all processes count together. What is kept there is a keyed hash of the
address. Where the cache does not answer each process counts by itself: the page goes on, and the gate is as many times wider as
there are processes, not open.
"""

from __future__ import annotations

import ipaddress
import logging
import threading
from dataclasses import dataclass, field

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

log = logging.getLogger(__name__)

MINUTE = 60
RATE = 20  # of one address
ALL = 30  # times that, of all addresses together
MOST_KEPT = 10_000  # addresses that a process remembers when it counts by itself
EVERYBODY = "all"


@dataclass
class Counter:
    """The counts of one process for the present minute. What is more than it can keep is refused."""

    minute: int = 0
    counts: dict = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    noted: int = 0  # the minute for which a fault of the cache is in the log

    def add(self, name: str, minute: int) -> int:
        """Count one more of `name` in that minute; how many that makes."""
        with self.lock:
            if minute != self.minute:
                self.minute, self.counts = minute, {}
            if name not in self.counts and len(self.counts) >= MOST_KEPT:
                return MOST_KEPT
            self.counts[name] = self.counts.get(name, 0) + 1
            return self.counts[name]

    def first_fault(self, minute: int) -> bool:
        """True once a minute, so that a cache that is down does not fill the log."""
        with self.lock:
            first, self.noted = self.noted != minute, minute
            return first


own = Counter()


def wait(request, now: float) -> int:
    """Count this request; 0 where it may go on, else the seconds until the next may. `now` is in seconds since 1970.

    Behind a proxy REMOTE_ADDR is the client's all the same: the platform's middleware puts it there, from the headers that its
    setting CLOSEST_CLIENT_IP_FROM_HEADERS names.
    """
    minute = int(now) // MINUTE
    rate = _rate()
    # One address is counted first: what is refused there does not use up what all have together.
    over = _count(_name(request.META.get("REMOTE_ADDR", "")), minute) > rate or _count(EVERYBODY, minute) > rate * ALL
    return MINUTE - int(now) % MINUTE if over else 0


def _rate() -> int:
    try:
        return max(1, int(getattr(settings, "DTI_PLEDGE_VERIFY_RATE", RATE)))
    except (TypeError, ValueError):
        log.error("settings.DTI_PLEDGE_VERIFY_RATE has to be a whole number")
        return RATE


def _name(address: str) -> str:
    """A name for an address that tells nothing. Whoever has an IPv6 address has all 2^64 of its network: they count as one."""
    try:
        given = ipaddress.ip_address(str(address).strip())
        mapped = getattr(given, "ipv4_mapped", None)
        is_network = mapped is None and given.version == 6
        plain = str(ipaddress.ip_network((given.packed, 64), strict=False)) if is_network else str(mapped or given)
    except ValueError:  # a socket of the proxy's, which has none
        plain = ""
    return salted_hmac("dti_xblocks.verify", plain, algorithm="sha256").hexdigest()[:32]


def _count(name: str, minute: int) -> int:
    key = f"dti-verify:{minute}:{name}"
    try:
        cache.add(key, 0, 2 * MINUTE)
        return int(cache.incr(key))
    except Exception:  # each cache has its own; one that keeps nothing raises ValueError, one that hides its faults gives None
        if own.first_fault(minute):
            log.warning("The cache does not count: each process counts by itself how often people verify", exc_info=True)
        return own.add(name, minute)
