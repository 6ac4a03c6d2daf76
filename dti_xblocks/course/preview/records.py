"""Scores, completion and events of one person, as rows."""

from __future__ import annotations

from typing import Any

import simplejson

from .models import Completion, Event, Score
from .people import Person

INSTEAD: dict[str, Any] = {"update_conflicts": True, "unique_fields": ["owner", "place"]}  # one statement, there or not


class Records:
    """Writes at once, inside the request's transaction."""

    def __init__(self, person: Person):
        self.person = person

    def score(self, usage, earned: float, possible: float, only_if_higher: bool = False) -> None:
        """Keep the raw points that `usage` reports."""
        if only_if_higher:
            kept = Score.objects.filter(owner=self.person.key, place=str(usage)).first()
            if kept and kept.possible and kept.earned / kept.possible >= earned / possible:
                return
        row = Score(owner=self.person.key, place=str(usage), earned=earned, possible=possible)
        Score.objects.bulk_create([row], **INSTEAD, update_fields=["earned", "possible", "changed_at"])

    def forget_score(self, usage) -> None:
        """The block has no score any more."""
        Score.objects.filter(owner=self.person.key, place=str(usage)).delete()

    def complete(self, usage, share: float) -> None:
        """Keep how far `usage` is completed. A block may take completion back, as on the platform."""
        share = min(max(share, 0.0), 1.0)
        kept = Completion.objects.filter(owner=self.person.key, place=str(usage)).values_list("share", flat=True).first()
        if kept != share:
            row = Completion(owner=self.person.key, place=str(usage), share=share)
            Completion.objects.bulk_create([row], **INSTEAD, update_fields=["share", "changed_at"])

    def event(self, usage, name: str, data) -> None:
        """Keep an event that a block published."""
        Event.objects.create(
            owner=self.person.key, place=str(usage), name=str(name)[:255], data=simplejson.dumps(data, default=str)
        )

    def scores(self) -> dict[str, tuple[float, float]]:
        """Usage key -> (earned, possible)."""
        rows = Score.objects.filter(owner=self.person.key).values_list("place", "earned", "possible")
        return {place: (earned, possible) for place, earned, possible in rows}

    def completed(self) -> dict[str, float]:
        """Usage key -> share."""
        return dict(Completion.objects.filter(owner=self.person.key).values_list("place", "share"))
