"""A path file: which modules, subsections and units stay, what they are worth, and the words that change."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..outline import Outline, outline, outline_from
from ..source import CourseUnreadableError

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Part:
    """A subsection that stays, by its name, with the `units` that stay; all of them where it names none."""

    name: str
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A section that stays, by its name, with its subsections in their new order. `number` and `title` are the path's."""

    name: str
    number: int
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Edit:
    """Words of one file that the path has otherwise."""

    file: str
    find: str
    replace: str


@dataclass(frozen=True)
class LearningPath:
    """A way through the course `source` ("ORG+COURSE+RUN").

    `outline` is its curriculum, with the key that it gets. `law` is the list of case law that takes the authorities which pages
    link and whose own list is left out. `weights` has the share of each format in the grade. `without` are files that stay out.
    """

    source: str
    outline: Outline
    chapters: tuple[Chapter, ...]
    law: str
    weights: dict[str, float]
    edits: tuple[Edit, ...]
    without: tuple[str, ...]


def names() -> list[str]:
    """The paths that come with the package."""
    return sorted(file.stem for file in HERE.glob("*.toml"))


def learning_path(text: str) -> LearningPath:
    """The path of that name, or of that file where it ends in .toml. Raises `CourseUnreadableError`."""
    if text.endswith(".toml"):
        return _read(Path(text))
    if text not in names():
        raise CourseUnreadableError(f"There is no path {text}. There are: {', '.join(names())}, or a file of yours (.toml).")
    return _shipped(text)


def outline_of(key: str) -> Outline | None:
    """The curriculum that the course "ORG+COURSE+RUN" must keep: ours, or that of a path that comes with the package."""
    every = [outline(), *(_shipped(name).outline for name in names())]
    return next((each for each in every if each.course == key), None)


@functools.cache
def _shipped(name: str) -> LearningPath:
    return _read(HERE / f"{name}.toml")


def _read(file: Path) -> LearningPath:
    try:
        return _from(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise CourseUnreadableError(f"The path file {file} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        missing = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
        raise CourseUnreadableError(f"{file} is no path file: {missing}. docs/paths.md says what stands in one.") from error


def _from(data: dict[str, Any]) -> LearningPath:
    chapters = tuple(
        Chapter(
            module["chapter"],
            module["number"],
            module["title"],
            tuple(Part(item["keep"], tuple(item.get("units", ()))) for item in module["items"]),
        )
        for module in data["modules"]
    )
    return LearningPath(
        source=data["of"],
        outline=outline_from(data, outline().outcomes | data.get("outcomes", {})),
        chapters=chapters,
        law=data["law"],
        weights={name: float(weight) for name, weight in data["weights"].items()},
        edits=tuple(Edit(edit["file"], edit["find"], edit["replace"]) for edit in data.get("edits", ())),
        without=tuple(data.get("without", ())),
    )
