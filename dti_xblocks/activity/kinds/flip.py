"""Cards with two sides that are turned over."""

from __future__ import annotations

from ..deal import Deal
from ..model import Activity
from .base import Answer, Form, UnacceptableError


class Flip:
    """Cards are turned over one by one. The answer is {"turned": [card, …]}, in the order turned."""

    steps = True
    judged = False

    def read(self, activity: Activity, deal: Deal, form: Form, before: Answer) -> Answer:
        """One more card lies with its back up."""
        card = deal.card(form.get("card"))
        if card is None:
            raise UnacceptableError("no-card")
        turned = list(before.get("turned", []))
        return {"turned": turned if card.id in turned else [*turned, card.id]}

    def marks(self, activity: Activity, answer: Answer) -> dict[str, bool]:
        """Nothing is right or wrong: what is turned is marked as that."""
        return {card.id: True for card in activity.cards if card.id in answer.get("turned", [])}

    def done(self, activity: Activity, answer: Answer) -> bool:
        """When all are turned."""
        return len(self.marks(activity, answer)) == len(activity.cards)

    def solution(self, activity: Activity) -> Answer:
        """All turned."""
        return {"turned": [card.id for card in activity.cards]}
