"""What of an authored value makes a version of it: everything but where it stands in the text."""

from __future__ import annotations

import re
from dataclasses import field, fields, is_dataclass
from typing import Any

_LATER = "later"


def line_number() -> int:
    """A field for the 1-based line of an element in the authored content; no part of what the element is."""
    return field(default=0, compare=False, repr=False)


def later(default: Any) -> Any:
    """A field that came after scenarios were played: while it is at its empty default, their version is what it was before."""
    return field(default=default, metadata={_LATER: True})


def essence(value: Any) -> Any:
    """`value` as plain lists and strings, without line numbers and without the blanks that indentation makes."""
    if is_dataclass(value):
        pairs = [(part, getattr(value, part.name)) for part in fields(value) if part.compare]
        made = [essence(inner) for part, inner in pairs if _LATER not in part.metadata]
        return made + [[part.name, essence(inner)] for part, inner in pairs if _LATER in part.metadata and inner]
    if isinstance(value, tuple):
        return [essence(part) for part in value]
    if isinstance(value, str):
        return re.sub(r"\s*(<[^>]*>)\s*", r"\1", re.sub(r"\s+", " ", value)).strip()
    return value
