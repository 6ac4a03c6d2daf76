"""The same text in another Unicode form: marks are found in it, and a place in one form is known in the other."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.case_law.anchoring import anchor_at, place
from dti_xblocks.case_law.composed import composed
from dti_xblocks.case_law.model import Section

TEXT = "Señora Núñez saw it. The officer hit Mr. Gutiérrez twice near the door, and Mr. Gutiérrez fell. 각하 한국 said so."
TEXTS = st.text("aé\u0301\u0327ñ \u1100\u1161\u11a8각ा\u09c7\u09be🚓", max_size=60)


def facts(text):
    return [Section("facts", (text,))]


@pytest.mark.parametrize("words", ["Gutiérrez", "Señora", "é", "각하", "한국 said so.", TEXT])
@pytest.mark.parametrize(("old", "new"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFC", "NFKD"), ("NFD", "NFD")])
@pytest.mark.parametrize("before", ["", "Añadido: "])
def test_a_mark_is_found_in_the_other_form(words, old, new, before):
    text, quote = unicodedata.normalize(old, TEXT), unicodedata.normalize(old, words)
    start = text.index(quote)
    after = unicodedata.normalize(new, before + TEXT)
    placed = place(facts(after), anchor_at(facts(text), "facts", 0, start, start + len(quote)))
    assert placed.exact
    assert placed.quote == after[placed.start : placed.end] == unicodedata.normalize(new, words)
    assert placed.start == after.index(placed.quote), "the first of them, as it was marked"


def test_words_in_the_other_form_that_changed_are_said_to_have_changed():
    text = "The court called Mr. Gutiérrez an honest man, and José a witness."
    anchor = anchor_at(facts(text), "facts", 0, 17, 44)
    changed = unicodedata.normalize("NFD", text.replace("an honest", "the honest"))
    placed = place(facts(changed), anchor)
    assert not placed.exact
    assert unicodedata.normalize("NFC", placed.quote) == "Mr. Gutiérrez the honest man"


@given(TEXTS)
def test_every_piece_of_the_composed_text_is_the_composed_piece_as_written(text):
    whole = composed(text)
    assert whole.text == unicodedata.normalize("NFC", text)
    for start in range(len(whole.text)):
        for end in range(start + 1, len(whole.text) + 1):
            first, last = whole.place(start, end)
            assert 0 <= first < last <= len(text)
            assert whole.text[start:end] in unicodedata.normalize("NFC", text[first:last])


def test_text_that_never_composes_to_an_end_takes_no_time():
    composed("e" + "\u0301\u0327" * 20_000)
    composed("\u1100\u1161\u11a8" * 20_000)
