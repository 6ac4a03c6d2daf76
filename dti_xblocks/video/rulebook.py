"""The book in which all rules about films are entered."""

from __future__ import annotations

from collections.abc import Iterator

from ..content import Rulebook
from .model import Tape, Video

RULES: Rulebook[[Video]] = Rulebook()


def tapes(video: Video) -> Iterator[Tape]:
    """The tapes of a film, in their order."""
    return (moment for moment in video.moments if isinstance(moment, Tape))
