"""The curriculum as data: outline.toml, and that of each path, which has the same form."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


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
    """`course` is "ORG+COURSE+RUN" of the course that must keep it; `outcomes` maps "O1".. to their sentences. `language` is the
    language of the titles, `final` the format of the test at the end;
    a translation may not be `complete`."""

    course: str
    title: str
    hours: int
    outcomes: dict[str, str]
    modules: tuple[Module, ...]
    language: str = "en"
    final: str = "Final Assessment"
    complete: bool = True

    @property
    def minutes(self) -> int:
        """Of all items."""
        return sum(item.minutes for module in self.modules for item in module.items)


@functools.cache
def outline() -> Outline:
    """The outline of our course."""
    data = tomllib.loads((Path(__file__).parent / "outline.toml").read_text(encoding="utf-8"))
    return outline_from(data, data["outcomes"])


def outline_from(data: Mapping[str, Any], outcomes: dict[str, str]) -> Outline:
    """The outline that a TOML file describes. Raises `KeyError` or `TypeError` for one that describes none."""
    modules = tuple(
        Module(
            module["number"],
            module["title"],
            tuple(Item(item["title"], item["kind"], item["minutes"], tuple(item["outcomes"])) for item in module["items"]),
        )
        for module in data["modules"]
    )
    return Outline(data["course"], data["title"], data["hours"], outcomes, modules)
