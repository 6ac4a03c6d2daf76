"""A long document to PDF in a process of its own, which is ended when it takes too much time, memory or paper.

The process has no database, no settings and no secrets in its environment, and its fetcher opens no connection and no file but
ours. Where no process can be started, the same work is done here, with the number of pages bounded and nothing else.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from typing import IO

from . import rendering

log = logging.getLogger(__name__)

WORKER = f"{__package__}.worker"
PAGE, FAILED = "dti-page", "dti-failed"  # the words with which the process begins its lines
TOO_LONG, TOO_LARGE, TIME, MEMORY, BROKEN, UNAVAILABLE = "pages", "size", "time", "memory", "broken", "unavailable"
PACKAGES = str(Path(__file__).parents[2])  # where a process of ours finds us
# What the process may know of this one's environment: where programs, libraries, fonts and temporary files are.
ENVIRONMENT = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH",
               "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME", "XDG_DATA_DIRS", "SYSTEMROOT")  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """What a document may take. Sizes are bytes; `memory` is the address space of the process.

    A packet of 60 authorities takes 240 MB, one of 1,000 authorities and 1,000 pages 1.8 GB (`tests/benches/packets.py`).
    """

    seconds: int = 300
    memory: int = 2 * 1024**3
    pages: int = 1500
    source: int = 12 * 1024**2
    file: int = 64 * 1024**2


class NotRenderedError(Exception):
    """The document could not be made. `code` is "pages", "size", "time", "memory" or "broken"; `detail` is for the log."""

    def __init__(self, code: str, detail: str = ""):
        super().__init__(f"{code} {detail}".strip())
        self.code, self.detail = code, detail


def render_apart(
    html: str,
    *,
    title: str,
    base_css: str = "",
    limits: Limits | None = None,
    heartbeat: Callable[[int], None] | None = None,
    every: float = 1.0,
) -> bytes:
    """`html` as a tagged PDF, as `rendering.render` makes it, within `limits`.

    `heartbeat` is called about each `every` seconds with the number of the page in work; what it raises ends the work and comes
    out.

    Raises `NotRenderedError`, or `PdfUnavailableError` where WeasyPrint cannot be loaded.
    """
    limits = limits or Limits()
    heartbeat = heartbeat or (lambda _page: None)
    order = {"html": html, "title": title, "css": base_css, "pages": limits.pages}
    order |= {"memory": limits.memory, "seconds": limits.seconds}
    body = json.dumps(order).encode()
    if len(body) > limits.source:
        raise NotRenderedError(TOO_LARGE, f"{len(body)} bytes of source")
    process = _start()
    if process is None:
        return _render_here(html, title, base_css, limits, heartbeat)
    try:
        return _Conversation(process, body, limits).follow(heartbeat, every)
    finally:
        process.kill()  # nothing where it has ended
        process.wait()


class _Conversation:
    """One process being fed and listened to. Each pipe has a thread, so that none of them can fill up and stop the work."""

    def __init__(self, process: subprocess.Popen[bytes], order: bytes, limits: Limits):
        self._process, self._order, self._limits = process, order, limits
        self._input, self._output, self._errors = _pipes(process)
        self._page, self._failure, self._file, self._last_words = 0, "", b"", ""
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._feed, self._take, self._listen)]

    def follow(self, heartbeat: Callable[[int], None], every: float) -> bytes:
        for thread in self._threads:
            thread.start()
        end = time.monotonic() + self._limits.seconds
        while True:
            try:
                self._process.wait(min(every, max(0.01, end - time.monotonic())))
                break
            except subprocess.TimeoutExpired:
                if time.monotonic() >= end:
                    raise NotRenderedError(TIME, f"{self._limits.seconds} s") from None
                heartbeat(self._page)
        for thread in self._threads:
            thread.join(5)
        return self._result()

    def _result(self) -> bytes:
        code = self._process.returncode
        if code == 0 and self._file.startswith(b"%PDF-"):
            if len(self._file) > self._limits.file:
                raise NotRenderedError(TOO_LARGE, f"{len(self._file)} bytes of PDF")
            return self._file
        reason, _space, detail = self._failure.partition(" ")
        if reason == UNAVAILABLE:
            raise rendering.unavailable(detail)
        raise NotRenderedError(reason or _reason(code), detail or f"exit status {code}: {self._last_words}")

    def _feed(self) -> None:
        try:
            with self._input as pipe:
                pipe.write(self._order)
        except OSError:  # it has ended before it read all; its status tells why
            return

    def _take(self) -> None:
        with self._output as pipe:
            self._file = pipe.read(self._limits.file + 1)

    def _listen(self) -> None:
        with self._errors as pipe:
            for raw in pipe:
                line = raw.decode("utf-8", "replace").rstrip("\n")
                kind, _space, rest = line.partition(" ")
                if kind == PAGE and rest.isdecimal():
                    self._page = max(self._page, int(rest))
                elif kind == FAILED:
                    self._failure = rest
                elif line:
                    self._last_words = line[:300]


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None or process.stderr is None:
        raise ValueError("the process was started without pipes")
    return process.stdin, process.stdout, process.stderr


def _reason(code: int) -> str:
    """Why a process ended that had no time to say so. Libraries in C abort where there is no memory left."""
    if code in (-signal.SIGALRM, -signal.SIGXCPU) if hasattr(signal, "SIGXCPU") else False:
        return TIME
    ended = [getattr(signal, name) for name in ("SIGABRT", "SIGTRAP", "SIGSEGV", "SIGBUS", "SIGKILL") if hasattr(signal, name)]
    return MEMORY if -code in ended else BROKEN


def _start() -> subprocess.Popen[bytes] | None:
    """The process, or None where none can be started."""
    environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(dict.fromkeys([PACKAGES, *(path for path in sys.path if path)]))
    for python in interpreters():
        try:
            command = [python, "-P", "-m", WORKER]
            return subprocess.Popen(command, env=environment, stdin=PIPE, stdout=PIPE, stderr=PIPE)  # noqa: S603 - our own
        except OSError as error:
            log.warning("%s cannot be started to make a PDF: %s", python, error)
    log.warning("No process can be started to make a PDF, so it is made in this one.")
    return None


def interpreters() -> list[str]:
    """Where this Python may be, best first. Inside of a server such as uwsgi `sys.executable` may be the server."""
    found = [sys.executable] if sys.executable and Path(sys.executable).name.startswith("python") else []
    found += [str(Path(prefix, "bin", name)) for prefix in (sys.prefix, sys.base_prefix) for name in ("python3", "python")]
    return [path for path in dict.fromkeys(found) if os.access(path, os.X_OK)]


class _TooLongError(Exception):
    """More pages than wanted."""


def _render_here(html: str, title: str, base_css: str, limits: Limits, heartbeat: Callable[[int], None]) -> bytes:
    end = time.monotonic() + limits.seconds

    def on_page(number: int) -> None:
        if number > limits.pages:
            raise _TooLongError
        if time.monotonic() > end:
            raise TimeoutError
        heartbeat(number)

    try:
        body = rendering.render(html, title=title, base_css=base_css, on_page=on_page)
    except _TooLongError:
        raise NotRenderedError(TOO_LONG) from None
    except TimeoutError:
        raise NotRenderedError(TIME) from None
    except MemoryError:
        raise NotRenderedError(MEMORY) from None
    if len(body) > limits.file:
        raise NotRenderedError(TOO_LARGE, f"{len(body)} bytes of PDF")
    return body
