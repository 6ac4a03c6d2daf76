"""Scores, completion and events of one person, as rows."""

from __future__ import annotations

import simplejson

from ...records.often import Often, OftenWritten
from .models import Completion, Event, Score
from .people import Person

ONE = ("owner", "place")  # of each there is one row, which is written in one statement, there or not
_SCORE = OftenWritten(ONE, ("earned", "possible", "changed_at"))
_COMPLETION = OftenWritten(ONE, ("share", "changed_at"))
_EVENT = OftenWritten()
_SHARE = Often(lambda model, owner, place: model.objects.filter(owner=owner, place=place).order_by().values_list("share"))


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
        _SCORE.write(row)

    def forget_score(self, usage) -> None:
        """The block has no score any more."""
        Score.objects.filter(owner=self.person.key, place=str(usage)).delete()

    def complete(self, usage, share: float) -> None:
        """Keep how far `usage` is completed. A block may take completion back, as on the platform."""
        share = min(max(share, 0.0), 1.0)
        kept = _SHARE.values(Completion, self.person.key, str(usage))
        if not kept or kept[0][0] != share:
            _COMPLETION.write(Completion(owner=self.person.key, place=str(usage), share=share))

    def event(self, usage, name: str, data) -> None:
        """Keep an event that a block published."""
        text = simplejson.dumps(data, default=str)
        _EVENT.write(Event(owner=self.person.key, place=str(usage), name=str(name)[:255], data=text))

    def scores(self) -> dict[str, tuple[float, float]]:
        """Usage key -> (earned, possible)."""
        rows = Score.objects.filter(owner=self.person.key).values_list("place", "earned", "possible")
        return {place: (earned, possible) for place, earned, possible in rows}

    def completed(self) -> dict[str, float]:
        """Usage key -> share."""
        return dict(Completion.objects.filter(owner=self.person.key).values_list("place", "share"))
