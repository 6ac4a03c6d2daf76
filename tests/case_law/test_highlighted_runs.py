"""Paragraphs in pieces: italics, and marks that may overlap."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dti_xblocks.case_law.anchoring import Run, highlighted_runs
from dti_xblocks.content.italics import plain


def test_a_paragraph_without_marks_is_its_runs():
    assert highlighted_runs("See *Graham* first.", []) == (Run("See ", False), Run("Graham", True), Run(" first.", False))
    assert highlighted_runs("", [(0, 5, 1)]) == ()


def test_marks_split_a_paragraph_and_may_overlap():
    assert highlighted_runs("See *Graham* first.", [(2, 7, "m1"), (6, 14, "m2")]) == (
        Run("Se", False),
        Run("e ", False, ("m1",)),
        Run("Gr", True, ("m1",)),
        Run("a", True, ("m1", "m2")),
        Run("ham", True, ("m2",)),
        Run(" fir", False, ("m2",)),
        Run("st.", False),
    )


def test_marks_beyond_the_text_are_clipped_and_empty_ones_left_out():
    assert highlighted_runs("abc", [(-5, 1, 1), (2, 99, 2), (1, 1, 3), (2, 1, 4), (7, 9, 5)]) == (
        Run("a", False, (1,)),
        Run("b", False),
        Run("c", False, (2,)),
    )


SPANS = st.lists(st.tuples(st.integers(-3, 130), st.integers(-3, 130)), max_size=8)


@settings(max_examples=300)
@given(st.text("ab *é🚓א", max_size=80), SPANS)
def test_every_character_is_highlighted_once_with_the_marks_that_cover_it(text, places):
    spans = [(start, end, f"m{number}") for number, (start, end) in enumerate(places)]
    pieces = highlighted_runs(text, spans)
    assert "".join(piece.text for piece in pieces) == plain(text)
    at = 0
    for piece in pieces:
        assert piece.text
        for position in range(at, at + len(piece.text)):
            assert piece.marks == tuple(mark for start, end, mark in spans if start <= position < end)
        at += len(piece.text)
    italics = [piece.italic for piece in pieces for _character in piece.text]
    assert italics == [piece.italic for piece in highlighted_runs(text, []) for _character in piece.text]
