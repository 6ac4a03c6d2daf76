"""Tables about the law and the research that a course rests on: what there is, how far it was checked, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ...case_law.library import Library
from ...case_law.model import ACCOUNT, CASE, PARTLY, POLICY, STATUTE, STUDY, Authority
from ..documents import Table
from .parts import Part
from .tables import questions

KINDS = {CASE: "Decisions", STATUTE: "Statutes", POLICY: "Policies", ACCOUNT: "Accounts", STUDY: "Studies"}


def shipped(library: Library) -> list[Authority]:
    """The entries of the library that come with the package, by kind, then by name."""
    return sorted((one for one in library if not one.is_agencys), key=lambda one: (list(KINDS).index(one.kind), _sorted(one)))


def _sorted(one: Authority) -> str:
    return one.heading.lower()


def used(parts: Sequence[Part]) -> Counter[str]:
    """How many lessons and questions rest on each authority, by slug; lists of case law left out."""
    counts: Counter[str] = Counter()
    for part in parts:
        if part.item.kind != "case_law":
            counts.update(part.authorities)
    counts.update(question.source for question in questions(parts))
    return counts


def kinds(library: Library, parts: Sequence[Part]) -> Table:
    """How many of each kind, how far checked, when, and how many a lesson or a question rests on."""
    taught = used(parts)
    rows = []
    for kind, name in KINDS.items():
        own = [one for one in shipped(library) if one.kind == kind]
        rows.append(_row(name, own, taught))
    rows.append(_row("In all", shipped(library), taught))
    return Table(
        caption="The library",
        head=("Kind", "Entries", "Checked in full", "In part", "Oldest check", "Latest check", "In lessons or questions"),
        rows=tuple(rows),
        widths=(20, 12, 14, 12, 14, 14, 14),
        numbers=frozenset([1, 2, 3, 6]),
    )


def _row(name: str, own: Sequence[Authority], taught: Counter[str]) -> tuple[str, ...]:
    months = sorted(one.checked for one in own)
    partly = sum(one.verified == PARTLY for one in own)
    first, last = (months[0], months[-1]) if months else ("", "")
    return (name, str(len(own)), str(len(own) - partly), str(partly), first, last, str(sum(one.slug in taught for one in own)))


def entries(found: Iterable[Authority]) -> Table:
    """Each entry: what it is called, when it was checked and how far, and how it stands today."""
    rows = [
        (one.heading, _cited(one), one.checked, "in part" if one.verified == PARTLY else "in full", one.treatment)
        for one in found
    ]
    return Table(
        caption="Authorities by kind and name, with the month in which each was last checked",
        head=("Name", "Citation", "Checked", "How far", "Treatment"),
        rows=tuple(rows),
        widths=(34, 36, 10, 10, 10),
    )


def _cited(one: Authority) -> str:
    return one.citation.removeprefix(f"{one.caption}, ")


def places(library: Library) -> Table:
    """States and territories by what their law says on stepping in, as far as it was found."""
    with_law = sorted(place.name for place in library.jurisdictions if place.statutes)
    without = sorted(place.name for place in library.jurisdictions if not place.statutes)
    rows = (
        ("A law or statewide rule in the library", str(len(with_law)), ", ".join(with_law)),
        ("Looked for, none confirmed", str(len(without)), ", ".join(without)),
    )
    return Table("States and territories", ("What was found", "Number", "Which"), rows, (22, 10, 68), frozenset([1]))
