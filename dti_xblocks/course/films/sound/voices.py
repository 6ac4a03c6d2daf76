"""The table of voices: who of a cast speaks how."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("voices.toml")
ACCENTS = {"en": "en-us", "es": "es-419"}  # how eSpeak NG names the English and the Spanish that are spoken


@dataclass(frozen=True)
class Voice:
    """A voice of the model, and how fast it speaks. Two of them mixed are written `one+other`."""

    voice: str
    speed: float = 1.0

    @property
    def parts(self) -> tuple[str, ...]:
        """The voices that it is mixed of."""
        return tuple(self.voice.split("+"))


class UnknownVoiceError(LookupError):
    """A storyboard names a voice that the table does not have."""


@cache
def table() -> dict[str, dict[str, Voice]]:
    """The voices by role and language."""
    with FILE.open("rb") as file:
        return {role: {lang: Voice(**how) for lang, how in said.items()} for role, said in tomllib.load(file).items()}


def voice(role: str, lang: str) -> Voice:
    """The voice of a role in a language."""
    try:
        return table()[role][lang]
    except KeyError as error:
        raise UnknownVoiceError(f"There is no voice “{role}” in {lang}. There are: {', '.join(sorted(table()))}.") from error
