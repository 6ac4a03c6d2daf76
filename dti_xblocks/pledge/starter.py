"""The pledge that a new block begins with: the Duty to Intervene pledge of our course. A test holds the two equal."""

from __future__ import annotations

import functools
from importlib import resources


@functools.cache
def text() -> str:
    """The inside of a `dti_pledge` element."""
    return (resources.files(__package__) / "starter.xml").read_text(encoding="utf-8")
