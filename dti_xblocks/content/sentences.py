"""Sentences for authors: English as they stand, and ready to be said in another language by whoever shows them.

The rules know no language and no Django. `sentence` keeps what a sentence was made of; `translated` makes it anew with a
catalogue.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .problems import Problem


class Sentence(str):
    """A sentence in English, as any text, that knows its pattern and what stands in it."""

    __slots__ = ("pattern", "values")
    pattern: str
    values: dict[str, object]

    def __new__(cls, pattern: str, values: dict[str, object]) -> Sentence:
        """The sentence that `pattern`, with its names in braces, makes of `values`."""
        made = super().__new__(cls, pattern.format(**values) if values else pattern)
        made.pattern, made.values = pattern, values
        return made

    def __getnewargs__(self) -> tuple[str, dict[str, object]]:  # type: ignore[override]  # a text has one argument
        return self.pattern, self.values

    def translated(self, gettext: Callable[[str], str]) -> str:
        """The sentence in the language of `gettext`; sentences that stand in it, too."""
        said = gettext(self.pattern)
        return said.format(**{name: translated(one, gettext) for name, one in self.values.items()}) if self.values else said


def sentence(pattern: str, /, **values: object) -> Sentence:
    """A sentence to be translated. `pattern` is written out where this is called, so that the catalogues find it."""
    return Sentence(pattern, values)


def pattern(text: str) -> str:
    """`text` itself: a pattern that is written down here, and becomes a sentence elsewhere. The catalogues find it, too."""
    return text


def translated(text: object, gettext: Callable[[str], str]) -> object:
    """`text` in the language of `gettext` where it is a `Sentence`, as it is otherwise."""
    return text.translated(gettext) if isinstance(text, Sentence) else text


def in_language(problem: Problem, gettext: Callable[[str], str]) -> Problem:
    """`problem` with its sentence and its place in the language of `gettext`."""
    return replace(problem, where=str(translated(problem.where, gettext)), message=str(translated(problem.message, gettext)))
