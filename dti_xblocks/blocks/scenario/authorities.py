"""The authorities of the case-law library as a scenario cites them."""

from __future__ import annotations

from ...case_law.library import library
from ...case_law.model import CASE, Authority
from ...pages.case_law.views import short_html
from ...scenario.screen import Lookup
from .host import ScenarioHost


def lookup_for(block: ScenarioHost, briefs: bool = False) -> Lookup:
    """Looks up what a scenario shows of an authority: name, rest of the citation, address of its brief, and with `briefs` what it
    says in twenty seconds."""

    def lookup(slug: str) -> tuple[str, ...] | None:
        found = library().get(slug)
        if found is None:
            return None
        link = block.runtime.handler_url(block, "authority", query=f"ref={slug}")
        return (*_cited(found), link, *([short_html(found)] if briefs else []))

    return lookup


def _cited(found: Authority) -> tuple[str, str]:
    """The name of an authority, and what follows it with its comma or space: together the citation to the letter."""
    caption, citation = found.caption, found.citation
    if citation.startswith(caption):
        return caption, citation.removeprefix(caption)
    if found.kind == CASE:  # cited under an abbreviated name
        name, comma, rest = citation.partition(", ")
        return name, comma + rest
    return caption, f", {citation}"
