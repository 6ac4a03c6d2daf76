"""Cards that are placed: into groups (sort), or each beside its partner (match)."""

from __future__ import annotations

from ...content import whole_number
from ..deal import Deal
from ..model import Activity
from .base import Answer, Form, UnacceptableError


class Sort:
    """Each card goes into one of the groups. The answer is {"placed": {card: group}}."""

    steps = False
    judged = True

    def read(self, activity: Activity, deal: Deal, form: Form, before: Answer) -> Answer:
        """Cards that lie rightly stay; every other must be placed."""
        right = {card for card, good in self.marks(activity, before).items() if good}
        placed, left = {}, 0
        for place, card in enumerate(deal.cards, start=1):
            number = whole_number(form.get(f"card-{place}"), digits=3)
            if card.id in right:
                placed[card.id] = card.group
            elif number and number <= len(activity.groups):
                placed[card.id] = activity.groups[number - 1].id
            else:
                left += 1
        if left:
            raise UnacceptableError("unplaced", n=left)
        return {"placed": placed}

    def marks(self, activity: Activity, answer: Answer) -> dict[str, bool]:
        """Right is a card in its own group."""
        placed = answer.get("placed", {})
        return {card.id: placed[card.id] == card.group for card in activity.cards if card.id in placed}

    def done(self, activity: Activity, answer: Answer) -> bool:
        """When every card lies rightly."""
        marks = self.marks(activity, answer)
        return all(marks.get(card.id) for card in activity.cards)

    def solution(self, activity: Activity) -> Answer:
        """Every card in its group."""
        return {"placed": {card.id: card.group for card in activity.cards}}


class Match:
    """Each partner goes to one card. The answer is {"placed": {card whose partner it is: card it lies at}}."""

    steps = False
    judged = True

    def read(self, activity: Activity, deal: Deal, form: Form, before: Answer) -> Answer:
        """Partners that lie rightly stay; every other must be placed, no two at one card."""
        right = {card for card, good in self.marks(activity, before).items() if good}
        placed, left = {card: card for card in right}, 0
        for place, back in enumerate(deal.backs, start=1):
            if back.id in right:
                continue
            card = deal.card(form.get(f"card-{place}"))
            if card is None:
                left += 1
            elif card.id in placed.values():
                raise UnacceptableError("twice")
            else:
                placed[back.id] = card.id
        if left:
            raise UnacceptableError("unplaced", n=left)
        return {"placed": placed}

    def marks(self, activity: Activity, answer: Answer) -> dict[str, bool]:
        """Right is a partner at its own card."""
        placed = answer.get("placed", {})
        return {card.id: placed[card.id] == card.id for card in activity.cards if card.id in placed}

    def done(self, activity: Activity, answer: Answer) -> bool:
        """When every partner lies rightly."""
        marks = self.marks(activity, answer)
        return all(marks.get(card.id) for card in activity.cards)

    def solution(self, activity: Activity) -> Answer:
        """Every partner at its card."""
        return {"placed": {card.id: card.id for card in activity.cards}}
