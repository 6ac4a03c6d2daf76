"""What a check of a chain comes to: findings, figures, and where the chain ends."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from ...pledge import seal
from .check_words import sentence

LIMIT = 50  # findings that are listed


class Head(NamedTuple):
    """A place in a chain. Noted down elsewhere, it shows later whether the chain up to there is still the same."""

    position: int
    digest: str

    def __str__(self) -> str:
        return f"{self.position}:{self.digest}"


BEGINNING = Head(0, seal.START)


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written. `fault` is a word of `pledge_check_words`, `what` the column or number it is
    about, `row` the id in `table` (a model's name), `position` 0 and `code` "" where there is none. `str()` is the sentence."""

    table: str
    row: int | None
    position: int
    code: str
    fault: str
    what: str = ""

    def __str__(self) -> str:
        return sentence(self)


@dataclass
class Report:
    """What a check came to. `faults` counts all findings, of which `findings` has the first. `unsigned` links wait for a key,
    `pending` records for their link: neither is a fault. `head` is where the chain ends now: note it down outside."""

    chain: str
    links: int = 0
    pledges: int = 0
    events: int = 0
    unsigned: int = 0
    pending: int = 0
    erased: int = 0
    faults: int = 0
    findings: list[Finding] = field(default_factory=list)
    files: int = 0  # kept PDF files that were checked
    files_in_part: int = 0  # of these, without their PDF signatures
    keys: Counter[str] = field(default_factory=Counter)  # links by the id of the key that signed them
    head: Head = BEGINNING

    @property
    def records(self) -> int:
        """Signatures and events that were looked at."""
        return self.pledges + self.events

    @property
    def first(self) -> Finding | None:
        """The first fault in the order of the chain, or None."""
        return self.findings[0] if self.findings else None

    @property
    def sound(self) -> bool:
        """True when nothing was found."""
        return not self.faults
