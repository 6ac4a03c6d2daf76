"""What is to be found in a picture, or in the list of what might be in it."""

from __future__ import annotations

import math

from ..deal import Deal
from ..model import Activity, Card
from .base import Answer, Form, UnacceptableError


class Spot:
    """Signs are found one by one. The answer is {"found": [card, …], "misses": presses where nothing is, "last": card or ""}.

    A card in "found" that is no sign was taken for one; "last" is what the last press found, "" for nothing.
    """

    steps = True
    judged = True

    def read(self, activity: Activity, deal: Deal, form: Form, before: Answer) -> Answer:
        """A card of the list, or a point of the picture (`x` and `y` in percent): the smallest area that holds it counts."""
        found, misses = list(before.get("found", [])), int(before.get("misses", 0))
        card = deal.card(form.get("card"))
        if card is None:
            x, y = _percent(form.get("x")), _percent(form.get("y"))
            if x is None or y is None:
                raise UnacceptableError("no-card")
            card = _smallest(activity, x, y)
        if card is None:
            return {"found": found, "misses": misses + 1, "last": ""}
        return {"found": found if card.id in found else [*found, card.id], "misses": misses, "last": card.id}

    def marks(self, activity: Activity, answer: Answer) -> dict[str, bool]:
        """Right is what is to be found."""
        return {card.id: card.sign for card in activity.cards if card.id in answer.get("found", [])}

    def done(self, activity: Activity, answer: Answer) -> bool:
        """When all signs are found."""
        return all(card.id in answer.get("found", []) for card in activity.cards if card.sign)

    def solution(self, activity: Activity) -> Answer:
        """All signs and nothing else."""
        return {"found": [card.id for card in activity.cards if card.sign], "misses": 0, "last": ""}


def _smallest(activity: Activity, x: float, y: float) -> Card | None:
    holding = [
        (card.area.width * card.area.height, card.id, card) for card in activity.cards if card.area and card.area.holds(x, y)
    ]
    return min(holding)[2] if holding else None


def _percent(text: object) -> float | None:
    try:
        number = float(str(text)) if text and len(str(text)) < 20 else math.nan
    except ValueError:
        return None
    return number if 0 <= number <= 100 else None
