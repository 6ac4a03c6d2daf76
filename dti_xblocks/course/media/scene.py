"""Scene files: what a picture shows, from where, and in what light. Read here with the standard library alone."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

SCENES = "scenes"  # the folder below media/
LEAST_DESCRIPTION = 80  # characters: a long description says more than the alternative text
MOST_ALT = 160


class SceneFileError(Exception):
    """A scene file that cannot be read: which, where and what to do."""


@dataclass(frozen=True)
class View:
    """The camera: from `eye` to `look`, `view` degrees wide, rolled by `roll`."""

    eye: tuple[float, float, float]
    look: tuple[float, float, float]
    view: float = 44
    roll: float = 0


@dataclass(frozen=True)
class Figure:
    """A person. `at` is [x, z] or [x, y, z]; `joints` are keys of a pose that replace those of the named one."""

    name: str
    pose: str = "stand"
    at: Any = (0, 0)
    turn: float = 0
    build: str = "man"
    wear: str = "officer"
    hair: str = "short"
    hat: str = ""
    cuffed: bool = False
    joints: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Prop:
    """A thing: its kind, where it stands, turned about the vertical and then tilted forward; `options` are those of the kind."""

    kind: str
    name: str = ""
    at: Any = (0, 0)
    turn: float = 0
    tilt: float = 0
    scale: float = 1
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Light:
    """A lamp: see `light.KINDS`."""

    kind: str
    name: str = ""
    at: Any = None
    way: Any = None
    reach: float = 0
    power: float = 1
    shadow: bool = True
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class Glow:
    """A glow in the air: see `air.Glow`."""

    at: Any
    name: str = ""
    size: float = 1
    colour: str = "#ffb24d"
    strength: float = 0.8
    tall: float = 1


@dataclass(frozen=True)
class Lights:
    """Lights out of focus: see `air.bokeh`."""

    colours: tuple[str, ...]
    name: str = ""
    count: int = 12
    seed: int = 1
    band: tuple[float, float] = (0.1, 0.7)
    size: float = 40


@dataclass(frozen=True)
class Scene:
    """A picture to be made, `name` being that of its file. Lists are in the order of the file."""

    name: str
    title: str
    alt: str
    description: str
    camera: View
    kind: str = "scene"
    width: int = 1280
    height: int = 720
    sky: str = "night"
    skyline: Mapping[str, Any] = field(default_factory=dict)
    wet: float = 0
    fog: Mapping[str, Any] = field(default_factory=dict)
    rain: int = 0
    dark_corners: float = 0.72
    words: bool = False  # whether words are laid over it
    figure: tuple[Figure, ...] = ()
    prop: tuple[Prop, ...] = ()
    light: tuple[Light, ...] = ()
    glow: tuple[Glow, ...] = ()
    bokeh: tuple[Lights, ...] = ()


TABLES = {"figure": Figure, "prop": Prop, "light": Light, "glow": Glow, "bokeh": Lights}
DIRECTIVES = ("like", "without")


def scene_files(media: Path) -> list[Path]:
    """The scene files of a folder of sources, in the order of their names. Names with “_” first are of places that others use."""
    return sorted(path for path in (media / SCENES).glob("*.toml") if not path.name.startswith("_"))


def written(path: Path) -> dict[str, Any]:
    """What a scene file says, with what it takes over from the file that it names in `like`.

    A table of a list with the `name` of one of the other file changes that one; other tables are added; names in `without` are
    left out.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SceneFileError(f"{path.name}: there is no such scene file.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SceneFileError(f"{path.name}: this is no TOML: {error}") from None
    if "like" not in said:
        return said
    base = written(path.with_name(f"{said['like']}.toml"))
    dropped = set(said.get("without", ()))
    merged = {**base, **{key: value for key, value in said.items() if key not in DIRECTIVES}}
    for key in TABLES:
        merged[key] = _merged(base.get(key, []), said.get(key, []), dropped)
    return merged


def _merged(base: list[dict[str, Any]], more: list[dict[str, Any]], dropped: set[str]) -> list[dict[str, Any]]:
    named = {one["name"]: one for one in more if one.get("name")}
    kept = [{**one, **named.pop(one.get("name", ""), {})} for one in base if one.get("name") not in dropped]
    rest = [one for one in more if not one.get("name") or one["name"] in named]
    return kept + rest


def digest(path: Path) -> str:
    """A number of what the scene file says, with what it takes over: it changes when the picture has to."""
    return hashlib.sha256(repr(_ordered(written(path))).encode()).hexdigest()[:16]


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return [(key, _ordered(value[key])) for key in sorted(value)]
    return [_ordered(one) for one in value] if isinstance(value, list) else value


def read(path: Path) -> Scene:
    """The scene of a file, each key known and of a fitting kind."""
    said = written(path)
    values: dict[str, Any] = {"name": path.stem}
    known = {one.name for one in fields(Scene)} - {"name"}
    for key, value in said.items():
        if key not in known:
            raise SceneFileError(f"{path.name}: the key “{key}” is not known. Known are: {', '.join(sorted(known))}.")
        if key in TABLES:
            values[key] = tuple(_table(path, key, TABLES[key], one) for one in value)
        elif key == "camera":
            values[key] = _table(path, key, View, value)
        else:
            values[key] = value
    for key in ("title", "alt", "description", "camera"):
        if not values.get(key):
            raise SceneFileError(f"{path.name}: “{key}” is missing.")
    return Scene(**values)


def _table(path: Path, key: str, kind: type, said: Any) -> Any:
    known = {one.name for one in fields(kind)}
    if not isinstance(said, dict):
        raise SceneFileError(f"{path.name}: “{key}” is a table, written [{key}] or [[{key}]].")
    for name in said:
        if name not in known:
            raise SceneFileError(f"{path.name}: [[{key}]] has no key “{name}”. Known are: {', '.join(sorted(known))}.")
    try:
        return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in said.items()})
    except TypeError as error:
        raise SceneFileError(f"{path.name}: [[{key}]] is incomplete: {str(error).rpartition('missing ')[2]}.") from None
