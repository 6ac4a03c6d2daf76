"""Marked passages: remembered, and found again in a text that was edited."""

import dataclasses

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dti_xblocks.case_law import anchoring, likeness
from dti_xblocks.case_law.anchoring import CONTEXT, Anchor, Effort, Placed, Run, anchor_at, highlighted_runs, place
from dti_xblocks.case_law.library import LONGEST_AUTHORITY, LONGEST_TEXT, library
from dti_xblocks.case_law.model import Section
from dti_xblocks.case_law.sentences import sentences
from dti_xblocks.content.italics import plain
from tests.case_law.test_likeness import edits

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


# -- remembered ----------------------------------------------------------------------------------------------------------------


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


# -- found again: examples -----------------------------------------------------------------------------------------------------


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


# -- found again: any text and any edit ----------------------------------------------------------------------------------------


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


# -- the work ------------------------------------------------------------------------------------------------------------------


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


# -- highlighted runs --


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


# -- sentences -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He ran. She stayed.", ["He ran.", "She stayed."]),
        ("See Graham v. Connor, 490 U.S. 386 (1989). It holds.", ["See Graham v. Connor, 490 U.S. 386 (1989).", "It holds."]),
        ("Is it so? “Yes!” he said. No. 3 is next.", ["Is it so?", "“Yes!” he said.", "No. 3 is next."]),
        ("He sued (No. 21. See below.) and won. Then.", ["He sued (No. 21. See below.) and won.", "Then."]),
        ("Under § 1983. Then Minn. Stat. 626 and Sgt. Hall.", ["Under § 1983.", "Then Minn. Stat. 626 and Sgt. Hall."]),
        ("Wait... Then go … Now.", ["Wait...", "Then go …", "Now."]),
        ("  one  ", ["one"]),
        ("", []),
    ],
)
def test_sentences(text, found):
    assert [text[start:end] for start, end in sentences(text)] == found


@given(st.text("aA. ?!(§1”é", max_size=80))
def test_sentences_leave_out_nothing_but_spaces(text):
    found = sentences(text)
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in found)
    assert found == sorted(found)
