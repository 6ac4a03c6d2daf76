"""A passage is widened to whole words, and no further."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.case_law.anchoring import LONGEST_QUOTE
from dti_xblocks.case_law.model import Section
from dti_xblocks.case_law.word_edges import anchor_in_words, whole_words


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("Time is opportunity.", "ime is opp", "Time is opportunity"),
        ("the officer's car", "ffic", "officer's"),
        ("the officers' car", "ffic", "officers"),
        ("say 'now' to them", "o", "now"),
        ("well-known rule", "kno", "known"),
        ("whole words stay", "words", "words"),
        ("\u8b66\u5bdf\u306f\u6bb4", "\u306f", "\u306f"),
    ],
)
def test_a_cut_word_is_finished(text, cut, whole):
    start = text.index(cut)
    first, last = whole_words(text, start, start + len(cut))
    assert text[first:last] == whole


def test_what_goes_on_for_longer_than_a_word_is_left_as_it_was():
    assert whole_words("x" * 500, 200, 210) == (200, 210)
    assert whole_words("x" + " y" * LONGEST_QUOTE + "zz", 0, LONGEST_QUOTE) == (0, LONGEST_QUOTE)


@given(st.text(min_size=1, max_size=60), st.data())
def test_nothing_is_lost_and_widening_twice_changes_nothing(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = whole_words(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)
    assert whole_words(text, first, last) == (first, last)


def test_an_anchor_is_of_whole_words():
    parts = [Section("facts", ("One. *Two* three.",))]
    anchor = anchor_in_words(parts, "facts", 0, 6, 11)
    assert (anchor.start, anchor.quote) == (5, "Two three")
    with pytest.raises(ValueError, match="no passage"):
        anchor_in_words(parts, "rule", 0, 0, 3)
