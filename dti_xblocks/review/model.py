"""What a course review is: the question asked, and what a learner may answer."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from ..content import Stray

STARS = (1, 2, 3, 4, 5)
LONGEST_TEXT = 5000
INVISIBLE_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@dataclass(frozen=True)
class ReviewForm:
    """A review as authored. `prompt` is HTML of paragraphs, made of a few harmless tags; "" means the usual question."""

    prompt: str = ""
    prompt_line: int = field(default=0, compare=False)
    strays: tuple[Stray, ...] = field(default=(), compare=False)

    @property
    def prompt_text(self) -> str:
        """The question without tags, on one line."""
        return " ".join(re.sub(r"<[^>]*>", " ", self.prompt).split())


class UnacceptableError(ValueError):
    """An answer that cannot be taken. `reason` is `stars` or `too-long`."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def read_stars(raw: object) -> int:
    """The number of stars that a form sent. Raises `UnacceptableError`."""
    if not isinstance(raw, str) or raw not in map(str, STARS):
        raise UnacceptableError("stars")
    return int(raw)


def read_text(raw: object) -> str:
    """The text of a review as it may be stored: plain, NFC, line breaks kept, no control characters.

    Raises `UnacceptableError`.
    """
    if not isinstance(raw, str):
        return ""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (
        character
        for character in lines
        if character == "\n"
        or (character not in INVISIBLE_CONTROLS and unicodedata.category(character) not in ("Cc", "Cs", "Co", "Cn"))
    )
    text = unicodedata.normalize("NFC", "".join(kept)).strip()
    if len(text) > LONGEST_TEXT:
        raise UnacceptableError("too-long")
    return text
