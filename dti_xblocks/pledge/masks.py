"""The form of an answer, as authors write it: `A` a letter, `9` a digit, `*` a letter or digit, `[…]` what may be left out, and
any other character itself. `9999[99]` is four to six digits, `AA-99999` two letters, a hyphen and five digits.

Masks take the place of regular expressions: an author's expression may run for hours, a mask cannot.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 40
_SOUND = re.compile(r"(?:[^\[\]]|\[[^\[\]]+\])+")
_PART = re.compile(r"\[([^\[\]]+)\]|([^\[\]])")
_IN_PAGES = {"A": r"\p{L}", "9": "[0-9]", "*": r"[\p{L}\p{N}]"}
# What a browser wants escaped in the `pattern` of a field, and nothing else: it refuses to know other escapes.
_SPECIAL = frozenset("\\^$.|?*+()[]{}/")


def sound(mask: str) -> bool:
    """True for a mask that can be used: brackets in pairs, not within each other, not empty, and not too long."""
    return len(mask) <= LONGEST and _SOUND.fullmatch(mask) is not None


def fits(answer: str, mask: str) -> bool:
    """True when `answer` has the form of `mask`. Letters may be of any script and case."""
    ends = {0}  # where in the answer the parts so far may end
    for signs, optional in _parts(mask):
        after = {end + len(signs) for end in ends if _has_form(answer[end : end + len(signs)], signs)}
        ends = ends | after if optional else after
    return len(answer) in ends


def page_pattern(mask: str) -> str:
    """`mask` for the `pattern` attribute of a field in a page."""
    parts = (("".join(map(_in_pages, signs)), optional) for signs, optional in _parts(mask))
    return "".join(f"(?:{pattern})?" if optional else pattern for pattern, optional in parts)


def _parts(mask: str) -> Iterator[tuple[str, bool]]:
    """(signs, whether they may be left out), in order."""
    for optional, sign in _PART.findall(mask):
        yield optional or sign, bool(optional)


def _has_form(text: str, signs: str) -> bool:
    return len(text) == len(signs) and all(map(_is_one, text, signs))


def _is_one(character: str, sign: str) -> bool:
    if sign == "9":
        return character in "0123456789"
    if sign in "A*":
        return unicodedata.category(character)[0] in ("L" if sign == "A" else "LN")
    return character == sign


def _in_pages(sign: str) -> str:
    return _IN_PAGES.get(sign) or (f"\\{sign}" if sign in _SPECIAL else sign)
