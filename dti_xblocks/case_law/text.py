"""The texts of authorities, without characters that no reader should get."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

# Characters that turn the direction of what follows them: a text could look like another than it is.
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """`text` as one paragraph: spaces and line breaks as single spaces, without control and direction characters."""
    return _SPACES.sub(" ", "".join(one for one in DIRECTION.sub("", text) if one.isspace() or not _control(one))).strip()


def unwanted(text: str) -> list[str]:
    """The names of characters in `text` that `clean` takes out, each once: "U+202E", "U+0007"."""
    characters = [one for one in text if DIRECTION.match(one) or (_control(one) and not one.isspace())]
    return [f"U+{ord(one):04X}" for one in dict.fromkeys(characters)]


def _control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn")


def is_web_address(text: str) -> bool:
    """True for an absolute http or https address with a host and without spaces."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
