"""Marked passages after any edit of any text, and the work that finding them may take."""

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dti_xblocks.case_law import anchoring, likeness
from dti_xblocks.case_law.anchoring import CONTEXT, Anchor, Effort, Placed, anchor_at, place
from dti_xblocks.case_law.library import LONGEST_AUTHORITY, LONGEST_TEXT
from dti_xblocks.case_law.model import Section
from dti_xblocks.content.italics import plain
from tests.case_law.test_anchoring import FEW, LETTERS, TEXTS, one, passages, stands
from tests.case_law.test_likeness import edits

# -- found again: any text and any edit ------------------------------------------------------------------------------------------


@st.composite
def edits_elsewhere(draw):
    """(text, passage, text after an edit that leaves the passage alone, how far that moved the passage)."""
    text, start, end = draw(passages(TEXTS.map(lambda one: one.replace("*", ""))))
    new = draw(st.text("abc xyé🚓א", max_size=40))
    before = draw(st.booleans())
    low, high = (0, start) if before else (end, len(text))
    cut, until = sorted((draw(st.integers(low, high)), draw(st.integers(low, high))))
    return text, (start, end), text[:cut] + new + text[until:], len(new) - (until - cut) if before else 0


@settings(max_examples=400)
@given(edits_elsewhere())
def test_words_that_an_edit_left_alone_are_found_at_the_place_to_which_they_moved(case):
    """Where they stand only once; the next test is about the others."""
    text, (start, end), after, moved = case
    anchor = anchor_at(one(text), "rule", 0, start, end)
    assume(sum(after.startswith(anchor.quote, at) for at in range(len(after))) == 1)
    at = anchor.start + moved
    assert place(one(after), anchor) == Placed("rule", 0, at, at + len(anchor.quote), True, anchor.quote)


@settings(max_examples=400)
@given(*[st.text("ab ", max_size=40)] * 2, *[st.text("ab ", min_size=CONTEXT + 1, max_size=CONTEXT + 9)] * 2, FEW, st.booleans())
def test_words_that_stand_many_times_are_known_by_what_stands_around_them(outside, other, before, after, words, at_the_end):
    """Words with all that stands around them; what comes before that, or after, is replaced."""
    words = f"a{words}b"
    text = f"{outside}{before}{words}{after}"
    start = len(outside + before)
    anchor = anchor_at(one(text), "rule", 0, start, start + len(words))
    new = f"{text}{other}" if at_the_end else f"{other}{before}{words}{after}"
    moved = 0 if at_the_end else len(other) - len(outside)
    whole = anchor.prefix + anchor.quote + anchor.suffix
    same = [at + CONTEXT for at in range(len(new)) if new.startswith(whole, at)]
    placed = place(one(new), anchor)
    assert placed.exact and placed.start in same
    assert len(same) > 1 or placed.start == anchor.start + moved


@settings(max_examples=400)
@given(passages(), st.lists(TEXTS, max_size=3), st.lists(TEXTS, max_size=3))
@example(("*", 0, 1), ["**"], ["*"])
def test_whatever_became_of_the_text_nothing_raises_and_every_place_is_one(passage, rule, facts):
    text, start, end = passage
    anchor = anchor_at(one(text), "rule", 0, start, end)
    parts = (Section("facts", tuple(facts), True), Section("rule", tuple(rule), True))
    placed = place(parts, anchor)
    if placed is None:
        return
    words = stands(parts, placed)
    assert words == placed.quote
    assert placed.exact == (words == anchor.quote)
    assert 1 - edits(anchor.quote, words) / max(len(anchor.quote), len(words)) >= 0.8


@settings(max_examples=300)
@given(passages(FEW) | passages(), st.integers(0, 200))
def test_of_words_that_were_deleted_nothing_is_found_or_something_alike(passage, at):
    text, start, end = passage
    anchor = anchor_at(one(text), "rule", 0, start, end)
    whole = plain(text)
    parts = one(whole[: anchor.start] + whole[anchor.start + len(anchor.quote) :])
    placed = place(parts, anchor)
    if placed is not None:
        words = stands(parts, placed)
        assert 1 - edits(anchor.quote, words) / max(len(anchor.quote), len(words)) >= 0.8


