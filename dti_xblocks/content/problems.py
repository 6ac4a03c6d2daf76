"""Mistakes of authors as values."""

from __future__ import annotations

from dataclasses import dataclass, field

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake of an author.

    `code` is permanent and names the rule; `where` is the place as the author knows it (a scene id, a file name);
    `message` is a sentence that says what is wrong and what to do; `line` is 1-based, 0 where unknown.
    """

    code: str
    where: str
    message: str
    severity: str = ERROR
    line: int = 0


# Kinds of `Stray` that all readers know; a domain may have more.
ELEMENT = "element"
ATTRIBUTE = "attribute"
TEXT = "text"  # loose words between elements
REPEATED = "repeated"
VALUE = "value"  # of an attribute


@dataclass(frozen=True)
class Stray:
    """Something in authored XML that has no meaning where it stands.

    `kind` is one of the words above or of the domain's own; `name` is the element or attribute, or the beginning of the
    loose words; `where` is the place as in `Problem`; `line` is 1-based, 0 where unknown, and no part of what the stray is.
    """

    kind: str
    name: str
    where: str = ""
    line: int = field(default=0, compare=False)
