"""What the platform logs while something is done: warnings and errors with their tracebacks, and the tracking log."""

from __future__ import annotations

import contextlib
import logging
import traceback
from collections.abc import Iterator
from dataclasses import dataclass

ENTRIES: list[Entry] = []
TRACKED: list[str] = []


@dataclass(frozen=True)
class Entry:
    """One line of a log."""

    level: int
    logger: str
    message: str
    traceback: str = ""

    @property
    def loud(self) -> bool:
        """Whether somebody has to look at it: an error, or anything with a traceback."""
        return self.level >= logging.ERROR or bool(self.traceback)

    def __str__(self) -> str:
        last = self.traceback.strip().splitlines()[-1:]
        return " ".join([f"{self.logger}: {self.message}"[:200], *last])


class Listener(logging.Handler):
    """Hears everything from WARNING on."""

    def emit(self, record: logging.LogRecord) -> None:
        found = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info and record.exc_info[0] else ""
        ENTRIES.append(Entry(record.levelno, record.name, record.getMessage(), found))


class Tracking(logging.Handler):
    """Hears the tracking log."""

    def emit(self, record: logging.LogRecord) -> None:
        TRACKED.append(record.getMessage())


def listen() -> None:
    """Hear all loggers of this process, and keep them off the terminal: what is said there are the checks."""
    listener, root = Listener(logging.WARNING), logging.getLogger()
    root.addHandler(listener)
    root.setLevel(logging.INFO)
    for logger in [root, *(each for each in logging.root.manager.loggerDict.values() if isinstance(each, logging.Logger))]:
        if not logger.propagate and logger is not root:
            logger.addHandler(listener)
        for handler in list(logger.handlers):
            if isinstance(handler, logging.StreamHandler):
                logger.removeHandler(handler)
    tracking = logging.getLogger("tracking")
    tracking.setLevel(logging.INFO)
    tracking.addHandler(Tracking(logging.INFO))


@contextlib.contextmanager
def heard() -> Iterator[list[Entry]]:
    """What is logged inside, known at the end."""
    before, found = len(ENTRIES), []
    try:
        yield found
    finally:
        found.extend(ENTRIES[before:])
