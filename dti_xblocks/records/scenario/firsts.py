"""What people did first in a scenario: of their first runs that are finished, kept in Django's cache for a while."""

from __future__ import annotations

import hashlib
import logging
from typing import Any

from django.core.cache import cache
from django.db.models import Exists, OuterRef

from ...scenario.firsts import TENS, in_tens
from ..access import records

log = logging.getLogger(__name__)
KEPT = 3600  # seconds; the figures are round, and nobody waits for them
NEWEST = 1000  # runs; as many as tell what is usual, however many there are


def first_acts(usage_key: str) -> dict[str, dict[str, int]]:
    """By scene id and choice id, how many people took the choice when they first came to the scene: see `scenario.firsts`.

    Of the newest thousand first runs that are finished. Raises `RecordsUnavailableError`.
    """
    name = f"dti-first-acts-{hashlib.sha256(usage_key.encode()).hexdigest()}"
    try:
        known: Any = cache.get(name)
    except Exception:  # each cache has its own
        log.warning("The cache does not answer: what others did first is not told.", exc_info=True)
        return {}
    if known is None:
        known = in_tens(_acts(usage_key))
        cache.set(name, known, KEPT)
    return dict(known)


def _acts(usage_key: str) -> list[tuple[str, str]]:
    """(scene id, choice id) of the first decision in each scene of each run, run by run in the order finished."""
    with records() as models:
        ended = models.ScenarioRun.objects.filter(usage_key=usage_key, attempt=1).order_by("id")
        number = ended.count()
        skipped = max(0, number - number % TENS - NEWEST)  # whole tens: with one more that comes, none of the oldest goes
        starts = list(ended.values_list("start_id", flat=True)[skipped : skipped + NEWEST])
        decided = models.ScenarioDecision.objects.exclude(choice="")
        earlier = decided.filter(run=OuterRef("run"), scene=OuterRef("scene"), serial__lt=OuterRef("serial"))
        rows = decided.filter(~Exists(earlier), run__in=starts).order_by("run__finish__id", "serial")
        return list(rows.values_list("scene", "choice"))
