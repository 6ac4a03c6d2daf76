"""Which shot stands for a film before it plays: the first, or the one that media/films/posters.toml names."""

from __future__ import annotations

import tomllib
from pathlib import Path

from .storyboard import CARD, Storyboard

FILE = "films/posters.toml"


def named(media: Path) -> dict[str, int]:
    """The numbers of shots, from 1, by the names of films; empty where nobody named one."""
    path = media / FILE
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def poster_shot(storyboard: Storyboard, media: Path) -> int:
    """The index of the shot in the poster: the first that is a picture where none is named, a card, or one that is not there."""
    pictures = [index for index, shot in enumerate(storyboard.shots) if shot.scene != CARD]
    wanted = named(media).get(storyboard.name, 0) - 1
    return wanted if wanted in pictures else pictures[0]