@given(passages(), st.integers(-5, 500), st.integers(-1, 3), st.text(LETTERS, max_size=64), st.text(LETTERS, max_size=64))
def test_an_anchor_that_says_anything_at_all_raises_nothing(passage, start, paragraph, prefix, suffix):
    text, *_place = passage
    anchor = Anchor("rule", paragraph, start, plain(text)[:9], prefix, suffix)
    placed = place((Section("facts", ("ab", text)), Section("rule", (text[::-1], text))), anchor)
    assert placed is None or placed.end <= 120


# -- the work --------------------------------------------------------------------------------------------------------------------


class Counted:
    """Counts what is compared: the characters that `likeness` and the quick look went over, and the places looked at closely."""

    def __init__(self, monkeypatch):
        self.characters = self.quick = self.close = 0
        distances, equal, around = likeness._distances, anchoring._equal, anchoring._around

        def counting_distances(words, text, from_start=False):
            self.characters += len(text)
            return distances(words, text, from_start)

        def counting_equal(mine, yours):
            count = equal(mine, yours)
            self.quick += count + 1
            return count

        def counting_around(*values):
            self.close += 1
            return around(*values)

        monkeypatch.setattr(likeness, "_distances", counting_distances)
        monkeypatch.setattr(anchoring, "_equal", counting_equal)
        monkeypatch.setattr(anchoring, "_around", counting_around)


FULL = LONGEST_TEXT
WORST = {
    "one letter": ("a" * FULL, "b" + "a" * (FULL - 1)),
    "a letter and spaces": ("a " * (FULL // 2), " a" * (FULL // 2)),
    "words that stand everywhere": ("ab " * (FULL // 3), "ba " * (FULL // 3)),
    "nearly": ("abcdefghij" * (FULL // 10), "abcdefghix" * (FULL // 10)),
    "nothing in common": ("a" * FULL, "z" * FULL),
    "nothing left": ("a" * FULL, ""),
}


@pytest.mark.parametrize("length", [1, 7, 300, 2000])
@pytest.mark.parametrize("case", WORST)
def test_the_comparisons_are_bounded_in_the_longest_texts(monkeypatch, case, length):
    before, after = WORST[case]
    anchor = anchor_at(one(before), "rule", 0, 9001 - length // 2, 9001 - length // 2 + length + 1)
    parts = (Section("rule", (after,)), Section("facts", (after, after)))
    assert sum(len(text) for part in parts for text in part.paragraphs) <= LONGEST_AUTHORITY
    counted = Counted(monkeypatch)
    place(parts, anchor)
    looks = 16 * (1 + 3)  # at the same words, and at words alike in each of three paragraphs
    assert counted.close <= looks
    beginnings = 2 * looks * 2 * (len(anchor.quote) * 6 // 5)  # of what is alike, with spaces at its ends and without
    assert counted.characters <= LONGEST_AUTHORITY + beginnings + looks * 4 * CONTEXT
    assert counted.quick <= LONGEST_AUTHORITY * 2 * (CONTEXT + 1)


def test_a_mark_whose_words_stand_where_they_stood_costs_one_look(monkeypatch):
    text = "abc " * 5000
    anchor = anchor_at(one(text), "rule", 0, 8000, 8400)
    counted = Counted(monkeypatch)
    assert place(one(text), anchor).start == 8000
    assert (counted.characters, counted.quick, counted.close) == (0, 0, 0)


def test_many_marks_share_one_effort(monkeypatch):
    before, after = "One sentence that is long enough. " * 500, "Another text, of quite other words! " * 500
    anchors = [anchor_at(one(before), "rule", 0, start, start + 60) for start in range(0, 10_000, 100)]
    counted, effort = Counted(monkeypatch), Effort(40_000)
    assert [place(one(after), anchor, effort) for anchor in anchors] == [None] * len(anchors)
    assert counted.characters == 2 * len(after) and effort.left == 40_000 - 2 * len(after)
    moved = place(one("Before. " + before), anchors[0], effort)
    assert moved.exact  # the very words cost no effort
