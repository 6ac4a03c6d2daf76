"""What stands in a graphic: graphics.toml, read and checked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

WORDS = Path(__file__).with_name("graphics.toml")


class GraphicsError(ValueError):
    """The text of the graphics cannot be used, or a page names a graphic that it does not have; says what to do."""


@dataclass(frozen=True)
class Item:
    """One step, level, question, line or circuit. `side`, `down` and `out`: a question's answers, and what ends it at the side;
    `seconds`: how long it went on; `share`: percent of a bar; `circuit`: its name in the library. 0 and "" where a kind does not
    draw it."""

    head: str
    text: str = ""
    note: str = ""
    down: str = ""
    side: str = ""
    out: str = ""
    circuit: str = ""
    seconds: float = 0
    share: float = 0


@dataclass(frozen=True)
class Graphic:
    """A graphic: its title, its items in order, words that stand apart, and whether it is read from the right.

    `next` and `end` are what an answer of a tree leads to: the next question, and what the last one ends in."""

    name: str
    kind: str
    title: str
    items: tuple[Item, ...]
    lead: str = ""
    note: str = ""
    next: str = ""
    end: str = ""
    rtl: bool = False


def graphics(path: Path = WORDS) -> dict[str, Graphic]:
    """Every graphic of the file `path` by its name. Raises GraphicsError."""
    try:
        words = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GraphicsError(f"{path} cannot be read: {error}") from error
    direction = words.pop("direction", "ltr")
    if direction not in {"ltr", "rtl"}:
        raise GraphicsError(f"{path}: direction is “ltr” or “rtl”, not “{direction}”.")
    return {name: _graphic(name, said, direction == "rtl") for name, said in words.items()}


def _graphic(name: str, said: Any, rtl: bool) -> Graphic:
    if not isinstance(said, dict) or not isinstance(said.get("items"), list) or not said["items"]:
        raise GraphicsError(f"The graphic “{name}” has no items: add [[{name}.items]].")
    items = tuple(_made(Item, f"an item of “{name}”", item, {"head"}) for item in said["items"])
    rest = {key: value for key, value in said.items() if key != "items"}
    return _made(Graphic, f"“{name}”", {**rest, "items": items, "name": name, "rtl": rtl}, {"kind", "title"})


def _made(kind: Any, what: str, said: Any, needed: set[str]) -> Any:
    if not isinstance(said, dict):
        raise GraphicsError(f"{what} is no table of words.")
    known = {field.name: type(field.default) for field in fields(kind)}
    for key, value in said.items():
        if key not in known:
            raise GraphicsError(f"{what} has “{key}”; known are {', '.join(sorted(known))}.")
        if known[key] is str and not isinstance(value, str):
            raise GraphicsError(f"{what}: “{key}” is a text in quotes.")
        if known[key] is int and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
            raise GraphicsError(f"{what}: “{key}” is a number from 0.")
    for key in sorted(needed):
        if not isinstance(said.get(key), str) or not said[key].strip():
            raise GraphicsError(f"{what} lacks “{key}”.")
    return kind(**said)
