"""Cards that are put in order: a timeline, the steps of a procedure."""

from __future__ import annotations

from ...content import whole_number
from ..deal import Deal
from ..model import Activity
from .base import Answer, Form, UnacceptableError


class Order:
    """Each card gets a number. The answer is {"order": [card, …]}, as the learner has them."""

    steps = False
    judged = True

    def read(self, activity: Activity, deal: Deal, form: Form, before: Answer) -> Answer:
        """Every card has a number, and no two have the same."""
        numbers: dict[int, str] = {}
        for place, card in enumerate(deal.cards, start=1):
            number = whole_number(form.get(f"card-{place}"), digits=3)
            if not number or number > len(deal.cards):
                raise UnacceptableError("unnumbered")
            if number in numbers:
                raise UnacceptableError("same-number", n=number)
            numbers[number] = card.id
        return {"order": [numbers[number] for number in sorted(numbers)]}

    def marks(self, activity: Activity, answer: Answer) -> dict[str, bool]:
        """Right is a card at its own number."""
        wanted = [card.id for card in activity.cards]
        given = [card_id for card_id in answer.get("order", []) if card_id in wanted]
        return {card_id: wanted[number] == card_id for number, card_id in enumerate(given)}

    def done(self, activity: Activity, answer: Answer) -> bool:
        """When all are in order."""
        return bool(answer.get("order") == [card.id for card in activity.cards])

    def solution(self, activity: Activity) -> Answer:
        """The author's order."""
        return {"order": [card.id for card in activity.cards]}
