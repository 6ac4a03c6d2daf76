"""Processes of previews, forked from the one zygote of this process, which starts when the first is asked for.

`preview_process.py` is what runs in them. The line to a preview is a pair of sockets: it closes when the preview ends, however it
ends, and a preview ends when it closes, however this process ends.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

from .states import begin

START = Path(__file__).with_name("preview_process.py")
_running: list = []  # the zygote, our end of its control, and the folder of its state


class Child:
    """A preview's process. `pid` is its number."""

    def __init__(self, line: socket.socket):
        self.line = line
        told = line.makefile("r").readline()
        assert told, "the zygote has ended: its own faults are on the standard error of this process"
        self.pid = int(told)

    def ended(self, within: float = 0) -> bool:
        """Whether it has ended, or ends within so many seconds."""
        return bool(select.select([self.line], [], [], within)[0])

    def stop(self, within: float) -> None:
        """End it; if it does not within so many seconds, without asking."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
            if not self.ended(within):
                os.kill(self.pid, signal.SIGKILL)
        self.line.close()


def fork(log: IO[bytes], **asked: object) -> Child:
    """A preview that shows what is `asked` for (see `preview_process.show`) and writes into `log`."""
    ours, theirs = socket.socketpair()
    with theirs:
        socket.send_fds(_control(), [json.dumps(asked).encode()], [log.fileno(), theirs.fileno()])
    return Child(ours)


def _control() -> socket.socket:
    if not _running:
        folder = Path(tempfile.mkdtemp(prefix="dti-tests-zygote-"))
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(
                [sys.executable, str(START), str(theirs.fileno()), str(begin(folder / "state"))],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        _running.extend((process, ours, folder))
        atexit.register(close)
    return _running[1]


def numbers() -> list[int]:
    """The number of its process, if it runs."""
    return [process.pid for process in _running[:1]]


def close() -> None:
    """End the zygote, if it runs. Previews that it forked go on until they are stopped."""
    if _running:
        process, control, folder = _running
        _running.clear()
        control.close()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)
