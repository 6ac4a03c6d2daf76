"""Scenarios to start from: sound, short, and each showing more of the format than the one before.

A starter is the inside of a `dti_scenario` element. Titles are English here; who shows them translates them.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources

TITLES = {
    "blank": "Blank",
    "peer-officer": "Peer officer",
    "supervisor": "Supervisor",
    "agency": "Agency",
}


@dataclass(frozen=True)
class Starter:
    """One of them; `id` is the name of its file without the ending."""

    id: str
    title: str
    content: str


@functools.cache
def starters() -> tuple[Starter, ...]:
    """All of them, the plainest first."""
    folder = resources.files(__name__)
    return tuple(Starter(name, title, (folder / f"{name}.xml").read_text(encoding="utf-8")) for name, title in TITLES.items())
