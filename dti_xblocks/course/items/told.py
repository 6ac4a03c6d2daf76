"""Which questions share their facts with a case that a lesson tells: told.toml."""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path

from .model import Item

ENOUGH = 3  # marks of one case


@functools.cache
def told() -> dict[str, tuple[re.Pattern[str], ...]]:
    """The marks of each told case, by its slug in the library."""
    data = tomllib.loads((Path(__file__).parent / "told.toml").read_text(encoding="utf-8"))
    return {slug: tuple(_mark(mark) for mark in marks) for slug, marks in data.items()}


def retold(item: Item) -> list[tuple[str, list[str]]]:
    """(slug, the words found) of each told case whose facts the question shares."""
    found = []
    for slug, marks in told().items():
        words = [match[0] for mark in marks if (match := mark.search(item.stem))]
        if len(words) >= ENOUGH:
            found.append((slug, words))
    return found


def _mark(text: str) -> re.Pattern[str]:
    more = r"\w*" if text.endswith("*") else ""
    return re.compile(rf"\b{re.escape(text.rstrip('*'))}{more}\b", re.IGNORECASE)
