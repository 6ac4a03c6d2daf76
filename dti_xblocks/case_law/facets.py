"""Narrowing a list of authorities: what each one is filed under, and how many of a list each choice would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import NamedTuple

from . import citation
from .model import CASE, KINDS, STRENGTHS, Authority

SUPREME, APPEALS, DISTRICT, OTHER = "supreme", "appeals", "district", "other"
COURTS = (SUPREME, APPEALS, DISTRICT, OTHER)


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to, one value of each; "" does not narrow. Values are those of `filed_under`."""

    topic: str = ""
    court: str = ""
    circuit: str = ""
    decade: str = ""
    module: str = ""
    kind: str = ""
    state: str = ""
    strength: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that narrow."""
        return {name: getattr(self, name) for name in NAMES if getattr(self, name)}


class Facet(NamedTuple):
    """One value of a filter, and how many authorities the list would have with it."""

    value: str
    hits: int


NAMES = tuple(field.name for field in fields(Filters))
Filed = Mapping[str, tuple[str, ...]]


def filed_under(authority: Authority) -> dict[str, tuple[str, ...]]:
    """The values of each filter that `authority` is found under."""
    year, state = authority.year, authority.state.partition(" (")[0]
    values_of = {
        "topic": authority.topics,
        "court": (court_class(authority),) if authority.kind == CASE else (),
        "circuit": (authority.circuit,),
        "decade": (f"{year // 10 * 10}s",) if year else (),
        "module": tuple(map(str, authority.modules)),
        "kind": (authority.kind,),
        "state": (state,),
        "strength": (authority.strength,),
    }
    return {name: tuple(dict.fromkeys(filter(None, values))) for name, values in values_of.items()}


def court_class(authority: Authority) -> str:
    """Which sort of court decided: "supreme" (of the United States), "appeals", "district" or "other"."""
    parsed = citation.parse(authority.citation)
    if authority.court == "Supreme Court of the United States" or (parsed and parsed.reporter == citation.SUPREME):
        return SUPREME
    if "United States Court of Appeals" in authority.court or (parsed and parsed.circuit):
        return APPEALS
    if "United States District Court" in authority.court or (parsed and parsed.is_of_district_court):
        return DISTRICT
    return OTHER


def passes(filed: Filed, chosen: Mapping[str, str]) -> bool:
    """True when an authority filed so is in a list narrowed to `chosen`."""
    return all(value in filed[name] for name, value in chosen.items())


def counted(results: Iterable[Filed], filters: Filters) -> dict[str, tuple[Facet, ...]]:
    """For each filter its values among `results`, with how many each would leave; the others narrow, the filter itself does not.

    A value that is chosen is in it even where nothing is left of it, so that a page can show what is chosen.
    """
    chosen = filters.chosen
    counts: dict[str, Counter[str]] = {name: Counter() for name in NAMES}
    for filed in results:
        failed = [name for name, value in chosen.items() if value not in filed[name]]
        if len(failed) > 1:
            continue
        for name in failed or NAMES:
            counts[name].update(filed[name])
    for name, value in chosen.items():
        counts[name].setdefault(value, 0)
    return {name: _sorted(name, counter) for name, counter in counts.items()}


def _sorted(name: str, counter: Counter[str]) -> tuple[Facet, ...]:
    """Courts, circuits, kinds, strengths by rank; modules and decades by number; states and topics by name, federal law first."""
    return tuple(
        Facet(value, counter[value]) for value in sorted(counter, key=lambda value: (_rank(name, value), value.casefold()))
    )


def _rank(name: str, value: str) -> int:
    order = {
        "court": COURTS, "circuit": citation.CIRCUITS, "kind": KINDS, "state": ("Federal",), "strength": STRENGTHS,
    }.get(name, ())  # fmt: skip
    if value in order:
        return order.index(value)
    return int(value) if name == "module" and value.isdecimal() else len(order)
