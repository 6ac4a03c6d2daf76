"""From a storyboard's file to its values: what is not understood is a problem with its line."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields
from pathlib import Path as File
from typing import Any

import yaml

from ...content import Problem
from .storyboard import Act, At, Clock, Line, OnScreen, Path, Person, Shot, Sound, Storyboard, Words

FOLDER = "films"  # below media/


class Lined(dict):
    """A mapping that knows on which lines of the file it and its keys stand."""

    line: int = 0
    lines: Mapping[str, int]


class _Loader(yaml.SafeLoader):
    """Keeps lines, and refuses a key that stands twice."""

    def lined(self, node: yaml.MappingNode) -> Lined:
        """The mapping of a node."""
        made = Lined()
        made.line, lines = node.start_mark.line + 1, {}
        for key_node, value in node.value:
            name: Hashable = self.construct_object(key_node, deep=True)
            if name in made:
                raise yaml.YAMLError(f"line {key_node.start_mark.line + 1}: “{name}” stands here for the second time")
            made[name], lines[str(name)] = self.construct_object(value, deep=True), key_node.start_mark.line + 1
        made.lines = lines
        return made


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.lined)


class Reader:
    """Reads one file; `problems` has what was not understood."""

    def __init__(self, path: File) -> None:
        self.path, self.problems = path, list[Problem]()

    def wrong(self, code: str, message: str, line: int) -> Any:
        """Note a mistake; there is no value then."""
        self.problems.append(Problem(code, self.path.name, message, line=line))
        return None

    def read(self) -> Storyboard | None:
        """The storyboard, or None where the file cannot be understood at all."""
        try:
            said = yaml.load(self.path.read_text(encoding="utf-8"), _Loader)  # noqa: S506, a safe loader that keeps lines
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            mark = getattr(error, "problem_mark", None)
            self.wrong("FM001", f"This is no YAML: {getattr(error, 'problem', None) or error}.", mark.line + 1 if mark else 1)
            return None
        if not isinstance(said, Lined):
            self.wrong("FM001", "A storyboard is a table that begins with “title:”.", 1)
            return None
        return self.table(said, Storyboard, {
            "title": self.words, "cast": self.cast, "shots": self.each(self.shot), "outcomes": self.texts, "sources": self.texts,
        }, need=("title", "lesson", "idea", "cast", "shots"), name=self.path.stem)  # fmt: skip

    def table(
        self, said: Any, kind: type, how: Mapping[str, Callable], need: tuple[str, ...] = (), names: Mapping | None = None, **more
    ) -> Any:
        """A value of a kind: each key known, of a fitting type or made by a function of `how`. `names`: other names of keys."""
        if not isinstance(said, Lined):
            self.wrong("FM003", f"Here a table is needed, with: {', '.join(need) or 'its keys'}.", more.get("line", 1))
            return None
        known = {one.name: one for one in fields(kind)}
        values, names = dict(more), names or {}
        for name, value in said.items():
            field, line = names.get(name, name), said.lines[str(name)]
            if field not in known or field in more:
                listed = sorted({*known, *names} - set(more) - set(names.values()))
                self.wrong("FM002", f"“{name}” is not known here. Known are: {', '.join(listed)}.", line)
                continue
            made = how[field](value, line) if field in how else self.plain(name, value, str(known[field].type), line)
            if made is not None:
                values[field] = made
        lacking = [one for one in need if names.get(one, one) not in values]
        if lacking:
            if lacking[0] not in said:  # else it is said already
                self.wrong("FM003", f"“{lacking[0]}” is missing.", said.line)
            return None
        return kind(**values)

    def plain(self, name: str, value: Any, wanted: str, line: int) -> Any:
        """A text, a number, or yes or no."""
        kind, what = ("str", "a text; put it in quotes") if "str" in wanted else ("number", "a number")
        if "bool" in wanted:
            kind, what = "bool", "true or false"
        if kind == _kind(value):
            return value.strip() if isinstance(value, str) else value
        self.wrong("FM004", f"“{name}” is {what}.", line)
        return None

    def each(self, how: Callable) -> Callable:
        """Read a list, each of it by a function."""

        def whole(said: Any, line: int) -> tuple:
            if not isinstance(said, list):
                self.wrong("FM004", "Here a list is needed.", line)
                return ()
            made = [how(one, getattr(one, "line", line)) for one in said]
            return tuple(one for one in made if one is not None)

        return whole

    def texts(self, said: Any, line: int) -> tuple[str, ...]:
        """A list of texts."""
        return self.each(lambda one, at: self.plain("each of the list", one, "str", at))(said, line)

    def words(self, said: Any, line: int) -> Words | None:
        """The same in both languages."""
        return self.table(said, Words, {}, need=("en", "es")) if isinstance(said, Lined) else self._both(line)

    def _both(self, line: int) -> Any:
        return self.wrong("FM003", "Write it in both languages: {en: “…”, es: “…”}.", line)

    def cast(self, said: Any, line: int) -> dict[str, Person]:
        """Who speaks, by the names that lines have in `who`."""
        if not isinstance(said, Lined):
            self.wrong("FM004", "The cast is a table: a name, and for it {voice: …}.", line)
            return {}
        made = {str(name): self.table(one, Person, {"name": self.words}, need=("voice",)) for name, one in said.items()}
        return {name: one for name, one in made.items() if one is not None}

    def shot(self, said: Any, line: int) -> Shot | None:
        """One shot."""
        return self.table(said, Shot, {
            "camera": self.camera, "lines": self.each(self.line), "words": self.on_screen, "acts": self.each(self.act),
            "sounds": self.each(self.sound), "clock": self.clock,
        }, need=("id", "scene"), line=line)  # fmt: skip

    def line(self, said: Any, line: int) -> Line | None:
        """What somebody says."""
        return self.table(said, Line, {}, need=("who", "en", "es"), line=line)

    def on_screen(self, said: Any, line: int) -> OnScreen | None:
        """The words of a shot: those of both languages, and when."""
        if not isinstance(said, Lined):
            return self.wrong("FM003", "Words are a table: {at: 1, en: “…”, es: “…”}.", line)
        both = Lined({name: value for name, value in said.items() if name not in ("at", "after")})
        both.line, both.lines = said.line, said.lines
        words = self.words(both, line)
        return None if words is None else OnScreen(words, self.moment(said, line))

    def moment(self, said: Lined, line: int) -> At:
        """`at`: a whole number is that of a line, one with a point (or “1.5s”) a second of the shot. `after`: seconds more."""
        at, after = said.get("at", 1), said.get("after", 0)
        if isinstance(at, str) and at.endswith("s"):
            with contextlib.suppress(ValueError):
                at = float(at[:-1])
        if isinstance(at, bool) or not isinstance(at, int | float) or not isinstance(after, int | float):
            self.wrong("FM004", "“at” is the number of a line (2) or a second of the shot (1.5), “after” are seconds.", line)
            return At()
        return At(line=at, after=after) if isinstance(at, int) else At(second=at, after=after)

    def _rest(self, said: Any, kind: type, how: Mapping[str, Callable], need: tuple[str, ...], **more) -> Any:
        """A table with a moment in it."""
        if not isinstance(said, Lined):
            return self.wrong("FM003", f"Here a table is needed, with: {', '.join(need)}.", more.get("line", 1))
        rest = Lined({name: value for name, value in said.items() if name not in ("at", "after")})
        rest.line, rest.lines = said.line, said.lines
        return self.table(rest, kind, how, need=need, **more)

    def act(self, said: Any, line: int) -> Act | None:
        """Somebody moves."""
        at = self.moment(said, line) if isinstance(said, Lined) else At()
        return self._rest(said, Act, {"joints": self.joints, "to": self.place}, ("who", "seconds"), at=at, line=line)

    def joints(self, said: Any, line: int) -> dict | None:
        """Keys of a pose; what they are is asked when the figure is put up."""
        return _bare(said) if isinstance(said, Lined) else self.wrong("FM004", "“joints” is a table of keys of a pose.", line)

    def place(self, said: Any, line: int) -> tuple[float, ...] | None:
        """A point of the floor."""
        if isinstance(said, list) and len(said) in (2, 3) and all(isinstance(one, int | float) for one in said):
            return tuple(float(one) for one in said)
        return self.wrong("FM004", "“to” is a point of the floor: [x, z].", line)

    def sound(self, said: Any, line: int) -> Sound | None:
        """A sound, with a moment or for the whole shot."""
        at = self.moment(said, line) if isinstance(said, Lined) and "at" in said else None
        return self._rest(said, Sound, {}, ("kind",), at=at)

    def clock(self, said: Any, line: int) -> Clock | None:
        """Seconds that run."""
        at = self.moment(said, line) if isinstance(said, Lined) else At()
        return self._rest(said, Clock, {}, ("from", "to"), at=at, names={"from": "first", "to": "last"})

    def camera(self, said: Any, line: int) -> Path | None:
        """The way of what is shown."""
        return self.table(
            said, Path, {"first": self.frame, "last": self.frame}, need=("from", "to"), names={"from": "first", "to": "last"}
        )

    def frame(self, said: Any, line: int) -> tuple[float, float, float] | None:
        """What is shown: [middle across, middle down, how much larger]."""
        if isinstance(said, list) and len(said) == 3 and all(isinstance(one, int | float) for one in said):
            return float(said[0]), float(said[1]), float(said[2])
        return self.wrong("FM004", "What is shown is [middle across, middle down, how much larger]: [0.5, 0.5, 1.0].", line)


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "bool"
    return "str" if isinstance(value, str) else "number" if isinstance(value, int | float) else ""


def _bare(said: Any) -> Any:
    if isinstance(said, dict):
        return {str(name): _bare(value) for name, value in said.items()}
    return [_bare(one) for one in said] if isinstance(said, list) else said


def read(path: File) -> tuple[Storyboard | None, list[Problem]]:
    """The storyboard of a file, and what in it is not understood."""
    reader = Reader(path)
    storyboard = reader.read()
    return storyboard, reader.problems


def storyboard_files(media: File) -> list[File]:
    """The storyboards of a folder of sources, in the order of their names."""
    return sorted((media / FOLDER).glob("*.yaml"))
