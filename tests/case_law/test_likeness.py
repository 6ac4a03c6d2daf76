"""Edit distances: the quick way says what the plain table says."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dti_xblocks.case_law import likeness

LETTERS = "abcé 🚓\u0301"
SOME = st.text(LETTERS, max_size=30)
WORDS = st.text(LETTERS, min_size=1, max_size=20)


def table(words: str, text: str, from_start: bool = False) -> list[int]:
    """The edits between `words` and what ends at each character of `text`, by the table of Wagner and Fischer."""
    row = [number if from_start else 0 for number in range(len(text) + 1)]
    for number, mine in enumerate(words, 1):
        before, row = row, [number]
        for at, yours in enumerate(text):
            row.append(min(before[at + 1] + 1, row[at] + 1, before[at] + (mine != yours)))
    return row[1:]


def edits(one: str, other: str) -> int:
    return table(one, other, from_start=True)[-1] if other else len(one)


@given(WORDS, SOME)
def test_distances_are_those_of_the_table(words, text):
    assert likeness._distances(words, text) == table(words, text)
    assert likeness._distances(words, text, from_start=True) == table(words, text, from_start=True)


@given(st.text("ab", min_size=1, max_size=90), st.text("ab", max_size=90))
def test_words_of_more_characters_than_a_machine_word_has_bits(words, text):
    assert likeness._distances(words, text) == table(words, text)


@given(WORDS, SOME)
def test_the_edits_to_begin_a_text_with_words_are_the_fewest(words, text):
    assert likeness.edits_to_begin(words, text) == min(edits(words, text[:end]) for end in range(len(text) + 1))


@settings(max_examples=300)
@given(WORDS, SOME)
def test_places_are_as_like_as_they_say_and_the_best_is_among_them(words, text):
    found = likeness.places(words, text, 5)
    for start, end, alike in found:
        assert 0 <= start < end <= len(text)
        assert alike == 1 - edits(words, text[start:end]) / max(len(words), end - start) >= 0.8
    assert [alike for *_place, alike in found] == sorted((alike for *_place, alike in found), reverse=True)
    ordered = sorted((start, end) for start, end, _alike in found)
    assert all(end <= start for (_start, end), (start, _end) in pairwise(ordered))
    allowed = len(words) // 5
    assert bool(found) == bool(allowed and min(table(words, text), default=99) <= allowed)


@pytest.mark.parametrize(
    ("words", "text", "stands"),
    [
        ("a duty to act", "He had a duty to act at once.", "a duty to act"),
        ("a duty to act", "He had the duty to act at once.", "duty to act"),
        ("a duty to act", "He had a duty to acting.", "a duty to act"),
        ("reasonable officer", "what a reasonable offficer knew", "reasonable offficer"),
        ("reasonable officer", "what a unreasonable officer knew", "reasonable officer"),
        ("would know", "he would now be", "would now"),
    ],
)
def test_what_is_found_is_whole_words_where_that_is_as_good(words, text, stands):
    start, end, _alike = likeness.places(words, text, 1)[0]
    assert text[start:end] == stands


def test_no_more_places_than_asked_for():
    assert len(likeness.places("a b c", "a b d. " * 50, 7)) == 7
    assert likeness.places("abcd", "abcx", 7) == []  # too short for even one edit
