"""python -m tests.load [--engine postgresql|mariadb|sqlite] [--officers N] [--seconds N] [--faults] [--workers 4] [--report FILE]

Exit code 0: every answered request is in the database once, the chain of pledges is whole, and nothing was refused without a reason.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import re
import shutil
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import costs
from .faults import FAULTS, Site
from .servers import MariaDB, PostgreSQL, Queue, Redis, Web

ENGINES = {"postgresql": PostgreSQL, "mariadb": MariaDB}
EXCEPTION = re.compile(r"^[\w.]+(Error|Exception|Interrupt)\b")
LINES = 48  # officers who are at work at the same moment
SETTLE = 300  # seconds that what a worker makes may take after the last officer has gone


class Day:
    """A run: `LINES` officers at a time, each line one after another, so that all have been there when the time is over.

    Whoever comes does at least one thing, and goes on until the next of the line is due.
    """

    def __init__(self, port: int, folder: Path, officers: int, seconds: float):
        self.port, self.folder, self.officers = port, folder, officers
        self.lines = min(LINES, officers)
        # Seconds that an officer has; a twentieth is left for who is in the middle of something when the next is due.
        self.turn = 0.95 * seconds / math.ceil(officers / self.lines)
        self.began = time.monotonic()
        self.deadline = self.began + seconds
        self.counts: Counter[str] = Counter()
        self.times: list[float] = []
        self.came = 0
        self._counting = threading.Lock()

    def over(self) -> bool:
        """Whether no new work begins."""
        return time.monotonic() > self.deadline

    def go(self) -> None:
        """Have all officers work."""
        with ThreadPoolExecutor(self.lines) as pool:
            try:
                for done in [pool.submit(self._line, number) for number in range(self.lines)]:
                    done.result()
            except BaseException:  # whoever stops the run does not wait for its end
                self.deadline = time.monotonic() - SETTLE
                raise

    def _line(self, first: int) -> None:
        for turn, number in enumerate(range(first, self.officers, self.lines), start=1):
            if self.over():
                return
            self._one(number, self.began + turn * self.turn)

    def _one(self, number: int, until: float) -> None:
        from .officers import Line, Officer

        line = Line(self.port, number, lambda: time.monotonic() > self.deadline + SETTLE)
        officer = Officer(number, line, self.folder / f"ledger-{number % LINES}.jsonl")
        with contextlib.closing(officer.ledger):
            for _act in officer.work(leaves=lambda: time.monotonic() > until):
                if self.over():
                    break
        line.hang_up()
        with self._counting:
            self.came += 1
            self.counts.update(line.counts)
            self.times += line.times


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--engine", choices=(*ENGINES, "sqlite"), default="postgresql")
    parser.add_argument("--officers", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--workers", type=int, default=4, help="web workers (0: one process without Gunicorn, and no Celery)")
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--report", type=Path, help="write the figures there, as JSON")
    asked = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended all the same
    folder = Path(tempfile.mkdtemp(prefix="dti-load-"))
    folder.chmod(0o755)
    try:
        found = run(asked, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    if asked.report:
        asked.report.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return 1 if found["wrong"] else 0


def run(asked, folder: Path) -> dict:
    """One run, and its figures; "wrong" has what must not be."""
    environment = {"DTI_LOAD_FOLDER": str(folder), "DTI_LOAD_OFFICERS": str(asked.officers), "DTI_LOAD_REDIS": ""}
    servers = [ENGINES[asked.engine](folder, environment)] if asked.engine in ENGINES else []
    if asked.workers:
        servers += [Redis(folder, environment)]
    web = Web(folder, environment, asked.workers)
    servers += [web, *([Queue(folder, environment)] if asked.workers else [])]
    gone = threading.Event()
    try:
        for server in servers:
            server.prepare()
        before = {server.name: costs.seconds_of(server) for server in servers}
        began = time.monotonic()
        day = Day(web.port, folder, asked.officers, asked.seconds)
        watch = threading.Thread(target=look_after, args=(servers, gone), daemon=True)
        watch.start()
        happened: list[str] = []
        if asked.faults:
            site = Site(*servers, folder=folder)
            threading.Thread(target=go_wrong, args=(site, asked.seconds, happened), daemon=True).start()
        day.go()
        took = time.monotonic() - began
        spent = {server.name: costs.seconds_of(server) - before[server.name] for server in servers}
        os.environ.update(environment)
        counts, wrong = compare(folder)
        rows, size = costs.rows_an_officer(day.came), costs.bytes_an_officer(day.came)
        logs = {server.name: noticed(server.log) for server in servers}
    finally:
        gone.set()
        for server in reversed(servers):
            server.stop()
    if asked.faults and len(happened) < len(FAULTS):
        wrong.append(f"the time was over before all faults: {happened}")
    times = sorted(day.times) or [0.0]
    return {
        "engine": asked.engine, "web workers": asked.workers, "officers": day.came, "seconds": round(took, 1),
        "requests": sum(day.counts.values()), "requests a second": round(len(day.times) / took, 1),
        "median ms": round(statistics.median(times) * 1000), "95 % within ms": round(times[int(len(times) * 0.95)] * 1000),
        "slowest ms": round(times[-1] * 1000), "ended": dict(day.counts.most_common()), "compared": counts, "faults": happened,
        **({} if asked.faults else {"CPU ms a request": {name: round(used * 1000 / len(times), 1) for name, used in spent.items()}}),
        "rows an officer": rows, "bytes an officer": size, "exceptions in logs": logs, "wrong": wrong[:50],
    }  # fmt: skip


def look_after(servers, gone: threading.Event) -> None:
    """Start again what has died, as an init system does."""
    while not gone.wait(0.5):
        for server in servers:
            server.look_after()


def go_wrong(site: Site, seconds: float, happened: list[str]) -> None:
    """Each fault once, spread over the middle of the run."""
    pause = seconds * 0.8 / len(FAULTS)
    for fault in FAULTS:
        time.sleep(pause)
        fault(site)
        happened.append(fault.__name__)


def compare(folder: Path) -> tuple[dict, list[str]]:
    """`books.check`, as soon as nothing is being made any more."""
    from . import books, served

    assert served.application  # Django is configured, on the same database
    entries = books.read(folder)
    deadline = time.monotonic() + SETTLE
    while books.waiting() and time.monotonic() < deadline:
        time.sleep(2)
    return books.check(entries)


def noticed(log: Path) -> dict[str, int]:
    """The exceptions in a program's log by the line that names them, the most frequent first."""
    lines = log.read_text("utf-8", "replace").splitlines() if log.exists() else []
    return dict(Counter(line[:120] for line in lines if EXCEPTION.match(line)).most_common(6))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
