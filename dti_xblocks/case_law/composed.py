"""Texts in Unicode's composed form (NFC), with the way back: where a passage found in one stands in the text as it was written.

Tools of macOS and copies out of PDF files write "é" as two characters, which reads the same and compares as another text.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

LONGEST_PIECE = 3  # characters before one that is no accent and may still be one with them: a Korean syllable is three


@dataclass(frozen=True)
class Composed:
    """`text` in NFC of what is `written`. `cuts`: where both may be cut, as (in `text`, as written); none where both are one."""

    text: str
    written: str
    cuts: tuple[tuple[int, int], ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands as written: from the last cut before it to the first one after it."""
        if not self.cuts:
            return start, end
        first = bisect_right(self.cuts, start, key=lambda cut: cut[0]) - 1
        last = bisect_left(self.cuts, end, key=lambda cut: cut[0])
        return self.cuts[first][1], self.cuts[last][1]


def composed(text: str) -> Composed:
    """`text` in NFC. What takes time is done only where it is not."""
    if unicodedata.is_normalized("NFC", text):
        return Composed(text, text)
    made, cuts, begun = 0, [(0, 0)], 0
    for at in range(1, len(text) + 1):
        if at < len(text) and _belongs(text[begun:at], text[at]):
            continue
        made += len(unicodedata.normalize("NFC", text[begun:at]))
        begun = at
        cuts.append((made, at))
    return Composed(unicodedata.normalize("NFC", text), text, tuple(cuts))


def _belongs(before: str, character: str) -> bool:
    """Whether `character` is one with what is before it: an accent, or a part of a Korean syllable."""
    if unicodedata.combining(character):
        return True
    if character.isascii() or len(before) > LONGEST_PIECE:
        return False
    together = unicodedata.normalize("NFC", before + character)
    return together != unicodedata.normalize("NFC", before) + unicodedata.normalize("NFC", character)
