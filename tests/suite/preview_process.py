"""Previews as `dti-course preview` starts them, forked from one process that has imported everything: preview_process.py CONTROL STATE

Python, Django and the platform's blocks take three seconds to start, and a process of the suite has a dozen previews. So it starts
this one once, a zygote: it reads no course that it shows, opens no connection, has no thread, and forks a preview for each request
that comes through the socket CONTROL, the number of an open file (`suite.zygote` has the other end). It ends when that is closed.

With a clock, a file that holds a number of seconds, the time of our code stands still: it is the moment of the start, and so many
seconds later. What a test of a scene against the clock sees then does not hang on the pace of the machine.

Files of packages, which do not change while a test runs, are read once and may be kept by the browser: an editor is seventy of
them, and each of them would go through all of Django for each person of a test.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
SMALLEST = Path(__file__).parents[1] / "course/fixtures/tiny"


def stand_still(clock: Path, modules: list[str]) -> None:
    """Give each of these modules that works with `datetime` one whose `now` reads the clock."""
    from datetime import datetime, timedelta

    begun = datetime.now().astimezone()

    class Still(datetime):
        @classmethod
        def now(cls, tz=None):
            return begun.astimezone(tz) + timedelta(seconds=float(clock.read_text()))

    for name in modules:
        if getattr(sys.modules[name], "datetime", None) is datetime:
            sys.modules[name].datetime = Still


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


def prepare(state: Path) -> list[str]:
    """Import all that a preview works with; returns our modules whose time can stand still: those of the blocks."""
    from importlib.metadata import entry_points

    from dti_xblocks.course.preview.settings import configure

    configure(state)
    from django.db import connections
    from django.db.backends.signals import connection_created

    from dti_xblocks.course.preview import (
        database,  # noqa: F401 - its receiver comes first
        serve,
    )
    from tests.suite.states import hurry

    connection_created.connect(hurry)
    for block in entry_points(group="xblock.v1"):
        if block.value.startswith("dti_xblocks."):
            block.load()
    ours = [name for name in sys.modules if name.startswith("dti_xblocks.")]
    serve.make_application(SMALLEST, state)  # what only a first course imports
    connections.close_all()
    return ours


def show(course: str, port: int, state: str, clock: str | None, modules: list[str]) -> int:
    """Show a course until somebody stops this process."""
    from dti_xblocks.course.cli import main as dti_course
    from dti_xblocks.course.preview import serve
    from dti_xblocks.course.preview.settings import configure

    configure(Path(state))
    if clock:
        stand_still(Path(clock), modules)
    made = serve.make_application
    delay = float(os.environ.get("DTI_TEST_DELAY", "0")) / 1000
    serve.make_application = lambda *args: Late(Kept(made(*args)), delay) if delay else Kept(made(*args))
    return dti_course(["preview", course, "--port", str(port), "--state", state])


def end_with(line: socket.socket) -> None:
    """End this process, as `kill` does, when the other end of `line` is closed: whoever asked for it is gone."""
    line.recv(1)
    os.kill(os.getpid(), signal.SIGTERM)


def begin(asked: dict, files: list[int], modules: list[str]) -> int:
    """In a fork: write into the log, tell the process's number, and show the course."""
    log, line = files
    for standard in (1, 2):
        os.dup2(log, standard)
    os.close(log)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    asker = socket.socket(fileno=line)
    threading.Thread(target=end_with, args=[asker], daemon=True).start()
    asker.sendall(f"{os.getpid()}\n".encode())
    return show(**asked, modules=modules)


def main(control: str, state: str) -> int:
    """Fork a preview for each request: what `show` wants as JSON, and the open files of its log and of the asker's line to it."""
    modules = prepare(Path(state))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the suite, which closes the lines
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them here: the asker sees the line close
    with socket.socket(fileno=int(control)) as requests:
        while True:
            asked, files, _flags, _address = socket.recv_fds(requests, 65536, 2)
            if not asked:
                return 0
            if not os.fork():
                requests.close()
                return begin(json.loads(asked), files, modules)
            for file in files:
                os.close(file)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
