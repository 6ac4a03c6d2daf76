"""What a pledge is: the words to be affirmed and the questions asked with them."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..content import Stray


@dataclass(frozen=True)
class Affirmation:
    """One statement that the signer affirms by itself. `id` is the author's name for it, `text` plain text."""

    id: str
    text: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Question:
    """Something asked of the signer besides the pledge: agency, rank, badge number.

    `mask` is the form that an answer must have (see `masks`), "" for any; `options` are the answers to choose from, if it is a
    choice; `hint` is said below the field.
    """

    id: str
    label: str
    required: bool = False
    mask: str = ""
    hint: str = ""
    options: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Pledge:
    """A pledge as authored. `preamble` and `closing` are HTML of paragraphs, made of a few harmless tags only.

    `strays` are what the reader could not use; they are not part of the pledge and only `rules` looks at them.
    """

    preamble: str
    affirmations: tuple[Affirmation, ...]
    closing: str = ""
    questions: tuple[Question, ...] = ()
    strays: tuple[Stray, ...] = field(default=(), compare=False)
