"""Libraries of authorities: the shipped one, read once when somebody first asks, and those that institutions make of it."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from . import citation
from .facets import Filters
from .model import LISTS, Authority, Check, Circuit, Entry, Jurisdiction, SeeAlso
from .search import Index, Results
from .text import clean

HERE = Path(__file__).parent
LONGEST_TEXT = 20_000  # characters of one field, about seven printed pages
LONGEST_AUTHORITY = 60_000
LONGEST_SLUG = 100
LONGEST_NAME = 500  # characters of what stands in lists
NEVER_EMPTY = ("kind", "caption", "citation")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Library:
    """A collection of authorities, found by slug, by module, by words and by citation."""

    def __init__(
        self,
        authorities: Iterable[Authority],
        circuits: Iterable[Circuit] = (),
        jurisdictions: Iterable[Jurisdiction] = (),
        made_of: Library | None = None,
    ):
        """A library `made_of` another finds things by the other's index, and needs to index only what is not in it."""
        self._authorities: Mapping[str, Authority] = MappingProxyType({item.slug: item for item in authorities})
        self.circuits: tuple[Circuit, ...] = tuple(circuits)
        self.jurisdictions: tuple[Jurisdiction, ...] = tuple(jurisdictions)
        self._made_of = made_of

    @property
    def slugs(self) -> tuple[str, ...]:
        """The names of all authorities, in alphabetical order."""
        return tuple(sorted(self._authorities))

    def get(self, slug: str) -> Authority | None:
        """The authority with this slug; None when there is none."""
        return self._authorities.get(slug)

    def __iter__(self) -> Iterator[Authority]:
        return iter(self._authorities.values())

    def __len__(self) -> int:
        return len(self._authorities)

    def __contains__(self, slug: object) -> bool:
        return slug in self._authorities

    def with_entries(self, entries: Iterable[Entry]) -> Library:
        """This library with an institution's changes and additions, less what no authority can be made of (see `rules`)."""
        changed: dict[str, Authority] = {}
        for entry in entries:
            before = changed.get(entry.name) or self.get(entry.name)
            after = authority_of(entry, before)
            if after is not None and after != before:
                changed[entry.name] = after
        if not changed:
            return self
        return Library([*{**self._authorities, **changed}.values()], self.circuits, self.jurisdictions, made_of=self)

    def module(self, number: int) -> list[Authority]:
        """The authorities of module `number`, in teaching order."""
        taught = [item for item in self if number in item.modules]
        return sorted(taught, key=lambda item: item.place_in(number))

    def find(self, query: str, filters: Filters | None = None) -> Results:
        """The authorities that answer `query` (words, a name, a citation) within `filters`, best first; see `search.Results`."""
        return self._index.find(query, filters or Filters())

    def search(self, query: str) -> list[Authority]:
        """The authorities that `find` finds, alone."""
        return [hit.authority for hit in self.find(query).hits]

    def knows_citation(self, text: str) -> bool:
        """True when the reporter citation or section of the Code in `text` is that of an authority or is named in one's text.

        `text` is one citation in any usual spelling ("490 U.S. 386", "18 USC 242"). A text without a citation is not known.
        """
        named = citation.citations_in(text) or citation.code_sections_in(text)
        return bool(named) and all(one in self._known for one in named)

    def unknown_citations(self, text: str) -> list[str]:
        """The reporter citations and sections of the Code in `text` (plain or HTML) that the library does not know."""
        named = citation.citations_in(text) + citation.code_sections_in(text)
        return [one for one in named if one not in self._known]

    @functools.cached_property
    def _known(self) -> frozenset[str]:
        texts = [f"{item.plain_text}\n{item.verified_note}" for item in self]
        texts += [see.citation for circuit in self.circuits for see in circuit.also_see]
        everything = "\n".join(texts)
        return frozenset(citation.citations_in(everything) + citation.code_sections_in(everything))

    @functools.cached_property
    def _index(self) -> Index:
        return Index(self, self.jurisdictions, over=self._made_of._index if self._made_of else None)


@functools.cache
def library() -> Library:
    """The library as shipped. Read on the first call, shared from then on; nothing in it can be changed."""
    return Library(
        (read_authority(path) for path in sorted((HERE / "authorities").glob("*.toml"))),
        (_circuit(table) for table in _toml(HERE / "circuits.toml")["circuit"]),
        (_jurisdiction(table) for table in _toml(HERE / "jurisdictions.toml")["jurisdiction"]),
    )


