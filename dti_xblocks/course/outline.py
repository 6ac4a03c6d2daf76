"""The curriculum as data: outline.toml."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Item:
    """One subsection. `kind`: info, lesson, scenario, assessment, case_law, handout, pledge or review."""

    title: str
    kind: str
    minutes: int
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class Module:
    """One section."""

    number: int
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Outline:
    """`course` is "ORG+COURSE+RUN" of the course that must keep it; `outcomes` maps "O1".. to their sentences."""

    course: str
    title: str
    hours: int
    outcomes: dict[str, str]
    modules: tuple[Module, ...]


@functools.cache
def outline() -> Outline:
    """The outline of our course."""
    data = tomllib.loads((Path(__file__).parent / "outline.toml").read_text(encoding="utf-8"))
    modules = tuple(
        Module(
            module["number"],
            module["title"],
            tuple(Item(item["title"], item["kind"], item["minutes"], tuple(item["outcomes"])) for item in module["items"]),
        )
        for module in data["modules"]
    )
    return Outline(data["course"], data["title"], data["hours"], data["outcomes"], modules)
