"""What stands in the field guide: guide.toml, joined to the entries of the library that it names."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from ...case_law.library import Library, library
from ...case_law.model import PARTLY, Authority

GUIDE = Path(__file__).with_name("guide.toml")


class UnknownAuthorityError(ValueError):
    """The guide names what the library does not have."""


@dataclass(frozen=True)
class Said:
    """A name, what is said of it, and when it is used ("" where that goes without saying)."""

    name: str
    what: str
    when: str = ""


@dataclass(frozen=True)
class Row:
    """A line of a table: its head, its text, and the authorities that it rests on. `more` is a second column: the amendment, or
    for a state the strength of its law (`Authority.strength`)."""

    head: str
    text: str
    authorities: tuple[Authority, ...]
    more: str = ""

    @property
    def where(self) -> str:
        """Where a state's law stands, without the acts behind it: "Md. Code Ann., Pub. Safety § 3-524"."""
        return re.sub(r"\s*(\(|;).*", "", self.authorities[0].citation)

    @property
    def partly(self) -> bool:
        """Whether one of the authorities is confirmed in part only."""
        return any(authority.verified == PARTLY for authority in self.authorities)


@dataclass(frozen=True)
class Guide:
    """The whole guide. Tables are in the order of the file, states by name."""

    title: str
    card: str
    note: str
    rungs: tuple[Said, ...]
    lines: tuple[Said, ...]
    elements: tuple[Said, ...]
    custody: tuple[Row, ...]
    circuits: tuple[Row, ...]
    states: tuple[Row, ...]
    afterward: tuple[Said, ...]
    checklist: tuple[str, ...]
    shoulder: str
    care: str
    blanks: tuple[str, ...]


@functools.cache
def guide() -> Guide:
    """The guide that is shipped. Raises `UnknownAuthorityError` when the library lacks an entry that it names."""
    return read(tomllib.loads(GUIDE.read_text(encoding="utf-8")), library())


def read(data: dict, known: Library) -> Guide:
    """`data`, as guide.toml says it, joined to the library `known`. Raises `UnknownAuthorityError`."""

    def entry(slug: str) -> Authority:
        found = known.get(slug)
        if found is None:
            raise UnknownAuthorityError(f"guide.toml names {slug}, which the library does not have.")
        return found

    states = [(entry(row["slug"]), row["report"]) for row in data["states"]]
    return Guide(
        title=data["title"],
        card=data["card"],
        note=data["note"],
        rungs=tuple(Said(each["name"], each["what"], each["when"]) for each in data["rungs"]),
        lines=tuple(Said(each["who"], each["say"]) for each in data["lines"]),
        elements=tuple(Said(each["name"], each["what"]) for each in data["elements"]),
        custody=tuple(Row(each["who"], each["test"], (entry(each["slug"]),), each["amendment"]) for each in data["custody"]),
        circuits=tuple(Row(each["circuit"], each["test"], tuple(map(entry, each["slugs"]))) for each in data["circuits"]),
        states=tuple(
            Row(law.state, report, (law,), law.strength) for law, report in sorted(states, key=lambda each: each[0].state)
        ),
        afterward=tuple(Said(each["name"], each["what"]) for each in data["afterward"]),
        checklist=tuple(data["checklist"]),
        shoulder=data["shoulder"],
        care=data["care"],
        blanks=tuple(data["blanks"]),
    )
