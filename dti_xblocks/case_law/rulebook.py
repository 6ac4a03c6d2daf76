"""What the rules about a set of authorities look at, and the book in which all of them are entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..content import Rulebook
from .library import Library, authority_of
from .model import Authority, CaseSet, Entry


@dataclass(frozen=True)
class Judged:
    """A set, the library it is over, and what its entries come to there. `completes_by` is the block's completion rule."""

    case_set: CaseSet
    library: Library
    completes_by: str = ""

    _made: dict[int, Authority | None] = field(default_factory=dict, repr=False, compare=False)

    def made(self, entry: Entry) -> Authority | None:
        """What `entry` comes to; worked out once, since most rules ask."""
        if id(entry) not in self._made:
            self._made[id(entry)] = authority_of(entry, self.library.get(entry.name))
        return self._made[id(entry)]

    def changing(self) -> Iterator[tuple[Entry, Authority | None]]:
        """The entries with texts of the author's own, with what they come to."""
        for entry in self.case_set.entries:
            if entry.fields:
                yield entry, self.made(entry)


RULES: Rulebook[[Judged]] = Rulebook()
