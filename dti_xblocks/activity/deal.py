"""The order in which a learner sees the cards: shuffled, the same at every visit, and another for the next learner."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from ..content import whole_number
from .model import MATCH, ORDER, SORT, SPOT, Activity, Card

SHUFFLED = (SORT, ORDER, MATCH, SPOT)  # of the others the author's order is meant


@dataclass(frozen=True)
class Deal:
    """The cards as dealt, and the partners (`match`). A form names a card by its place here, from 1: ids may tell an answer."""

    cards: tuple[Card, ...]
    backs: tuple[Card, ...]

    def card(self, place: object) -> Card | None:
        """The card at a place that a form names; None for none."""
        return _at(self.cards, place)

    def back(self, place: object) -> Card | None:
        """The card whose partner lies at a place that a form names; None for none."""
        return _at(self.backs, place)


def deal(activity: Activity, seed: str) -> Deal:
    """The cards of `activity` as dealt to whom `seed` belongs (any text: block and learner).

    A card that is added or removed leaves the others in their order. Cards to put in order are never dealt in the right one.
    """
    if activity.kind not in SHUFFLED:
        return Deal(activity.cards, ())
    cards = _shuffled(activity.cards, seed)
    if activity.kind == ORDER and len(cards) > 1 and tuple(cards) == activity.cards:
        cards = [*cards[1:], cards[0]]
    return Deal(tuple(cards), tuple(_shuffled(activity.cards, f"{seed} back")) if activity.kind == MATCH else ())


def _shuffled(cards: Sequence[Card], seed: str) -> list[Card]:
    return sorted(cards, key=lambda card: hashlib.sha256(f"{seed}\n{card.id}".encode()).digest())


def _at(cards: tuple[Card, ...], place: object) -> Card | None:
    number = whole_number(place, digits=3)
    return cards[number - 1] if number and number <= len(cards) else None
