"""The query of a page or file for staff: a status, part of a name, a cohort, a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ...content import whole_number
from ...platform import clock
from ...platform.roster import Enrolled, roster_of
from ...pledge import olx
from ...pledge.validity import Terms
from ...pledge.wording import wording_hash
from ...records.pledge import roster as pledge_roster
from ...records.pledge.roster import STATUSES, Asked
from .host import PledgeHost

NOT_SIGNED, TO_SIGN = "not-signed", "to-sign"
LONGEST = 255


@dataclass(frozen=True)
class Missing:
    """People who are enrolled and have never signed, of those who are asked for."""

    roster: Any
    signed: Any  # the signatures of the block as a query set
    search: str
    cohort: int | None

    def count(self) -> int:
        """How many they are."""
        return int(self.roster.missing_count(self.signed, self.search, self.cohort))

    def people(self, start: int, stop: int) -> list[Enrolled]:
        """Some of them in the order of their usernames."""
        return list(self.roster.missing(self.signed, self.search, self.cohort, start, stop))

    def after(self, user_id: int, limit: int) -> list[Enrolled]:
        """The next in the order of their ids."""
        return list(self.roster.missing_after(self.signed, self.search, self.cohort, user_id, limit))


@dataclass(frozen=True)
class Chosen:
    """`status` is one of `roster.STATUSES`, `NOT_SIGNED`, `TO_SIGN` or "" for everybody; `search` is part of a name."""

    status: str
    search: str
    cohort: int | None

    @property
    def narrow(self) -> bool:
        """True where not everybody is asked for."""
        return bool(self.status or self.search or self.cohort is not None)

    @property
    def with_missing(self) -> bool:
        """True where people who have never signed are asked for too."""
        return self.status in ("", NOT_SIGNED, TO_SIGN)

    @property
    def place(self) -> dict[str, Any]:
        """What of it may stand in an address: all but the search."""
        return {"status": self.status, "cohort": self.cohort}

    def asked(self, block: PledgeHost) -> Asked:
        """The question to the records: of a status that they know."""
        people = roster_of(block).members(self.cohort) if self.cohort is not None else None
        status = self.status if self.status in STATUSES else ""
        return replace(asked_now(block), status=status, search=self.search, people=people)

    def missing(self, block: PledgeHost) -> Missing:
        """Who has not signed."""
        return Missing(roster_of(block), pledge_roster.people(block.where.usage), self.search, self.cohort)


def chosen_by(query: Mapping[str, str]) -> Chosen:
    """What the query has; what it cannot mean is left out."""
    status = text(query, "status")
    return Chosen(
        status=status if status in (*STATUSES, NOT_SIGNED, TO_SIGN) else "",
        search=text(query, "q"),
        cohort=number(query, "cohort") if text(query, "cohort").isdigit() else None,
    )


def asked_now(block: PledgeHost) -> Asked:
    """The question about all signatures here, judged by the wording and terms that hold now."""
    pledge, _problems = olx.examine(block.content)
    terms = Terms(block.valid_months, block.remind_days)
    return Asked(block.where.usage, wording_hash(pledge) if pledge else "", terms, now())


def now() -> datetime:
    """The present time to the second."""
    return clock.now().replace(microsecond=0)


def text(query: Mapping[str, str], name: str) -> str:
    """A word of the query, "" where there is none."""
    return str(query.get(name) or "").strip()[:LONGEST]


def number(query: Mapping[str, str], name: str, least: int = 0) -> int:
    """A whole number of the query; `least` for anything else."""
    return max(least, whole_number(text(query, name), digits=15) or 0)
