"""The texts of authorities: plain, with *italics* between stars in the fields that say so, and nothing else in them."""

from __future__ import annotations

import re
import unicodedata

# Characters that turn the direction of what follows them: a text could look like another than it is.
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
# A star opens italics before a word and closes them after one; any other star is a star.
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]*?)(?<=[^\s*])\*(?![\w*])")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """`text` as one paragraph: spaces and line breaks as single spaces, without control and direction characters."""
    return _SPACES.sub(" ", "".join(one for one in DIRECTION.sub("", text) if one.isspace() or not _control(one))).strip()


def unwanted(text: str) -> list[str]:
    """The names of characters in `text` that `clean` takes out, each once: "U+202E", "U+0007"."""
    found = [one for one in text if DIRECTION.match(one) or (_control(one) and not one.isspace())]
    return [f"U+{ord(one):04X}" for one in dict.fromkeys(found)]


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


def _control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn")
