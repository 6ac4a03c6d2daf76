"""Marked passages: remembered, and found again in a text that was edited."""

import dataclasses

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dti_xblocks.case_law import anchoring
from dti_xblocks.case_law.anchoring import CONTEXT, Anchor, Placed, anchor_at, place
from dti_xblocks.case_law.library import library
from dti_xblocks.case_law.model import Section
from dti_xblocks.case_law.sentences import sentences
from dti_xblocks.content.italics import plain

RULE = (
    "An officer who sees another use force that no reasonable officer would use has a duty to step in, if there is time. "
    "Standing by is not neutral. The officer who holds a badge and does nothing answers for the harm."
)
FACTS = ("Two officers held the man down.", "A third stood by for nine minutes. He said nothing, and the man died.")
PARTS = (Section("facts", FACTS), Section("rule", (RULE,)), Section("elements", ("A duty.", "Time to act.", "No act."), True))

# Emoji of several code points, combining marks, Hebrew and Arabic, and stars.
LETTERS = "abcde  *é\u0301🚓👮🏽\u200dאבعر"
TEXTS = st.text(LETTERS, max_size=120)
FEW = st.text("ab ", max_size=60)  # in which words stand many times


@st.composite
def passages(draw, texts=TEXTS):
    """(text, start, end) of a passage with words in it."""
    text = draw(texts.filter(lambda one: bool(plain(one).strip())))
    length = len(plain(text))
    start = draw(st.integers(0, length - 1))
    end = draw(st.integers(start + 1, length))
    assume(plain(text)[start:end].strip())
    return text, start, end


def one(text: str, section: str = "rule") -> tuple[Section, ...]:
    return (Section(section, (text,)),)


def mark(words: str, parts=PARTS, section="rule", paragraph=0) -> Anchor:
    text = plain(next(part for part in parts if part.code == section).paragraphs[paragraph])
    return anchor_at(parts, section, paragraph, text.index(words), text.index(words) + len(words))


def edited(old: str, new: str, parts=PARTS) -> tuple[Section, ...]:
    assert any(old in text for part in parts for text in part.paragraphs)
    return tuple(
        dataclasses.replace(part, paragraphs=tuple(text.replace(old, new) for text in part.paragraphs)) for part in parts
    )


def stands(parts, placed: Placed) -> str:
    """The words at the place, read from the text once more."""
    part = next(part for part in parts if part.code == placed.section)
    text = plain(part.paragraphs[placed.paragraph])
    assert 0 <= placed.start < placed.end <= len(text)
    return text[placed.start : placed.end]


# -- remembered ------------------------------------------------------------------------------------------------------------------


def test_a_passage_is_remembered_with_what_stands_around_it():
    anchor = mark("a duty to step in")
    before, after = "reasonable officer would use has ", ", if there is time. Standing by i"
    assert anchor == Anchor("rule", 0, 79, "a duty to step in", before[-CONTEXT:], after[:CONTEXT])


def test_positions_count_the_plain_text():
    assert anchor_at(one("See *Graham* first."), "rule", 0, 4, 10) == Anchor("rule", 0, 4, "Graham", "See ", " first.")


def test_spaces_at_the_ends_are_left_out():
    assert anchor_at(one("one two three"), "rule", 0, 3, 8) == Anchor("rule", 0, 4, "two", "one ", " three")


def test_what_goes_too_far_is_clipped():
    assert anchor_at(one("one two"), "rule", 0, 4, 999).quote == "two"
    assert len(anchor_at(one("x" * 5000), "rule", 0, 10, 4990).quote) == anchoring.LONGEST_QUOTE


@pytest.mark.parametrize(
    ("section", "paragraph", "start", "end"),
    [
        *[("nowhere", 0, 0, 4), ("rule", 1, 0, 4), ("rule", -1, 0, 4), ("rule", 0, -1, 4), ("rule", 0, 4, 4), ("rule", 0, 5, 4)],
        *[("rule", 0, 7, 9), ("rule", 0, 3, 4), ("rule", 0, 10**30, 10**31)],
    ],
)
def test_there_is_no_such_passage(section, paragraph, start, end):
    with pytest.raises(ValueError):
        anchor_at(one("one two"), section, paragraph, start, end)


@given(passages())
def test_any_passage_is_found_where_it_was_marked(passage):
    text, start, end = passage
    anchor = anchor_at(one(text), "rule", 0, start, end)
    assert anchor.quote == plain(text)[start:end].strip()
    at = anchor.start
    assert place(one(text), anchor) == Placed("rule", 0, at, at + len(anchor.quote), True, anchor.quote)
    assert plain(text)[:at].endswith(anchor.prefix) and plain(text)[at + len(anchor.quote) :].startswith(anchor.suffix)


# -- found again: examples -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("An officer", "Under settled law, an officer"),
        (" if there is time.", " if there is a realistic chance."),
        ("has a duty", "always has a duty"),
        ("Standing by", "To stand by"),
        ("An officer who sees another use force that no reasonable officer would use has", "You have"),
    ],
)
def test_the_same_words_are_found_where_they_have_moved(old, new):
    parts = edited(old, new)
    placed = place(parts, mark("a duty to step in"))
    assert placed.exact and stands(parts, placed) == placed.quote == "a duty to step in"


