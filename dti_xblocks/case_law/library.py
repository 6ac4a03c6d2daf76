"""The shipped library: every file of authorities/ and circuits.toml, read once, when somebody first asks."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from . import citation
from .model import Authority, Circuit, SeeAlso
from .search import Index

HERE = Path(__file__).parent


class Library:
    """A collection of authorities, found by slug, by module, by words and by citation."""

    def __init__(self, authorities: Iterable[Authority], circuits: Iterable[Circuit] = ()):
        self._authorities: Mapping[str, Authority] = MappingProxyType({item.slug: item for item in authorities})
        self.circuits: tuple[Circuit, ...] = tuple(circuits)

    @property
    def slugs(self) -> tuple[str, ...]:
        """The names of all authorities, in alphabetical order."""
        return tuple(sorted(self._authorities))

    def get(self, slug: str) -> Authority | None:
        """The authority with this slug; None when there is none."""
        return self._authorities.get(slug)

    def __iter__(self):
        return iter(self._authorities.values())

    def __len__(self) -> int:
        return len(self._authorities)

    def __contains__(self, slug: object) -> bool:
        return slug in self._authorities

    def module(self, number: int) -> list[Authority]:
        """The authorities of module `number`, in teaching order."""
        taught = [item for item in self if number in item.modules]
        return sorted(taught, key=lambda item: item.place_in(number))

    def search(self, query: str) -> list[Authority]:
        """The authorities that answer `query` (words, a name, a citation), best first; see `search.Index`."""
        return [self._authorities[slug] for slug in self._index.find(query)]

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
        return Index(self)


@functools.cache
def library() -> Library:
    """The library as shipped. Read on the first call, shared from then on; nothing in it can be changed."""
    return Library(
        (read_authority(path) for path in sorted((HERE / "authorities").glob("*.toml"))),
        (_circuit(table) for table in _toml(HERE / "circuits.toml")["circuit"]),
    )


def read_authority(path: Path) -> Authority:
    """The authority in the file `path`. Raises `ValueError` or `TypeError` when the file is no TOML or lacks a field."""
    return Authority(**{name: _value(value) for name, value in _toml(path).items()})


def _circuit(table: dict) -> Circuit:
    return Circuit(
        name=table["name"],
        cases=tuple(table["cases"]),
        test=_value(table["test"]),
        also_see=tuple(SeeAlso(**entry) for entry in table["also_see"]),
    )


def _toml(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _value(value):
    """Long texts are broken into lines in the files: a text is one paragraph, whatever its line breaks."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return tuple(_value(item) for item in value)
    return value
