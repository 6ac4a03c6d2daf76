"""What a load balancer or a monitor asks every few seconds: whether records can be written and pledges sealed, from one server.

The platform's `/heartbeat?extended` calls `check` (openedx/core/djangoapps/heartbeat/runchecks.py); the plugin adds it to the
site's `HEARTBEAT_EXTENDED_CHECKS`. What takes longer is the doctor's.
"""

from __future__ import annotations

from ..platform import conf
from ..seals.site import site_keys
from .access import RecordsUnavailableError, records

NAME = "dti_records"


def check() -> tuple[str, bool, str]:
    """The name of the check, whether all is well, and a sentence. One small query; no personal data, no path of a key."""
    if any(one.fault for one in conf.ALL):
        return NAME, False, "A setting of dti_xblocks is wrong: ./manage.py lms check"
    try:
        with records() as models:
            models.SignedPledge.objects.exists()
    except RecordsUnavailableError:
        return NAME, False, "The records cannot be read: ./manage.py lms dti_doctor"
    keys = site_keys() if conf.pledge_keys() else None
    if keys is not None and (keys.fault or keys.missing):
        return NAME, False, "Pledges cannot be sealed: ./manage.py lms dti_doctor"
    return NAME, True, "OK"
