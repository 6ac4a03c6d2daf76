"""Previews in processes of their own: `serving` one for a while, or one of each course for as long as this process runs tests.

A preview that serves several test modules is put back between them to what it was when it started: its progress is one SQLite
file, and nothing of it is kept in its memory.
"""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dti_xblocks.course.preview.settings import DATABASE

from . import zygote
from .states import begin

STARTS_WITHIN = 600  # seconds, on a very busy machine; a process that ends is seen at once


@dataclass(frozen=True)
class Preview:
    """A preview of the course in `folder` at `address`, which keeps progress in `state`. `clock` is set where its time stands still."""

    address: str
    folder: Path
    state: Path
    clock: Path | None = None

    def keep(self) -> None:
        """Remember what is there."""
        with closing(sqlite3.connect(self.state / DATABASE)) as now, closing(sqlite3.connect(self._kept)) as kept:
            now.backup(kept)

    def put_back(self) -> None:
        """Make it what it was at `keep`, its clock included."""
        with closing(sqlite3.connect(self.state / DATABASE, timeout=30)) as now, closing(sqlite3.connect(self._kept)) as kept:
            kept.backup(now)
        shutil.rmtree(self.state / "media", ignore_errors=True)
        if self.clock:
            set_clock(self.clock, 0)

    def forward(self, seconds: float) -> None:
        """Let its time pass."""
        assert self.clock, "the time of this preview is the machine's"
        set_clock(self.clock, float(self.clock.read_text()) + seconds)

    @property
    def _kept(self) -> Path:
        return self.state.with_name("kept.sqlite3")


def set_clock(path: Path, seconds: float) -> None:
    """Write so many seconds since the start; a reader finds the old file or the new one."""
    new = path.with_suffix(".new")
    new.write_text(str(seconds))
    os.replace(new, path)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(course: Path, state: Path, *, still: bool = False) -> Iterator[Preview]:
    """A preview of `course` that keeps progress in `state`; stopped afterwards. With `still` its blocks' time stands still until
    `forward`."""
    port = free_port()
    begin(state).parent.mkdir(parents=True, exist_ok=True)
    log = state.parent / f"preview-{port}.log"
    clock = state.parent / f"clock-{port}" if still else None
    if clock:
        set_clock(clock, 0)
    with log.open("wb") as output:
        process = zygote.fork(output, course=str(course), port=port, state=str(state), clock=str(clock) if clock else None)
    try:
        preview = Preview(f"http://127.0.0.1:{port}", course, state, clock)
        _wait_for(preview.address, process, log)
        yield preview
    finally:
        process.stop(STARTS_WITHIN)


def _wait_for(address: str, process: zygote.Child, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=30).close()
            return
        except OSError:
            assert not process.ended(within=0.1), log.read_text()
    raise AssertionError(f"The preview did not start: {log.read_text()}")
