"""The reading-level formula of `reading_level`: what it counts, and a grade worked out by hand."""

import pytest
from case_law.reading_level import grade, sentences, syllables, words


@pytest.mark.parametrize(
    ("word", "heard"),
    [
        ("a", 1), ("stop", 1), ("force", 1), ("forces", 2), ("stopped", 1), ("acted", 2), ("shielded", 2), ("watched", 1),
        ("officer", 3), ("officers", 3), ("table", 2), ("reasonable", 4), ("reasonably", 4), ("liable", 3), ("trial", 2),
        ("radio", 3), ("opinion", 3), ("obvious", 3), ("statement", 2), ("safely", 2), ("rule", 1), ("rules", 1), ("judges", 2),
        ("judge's", 2), ("officer's", 3), ("don't", 1), ("duty", 2), ("liability", 5), ("intervene", 3), ("intercede", 3),
        ("suit", 1), ("going", 2), ("doing", 2), ("people", 2), ("anyone", 3), ("create", 2), ("employer", 3), ("colleague", 2),
        ("automatically", 5), ("constitutional", 5), ("municipality", 6), ("supervisor", 4), ("7", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_heard(word, heard):
    assert syllables(word) == heard


def test_a_sentence_ends_where_a_reader_stops():
    assert sentences('See Byrd v. Brishke. Was it "willful?" He said, "No." Done!') == 4
    assert sentences("The U.S. Attorney may sue. Others may not") == 1
    assert sentences("no end") == 1


def test_parts_of_a_hyphenated_word_and_digits_are_words():
    assert words("A two-pound blackjack, $850,000") == ["A", "two", "pound", "blackjack", *"850000"]


def test_the_grade_is_that_of_the_formula():
    # 13 words in 2 sentences, 18 syllables: 0.39 * 6.5 + 11.8 * 18 / 13 - 15.59
    text = "The officer stopped the force. He called a supervisor and gave first aid."
    assert sum(map(syllables, words(text))) == 18
    assert grade(text) == pytest.approx(2.535 + 16.338 - 15.59, abs=0.001)


def test_longer_sentences_and_words_are_harder():
    easy = "You must stop him. You must call for help."
    hard = "Officers possessing a realistic opportunity must intervene immediately and subsequently request medical assistance."
    assert grade(easy) < 3 < 15 < grade(hard)
