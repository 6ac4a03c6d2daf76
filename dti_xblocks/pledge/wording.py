"""The version of a pledge's wording: a hash of what a signer promises, and nothing else.

Whoever has signed may sign again when this hash is another one, so it must not move for what is no promise: the names that
authors give to affirmations, indentation of the XML, a further question such as the badge number, the Unicode form of the text
(tools of macOS and copies out of PDF files write an accent as a character of its own).
"""

from __future__ import annotations

import unicodedata
from typing import Any

from .model import Pledge, Question
from .seal import digest


def wording(pledge: Pledge) -> dict[str, Any]:
    """The words promised, in order, in NFC: what reads the same is the same."""
    return {
        "preamble": _composed(pledge.preamble),
        "affirmations": [_composed(affirmation.text) for affirmation in pledge.affirmations],
        "closing": _composed(pledge.closing),
    }


def wording_hash(pledge: Pledge) -> str:
    """SHA-256 (hex) of the canonical JSON of `wording`."""
    return digest(wording(pledge))


def shown_hash(pledge: Pledge, title: str, surroundings: dict[str, str]) -> str:
    """SHA-256 (hex) of all that the page shows: wording, title, questions and `surroundings` (consent text, button, language).

    A form carries it, so that nobody signs a text other than the one that was on the page.
    """
    return digest(
        {
            "title": title,
            "wording": wording(pledge),
            "questions": [_asked(question) for question in pledge.questions],
            "surroundings": surroundings,
        }
    )


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _asked(question: Question) -> list[Any]:
    """A question as the page shows it. What a plain one has not is left out, so that its hash stays what it was."""
    more = [question.mask, question.hint, list(question.options)]
    return [question.id, question.label, question.required, *(more if any(more) else [])]
