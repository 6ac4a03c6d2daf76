"""The screen of search results, with the filters that narrow them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from ...case_law.facets import Facet
from ...case_law.library import Library
from ...case_law.progress import Steps
from ...case_law.search import Hit, Results
from ...templating import render
from .reading_list import row
from .views import LABELS, STRENGTHS

COURTS = {
    "supreme": gettext_lazy("Supreme Court"),
    "appeals": gettext_lazy("Courts of appeals"),
    "district": gettext_lazy("District courts"),
    "other": gettext_lazy("Other courts"),
}
KINDS = {
    "case": gettext_lazy("Decisions"),
    "statute": gettext_lazy("Statutes"),
    "policy": gettext_lazy("Policies"),
    "account": gettext_lazy("What became of officers"),
    "study": gettext_lazy("Research"),
}
FILTERS = {
    "kind": gettext_lazy("Kind"),
    "topic": gettext_lazy("Topic"),
    "court": gettext_lazy("Court"),
    "circuit": gettext_lazy("Circuit"),
    "decade": gettext_lazy("Decade"),
    "state": gettext_lazy("State"),
    "strength": gettext_lazy("What the law does"),
    "module": gettext_lazy("Module"),
}


def results_screen(
    around: dict[str, Any],
    library: Library,
    words: str,
    chosen: Mapping[str, str],
    results: Results,
    *,
    shown: int,
    steps: Steps,
    listed: Collection[str],
    more: str,
) -> SafeString:
    """The first `shown` of `results` for `words` within the filters `chosen`; `listed` are the slugs of the block's own list,
    `more` how many are shown when more are asked for, "" where there are none."""
    context = {
        **around,
        "query": words,
        "hits": [_hit_view(hit, library, steps, listed) for hit in results.hits[:shown]],
        "total": results.total,
        "partial": results.partial,
        "corrected": results.corrected,
        "library_size": len(library),
        "filters": [_filter_view(name, results.facets[name], chosen[name]) for name in FILTERS],
        "filtered": any(chosen.values()),
        "more": more,
        "narrowed": [{"name": name, "value": value} for name, value in chosen.items() if value],
    }
    return render("dti/case_law/search.html", context)


def _hit_view(hit: Hit, library: Library, steps: Steps, listed: Collection[str]) -> dict[str, Any]:
    return {
        "item": row(hit.authority, library, steps, None),
        "pieces": hit.heading_pieces,
        "snippets": [{"label": LABELS.get(snippet.section, ""), "pieces": snippet.pieces} for snippet in hit.snippets],
        "listed": hit.authority.slug in listed,
    }


def _filter_view(name: str, facets: Sequence[Facet], chosen: str) -> dict[str, Any]:
    labels = {"court": COURTS, "kind": KINDS, "strength": STRENGTHS}.get(name, {})
    options = [{"value": one.value, "label": labels.get(one.value, one.value), "count": one.hits} for one in facets]
    return {"name": name, "label": FILTERS[name], "options": options, "chosen": chosen}
