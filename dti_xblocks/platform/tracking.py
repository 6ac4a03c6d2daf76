"""The platform's tracking log, kept clear of what our learners write.

Its middleware writes the query and the form fields of every request into the log, except of addresses that match one of
TRACKING_IGNORE_URL_PATTERNS (`re.match` on the path). Our events are not held up by that: it takes note of who asks before it
looks at the address. See docs/decisions/0013-private-words.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core import checks

MIDDLEWARE = ".track.middleware.TrackMiddleware"
SETTING = "TRACKING_IGNORE_URL_PATTERNS"

# Of the LMS and Studio alike. No part can match at many places: every request of the site is held against each of them.
PATTERNS = (
    r"^/dti/",  # our pages
    r"^/(?:courses/[^/]+/|preview/)?xblock/[^/@]*\+type@dti_[^/]*/handler",  # our blocks in courses and older libraries
    r"^/api/xblock/v2/xblocks/lb:[^/:]*:[^/:]*:dti_[^/]*/handler",  # and in content libraries
)
# One address of each kind, to see whether a site's own patterns have them.
EXAMPLES = (
    "/dti/verify",
    "/courses/course-v1:A+B+C/xblock/block-v1:A+B+C+type@dti_pledge+block@d/handler/sign/",
    "/xblock/block-v1:A+B+C+type@dti_pledge+block@d/handler/sign/",
    "/preview/xblock/block-v1:A+B+C+type@dti_pledge+block@d/handler/sign/",
    "/api/xblock/v2/xblocks/lb:A:B:dti_pledge:d/handler/1-a/sign/",
)


def with_ours(patterns: Iterable[Any] | None) -> list[Any]:
    """The patterns of a site and, after them, those of ours that are missing."""
    kept = list(patterns or ())
    return [*kept, *(pattern for pattern in PATTERNS if pattern not in kept)]


def problems(**_options: Any) -> list[checks.CheckMessage]:
    """The system check: are our addresses left out, where there is such a log? A site may set the list after us."""
    if not any(str(name).endswith(MIDDLEWARE) for name in settings.MIDDLEWARE):
        return []
    patterns = getattr(settings, SETTING, None) or ()
    logged = [path for path in EXAMPLES if not any(re.match(pattern, path) for pattern in patterns)]
    if not logged:
        return []
    return [
        checks.Warning(
            f"What people type into forms of dti-xblocks is in the tracking log: {SETTING} matches none of {', '.join(logged)}.",
            hint=f"Where the site's settings set the list, add: {', '.join(PATTERNS)}",
            id="dti_records.W013",
        )
    ]
