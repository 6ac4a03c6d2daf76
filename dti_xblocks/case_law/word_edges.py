"""Whole words: a passage that begins or ends within a word, as a hand that slips selects it, is widened to the word's edge."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..content.italics import plain
from .anchoring import LONGEST_QUOTE, Anchor, Placed, anchor_at
from .model import Section

LONGEST_WORD = 40  # characters on one side of a cut: what goes on for longer is no word to finish
# Letters and digits with what joins them: "officer's" is one word. Scripts that put no space between words have no such edges.
_IN_A_WORD = re.compile(r"[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[\u0300-\u036f'’]")


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """`start` and `end` of a passage of `text`, moved outward to the edges of the words that they cut."""
    first, last = start, end
    while first and start - first <= LONGEST_WORD and _joined(text, first):
        first -= 1
    while last < len(text) and last - end <= LONGEST_WORD and _joined(text, last):
        last += 1
    first = first if start - first <= LONGEST_WORD else start
    last = last if last - end <= LONGEST_WORD else end
    return (first, last) if last - first <= LONGEST_QUOTE else (start, end)


def anchor_in_words(parts: Sequence[Section], section: str, paragraph: int, start: int, end: int) -> Anchor:
    """As `anchoring.anchor_at`, in whole words. Raises `ValueError`."""
    cut = anchor_at(parts, section, paragraph, start, end)
    text = plain(next(part.paragraphs for part in parts if part.code == section)[paragraph])
    return anchor_at(parts, section, paragraph, *whole_words(text, cut.start, cut.start + len(cut.quote)))


def in_whole_words(parts: Sequence[Section], placed: Placed) -> Placed:
    """`placed` in `parts`, where it stands there, in whole words. Marks made before words were kept whole are shown so too."""
    paragraphs = next((part.paragraphs for part in parts if part.code == placed.section), ())
    if not 0 <= placed.paragraph < len(paragraphs):
        return placed
    text = plain(paragraphs[placed.paragraph])
    start, end = whole_words(text, placed.start, placed.end)
    return replace(placed, start=start, end=end, quote=text[start:end])


def _joined(text: str, at: int) -> bool:
    """Whether a cut at `at` is within a word. An apostrophe belongs to a word only between its letters."""
    before, after = text[at - 1], text[at]
    if not (_IN_A_WORD.fullmatch(before) and _IN_A_WORD.fullmatch(after)):
        return False
    if after in "'’":
        return at + 1 < len(text) and text[at + 1].isalnum() and before.isalnum()
    if before in "'’":
        return at >= 2 and text[at - 2].isalnum() and after.isalnum()
    return True
