"""What a course review is: the question asked, and what a learner may answer."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ..content import Stray

STARS = (1, 2, 3, 4, 5)
LONGEST_TEXT = 5000
LONGEST_REPLY = 2000
LONGEST_REASON = 300
LEAST = 5  # reviews from which on learners may see figures: of fewer one could tell who gave which stars
NAME, USERNAME, NOBODY = SIGNED = ("name", "username", "nobody")  # how a review may be signed
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
    """An answer that cannot be taken. `reason` is `stars`, `signed` or `too-long`."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def read_stars(raw: object) -> int:
    """The number of stars that a form sent. Raises `UnacceptableError`."""
    if not isinstance(raw, str) or raw not in map(str, STARS):
        raise UnacceptableError("stars")
    return int(raw)


def read_signed(raw: object, username: str, full_name: str) -> str:
    """The name with which a review is read, from how its form was signed; "" for none. A form that does not say is signed with
    the username. Raises `UnacceptableError`.
    """
    if raw in (None, USERNAME):
        return username
    if raw not in SIGNED:
        raise UnacceptableError("signed")
    return (full_name or username) if raw == NAME else ""


def signed_as(shown: str, username: str) -> str:
    """How a review on record was signed, by the name it shows."""
    return NOBODY if not shown else USERNAME if shown == username else NAME


def closes_at(created_at: datetime, days: int) -> datetime | None:
    """Until when a review may be changed; None for always (`days` is 0)."""
    return created_at + timedelta(days=days) if days > 0 else None


def is_closed(created_at: datetime, days: int, now: datetime) -> bool:
    """Whether the time in which a review may be changed is over."""
    until = closes_at(created_at, days)
    return until is not None and now >= until


def may_review(share: float | None, percent: int) -> bool:
    """Whether somebody who has completed `share` of the course may write a review that waits for `percent` of it.

    Where the share is not known nobody is kept waiting: a review is no reward.
    """
    return percent <= 0 or share is None or share * 100 >= percent - 1e-9


def read_text(raw: object, longest: int = LONGEST_TEXT) -> str:
    """A text as it may be stored: plain, NFC, line breaks kept, no control characters. Raises `UnacceptableError`."""
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
    if len(text) > longest:
        raise UnacceptableError("too-long")
    return text
