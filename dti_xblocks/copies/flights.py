"""Work that many ask for at once is done once: who comes while it is under way waits for its result."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar

Result = TypeVar("Result")


class Flights:
    """What is under way in this process, by what it is about."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way: dict[Hashable, Future[Any]] = {}

    def one(self, about: Hashable, work: Callable[[], Result]) -> Result:
        """The result of `work`, or of the same work about the same that is under way. What that raises is raised for all."""
        with self._lock:
            found: Future[Any] | None = self._under_way.get(about)
            mine: Future[Any] = Future()
            if found is None:
                self._under_way[about] = mine
        if found is not None:
            shared: Result = found.result()
            return shared
        try:
            result = work()
        except BaseException as error:
            mine.set_exception(error)
            raise
        else:
            mine.set_result(result)
            return result
        finally:
            with self._lock:
                del self._under_way[about]