def authority_of(entry: Entry, before: Authority | None) -> Authority | None:
    """The authority that `entry` says, over `before` (the library's of that name); None where it says none.

    An entry with `ref` changes some fields of `before`; one with `slug` is new, and needs a kind, a caption and a citation.
    """
    values = {name: _cleaned(value) for name, value in entry.fields.items() if name in EDITABLE}
    if too_long(values):
        return before
    if entry.ref:
        if before is None:
            return None
        kept = {name: value for name, value in values.items() if value or name not in NEVER_EMPTY}
        differing = {name: value for name, value in kept.items() if getattr(before, name) != value}
        return replace(before, **differing, edited=_names(before.edited, differing)) if differing else before
    if not is_slug(entry.slug) or not all(values.get(name) for name in ("kind", "caption", "citation")):
        return None
    if before is not None and not before.is_agencys:
        return None  # a name of the library is changed by `ref`, never taken by accident
    return Authority(slug=entry.slug, **values)


def too_long(values: Mapping[str, object]) -> bool:
    """True when `values` are more than any page or packet should have to take: one text of them, or all together."""
    total = sum(len(text) for value in values.values() for text in texts_of(value))
    return bool(texts_too_long(values)) or total > LONGEST_AUTHORITY


def texts_too_long(values: Mapping[str, object]) -> list[str]:
    """The names of texts among `values` each of which is longer than any page should have to take."""
    return [
        name
        for name, value in values.items()
        if any(len(text) > (LONGEST_NAME if name in NEVER_EMPTY else LONGEST_TEXT) for text in texts_of(value))
    ]


def texts_of(value: object) -> list[str]:
    """The texts in a value of `Entry.fields`."""
    if isinstance(value, Check):
        return [value.question, value.right, *value.wrong, value.why]
    return [value] if isinstance(value, str) else list(value) if isinstance(value, tuple) else []


def _cleaned(value: Any) -> Any:
    if isinstance(value, Check):
        return Check(*(_cleaned(one) for one in (value.question, value.right, value.wrong, value.why)))
    if isinstance(value, str):
        return clean(value)
    return tuple(filter(None, map(clean, value))) if isinstance(value, tuple) else value


def _names(*groups: Iterable[str]) -> tuple[str, ...]:
    named = {name for group in groups for name in group}
    return tuple(field.name for field in fields(Authority) if field.name in named)


def read_authority(path: Path) -> Authority:
    """The authority in the file `path`. Raises `ValueError` or `TypeError` when the file is not TOML or lacks a field."""
    return Authority(**_table(path))


def read_entry(path: Path, within: Library) -> Entry:
    """What an institution's file `path` says: a change where `within` has its slug, else an authority of its own.

    Raises `ValueError` with the reason where the file is not TOML, or holds what no authority has.
    """
    values = _table(path)
    slug = values.pop("slug", path.stem)
    if unknown := sorted(set(values) - EDITABLE):
        raise ValueError(f"{path.name} has fields that nothing is known about: {', '.join(unknown)}")
    if not is_slug(slug):
        raise ValueError(f"{path.name}: a slug is lower-case letters, digits and hyphens, at most {LONGEST_SLUG}")
    for name, value in values.items():
        if name != "check" and not _fits(value, a_list=name in LISTS):
            raise ValueError(f"{path.name}: {name} has to be {'a list of texts' if name in LISTS else 'a text'}")
    return Entry(ref=slug, fields=values) if slug in within else Entry(slug=slug, fields=values)


# What an institution may say of an authority.
# How far a text was checked is the library's own to say.
EDITABLE = frozenset(field.name for field in fields(Authority)) - {
    "slug", "modules", "teaching_order", "edited", "verified", "official_url_seen", "in_a_line",
}  # fmt: skip


def _table(path: Path) -> dict[str, Any]:
    values = {name: _value(value) for name, value in _toml(path).items()}
    if "check" in values:
        try:
            check = Check(**{name: _value(value) for name, value in values["check"].items()})
        except (TypeError, AttributeError) as error:
            raise ValueError(f"{path.name}: a check has a question, a right answer, wrong ones and a why") from error
        if not (_fits(check.wrong, a_list=True) and all(_fits(one, False) for one in (check.question, check.right, check.why))):
            raise ValueError(f"{path.name}: in a check, question, right and why are texts, and wrong is a list of texts")
        values["check"] = check
    return values


def is_slug(text: object) -> bool:
    """True for a name that an authority can have in addresses."""
    return isinstance(text, str) and len(text) <= LONGEST_SLUG and bool(SLUG.fullmatch(text))


def _fits(value: object, a_list: bool) -> bool:
    if a_list:
        return isinstance(value, tuple) and all(isinstance(one, str) for one in value)
    return isinstance(value, str)


def _jurisdiction(table: dict[str, Any]) -> Jurisdiction:
    return Jurisdiction(**{name: _value(value) for name, value in table.items()})


def _circuit(table: dict[str, Any]) -> Circuit:
    return Circuit(
        name=table["name"],
        cases=tuple(table["cases"]),
        test=_value(table["test"]),
        also_see=tuple(SeeAlso(**entry) for entry in table["also_see"]),
    )


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8-sig"))  # Windows editors begin a file with a mark


def _value(value: Any) -> Any:
    """Long texts are broken into lines in the files: a text is one paragraph, whatever its line breaks."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return tuple(_value(item) for item in value)
    return value
