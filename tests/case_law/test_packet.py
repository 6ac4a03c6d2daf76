"""What is in a packet: the choice of authorities, and somebody's marks at their words."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.case_law.anchoring import anchor_at
from dti_xblocks.case_law.library import library
from dti_xblocks.case_law.model import KINDS
from dti_xblocks.case_law.packet import (
    CHOSEN,
    LIBRARY,
    LONGEST_CHOICE,
    MODULE,
    BadChoiceError,
    Choice,
    Note,
    annotated,
    breakable,
    expected_pages,
    select,
)
from dti_xblocks.content.italics import plain

COLLECTION = library()
LISTED = COLLECTION.module(2)
GRAHAM = COLLECTION.get("graham-v-connor")


def slugs(authorities):
    return [one.slug for one in authorities]


def mark(number, start, end, note="", section="facts", authority=GRAHAM, **changes):
    anchor = anchor_at(authority.parts, section, 0, start, end)
    values = {"slug": authority.slug, "section": section, "paragraph": 0, "start": anchor.start, "quote": anchor.quote}
    values |= {"id": number, "prefix": anchor.prefix, "suffix": anchor.suffix, "note": note}
    return SimpleNamespace(**{**values, **changes})


def paragraph(marks, section="facts", authority=GRAHAM):
    return annotated(authority, marks).parts[section][0]


# -- the choice ------------------------------------------------------------------------------------------------------------


def test_a_modules_packet_is_its_list_in_its_order():
    assert slugs(select(Choice(), LISTED, COLLECTION)) == slugs(LISTED)
    assert slugs(select(Choice(MODULE), [*LISTED, LISTED[0]], COLLECTION)) == slugs(LISTED)


def test_the_library_is_everything_by_kind_and_name():
    everything = select(Choice(LIBRARY), LISTED, COLLECTION)
    assert sorted(slugs(everything)) == list(COLLECTION.slugs)
    kinds = [one.kind for one in everything]
    assert kinds == sorted(kinds, key=KINDS.index)
    cases = [one.heading.casefold() for one in everything if one.kind == "case"]
    assert cases == sorted(cases)


def test_a_selection_is_bounded_to_the_library_and_each_stands_once():
    chosen = Choice(CHOSEN, ("rizzo-v-goode", "graham-v-connor", "nobody-v-nobody", "graham-v-connor", "../x"))
    assert slugs(select(chosen, LISTED, COLLECTION)) == ["graham-v-connor", "rizzo-v-goode"]  # those of the list first


@pytest.mark.parametrize(
    ("choice", "listed", "code"),
    [
        (Choice("everything"), LISTED, "which"),
        (Choice(MODULE), [], "nothing"),
        (Choice(CHOSEN), LISTED, "nothing"),
        (Choice(CHOSEN, ("nobody-v-nobody",)), LISTED, "nothing"),
        (Choice(CHOSEN, ("x" * LONGEST_CHOICE, "graham-v-connor")), LISTED, "many"),
    ],
)
def test_what_cannot_be_a_packet_is_refused(choice, listed, code):
    with pytest.raises(BadChoiceError) as refused:
        select(choice, listed, COLLECTION)
    assert refused.value.code == code


def test_the_whole_shipped_library_can_be_chosen_one_by_one():
    assert len(select(Choice(CHOSEN, COLLECTION.slugs), LISTED, COLLECTION)) == len(COLLECTION)


# -- marks -----------------------------------------------------------------------------------------------------------------


def test_without_marks_the_text_is_as_it_is():
    item = annotated(GRAHAM)
    for part in GRAHAM.parts:
        for number, text in enumerate(part.paragraphs):
            pieces = item.parts[part.code][number].pieces
            assert "".join(piece.text for piece in pieces) == plain(text)
            assert not any(piece.marked for piece in pieces)
    assert (item.marks, item.lost, item.bookmarked) == (0, (), False)


def test_a_highlight_is_marked_and_has_no_note():
    found = paragraph([mark(1, 20, 31)])  # within two words, which are marked whole
    assert [piece.text for piece in found.pieces if piece.marked] == ["Dethorne Graham"]
    assert found.notes == () and not any(piece.ends for piece in found.pieces)


def test_notes_are_numbered_in_reading_order_and_tied_to_their_last_words():
    found = annotated(GRAHAM, [mark(9, 60, 80, "third"), mark(8, 20, 40, "second"), mark(7, 0, 9, "first", "question")])
    assert [note.text for note in found.parts["facts"][0].notes] == ["second", "third"]
    numbers = {note.text: note.number for parts in found.parts.values() for one in parts for note in one.notes}
    assert numbers == {"second": 1, "third": 2, "first": 3}  # the facts come before the question
    ends = [piece.ends for piece in found.parts["facts"][0].pieces if piece.ends]
    assert ends == [(1,), (2,)]


def test_marks_that_overlap_are_highlighted_once_each_with_its_own_end():
    found = paragraph([mark(1, 3, 44, "long"), mark(2, 20, 30, "within")])
    assert [(note.number, note.text) for note in found.notes] == [(1, "within"), (2, "long")]
    assert "".join(piece.text for piece in found.pieces if piece.marked) == GRAHAM.facts[3:44].strip()
    assert [piece.ends for piece in found.pieces if piece.ends] == [(1,), (2,)]


def test_the_marks_of_other_authorities_are_not_in_it():
    assert annotated(GRAHAM, [mark(1, 0, 9, "x", authority=LISTED[0])]).marks in (0, int(LISTED[0] is GRAHAM))


def test_a_bookmark_is_known():
    item = annotated(GRAHAM, [mark(1, 0, 9, section="facts", quote="", prefix="", suffix="", note="")])
    assert item.bookmarked is False
    empty = SimpleNamespace(id=1, slug=GRAHAM.slug, section="", paragraph=0, start=0, quote="", prefix="", suffix="", note="")
    assert annotated(GRAHAM, [empty]).bookmarked


def test_words_that_are_gone_are_listed_with_their_note():
    gone = mark(1, 0, 20, "my note", quote="entirely other words, which nobody wrote into this text", prefix="qq", suffix="zz")
    item = annotated(GRAHAM, [gone])
    assert [(one.quote, one.note) for one in item.lost] == [(gone.quote, "my note")]
    assert item.parts == annotated(GRAHAM).parts


def test_words_that_have_changed_a_little_say_what_was_marked():
    edited = replace(GRAHAM, facts=GRAHAM.facts.replace("felt an insulin reaction", "felt an insulin attack"))
    (note,) = annotated(edited, [mark(1, 40, 110, "sugar")]).parts["facts"][0].notes
    assert note == Note(1, "sugar", GRAHAM.facts[40:110].strip())


def test_a_note_keeps_its_lines_and_loses_what_cannot_be_printed():
    (note,) = paragraph([mark(1, 0, 9, "one\r\n\u202etwo\x07  three\n\n")]).notes
    assert note.text == "one\ntwo three"


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 60), st.booleans()), max_size=8))
def test_however_marks_lie_the_words_are_the_words(places):
    marks = []
    for number, (start, length, noted) in enumerate(places):
        if GRAHAM.facts[start : start + length].strip():
            marks.append(mark(number, start, start + length, "note" if noted else ""))
    found = paragraph(marks)
    assert "".join(piece.text for piece in found.pieces) == GRAHAM.facts
    ends = [number for piece in found.pieces for number in piece.ends]
    assert sorted(ends) == sorted(note.number for note in found.notes) == list(range(1, len(found.notes) + 1))


def test_the_pages_expected_grow_with_what_is_in_it():
    few = [annotated(one) for one in LISTED[:2]]
    assert 3 <= expected_pages(few) < expected_pages([annotated(one) for one in COLLECTION])
    noted = [annotated(GRAHAM, [mark(1, 0, 9, "x" * 5000)])]
    assert expected_pages(noted) > expected_pages([annotated(GRAHAM)])


def test_words_without_an_end_have_places_to_break():
    assert breakable("a" * 300).split("\u200b") == ["a" * 120, "a" * 120, "a" * 60]
    assert breakable("plain words") == "plain words"
