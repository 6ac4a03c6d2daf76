"""What a learner may answer in a review."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.review import model


@pytest.mark.parametrize("raw", ["1", "2", "3", "4", "5"])
def test_one_to_five_stars_are_taken(raw):
    assert model.read_stars(raw) == int(raw)


@pytest.mark.parametrize("raw", [None, "", "0", "6", "-1", "1.5", "five", "٣", " 3", 3, ["3"], b"3"])
def test_nothing_else_is(raw):
    with pytest.raises(model.UnacceptableError) as refused:
        model.read_stars(raw)
    assert refused.value.reason == "stars"


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("  Good.\r\n\r\nThanks!\r", "Good.\n\nThanks!"),
        ("a\tb\x00\x07", "a b"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("\u202eevil", "evil"),
        ("Jose\u0301", "José"),
        (None, ""),
        (b"file", ""),
    ],
)
def test_text_is_kept_plain(raw, stored):
    assert model.read_text(raw) == stored


def test_text_may_be_as_long_as_promised_counted_as_the_browser_counts_lines():
    assert len(model.read_text("a\r\n" * 2500)) == 4999
    assert len(model.read_text("é" * 5000)) == 5000
    with pytest.raises(model.UnacceptableError) as refused:
        model.read_text("a" * 5001)
    assert refused.value.reason == "too-long"


@given(st.text(max_size=200))
def test_text_can_always_be_stored_and_stays_as_it_is(raw):
    text = model.read_text(raw)
    text.encode("utf-8")
    assert "\x00" not in text
    assert model.read_text(text) == text
