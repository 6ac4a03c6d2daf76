"""An authority of the library as the pages show it."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .case_law import citation
from .case_law.model import CASE, PARTLY, POLICY, Authority, Section
from .dates import day_text

LABELS = {
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
}
URL_LABELS = {
    CASE: gettext_lazy("Read the opinion"),
    POLICY: gettext_lazy("Read about the policy"),
    "statute": gettext_lazy("Read the statute"),
}

FITS = 1300  # characters of an authority that fills about half a printed page at most: it is kept in one piece


def view(authority: Authority) -> dict:
    """`authority` as the templates want it: labels in the reader's language, dates as words."""
    short = authority.short_version
    return {
        "slug": authority.slug,
        "heading": authority.heading,
        "citation": authority.citation,
        "citation_rest": _citation_rest(authority),
        "running_head": _running_head(authority),
        "particulars": _particulars(authority),
        "fits": len(authority.plain_text) < FITS,
        "short": [section_view(section, labelled=authority.kind == CASE) for section in short],
        "sections": [section_view(section) for section in authority.full_brief if section not in short],
        "url": authority.official_url,
        "url_label": URL_LABELS[authority.kind],
        "url_seen": authority.official_url_seen,
        "host": urlsplit(authority.official_url).hostname or "",
        "partly": authority.verified == PARTLY,
        "note": authority.verified_note,
        "checked": date.fromisoformat(f"{authority.checked}-01"),
    }


def section_view(section: Section, labelled: bool = True) -> dict:
    label = LABELS[section.code] if labelled else ""
    return {"label": label, "paragraphs": section.paragraphs, "is_list": section.is_list}


def _citation_rest(authority: Authority) -> str:
    """The citation as far as the heading does not say it: without the name, whole where Bluebook abbreviates the name."""
    if authority.heading.startswith(authority.citation):
        return ""
    return authority.citation.removeprefix(f"{authority.caption}, ")


def _running_head(authority: Authority) -> str:
    """What stands at the top of each page of an authority: name and place, without court and year."""
    if authority.kind != CASE:
        return authority.citation_start
    parsed = citation.parse(authority.citation)
    return f"{authority.caption}, {parsed.place}" if parsed and parsed.place else authority.caption


def _particulars(authority: Authority) -> str:
    """Court and date of a decision, state of a statute, as one line."""
    if authority.kind != CASE:
        return authority.state
    decided = authority.decided
    when = day_text(date.fromisoformat(decided)) if len(decided) == 10 else decided
    return _("{court}, decided {date}").format(court=authority.court, date=when)
