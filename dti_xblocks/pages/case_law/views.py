"""An authority of the library as the pages show it."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ...case_law import citation
from ...case_law.facets import SUPREME, court_class
from ...case_law.library import Library
from ...case_law.model import ACCOUNT, CARE, CASE, CAUTION, LIMITED, PARTLY, POLICY, STUDY, SUPERSEDED, Authority, Section
from ...case_law.text import is_web_address
from ...templating import render
from ...templating.dates import day_text

LABELS = {
    "in_brief": gettext_lazy("In twenty seconds"),
    "facts": gettext_lazy("Facts"),
    "question": gettext_lazy("Question"),
    "holding": gettext_lazy("Holding"),
    "rule": gettext_lazy("Rule"),
    "on_the_street": gettext_lazy("On the street"),
    "outcome": gettext_lazy("Outcome"),
    "later_treatment": gettext_lazy("Later treatment"),
    "elements": gettext_lazy("What has to be shown"),
    "penalties_remedies": gettext_lazy("Penalties and remedies"),
    "duty": gettext_lazy("The duty"),
    "who_it_covers": gettext_lazy("Who it covers"),
    "reporting_and_retaliation": gettext_lazy("Reporting and retaliation"),
    "consequence": gettext_lazy("If an officer does not step in"),
    "training": gettext_lazy("Training"),
    "key_words": gettext_lazy("In its own words"),
    "who_stood_by": gettext_lazy("Who stood by"),
    "claim": gettext_lazy("What was found"),
    "sample": gettext_lazy("Who was studied"),
    "figures": gettext_lazy("The numbers"),
    "limits": gettext_lazy("What it does not show"),
}
# What a law of a state does about stepping in (`model.STRENGTHS`).
STRENGTHS = {
    "duty": gettext_lazy("The law orders you to step in"),
    "statewide": gettext_lazy("A statewide policy orders you to step in"),
    "certificate": gettext_lazy("Your certification depends on it"),
    "policy": gettext_lazy("Your agency must have a policy"),
    "model": gettext_lazy("A model policy only"),
    "training": gettext_lazy("Training only"),
    "report": gettext_lazy("A report only"),
    "aid": gettext_lazy("Medical aid only"),
}
# How far one may rely on a study, where that has to be said.
RELIANCE = {CARE: gettext_lazy("Use with care"), CAUTION: gettext_lazy("A caution, no proof")}
# Of the fields that are no part of a brief, for saying which of them an institution has changed.
OTHER_LABELS = {
    "caption": gettext_lazy("Name"),
    "citation": gettext_lazy("Citation"),
    "court": gettext_lazy("Court"),
    "circuit": gettext_lazy("Circuit"),
    "decided": gettext_lazy("Date"),
    "state": gettext_lazy("State"),
    "topics": gettext_lazy("Topics"),
    "official_url": gettext_lazy("Address"),
    "official_url_seen": gettext_lazy("Address"),
    "treatment": gettext_lazy("Flag"),
    "treatment_by": gettext_lazy("Flag"),
    "treatment_note": gettext_lazy("Flag"),
    "check": gettext_lazy("Check question"),
    "verified": gettext_lazy("Sources"),
    "verified_note": gettext_lazy("Sources"),
    "sources_seen": gettext_lazy("Sources"),
    "checked": gettext_lazy("Sources"),
    "kind": gettext_lazy("Kind"),
    "strength": gettext_lazy("What the law does"),
    "in_force": gettext_lazy("In force"),
    "published": gettext_lazy("Years"),
    "reliance": gettext_lazy("How far to rely on it"),
    "read_with": gettext_lazy("Read with it"),
}
UNLABELLED = {"in_brief", "duty"}  # the short version of a statute is its duty: the heading above says enough
URL_LABELS = {
    "in_brief": gettext_lazy("In twenty seconds"),
    CASE: gettext_lazy("Read the opinion"),
    POLICY: gettext_lazy("Read about the policy"),
    "statute": gettext_lazy("Read the statute"),
    ACCOUNT: gettext_lazy("Read about it"),
    STUDY: gettext_lazy("Read about the study"),
}

FLAGS = {
    LIMITED: gettext_lazy("Limited by later law"),
    SUPERSEDED: gettext_lazy("No longer the law as it stands here"),
}
CIRCUITS = {
    "1st": gettext_lazy("1st Circuit"),
    "2d": gettext_lazy("2nd Circuit"),
    "3d": gettext_lazy("3rd Circuit"),
    "4th": gettext_lazy("4th Circuit"),
    "5th": gettext_lazy("5th Circuit"),
    "6th": gettext_lazy("6th Circuit"),
    "7th": gettext_lazy("7th Circuit"),
    "8th": gettext_lazy("8th Circuit"),
    "9th": gettext_lazy("9th Circuit"),
    "10th": gettext_lazy("10th Circuit"),
    "11th": gettext_lazy("11th Circuit"),
    "D.C.": gettext_lazy("D.C. Circuit"),
    "Fed.": gettext_lazy("Federal Circuit"),
}  # as people say them
FITS = 1300  # characters of an authority that fills about half a printed page at most: it is kept in one piece


def view(authority: Authority, library: Library | None = None, detail: bool = False) -> dict[str, Any]:
    """`authority` as the templates want it: labels in the reader's language, dates as words.

    What could not be confirmed of a partly checked authority is told with `detail`: for staff, who can look it up.

    `library` is where what changed it is looked up, so that the flag can link to it. Texts may hold stars for italics: templates
    show them through the filter `italic`.
    """
    short = authority.short_version
    return {
        "slug": authority.slug,
        "kind": authority.kind,
        "heading": authority.heading,
        "citation": authority.citation,
        "citation_rest": _citation_rest(authority),
        "running_head": _running_head(authority),
        "particulars": _particulars(authority),
        "fits": len(authority.plain_text) < FITS,
        "short": short_view(authority),
        "sections": [section_view(section) for section in authority.full_brief if section not in short],
        "url": authority.official_url if is_web_address(authority.official_url) else "",
        "url_label": URL_LABELS[authority.kind] if authority.kind in URL_LABELS else URL_LABELS["statute"],
        "url_seen": authority.official_url_seen or authority.is_agencys,
        "host": _host(authority.official_url),
        "partly": authority.verified == PARTLY,
        "note": authority.verified_note if detail or authority.verified != PARTLY else "",
        "line": authority.line,
        "court": court_name(authority),
        "minutes": authority.minutes,
        "checked": month(authority.checked),
        "agencys": authority.is_agencys,
        "edited": list(dict.fromkeys(str(LABELS.get(name) or OTHER_LABELS.get(name, name)) for name in authority.edited)),
        "flag": flag(authority, library),
        "strength": STRENGTHS.get(authority.strength, ""),
        "reliance": RELIANCE.get(authority.reliance, ""),
        "read_with": [{"slug": one.slug, "heading": one.heading} for one in beside(authority, library)],
    }


def beside(authority: Authority, library: Library | None) -> list[Authority]:
    """What says otherwise, or completes it, as far as `library` has it."""
    return [other for slug in authority.read_with if library and (other := library.get(slug))]


def circuit_label(name: str) -> str:
    """A circuit as people say it: "2nd Circuit"."""
    return str(CIRCUITS.get(name, name))


def court_name(authority: Authority) -> str:
    """Whose decision it is, or whose law, or from when a study is, in a word or two: for rows of lists."""
    if authority.kind == STUDY:
        return _research(authority)
    if authority.kind == ACCOUNT:
        return authority.court
    if authority.kind != CASE:
        return authority.state.partition(" (")[0]
    if authority.circuit:
        return circuit_label(authority.circuit)
    if court_class(authority) == SUPREME:
        return str(_("Supreme Court"))
    return authority.court.partition(" (")[0]


def short_view(authority: Authority) -> list[Any]:
    """The sections of the twenty-second version, as `short.html` wants them."""
    return _short(authority.short_version)


def _short(sections: Iterable[Section]) -> list[Any]:
    return [section_view(section, labelled=section.code not in UNLABELLED) for section in sections]


def short_html(authority: Authority) -> SafeString:
    """What an authority says in twenty seconds."""
    return _short_html(authority.short_version, get_language())


@functools.lru_cache(maxsize=500)
def _short_html(sections: tuple[Section, ...], language: str | None) -> SafeString:
    """The same for everybody who reads in `language`, and under most decisions of a scenario."""
    return render("dti/case_law/short.html", {"sections": _short(sections)})


def flag(authority: Authority, library: Library | None) -> dict[str, Any] | None:
    """What a reader is warned of: `label`, `note`, and `by`, a list of {slug, text} of what changed it; else None."""
    if authority.treatment not in FLAGS:
        return None
    by = []
    for name in authority.treatment_by:
        other = library.get(name) if library else None
        by.append({"slug": other.slug if other else "", "text": other.citation if other else name})
    return {"label": FLAGS[authority.treatment], "note": authority.treatment_note, "by": by}


def section_view(section: Section, labelled: bool = True) -> dict[str, Any]:
    """A section of a brief as its template takes it; without its label where `labelled` is False."""
    label = LABELS[section.code] if labelled else ""
    return {"code": section.code, "label": label, "paragraphs": section.paragraphs, "is_list": section.is_list}


def paragraph_id(slug: str, code: str, number: int) -> str:
    """The id of paragraph `number` (from 0) of the section `code`, as deep links name it: "case-graham-v-connor--facts-1"."""
    return f"case-{slug}--{code.replace('_', '-')}-{number + 1}"


def month(text: str) -> date | None:
    """The first day of the month that `text` names ("2026-11"); None where it names none."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def _host(address: str) -> str:
    return urlsplit(address).hostname or "" if is_web_address(address) else ""


