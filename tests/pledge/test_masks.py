"""The form of an answer: what fits, that a page says the same, and that nothing in it can take long."""

import json
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.pledge import masks

SIGNS = "A9*-/. #[]()+?^$|\\{}xé"
masks_made = st.lists(
    st.text([sign for sign in SIGNS if sign not in "[]"], min_size=1, max_size=4).flatmap(
        lambda text: st.sampled_from([text, f"[{text}]"])
    ),
    min_size=1,
    max_size=6,
).map("".join)


@pytest.mark.parametrize(
    ("mask", "answer"),
    [
        ("9999[99]", "1234"), ("9999[99]", "123456"), ("AA-99999", "NY-00001"), ("AA-99999", "ñß-00001"), ("***", "a1Ж"),
        ("[A]9", "7"), ("[A]9", "B7"), ("9[-]9", "12"), ("9[-]9", "1-2"), ("A. (9)", "x. (1)"), ("[9][9]9", "1"), ("^$|?", "^$|?"),
        ("A", "字"), ("A", "ا"), ("*", "٣"), ("*", "Ⅷ"),
    ],
)  # fmt: skip
def test_an_answer_of_the_form_fits(mask, answer):
    assert masks.fits(answer, mask)


@pytest.mark.parametrize(
    ("mask", "answer"),
    [
        ("9999[99]", "12345"), ("9999[99]", "123"), ("9999", "1234 "), ("9999", "1234\n"), ("AA-99999", "N1-00001"), ("9", "٣"),
        ("A", "1"), ("A", "_"), ("A", "½"), ("A", "😀"), ("*", "-"), ("A", ""), ("AA", "é"), ("[A]9", "AB"), ("9[-]9", "1--2"),
    ],
)  # fmt: skip
def test_another_answer_does_not(mask, answer):
    assert not masks.fits(answer, mask)


@pytest.mark.parametrize("mask", ["A", "9999[99]", "[9]", "AA-99999", "(9) 9", "9" * 40, "\\", "[ ]"])
def test_a_sound_mask(mask):
    assert masks.sound(mask)


@pytest.mark.parametrize("mask", ["", "[", "]", "[]", "9[", "9]", "][", "[9[9]]", "[[9]]", "[9]]", "9" * 41])
def test_a_mask_that_cannot_be_used(mask):
    assert not masks.sound(mask)


@given(masks_made, st.text("aZ059-/. #()+?^$|\\{}x", max_size=20))
def test_any_sound_mask_gives_an_answer_to_any_text(mask, text):
    if masks.sound(mask):
        assert masks.fits(text, mask) in (True, False)
        assert not masks.fits(text + "\n", mask)


@given(masks_made, st.data())
def test_what_is_written_by_the_mask_fits_it(mask, data):
    written = ""
    for signs, optional in masks._parts(mask):
        if not optional or data.draw(st.booleans()):
            written += "".join({"A": "q", "9": "4", "*": "z"}.get(sign, sign) for sign in signs)
    assert masks.fits(written, mask)


def test_the_worst_mask_looks_at_few_places():
    """A matcher that tries every way of leaving parts out would try 2**13 ways for each of them."""
    looked = []

    class Watched(str):
        __slots__ = ()

        def __getitem__(self, key):
            looked.append(key)
            return str.__getitem__(self, key)

    assert not masks.fits(Watched("1" * 12 + "x"), "[9]" * 13)
    assert len(looked) <= 13 * 14


CASES = [
    (mask, text)
    for mask in ("9999[99]", "AA-99999", "A[A][A]-9", "*/*", "9.9", "(9)", "[9][9][9]", "A{9}", "9+9", "a|9", "^9$", "\\9", "[-]9", "# 9")
    for text in ("1234", "123456", "12345", "NY-00001", "ny-0000", "a-1", "abc-1", "a/1", "1.1", "1x1", "(1)", "1", "", "x{1}", "x1",
                 "1+1", "11", "a|9", "a", "9", "^9$", "\\9", "-9", "# 9", "#9")
]  # fmt: skip


def test_a_page_says_the_same_as_the_server():
    """By the browser's own kind of expression: whole, and by its strictest rules (the flag v)."""
    program = """
        const cases = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
        console.log(JSON.stringify(cases.map(([pattern, text]) => new RegExp(`^(?:${pattern})$`, "v").test(text))));
    """
    sent = json.dumps([(masks.page_pattern(mask), text) for mask, text in CASES])
    node = shutil.which("node")
    done = subprocess.run([node, "-e", program], input=sent, capture_output=True, text=True, check=True, timeout=240)
    assert json.loads(done.stdout) == [masks.fits(text, mask) for mask, text in CASES]
