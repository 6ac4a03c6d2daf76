"""How often somebody may ask for something: counted by django-ratelimit in Django's cache, so that all processes count together.

Where the cache does not count each process counts by itself: work goes on, and the gate is as many times wider as there are
processes, not open. The library's own settings hold here too (RATELIMIT_ENABLE, RATELIMIT_USE_CACHE, RATELIMIT_FAIL_OPEN).
"""

from __future__ import annotations

import ipaddress
import logging
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.crypto import salted_hmac
from django_ratelimit.core import get_usage

log = logging.getLogger(__name__)

LOG = "log"  # the group of the lines in the log
MOST_KEPT = 10_000  # names that a process remembers when it counts by itself


@dataclass
class Counter:
    """The counts of one process for the present window of time. What is more than it can keep is refused."""

    window: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str, window: int) -> tuple[int, bool]:
        """Count one more of `name` in that window: how many that makes, and whether it is the first of anything."""
        with self.lock:
            first = window != self.window
            if first:
                self.window, self.counts = window, {}
            if name not in self.counts and len(self.counts) >= MOST_KEPT:
                return MOST_KEPT, first
            self.counts[name] = self.counts.get(name, 0) + 1
            return self.counts[name], first


own: defaultdict[str, Counter] = defaultdict(Counter)  # by group


def wait(group: str, who: str, most: int, seconds: int) -> int:
    """Count one more of `who` in `group`, who may ask `most` times in so many seconds: 0, or the seconds until the next time."""
    name = salted_hmac("dti_xblocks.limits", who, algorithm="sha256").hexdigest()[:32]  # tells nothing of who it is
    try:
        return _by_cache(group, name, most, seconds)
    except Exception:  # each cache has its own
        window, past = divmod(int(time.time()), seconds)
        count, _first = own[group].add(name, window)
        if own[LOG].add("", int(time.time()) // 60)[1]:  # once a minute: a cache that is down must not fill the log
            log.warning("The cache does not count: each process counts by itself how often people ask", exc_info=True)
        return seconds - past if count > most else 0


def network(address: str, bits: int = 64) -> str:
    """What counts as one with `address`: in IPv6 its network of so many bits, of which whoever has one address has the lower 64
    whole, and many have a /56 or /48; "" for no address.

    Not as the library has it: an IPv4 address inside an IPv6 one would be in one network with all the others.
    """
    try:
        found = ipaddress.ip_address(str(address).strip())
    except ValueError:  # a socket of the proxy's, which has none
        return ""
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found.packed, bits), strict=False))


def _by_cache(group: str, name: str, most: int, seconds: int) -> int:
    asked = {"request": None, "group": group, "key": lambda _group, _request: name, "rate": (most, seconds)}
    usage = get_usage(**asked, increment=True)
    if usage is None:  # switched off
        return 0
    if usage["time_left"] < 0:
        raise OSError("the cache gives no number")
    if usage["count"] == 1 and get_usage(**asked)["count"] < 1:
        raise OSError("the cache keeps nothing")
    return int(usage["time_left"]) + 1 if usage["should_limit"] else 0
