"""The lexicon: words whose letters mislead the voices, and how they are spoken."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("lexicon.toml")


@dataclass(frozen=True)
class Word:
    """How `word` is spoken: by another spelling (`say`) or by its sounds (`phonemes`), one of the two. `heard` are spellings that
    a listener may write for it."""

    word: str
    say: str = ""
    phonemes: str = ""
    heard: tuple[str, ...] = ()


@cache
def words(lang: str) -> dict[str, Word]:
    """The words of a language (`en` or `es`)."""
    with FILE.open("rb") as file:
        entries = tomllib.load(file).get(lang, {})
    return {
        name: Word(name, entry.get("say", ""), entry.get("phonemes", ""), tuple(entry.get("as", ())))
        for name, entry in entries.items()
    }


@cache
def pattern(lang: str) -> re.Pattern[str]:
    """Finds the words of the lexicon in a text."""
    return re.compile(rf"\b({'|'.join(sorted(map(re.escape, words(lang)), key=len, reverse=True))})\b")
