"""Where a learner works, and what of the library is the law there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .facets import SUPREME, court_class
from .library import Library
from .model import CASE, Authority, Circuit, Jurisdiction


@dataclass(frozen=True)
class Home:
    """The law of one jurisdiction, as far as the library has it. Decisions of the Supreme Court bind everywhere: not listed.

    `circuit` is None for a place in no federal circuit. `cases` control there, the leading one first; they are empty where no
    decision of the circuit was verified, and its test says so. `also` are further decisions of the circuit in the library,
    `statutes` the jurisdiction's own law.
    """

    jurisdiction: Jurisdiction
    circuit: Circuit | None = None
    cases: tuple[Authority, ...] = ()
    also: tuple[Authority, ...] = ()
    statutes: tuple[Authority, ...] = ()

    @property
    def name(self) -> str:
        """What the jurisdiction is called."""
        return self.jurisdiction.name

    def first(self, authorities: Iterable[Authority]) -> list[Authority]:
        """`authorities` with the decisions and the laws first that control here, in their order; all others stay in theirs."""
        places = {authority.slug: place for place, authority in enumerate((*self.cases, *self.statutes))}
        return sorted(authorities, key=lambda authority: places.get(authority.slug, len(places)))


def at_home(library: Library, code: str) -> Home | None:
    """The law of the jurisdiction with `code` ("VA"), in `library`. None for a code that the library does not know."""
    place = next((one for one in library.jurisdictions if one.code == code.strip().upper()), None)
    if place is None:
        return None
    circuit = next((one for one in library.circuits if one.name == place.circuit), None)
    cases = circuit.cases if circuit else ()
    also = [see.ref for see in circuit.also_see if see.ref and see.ref not in cases] if circuit else []
    return Home(place, circuit, _known(library, cases), _known(library, also), _known(library, place.statutes))


def first(library: Library, authorities: Iterable[Authority], code: str) -> list[Authority]:
    """`authorities` as the jurisdiction with `code` reads them (`Home.first`); as they are for an unknown or empty code."""
    home = at_home(library, code)
    return home.first(authorities) if home else list(authorities)


def within(library: Library, circuit: str, authorities: Iterable[Authority]) -> list[Authority]:
    """Those of `authorities` from a circuit ("9th"), its states, the Supreme Court or federal statutes, in their order."""
    own = {slug for place in library.jurisdictions if place.circuit == circuit for slug in place.statutes}

    def belongs(one: Authority) -> bool:
        if one.kind == CASE:
            return one.circuit == circuit or court_class(one) == SUPREME
        return one.slug in own or one.state == "Federal"

    return [one for one in authorities if belongs(one)]


def _known(library: Library, slugs: Iterable[str]) -> tuple[Authority, ...]:
    return tuple(authority for authority in map(library.get, slugs) if authority is not None)
