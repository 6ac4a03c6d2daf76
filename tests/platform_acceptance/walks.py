"""How the course's scenarios are played: the walks that the unit tests walk too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "scenario/walks"


@dataclass(frozen=True)
class Walk:
    """The decisions of a run, (scene, choice) each, and what must come of it. `share` is earned of possible points."""

    steps: tuple[tuple[str, str], ...]
    ending: str
    share: float


def walks(name: str, folder: Path = FOLDER) -> list[Walk]:
    """The walks through the scenario whose url_name is `name` in which no clock has to run out, the strongest first."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob(f"{name}.*.txt"))]
    found = [_read(text) for text in texts if "(time-up)" not in text]
    return sorted(found, key=lambda walk: -walk.share)


def _read(text: str) -> Walk:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    told = dict(line.split(": ", 1) for line in lines if re.match(r"(ending|score): ", line))
    earned, possible = map(int, told["score"].split(" of "))
    steps = [tuple(line.strip().split(" > ", 1)) for line in lines if " > " in line]
    return Walk(tuple((scene, choice) for scene, choice in steps), told["ending"], earned / possible)
