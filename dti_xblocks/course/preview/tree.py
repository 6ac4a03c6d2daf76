"""A course as read from its files: immutable, shared by all requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from opaque_keys.edx.keys import CourseKey, UsageKey

from .static_files import StaticFiles

EMPTY: Mapping = MappingProxyType({})


@dataclass(frozen=True)
class Definition:
    """One block. `fields` are authored values as JSON; `inherited` those of the nearest ancestor that sets them."""

    key: UsageKey
    parent: UsageKey | None
    children: tuple[UsageKey, ...]
    cls: type
    fields: Mapping
    inherited: Mapping

    @property
    def block_type(self) -> str:
        """The tag in the OLX."""
        return self.key.block_type

    @property
    def title(self) -> str:
        """What the outline calls it."""
        default = getattr(getattr(self.cls, "display_name", None), "default", None)
        return self.fields.get("display_name") or default or self.key.block_id.replace("_", " ")


@dataclass(frozen=True)
class Page:
    """A page outside the outline: an extra tab, the about texts, handouts, updates. `html` is as authored."""

    slug: str
    title: str
    html: str


@dataclass(frozen=True)
class CourseTree:
    """The whole course. `warnings` are sentences for the author; `version` changes with every reading."""

    folder: Path
    course_key: CourseKey
    root: UsageKey
    blocks: Mapping[UsageKey, Definition]
    policy: Mapping
    grading_policy: Mapping
    static: StaticFiles
    tabs: tuple[Page, ...] = ()
    info: tuple[Page, ...] = ()
    warnings: tuple[str, ...] = ()
    version: int = 0
    _by_id: Mapping = field(default_factory=lambda: EMPTY, repr=False)

    @property
    def title(self) -> str:
        """The course's name."""
        return self.policy.get("display_name") or self.blocks[self.root].title

    @property
    def language(self) -> str:
        """The language code that the course sets, "" for none."""
        return self.policy.get("language") or self.blocks[self.root].fields.get("language") or "en"

    def named(self, block_id: str, block_type: str | None = None) -> Definition | None:
        """The block with that `url_name`, of that type when given."""
        for definition in self._by_id.get(block_id, ()):
            if block_type is None or definition.block_type == block_type:
                return definition
        return None

    def children(self, key: UsageKey) -> list[Definition]:
        """The definitions below a block, in order."""
        return [self.blocks[child] for child in self.blocks[key].children]

    def ancestors(self, key: UsageKey) -> Iterator[Definition]:
        """The parent, its parent, and so on up to the course."""
        parent = self.blocks[key].parent
        while parent is not None:
            yield self.blocks[parent]
            parent = self.blocks[parent].parent

    def below(self, key: UsageKey) -> Iterator[Definition]:
        """`key` and everything below it, in document order."""
        definition = self.blocks[key]
        yield definition
        for child in definition.children:
            yield from self.below(child)

    def chapters(self) -> list[Definition]:
        """The sections, in order."""
        return self.children(self.root)

    def sequences(self) -> Iterator[tuple[Definition, Definition]]:
        """(chapter, subsection) in order."""
        for chapter in self.chapters():
            for sequence in self.children(chapter.key):
                yield chapter, sequence

    def units(self) -> Iterator[tuple[Definition, Definition, Definition]]:
        """(chapter, subsection, unit) in order."""
        for chapter, sequence in self.sequences():
            for unit in self.children(sequence.key):
                yield chapter, sequence, unit

    def place_of(self, key: UsageKey) -> tuple[Definition, Definition, Definition] | None:
        """(chapter, subsection, unit) in which the block stands; None for the course, chapters and empty subsections."""
        line = [self.blocks[key], *self.ancestors(key)]
        if len(line) >= 4:
            return line[-2], line[-3], line[-4]
        if len(line) == 1:
            return None
        for chapter, sequence, unit in self.units():
            if key in (chapter.key, sequence.key):
                return chapter, sequence, unit
        return None


def index_by_id(blocks: Mapping[UsageKey, Definition]) -> Mapping:
    """url_name -> definitions, in document order."""
    found: dict[str, list[Definition]] = {}
    for definition in blocks.values():
        found.setdefault(definition.key.block_id, []).append(definition)
    return MappingProxyType({name: tuple(definitions) for name, definitions in found.items()})
