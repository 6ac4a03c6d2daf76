"""What a check has found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

OK, NOTE, WRONG, ABSENT = STATES = ("ok", "note", "wrong", "absent")


@dataclass(frozen=True)
class Finding:
    """One line of the doctor. `says` is a sentence; `mend` says how to put it right, "" where nothing is to be done.

    `state` is "ok"; "note" for what works with less than there could be; "wrong" for what has to be mended; "absent" for what
    does not exist on this server, so that nobody can tell.
    """

    check: str
    state: str
    says: str
    mend: str = ""


Check = Callable[[], Iterable[Finding]]
