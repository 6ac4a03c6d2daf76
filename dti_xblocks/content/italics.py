"""Plain texts with *italics* between stars, and nothing else in them: how authorities are written."""

from __future__ import annotations

import re

# A star opens italics before a word and closes them after one; any other star is a star.
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]*?)(?<=[^\s*])\*(?![\w*])")


def runs(text: str) -> list[tuple[str, bool]]:
    """`text` as pieces (words, whether in italics), in order, none of them empty."""
    pieces, at = [], 0
    for match in _ITALIC.finditer(text):
        pieces += [(text[at : match.start()], False), (match[1], True)]
        at = match.end()
    return [(words, italic) for words, italic in [*pieces, (text[at:], False)] if words]


def plain(text: str) -> str:
    """`text` without the stars of its italics: what a reader reads, and what positions in it are counted in."""
    return _ITALIC.sub(r"\1", text) if "*" in text else text