def test_words_that_moved_to_another_paragraph_or_section_are_found():
    anchor = mark("He said nothing", section="facts", paragraph=1)
    joined = (Section("facts", (" ".join(FACTS),)), *PARTS[1:])
    assert place(joined, anchor).start == len(FACTS[0]) + 1 + FACTS[1].index("He said")
    elsewhere = (Section("outcome", FACTS), *PARTS[1:])
    assert (place(elsewhere, anchor).section, place(elsewhere, anchor).paragraph) == ("outcome", 1)


def test_of_several_places_the_one_with_the_same_words_around_is_meant():
    text = "The officer ran. Later the officer stopped. At last the officer spoke to him."
    anchor = anchor_at(one(text), "rule", 0, text.index("officer spoke"), text.index("officer spoke") + 7)
    longer = "The chief said the officer did well. " + text
    assert place(one(longer), anchor).start == longer.index("officer spoke")


def test_of_places_that_are_all_alike_the_nearest_is_meant():
    line = "One must act. " * 9
    anchor = anchor_at(one(line), "rule", 0, 4 * 14, 4 * 14 + 12)
    assert place(one(line), anchor).start == 4 * 14
    assert place(one("A. " + line), anchor).start == 4 * 14 + 3


def test_the_same_section_comes_before_others():
    sentence = "Officers are bound to step in when they can."
    before = (Section("in_brief", (sentence,)), Section("rule", (f"First. {sentence} Then more.",)))
    after = (Section("in_brief", (sentence,)), Section("rule", (f"Rewritten altogether! {sentence} Nothing is as it was.",)))
    placed = place(after, mark(sentence, before))
    assert (placed.section, placed.exact) == ("rule", True)


def test_a_few_words_are_followed_to_another_section_by_what_stands_around_them():
    anchor = mark("duty")
    parts = (Section("facts", (RULE,)), Section("rule", ("It was a duty. We saw no force.",)))
    placed = place(parts, anchor)
    assert (placed.section, placed.start, placed.exact) == ("facts", anchor.start, True)


@pytest.mark.parametrize(
    ("old", "new", "quote"),
    [
        ("duty to step in", "duty to intervene in", "a duty to intervene in, if there is time"),
        ("a duty to step in", "a clear duty to step in", "duty to step in, if there is time"),
        ("duty to step in, if", "duty to step in if", "a duty to step in if there is time"),
        ("step", "Step", "a duty to Step in, if there is time"),
    ],
)
def test_words_a_little_changed_are_found_and_said_to_be_changed(old, new, quote):
    parts = edited(old, new)
    placed = place(parts, mark("a duty to step in, if there is time"))
    assert (placed.exact, placed.quote, stands(parts, placed)) == (False, quote, quote)


def test_a_short_word_that_was_changed_is_not_taken_for_the_same_word_elsewhere():
    text = "The court said that force was wrong. Nobody asked why. The other force in town agreed."
    anchor = anchor_at(one(text), "rule", 0, 20, 25)
    assert anchor.quote == "force"
    changed = text.replace("that force", "that Force")
    assert place(one(changed), anchor) == Placed("rule", 0, 20, 25, False, "Force")
    twice = "Any force is force, wrote a judge who was far away from all this."
    assert place(one(twice), anchor) is None


def test_words_that_are_gone_are_orphaned():
    assert place(edited("Standing by is not neutral. ", ""), mark("Standing by is not neutral.")) is None
    assert place(one("Something else altogether."), mark("a duty to step in")) is None
    assert place((), mark("a duty to step in")) is None


def test_changed_words_that_could_be_either_of_two_are_orphaned():
    before, after = (f"The officer who {holds} a badge and does nothing answers for it." for holds in ("holds", "wears"))
    whole = f"So said the judge. {before} And no more."
    anchor = anchor_at(one(whole), "rule", 0, 19, 19 + len(before))
    assert place(one(whole.replace(before, after)), anchor).quote == after
    assert place(one(f"{after} Hear this. " * 4), anchor) is None


def test_an_item_of_a_list_is_found_as_an_item():
    anchor = mark("A duty.", section="elements")
    inside = (Section("elements", ("Both: A duty. And more.", "New.", "A duty."), True),)
    assert place(inside, anchor).paragraph == 2


def test_marks_that_hold_nonsense_are_orphaned():
    for anchor in (
        Anchor("rule", 0, 0, ""),
        Anchor("", 0, 0, "zzz"),
        Anchor("rule", 99, -7, "zzzzzz"),
        Anchor("x", -3, 10**40, "qq"),
    ):
        assert place(PARTS, anchor) is None


def test_every_sentence_of_the_library_is_found_after_a_paragraph_was_put_before_and_a_word_changed_after():
    seen = 0
    for authority in library():
        for part in authority.parts:
            for number, text in enumerate(map(plain, part.paragraphs)):
                for start, end in sentences(text):
                    anchor = anchor_at(authority.parts, part.code, number, start, end)
                    new = f"As of this year: {text[:end]} It was so held.{text[end:]}"
                    paragraphs = ("A new beginning.", *part.paragraphs[:number], new, *part.paragraphs[number + 1 :])
                    parts = [one if one.code != part.code else Section(one.code, paragraphs) for one in authority.parts]
                    placed = place(parts, anchor)
                    assert placed == Placed(part.code, number + 1, start + 17, start + 17 + len(anchor.quote), True, anchor.quote)
                    seen += 1
    assert seen > 500
