"""A drawing as it arrives from anywhere, and as it is drawn again."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.pledge import strokes

points = st.tuples(st.integers(0, strokes.WIDTH), st.integers(0, strokes.HEIGHT)).map(list)
drawings = st.lists(st.lists(points, min_size=1, max_size=30), min_size=1, max_size=10)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=20,
)


def refused(text):
    with pytest.raises(strokes.StrokesUnsoundError) as error:
        strokes.read(text)
    return error.value.code


@given(drawings)
def test_a_drawing_is_read_as_it_was_sent(drawing):
    sent = json.dumps(drawing)
    if strokes.length(drawing) < strokes.LEAST_LENGTH:
        assert refused(sent) == "too-little"
    else:
        assert strokes.read(sent) == drawing


@pytest.mark.parametrize("text", ["", "  ", "\n", "[]"])
def test_nothing_drawn_is_no_drawing(text):
    assert strokes.read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "null", "{}", "1", '"x"', "[", "[[]]", "[[[]]]", "[[[1]]]", "[[[1,2,3]]]", "[[1,2]]", "[[[1,2]],[]]", "[[[1.0,2]]]",
        "[[[true,2]]]", '[[["1","2"]]]', "[[[null,2]]]", "[[[-1,2]]]", "[[[1001,2]]]", "[[[1,301]]]", "[[[1,NaN]]]",
        "[[[1,Infinity]]]", "[[[1e2,2]]]", '{"a":[[1,2]]}', '[{"0":1}]', "[" * 30_000, "[[[1" + "0" * 5000 + ",2]]]", "\x00", "\ud800",
        "<svg/>", "[[[0,0],[100,100]]] x",
    ],
)  # fmt: skip
def test_what_is_no_drawing_is_refused_as_damaged(text):
    assert refused(text) == "damaged"


@pytest.mark.parametrize("sent", [None, b"[]", 5, object()])
def test_what_is_no_text_is_refused_too(sent):
    assert refused(sent) == "damaged"


@given(anything)
def test_any_json_is_read_or_refused(value):
    try:
        found = strokes.read(json.dumps(value))
    except strokes.StrokesUnsoundError as error:
        assert error.code in ("damaged", "too-much", "too-little")
    else:
        assert found == value == [] or strokes.length(found) >= strokes.LEAST_LENGTH


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    try:
        strokes.read(text)
    except strokes.StrokesUnsoundError as error:
        assert error.code in ("damaged", "too-much", "too-little")


def test_the_limits_are_reached_and_not_passed():
    long = [[0, 0], [100, 0]]
    assert strokes.read(json.dumps([long] * strokes.MOST_STROKES))
    assert refused(json.dumps([long] * (strokes.MOST_STROKES + 1))) == "too-much"
    fullest = [[[1000, 300], [900, 200]] * (strokes.MOST_POINTS // 2)]
    assert strokes.read(json.dumps(fullest, separators=(",", ":")))
    fullest[0].append([0, 0])
    assert refused(json.dumps(fullest, separators=(",", ":"))) == "too-much"
    assert refused("[" + " " * strokes.LONGEST_TEXT + "]") == "too-much"


def test_a_slip_of_the_finger_is_no_signature():
    assert refused("[[[5,5]]]") == "too-little"
    assert refused(json.dumps([[[0, 0]]] * 50)) == "too-little"
    assert refused("[[[0,0],[59,0]]]") == "too-little"
    assert strokes.read("[[[0,0],[60,0]]]") == [[[0, 0], [60, 0]]]
    assert strokes.read("[[[0,0],[30,0]],[[0,9],[30,9]]]")


@given(drawings)
def test_the_picture_is_numbers_and_two_letters_only(drawing):
    path = strokes.svg_path(drawing)
    assert re.fullmatch(r"[ML0-9 ]*", path)
    assert path.count("M") == len(drawing)


def test_a_dot_is_drawn_as_a_line_without_length():
    assert strokes.svg_path([[[1, 2], [3, 4], [5, 6]], [[7, 8]]]) == "M1 2L3 4L5 6 M7 8L7 8"
    assert strokes.svg_path([]) == ""
