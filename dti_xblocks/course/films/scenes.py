"""The scenes of films: those of the pictures in media/scenes, and those that films alone use, in media/films/scenes."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Self

from ..media import scene as pictures
from ..media.scene import Scene, SceneFileError

POSES = Path(pictures.__file__).with_name("poses.toml")
BAR_LAMPS = ("red", "blue")  # kinds of lamps that are of a light bar
BAR_GLOWS = ("red", "blue", "bar")  # how the names of its glows begin


class ScenePath(type(Path())):  # type: ignore[misc]
    """A file of media/films/scenes. What it names in `like` is looked for beside it, then among the pictures' scenes."""

    def with_name(self, name: str) -> Self | Path:
        """The file of a name: here, or else in media/scenes."""
        beside = super().with_name(name)
        return beside if beside.is_file() else Path(self.parents[2]) / pictures.SCENES / name


def scene_path(media: Path, name: str) -> Path:
    """The file of a scene: one of the films' own goes before one of the pictures."""
    own = ScenePath(media / "films" / pictures.SCENES / f"{name}.toml")
    return own if own.is_file() else media / pictures.SCENES / f"{name}.toml"


def scene(media: Path, name: str) -> Scene:
    """The scene of a name."""
    path = scene_path(media, name)
    if not path.is_file():
        raise SceneFileError(f"there is no scene “{name}” in media/films/scenes or media/scenes")
    return pictures.read(path)


def digest(media: Path, name: str) -> str:
    """A number of what a scene's file says, with what it takes over."""
    return pictures.digest(scene_path(media, name))


def own_scenes(media: Path) -> list[Path]:
    """The files of media/films/scenes, without those of places (“_” first)."""
    folder = media / "films" / pictures.SCENES
    return [ScenePath(path) for path in sorted(folder.glob("*.toml")) if not path.name.startswith("_")]


def has_bar(one: Scene) -> bool:
    """Whether the scene has a light bar."""
    return any(light.kind in BAR_LAMPS for light in one.light)


@cache
def pose_names() -> frozenset[str]:
    """The poses that have a name."""
    return frozenset(tomllib.loads(POSES.read_text(encoding="utf-8")))
