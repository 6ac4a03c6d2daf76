"""Which pictures were built, from what: the file media/pictures.json beside a course."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .scene import digest

INDEX = "pictures.json"
TOOLS = {"__init__.py", "index.py", "build.py", "checks.py", "gallery.py", "command.py", "small.py"}  # these draw nothing
PREFIX = "scene-"


@dataclass(frozen=True)
class Small:
    """The second size of a picture: digests of the file that it was made `of` and of its own, and how large it is."""

    of: str
    file: str
    bytes: int


@dataclass(frozen=True)
class Built:
    """A picture that was built: the digests of what it was built from, and what it is. `contrast` is that of white words over its
    lower quarter, at the lightest hundredth of it.
    """

    scene: str
    kit: str
    width: int
    height: int
    bytes: int
    contrast: float
    small: Small | None = None


def file_name(scene: str) -> str:
    """The name of a scene's picture in the course's folder static/."""
    return f"{PREFIX}{scene}.webp"


def media_folder(course: Path) -> Path | None:
    """The folder of sources beside a course, where there is one."""
    folder = course.resolve().parent / "media"
    return folder if (folder / "scenes").is_dir() else None


def kit_digest() -> str:
    """A number of the code and the data that draw: it changes when pictures may."""
    here = Path(__file__).parent
    total = hashlib.sha256()
    for path in sorted(here.rglob("*")):
        if path.suffix in (".py", ".toml") and path.name not in TOOLS:
            total.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]


def read_index(media: Path) -> dict[str, Built]:
    """What is built, by the names of scenes. An index that cannot be read counts as empty: then all is built again."""
    try:
        said = json.loads((media / INDEX).read_text(encoding="utf-8"))
        return {name: _built(values) for name, values in said.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}


def _built(values: dict[str, Any]) -> Built:
    small = values.get("small")
    return Built(**{**values, "small": Small(**small) if small else None})


def write_index(media: Path, built: dict[str, Built]) -> None:
    """Keep what is built, in the order of the names."""
    said = {name: _said(built[name]) for name in sorted(built)}
    (media / INDEX).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


def _said(built: Built) -> dict[str, Any]:
    said = asdict(built)
    return said if built.small else {key: value for key, value in said.items() if key != "small"}


def out_of_date(path: Path, static: Path, built: Built | None, kit: str) -> bool:
    """Whether the picture of a scene file has to be built."""
    return built is None or built.scene != digest(path) or built.kit != kit or not (static / file_name(path.stem)).is_file()
