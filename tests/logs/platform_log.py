"""What an Open edX site's logs keep of a request: a stand-in for the platform's tracking middleware and for an access log.

The rule of the middleware, as it was seen at work: for every request, who asks and from where (path, referer) is noted for the
events that follow; then, unless one of TRACKING_IGNORE_URL_PATTERNS matches the path from its start, GET and POST are logged as
JSON, cut after 512 characters. POST are the fields of forms, urlencoded and multipart; JSON is none.
"""

import json
import re
from types import SimpleNamespace

from opaque_keys.edx.keys import UsageKey

from dti_xblocks.records.apps import RecordsConfig

LONGEST = 512
THE_PLATFORMS = (r"^/event", r"^/login", r"^/heartbeat", r"^/segmentio/event", r"^/performance")
PROJECTS = {"lms": "lms.djangoapp", "cms": "cms.djangoapp"}
COURSE, OLD_LIBRARY, LIBRARY = "course-v1:DTI+DTI101+2026", "library-v1:DTI+bank", "lb:DTI:bank"


class Logs:
    """The logs of one site: `tracking` and `access` are their lines."""

    def __init__(self, patterns):
        self.patterns, self.tracking, self.access = list(patterns), [], []

    def take(self, request):
        """Log Django's `request`. The context of the events that come of it."""
        context = {"path": request.META["PATH_INFO"], "referer": request.META.get("HTTP_REFERER", "")}
        self.access.append(f'{request.method} {request.get_full_path()} "{context["referer"]}"')
        if not any(re.match(pattern, context["path"]) for pattern in self.patterns):
            event = json.dumps({"GET": dict(request.GET), "POST": dict(request.POST)})[:LONGEST]
            self.tracking.append(json.dumps({"event_type": context["path"], "event": event, "context": context}))
        return context

    def lines_with(self, *words):
        """The lines of both that have one of `words`."""
        return [line for line in (*self.tracking, *self.access) if any(word in line for word in words)]


def patterns(project, own=THE_PLATFORMS):
    """The setting on a site of `project` ("lms", "cms") that has `own`, when the platform has loaded our settings, twice."""
    from importlib import import_module

    site = SimpleNamespace(TRACKING_IGNORE_URL_PATTERNS=own)
    for kind in ("common", "production"):
        found = RecordsConfig.plugin_app["settings_config"][PROJECTS[project]][kind]
        import_module(f"{RecordsConfig.name}.{found['relative_path']}").plugin_settings(site)
    return site.TRACKING_IGNORE_URL_PATTERNS


def addresses(tag, handler):
    """(project, path) of every place where the platform serves the `handler` of a block with this tag."""
    at = {
        course: str(UsageKey.from_string(f"{kind}:{course.partition(':')[2]}+type@{tag}+block@one"))
        for course, kind in ((COURSE, "block-v1"), (OLD_LIBRARY, "lib-block-v1"))
    }
    for course, usage in at.items():
        for name in ("handler", "handler_noauth"):
            yield "lms", f"/courses/{course}/xblock/{usage}/{name}/{handler}"
        for start in ("/xblock", "/preview/xblock"):
            yield "cms", f"{start}/{usage}/handler/{handler}/"
    usage = str(UsageKey.from_string(f"{LIBRARY}:{tag}:one"))
    for version in ("", "@draft", "@3"):
        for project in PROJECTS:
            yield project, f"/api/xblock/v2/xblocks/{usage}{version}/handler/12-a1b2c3/{handler}/"