def _citation_rest(authority: Authority) -> str:
    """The citation as far as the heading does not say it: without the name, whole where Bluebook abbreviates the name."""
    if authority.heading.startswith(authority.citation):
        return ""
    return authority.citation.removeprefix(f"{authority.caption}, ")


def _running_head(authority: Authority) -> str:
    """The header of each page of an authority: name and citation, without court and year."""
    if authority.kind != CASE:
        return authority.citation_start
    parsed = citation.parse(authority.citation)
    return f"{authority.caption}, {parsed.place}" if parsed and parsed.place else authority.caption


def _particulars(authority: Authority) -> str:
    """Court and date of a decision, state and date of a law, years of a study, as one line."""
    if authority.kind == STUDY:
        return _research(authority)
    if authority.kind == ACCOUNT:
        return ", ".join(filter(None, (authority.court, authority.published)))
    if authority.kind != CASE:
        force = str(_("In force: {date}")).format(date=authority.in_force) if authority.in_force else ""
        return ". ".join(filter(None, (authority.state, force)))
    try:
        when = day_text(date.fromisoformat(authority.decided)) if len(authority.decided) == 10 else authority.decided
    except ValueError:  # an author's mistake, which the rules name
        when = authority.decided
    if not (when and authority.court):
        return authority.court or when
    return str(_("{court}, decided {date}")).format(court=authority.court, date=when)


def _research(authority: Authority) -> str:
    return str(_("Research, {years}")).format(years=authority.published) if authority.published else str(_("Research"))
