"""Numbers that a form or an address sends."""

from __future__ import annotations


def whole_number(text: object, digits: int = 9) -> int | None:
    """The whole number from 0 up that `text` writes in at most so many plain digits; None for anything else."""
    plain = isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= digits
    return int(str(text)) if plain else None
