"""Fields of blocks, as XBlock has them and cheaper to read."""

from __future__ import annotations

import functools
from typing import Any

from xblock.fields import String

KEPT = 128  # texts; the course that comes with the blocks has some eighty


class AuthoredText(String):
    """A text that is written once and read at every request, such as a block's content.

    XBlock goes through the whole of it for characters that XML does not allow, twice at the first reading and once at each that
    follows: most of a millisecond for a scenario. What comes out depends on the text alone, so a process does it once for a text.
    """

    def _sanitize(self, value: Any) -> Any:
        return _allowed(value) if type(value) is str else super()._sanitize(value)


_PLAIN = String()


@functools.lru_cache(maxsize=KEPT)
def _allowed(text: str) -> Any:
    return _PLAIN.from_json(text)
