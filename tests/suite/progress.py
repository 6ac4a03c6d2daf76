"""How far the suite is: a line now and then with the tests done, the time gone and the time that is likely left."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from .schedule import FIRST, USUAL, USUAL_SECONDS, kind_of

if TYPE_CHECKING:
    import pytest

EVERY = 20.0  # seconds between two lines
LONG_RUN = 200  # tests: a shorter run has pytest's own dots
KEPT = "suite/seconds"  # in pytest's cache


class Progress:
    """Registered where results arrive: in the one process of a plain run, in the controlling process of a shared one.

    What a test will take is what it took the last time, else what tests of its kind usually take.
    """

    def __init__(self, config: pytest.Config):
        self.config = config
        cache = getattr(config, "cache", None)
        self.known: dict[str, float] = cache.get(KEPT, {}) if cache else {}
        self.took: dict[str, float] = {}
        self.expected: dict[str, float] = {}
        self.done = 0
        self.began = self.last = time.monotonic()

    # -- what there is to do ---------------------------------------------------------------------------------------------

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        if session.items:
            self._expect(
                {item.nodeid: self.known.get(item.nodeid, USUAL_SECONDS.get(kind_of(item), USUAL)) for item in session.items}
            )

    def pytest_xdist_node_collection_finished(self, node, ids) -> None:
        if not self.expected:
            self._expect({nodeid: self.known.get(nodeid, self._usual(nodeid)) for nodeid in ids})

    @staticmethod
    def _usual(nodeid: str) -> float:
        """The controlling process knows the names of tests only, not their markers."""
        if nodeid.partition("::")[0].endswith(FIRST):
            return USUAL_SECONDS["first"]
        return USUAL_SECONDS["browser"] if "/browser/" in nodeid or "in_chromium" in nodeid else USUAL

    def _expect(self, expected: dict[str, float]) -> None:
        self.expected = expected
        self.began = self.last = time.monotonic()
        if self.long:
            self._say(0.0)

    @property
    def long(self) -> bool:
        return len(self.expected) >= LONG_RUN and not self.config.option.collectonly

    # -- what is done ----------------------------------------------------------------------------------------------------

    def pytest_report_teststatus(self, report) -> tuple[str, str, str] | None:
        """In a long run a passed test adds no dot: the lines say how many there are."""
        if self.long and report.passed and report.when == "call" and not hasattr(report, "wasxfail"):
            return "passed", "", ""
        return None

    def pytest_runtest_logreport(self, report) -> None:
        self.took[report.nodeid] = self.took.get(report.nodeid, 0.0) + report.duration
        if self.long and report.failed:
            self._write(f"FAILED {report.nodeid}: {reason(report)}")  # at once: the whole story comes at the end
        if report.when != "teardown":
            return
        self.done += 1
        now = time.monotonic()
        if self.long and now - self.last >= EVERY:
            self.last = now
            self._say(now - self.began)

    def _say(self, gone: float) -> None:
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        failed = len(reporter.stats.get("failed", [])) + len(reporter.stats.get("error", []))
        self._write(line(self.done, len(self.expected), failed, gone, self._left(gone)))

    def _write(self, text: str) -> None:
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        reporter.ensure_newline()
        reporter.write_line(text)

    def _left(self, gone: float) -> float:
        """Seconds: what is still expected, at the pace of what is done, or shared by all processes before much is."""
        everything = sum(self.expected.values())
        there = sum(seconds for nodeid, seconds in self.expected.items() if nodeid in self.took)
        processes = getattr(self.config.option, "numprocesses", None) or 1
        if not there or (there < everything / 20 and gone < everything / processes):
            return max(0.0, everything / processes - gone)
        return gone * (everything - there) / there

    def pytest_sessionfinish(self) -> None:
        if self.long and getattr(self.config, "cache", None):
            self.config.cache.set(KEPT, {**self.known, **{nodeid: round(seconds, 2) for nodeid, seconds in self.took.items()}})


def reason(report) -> str:
    """The first line of why a test failed."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return (str(crash.message if crash else report.longrepr).strip().splitlines() or [""])[0]


def line(done: int, total: int, failed: int, gone: float, left: float) -> str:
    """One line of the progress."""
    faults = f", {failed} failed" if failed else ""
    return f"{done:6} of {total} tests{faults}; {_clock(gone)} gone, about {_clock(left)} left"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
