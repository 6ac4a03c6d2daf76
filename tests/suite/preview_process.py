"""A preview as `dti-course preview` starts it: preview_process.py COURSE PORT STATE [CLOCK]

With CLOCK, a file that holds a number of seconds, the time of our code stands still: it is the moment of the start, and so many
seconds later. What a test of a scene against the clock sees then does not hang on the pace of the machine.

Files of packages, which do not change while a test runs, are read once and may be kept by the browser: an editor is seventy of
them, and each of them would go through all of Django for each person of a test.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))


def stand_still(clock: Path) -> None:
    """Give every module of our blocks that works with `datetime` one whose `now` reads the clock."""
    from datetime import datetime, timedelta
    from importlib.metadata import entry_points

    begun = datetime.now().astimezone()

    class Still(datetime):
        @classmethod
        def now(cls, tz=None):
            return begun.astimezone(tz) + timedelta(seconds=float(clock.read_text()))

    for block in entry_points(group="xblock.v1"):
        if block.value.startswith("dti_xblocks."):
            block.load()
    for name, module in list(sys.modules.items()):
        if name.startswith("dti_xblocks.") and getattr(module, "datetime", None) is datetime:
            module.datetime = Still


class Kept:
    """WSGI: `application`, whose answers to requests for files of packages are kept and may be kept."""

    FILES = ("/resource/", "/page/")

    def __init__(self, application):
        self.application = application
        self.course = application.course
        self._kept: dict[str, tuple[str, list[tuple[str, str]], bytes]] = {}

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] != "GET" or environ.get("QUERY_STRING") or not path.startswith(self.FILES):
            return self.application(environ, start_response)
        if path not in self._kept:
            answer = self._asked(environ)
            if not answer[0].startswith("200"):
                start_response(*answer[:2])
                return [answer[2]]
            self._kept[path] = answer
        status, headers, body = self._kept[path]
        start_response(status, list(headers))
        return [body]

    def _asked(self, environ) -> tuple[str, list[tuple[str, str]], bytes]:
        begun = []
        body = self.application(environ, lambda status, headers, exc_info=None: begun.extend((status, headers)))
        try:
            content = b"".join(body)
        finally:
            if hasattr(body, "close"):
                body.close()
        status, headers = begun
        ours = ("cache-control", "content-length", "set-cookie")
        kept = [(name, value) for name, value in headers if name.lower() not in ours]
        return status, [*kept, ("Cache-Control", "max-age=3600"), ("Content-Length", str(len(content)))], content


class Late:
    """WSGI: `application`, whose answers come `delay` seconds late. The server has a thread for each request."""

    def __init__(self, application, delay: float):
        self.application, self.delay = application, delay
        self.course = application.course

    def __call__(self, environ, start_response):
        time.sleep(self.delay)
        return self.application(environ, start_response)


def main(course: str, port: str, state: str, clock: str = "") -> int:
    from dti_xblocks.course.cli import main as dti_course
    from dti_xblocks.course.preview.settings import configure

    configure(Path(state))
    from django.db.backends.signals import connection_created

    from dti_xblocks.course.preview import (
        database,  # noqa: F401 - its receiver comes first
        serve,
    )
    from tests.suite.states import hurry

    connection_created.connect(hurry)
    if clock:
        stand_still(Path(clock))
    made = serve.make_application
    delay = float(os.environ.get("DTI_TEST_DELAY", "0")) / 1000
    serve.make_application = lambda *args: Late(Kept(made(*args)), delay) if delay else Kept(made(*args))
    return dti_course(["preview", course, "--port", port, "--state", state])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
