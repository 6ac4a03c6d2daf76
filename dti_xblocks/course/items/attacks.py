"""How far a strategy comes that looks at the form of the answers only, against guessing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .cues import Values, learned, strategies
from .model import Item, Pool
from .vocabulary import ENGLISH, Vocabulary, vocabulary

LIMIT = 0.08  # how much better than chance a strategy may be, of 1
LEARNED = "words of right answers"  # learned from all other items of the course


@dataclass(frozen=True)
class Attack:
    """What a strategy earns on average over a pool, and what guessing earns: shares of the points, 0 to 1."""

    strategy: str
    score: float
    chance: float

    @property
    def gain(self) -> float:
        """How much better than chance."""
        return self.score - self.chance

    @property
    def succeeds(self) -> bool:
        """Whether form gives too much away."""
        return self.gain > LIMIT + 1e-9


def attacks(pool: Pool) -> list[Attack]:
    """Every strategy over the items of a pool, the best first."""
    found = [
        attack(name, pool.items, [strategy(item) for item in pool.items], pool.usual_rights)
        for name, strategy in strategies(vocabulary(pool.language)).items()
    ]
    return sorted(found, key=lambda one: (-one.gain, one.strategy))


def learned_attack(items: Sequence[Item], usual_rights: int, known: Vocabulary = ENGLISH) -> Attack:
    """Somebody who knows all other items of the course and picks the words that are often right."""
    pairs = list(learned(items, known))
    return attack(LEARNED, [item for item, _values in pairs], [values for _item, values in pairs], usual_rights)


def attack(name: str, items: Iterable[Item], values: Iterable[Values], usual_rights: int) -> Attack:
    """One strategy. Equal values are a coin's toss; in a multiple choice as many are ticked as are mostly right."""
    scores, chances = [], []
    for item, valued in zip(items, values, strict=True):
        ticked = usual_rights if item.kind == "multiple" else 1
        scores.append(chance_of_right(item, valued, ticked))
        chances.append(chance_of_right(item, [0.0] * len(item.options), ticked))
    number = len(scores) or 1
    return Attack(name, sum(scores) / number, sum(chances) / number)


def chance_of_right(item: Item, values: Values, ticked: int) -> float:
    """How probable it is that the `ticked` answers of the highest value are exactly the right ones."""
    if ticked != item.rights or not 0 < ticked <= len(values):
        return 0.0
    border = sorted(values, reverse=True)[ticked - 1]
    sure = [option.right for option, value in zip(item.options, values, strict=True) if value > border]
    tied = [option.right for option, value in zip(item.options, values, strict=True) if value == border]
    wanted = item.rights - sum(sure)
    return 1 / math.comb(len(tied), wanted) if all(sure) and sum(tied) == wanted else 0.0
