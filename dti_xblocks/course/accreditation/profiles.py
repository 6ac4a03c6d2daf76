"""What bodies ask, as far as it was seen: bodies.toml."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BODIES = Path(__file__).with_name("bodies.toml")


class UnknownProfileError(ValueError):
    """There is no profile of that name; the message lists those that there are."""


@dataclass(frozen=True)
class Asked:
    """What a body asks; `where` is the id of the section that answers it, "" where none does. `source` is where it was seen."""

    what: str
    where: str
    source: str


@dataclass(frozen=True)
class Profile:
    """One body. `known` says how far its rules were seen, `seen` what they are in short, and `ask_them` what to ask before
    anything is sent. `form` are the fields of a form of it with what the course says there (words in braces as in packet.toml).
    `checked` is the month in which this was looked at."""

    name: str
    body: str
    known: str
    checked: str
    seen: str = ""
    asks: tuple[Asked, ...] = ()
    form: tuple[tuple[str, str], ...] = ()
    form_note: str = ""
    ask_them: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@functools.cache
def profiles() -> tuple[Profile, ...]:
    """All profiles, in the order of the file; the first is for no body in particular."""
    data = tomllib.loads(BODIES.read_text(encoding="utf-8"))
    return tuple(_profile(body) for body in data["bodies"])


def _profile(body: dict[str, Any]) -> Profile:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in body.items()}
    values["asks"] = tuple(Asked(one["what"], one["where"], one["from"]) for one in values.get("asks", ()))
    values["form"] = tuple((one["field"], one.get("say", "")) for one in values.get("form", ()))
    return Profile(**values)


def profile(name: str) -> Profile:
    """The profile `name`. Raises `UnknownProfileError`."""
    for one in profiles():
        if one.name == name:
            return one
    known = ", ".join(one.name for one in profiles())
    raise UnknownProfileError(f"There is no profile “{name}”. There are: {known}.")
