"""How a learner stands in an activity done with cards, and what becomes of it with each try."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .deal import Deal
from .kinds import CARDS, Answer, Form, UnacceptableError
from .model import SPOT, Activity, Card

TRIES_BEFORE_ANSWERS = 2


@dataclass(frozen=True)
class Standing:
    """What a learner has done: the first try, which never changes, and the present answer ({} before any, and in a new round).

    `tries` counts what was sent, `done` says that all was right once or the answers were shown (`revealed`).
    """

    first: Answer | None = None
    answer: Answer = field(default_factory=dict)
    tries: int = 0
    revealed: bool = False
    done: bool = False


def tried(activity: Activity, deal: Deal, standing: Standing, form: Form) -> Standing:
    """`standing` after one more try. The same answer once more, of a double press say, changes nothing.

    Raises `UnacceptableError`.
    """
    kind = CARDS[activity.kind]
    answer = kind.read(activity, deal, form, standing.answer)
    seen = form.get("tries")
    if answer == standing.answer and (kind.steps or seen != str(standing.tries)):
        return standing
    first = standing.first if standing.first is not None else answer
    done = standing.done or kind.done(activity, answer)
    return replace(standing, first=first, answer=answer, tries=standing.tries + 1, done=done)


def may_reveal(activity: Activity, standing: Standing) -> bool:
    """Whether the learner has tried often enough to be shown the answers."""
    kind = CARDS[activity.kind]
    if not kind.judged or kind.done(activity, standing.answer):
        return False
    return standing.tries >= TRIES_BEFORE_ANSWERS or standing.done


def revealed(activity: Activity, standing: Standing) -> Standing:
    """`standing` with the answers shown; once more changes nothing. Raises `UnacceptableError`."""
    if standing.revealed and standing.answer == CARDS[activity.kind].solution(activity):
        return standing
    if not may_reveal(activity, standing):
        raise UnacceptableError("not-yet")
    return replace(standing, answer=CARDS[activity.kind].solution(activity), revealed=True, done=True)


def again(standing: Standing) -> Standing:
    """`standing` at the beginning of another round. What was tried first, and that it is done, stays."""
    return replace(standing, answer={})


def written(standing: Standing) -> Standing:
    """`standing` of an activity of one's own words, after they were written. What they are is no part of it."""
    return replace(standing, answer={"written": True}, tries=standing.tries + 1, done=True)


def share(activity: Activity, standing: Standing) -> float:
    """How much of the present answer is right, 0.0 to 1.0. Answers that were shown count as nothing.

    Of what is to be spotted each thing that was taken for a sign and is none counts against it.
    """
    kind = CARDS[activity.kind]
    marks = kind.marks(activity, standing.answer)
    whole = {card.id for card in activity.cards if card.sign or card.id in marks} if activity.kind == SPOT else activity.cards
    if (standing.revealed and kind.judged) or not whole:
        return 0.0
    return sum(marks.values()) / len(whole)


def first_marks(activity: Activity, first: Answer | None) -> list[tuple[Card, bool | None]]:
    """Each card, and whether it was right in the first try; None where it was no part of it."""
    marks = CARDS[activity.kind].marks(activity, first or {})
    return [(card, marks.get(card.id)) for card in activity.cards]
