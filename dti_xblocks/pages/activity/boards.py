"""What lies where on the board of an activity that is done with cards: values for its template."""

from __future__ import annotations

from typing import Any

from ...activity.deal import Deal
from ...activity.kinds import Answer
from ...activity.model import Activity, Card, plain

Marks = dict[str, bool]
LONGEST_LABEL = 60


def sort(activity: Activity, deal: Deal, answer: Answer, marks: Marks) -> dict[str, Any]:
    """Cards in groups; those without a place lie aside."""
    numbers = {group.id: number for number, group in enumerate(activity.groups, start=1)}
    at = {card: numbers[group] for card, group in answer.get("placed", {}).items() if group in numbers}
    targets = [{"number": number, "html": "", "name": group.name} for number, group in enumerate(activity.groups, start=1)]
    return _placing(targets, [(card, card.text) for card in deal.cards], at, marks, capacity=0)


def match(activity: Activity, deal: Deal, answer: Answer, marks: Marks) -> dict[str, Any]:
    """Partners beside cards; those without a place lie aside."""
    numbers = {card.id: number for number, card in enumerate(deal.cards, start=1)}
    at = {back: numbers[card] for back, card in answer.get("placed", {}).items() if card in numbers}
    targets = [{"number": number, "html": card.text, "name": label(card.text)} for number, card in enumerate(deal.cards, start=1)]
    return _placing(targets, [(card, card.back) for card in deal.backs], at, marks, capacity=1)


def order(activity: Activity, deal: Deal, answer: Answer, marks: Marks) -> dict[str, Any]:
    """Cards in a row, as the learner has them."""
    places = {card.id: place for place, card in enumerate(deal.cards, start=1)}
    given = [card_id for card_id in answer.get("order", []) if card_id in places]
    row = [*given, *(card_id for card_id in places if card_id not in given)]
    cards = {card.id: card for card in deal.cards}
    return {
        "rows": [
            {**_card(cards[card_id], places[card_id], cards[card_id].text, marks), "number": number}
            for number, card_id in enumerate(row, start=1)
        ],
        "numbers": range(1, len(row) + 1),
    }


def flip(activity: Activity, deal: Deal, answer: Answer, marks: Marks) -> dict[str, Any]:
    """Cards with their fronts; those that are turned with their backs too."""
    turned = answer.get("turned", [])
    return {
        "cards": [
            {
                "place": place,
                "html": card.text,
                "name": label(card.text),
                "back": card.back if card.id in turned else "",
                "newest": bool(turned) and turned[-1] == card.id,
            }
            for place, card in enumerate(deal.cards, start=1)
        ],
        "count": len([card for card in deal.cards if card.id in turned]),
        "all": len(deal.cards),
    }


def spot(activity: Activity, deal: Deal, answer: Answer, marks: Marks) -> dict[str, Any]:
    """The list of what might be there; of what was pressed whether it is, and where."""
    found = [card_id for card_id in answer.get("found", []) if card_id in marks]
    numbers = {card_id: number for number, card_id in enumerate(found, start=1)}
    cards = [
        {
            **_card(card, place, card.text, marks),
            "number": numbers.get(card.id, 0),
            "area": card.area if card.id in marks else None,
        }
        for place, card in enumerate(deal.cards, start=1)
    ]
    last = activity.card(answer.get("last", ""))
    return {
        "cards": cards,
        "picture": activity.picture,
        "missed": bool(answer) and not last and bool(answer.get("misses")),
        "last": next((card for card in cards if last and card["place"] == deal.cards.index(last) + 1), None) if last else None,
        "count": sum(marks.values()),
        "all": sum(card.sign for card in activity.cards),
    }


def label(html: str) -> str:
    """The beginning of a card's text, for lists and buttons."""
    text = plain(html)
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1].rstrip()}…"


def _card(card: Card, place: int, html: str, marks: Marks) -> dict[str, Any]:
    mark = marks.get(card.id)
    return {
        "place": place,
        "html": html,
        "name": label(html),
        "mark": "" if mark is None else "right" if mark else "wrong",
        "why": card.why if mark is not None else "",
    }


def _placing(
    targets: list[dict[str, Any]], cards: list[tuple[Card, str]], at: dict[str, int], marks: Marks, capacity: int
) -> dict[str, Any]:
    laid = [
        {**_card(card, place, html, marks), "at": at.get(card.id, 0), "number": place}
        for place, (card, html) in enumerate(cards, start=1)
    ]
    return {
        "targets": [{**target, "cards": [card for card in laid if card["at"] == target["number"]]} for target in targets],
        "aside": [card for card in laid if not card["at"]],
        "capacity": capacity,
    }
