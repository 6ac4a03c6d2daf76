"""The results of a learner's runs: what is kept of each, and which of them counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

BEST, LATEST, FIRST = COUNTED = ("best", "latest", "first")
RECENT = 10  # results kept beside the first and the best; every run is in the records


@dataclass(frozen=True)
class Result:
    """A finished run. Points as they were when it was finished, on the `version` of the scenario that it was played on.

    `at` is an ISO 8601 time. A score given by staff is a result without an `ending`, `earned` of 1 possible.
    """

    attempt: int
    earned: float
    possible: float
    ending: str = ""
    title: str = ""
    result: str = ""
    version: str = ""
    at: str = ""

    @property
    def share(self) -> float:
        """The score, 0.0 to 1.0. Where nothing can be earned everybody has it all."""
        return min(1.0, self.earned / self.possible) if self.possible else 1.0

    def stored(self) -> dict[str, Any]:
        """The result as it is kept."""
        return asdict(self)


def read(stored: Iterable[object]) -> list[Result]:
    """What `stored` holds, oldest first, without anything damaged."""
    names = {part.name for part in fields(Result)}
    found = []
    for item in stored:
        if isinstance(item, dict) and all(_is_number(item.get(name)) for name in ("attempt", "earned", "possible")):
            known = {name: value for name, value in item.items() if name in names}
            found.append(Result(**{name: value for name, value in known.items() if _is_number(value) or isinstance(value, str)}))
    return found


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def of_attempt(results: list[Result], attempt: int) -> Result | None:
    """The result of that run, if it is finished. A score given by staff is no run."""
    return next((result for result in reversed(results) if result.attempt == attempt and result.ending), None)


def counting(results: list[Result], counted: str) -> Result | None:
    """The result that counts: the best, the latest or the first. What staff gave stands for all runs before it."""
    standing = results[_given(results) :]
    if not standing:
        return None
    if counted == LATEST:
        return standing[-1]
    return standing[0] if counted == FIRST else max(standing, key=lambda result: result.share)


def trimmed(results: list[Result]) -> list[Result]:
    """`results` without those that can never count again, so that what is stored stays small."""
    if len(results) <= RECENT + 2:
        return results
    given, end = _given(results), len(results)
    # The best of all comes back when a rescore forgets what staff gave; until then the best since counts.
    best = {max(range(first, end), key=lambda index: results[index].share) for first in (0, given)}
    needed = {0, given, *best, *range(end - RECENT, end)}
    return [result for index, result in enumerate(results) if index in needed]


def _given(results: list[Result]) -> int:
    """The place of the last score that staff gave; 0 where they gave none."""
    return max((index for index, result in enumerate(results) if not result.ending), default=0)
