"""The kinds of activities: those done with cards (`CARDS`), and those of a learner's own words (`OWN`)."""

from __future__ import annotations

from ..model import FLIP, MATCH, ORDER, SORT, SPOT
from .base import LONGEST_WORDS, Answer, Form, Kind, UnacceptableError
from .flip import Flip
from .order import Order
from .own import OWN, Own
from .placing import Match, Sort
from .spot import Spot

__all__ = ["CARDS", "LONGEST_WORDS", "OWN", "Answer", "Form", "Kind", "Own", "UnacceptableError"]

CARDS: dict[str, Kind] = {SORT: Sort(), ORDER: Order(), MATCH: Match(), FLIP: Flip(), SPOT: Spot()}
