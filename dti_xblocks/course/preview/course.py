"""The course that is being shown, read again when its files change."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from . import files
from .errors import PreviewError
from .loader import load
from .tree import CourseTree

log = logging.getLogger(__name__)
LOOK_EVERY = 1.0  # seconds between two looks at the files


class LiveCourse:
    """Gives the newest `CourseTree` that could be read. A fault while an author is typing keeps the last good one."""

    def __init__(self, folder: Path):
        self.folder = Path(folder).resolve()
        self.fault = ""  # why the newest files could not be read; shown to the author
        self._lock = threading.Lock()
        self._signature = files.signature(self.folder)
        self._tree = load(self.folder)
        self._looked = time.monotonic()

    def tree(self) -> CourseTree:
        """The tree to use for one request."""
        if time.monotonic() - self._looked > LOOK_EVERY and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._tree

    def _look(self) -> None:
        self._looked = time.monotonic()
        signature = files.signature(self.folder)
        if signature == self._signature:
            return
        self._signature = signature
        try:
            self._tree = load(self.folder)
            self.fault = ""
            log.info("The course changed and was read again.")
        except PreviewError as error:
            self.fault = str(error)
            log.warning("The course changed and cannot be read now: %s", error)
        except Exception:
            self.fault = "The log of the preview says why."
            log.exception("The course changed and cannot be read now")
