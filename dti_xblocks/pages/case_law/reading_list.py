"""The screen of a reading list: its authorities as rows, how far the reader is, the law of their place, what staff see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from ...case_law.jurisdiction import Home, within
from ...case_law.library import Library
from ...case_law.model import Authority, Jurisdiction
from ...case_law.progress import Steps, Summary
from ...content import Problem
from ...templating import render
from .circuit_map import HEIGHT, WIDTH, circuit_map
from .views import STRENGTHS, URL_LABELS, circuit_label, month, view


@dataclass(frozen=True)
class Offers:
    """What the author lets learners do here, and the rule by which the list is complete."""

    search: bool
    packets: bool
    jurisdiction_panel: bool
    complete_when: str


@dataclass(frozen=True)
class ListState:
    """The list for one person. `mark_count` is None where they can have no marks, `missing` are the names of what
    cannot be shown, `downloaded` says whether they have taken the packet."""

    authorities: Sequence[Authority]
    missing: Sequence[str]
    steps: Steps
    summary: Summary
    bookmarked: Collection[str]
    mark_count: int | None
    downloaded: bool
    can_mark: bool


@dataclass(frozen=True)
class Place:
    """Where the learner works: the `code` of their choice and its law (`home`; None before a choice), of `jurisdictions` to
    choose from. `just_chosen` shows the law at once. `circuit` is the one that the list is narrowed to, "" for none."""

    code: str
    home: Home | None
    jurisdictions: Sequence[Jurisdiction]
    just_chosen: bool = False
    circuit: str = ""


@dataclass(frozen=True)
class ForStaff:
    """What only staff see: the author's mistakes, why there are no PDF files, who has read what, the table of sources, and where
    the page about the course is ("": there is none)."""

    problems: Sequence[Problem]
    pdf_fault: str
    unread: Sequence[dict[str, Any]]
    readers: int
    csv_url: str
    course_page: str


def list_screen(
    around: dict[str, Any], library: Library, offers: Offers, state: ListState, place: Place, staff: ForStaff | None
) -> SafeString:
    """The screen. `around` is what all screens of the block need: token, ids, addresses."""
    shown = within(library, place.circuit, state.authorities) if place.circuit else state.authorities
    items = [row(authority, library, state.steps, place.home) for authority in shown]
    own = place.home.circuit.name if place.home and place.home.circuit else ""
    context = {
        **around,
        **vars(offers),
        **vars(state.summary),
        "items": items,
        "missing": state.missing,
        "home": place.home and _home_view(place.home),
        "home_open": place.just_chosen,
        "jurisdictions": place.jurisdictions,
        "circuits": circuit_map(library, place.circuit, own) if offers.jurisdiction_panel else (),
        "map_width": WIDTH,
        "map_height": HEIGHT,
        "narrowed_to": circuit_label(place.circuit) if place.circuit else "",
        "jurisdiction": place.code,
        "library_size": len(library),
        "bookmarked": state.bookmarked,
        "mark_count": state.mark_count,
        "can_mark": state.can_mark,
        "downloaded": state.downloaded,
        "staff": staff is not None,
    }
    if staff is not None:
        context |= {**vars(staff), "partly_count": sum(item["partly"] for item in items)}
    return render("dti/case_law/screen.html", context)


def row(authority: Authority, library: Library, steps: Steps, home: Home | None, detail: bool = False) -> dict[str, Any]:
    """An authority as `view` has it, with the steps that the reader has taken, and whether it controls where they work."""
    controls = home is not None and authority in (*home.cases, *home.statutes)
    return {**view(authority, library, detail), "steps": steps.get(authority.slug, ()), "controls": controls}


def unread(authorities: Iterable[Authority], counts: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    """For staff: each authority with how many people have taken each step; `counts` are those that somebody has opened."""
    nobody = {"opened": 0, "ended": 0, "checked": 0}
    return [{"heading": one.heading, **nobody, **counts.get(one.slug, {})} for one in authorities]


def sources(authorities: Iterable[Authority]) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a table: where each entry comes from and how far it was checked."""
    header = ["slug", "citation", "checked", "verified", "note", "official address", "address opened", "sources seen"]
    rows = []
    for item in authorities:
        seen = "yes" if item.official_url_seen else "no"
        cells = [item.slug, item.citation, item.checked, item.verified, item.verified_note, item.official_url, seen]
        rows.append([*cells, " ".join(item.sources_seen)])
    return header, rows


def _home_view(home: Home) -> dict[str, Any]:
    place = home.jurisdiction
    return {
        "name": home.name,
        "looked_for": place.looked_for,
        "found": place.found,
        "checked": month(place.checked),
        "circuit": home.circuit,
        "circuit_label": home.circuit and circuit_label(home.circuit.name),
        "cases": [_named(one) for one in home.cases],
        "also": [_named(one) for one in home.also],
        "statutes": [
            {
                "slug": one.slug,
                "heading": one.heading,
                "citation": one.citation_start,
                "url_label": URL_LABELS["statute"],
                "strength": STRENGTHS.get(one.strength, ""),
                "line": one.line,
                "checked": month(one.checked),
            }
            for one in home.statutes
        ],
    }


def _named(authority: Authority) -> dict[str, str]:
    return {"slug": authority.slug, "heading": authority.heading, "citation": authority.citation}
