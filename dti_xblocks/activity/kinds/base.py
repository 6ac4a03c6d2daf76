"""What a kind of activity is, and what all kinds share. Answers are plain JSON values, kept by the ids of cards and groups."""

from __future__ import annotations

import unicodedata
from typing import Any, Protocol

from ..deal import Deal
from ..model import Activity

Answer = dict[str, Any]
LONGEST_WORDS = 5000  # characters of what a learner writes in one field
INVISIBLE_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


class UnacceptableError(ValueError):
    """What a form sent cannot be taken. `reason` is a word for each cause; `values` are what its sentence names."""

    def __init__(self, reason: str, **values: object):
        super().__init__(reason)
        self.reason, self.values = reason, values


class Form(Protocol):
    """The fields of a form."""

    def get(self, name: str, default: str = "") -> str | None:
        """The value of a field."""


class Kind(Protocol):
    """One kind of activity that is done with cards."""

    steps: bool  # whether it is done card by card, and not in tries of the whole
    judged: bool  # whether there is right and wrong in it

    def read(self, activity: Activity, deal: Deal, form: Form, before: Answer) -> Answer:
        """The answer as it is with `form` on top of `before` ({} for none). Raises `UnacceptableError`."""

    def marks(self, activity: Activity, answer: Answer) -> dict[str, bool]:
        """Whether the card of each id is answered rightly; what is not answered is not in it."""

    def done(self, activity: Activity, answer: Answer) -> bool:
        """Whether nothing is left to do."""

    def solution(self, activity: Activity) -> Answer:
        """The right answer."""


def words_of(form: Form, name: str) -> str:
    """What a learner wrote in the field `name`: plain, NFC, line breaks kept, no control characters.

    Raises `UnacceptableError`.
    """
    raw = form.get(name) or ""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (
        character
        for character in lines
        if character == "\n"
        or (character not in INVISIBLE_CONTROLS and unicodedata.category(character) not in ("Cc", "Cs", "Co", "Cn"))
    )
    text = unicodedata.normalize("NFC", "".join(kept)).strip()
    if len(text) > LONGEST_WORDS:
        raise UnacceptableError("too-long", limit=LONGEST_WORDS)
    return text
