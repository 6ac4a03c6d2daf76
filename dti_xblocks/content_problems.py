"""Author mistakes as values. Imports nothing: every domain package and the course tool may use it."""

from __future__ import annotations

from dataclasses import dataclass

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake of an author.

    `code` is permanent and names the rule; `where` is the place as the author knows it (a scene id, a file name);
    `message` is a sentence that says what is wrong and what to do; `line` is 1-based, 0 where unknown.
    """

    code: str
    where: str
    message: str
    severity: str = ERROR
    line: int = 0
