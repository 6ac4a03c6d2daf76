"""Learners' marks in the database: each learner's own, made once, never lost without a word."""

import ast
import itertools
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DataError, OperationalError, transaction
from django.db.models.query import QuerySet

from dti_xblocks.case_law.anchoring import Anchor
from dti_xblocks.case_law.notebook import Mark
from dti_xblocks.records import models
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.case_law import marks
from dti_xblocks.records.case_law.marks import MarkChangedError, MarkRefusedError

PACKAGE = Path(marks.__file__).parents[2]
EARLY = datetime(2026, 11, 1, 8, 0, 0, 123456, tzinfo=UTC)
LATE = EARLY + timedelta(days=1)
ANCHOR = Anchor("rule", 0, 12, "wörds 🚓", "before ", " after")
ANA, BEN = 501, 502
numbers = itertools.count()


@pytest.fixture
def course():
    return f"course-v1:Marks+{next(numbers)}"


def add(course, user_id=ANA, key="key-1", slug="graham", anchor=ANCHOR, note="My note.", now=EARLY) -> Mark:
    return marks.add(user_id, course, key, slug, anchor, note, now)


def count(course) -> int:
    return models.ReaderMark.objects.filter(course_key=course).count()


# -- added ---------------------------------------------------------------------------------------------------------------------


def test_a_mark_is_kept_as_it_was_made(course):
    mark = add(course)
    assert (mark.key, mark.slug, mark.anchor, mark.note) == ("key-1", "graham", ANCHOR, "My note.")
    assert (mark.created_at, mark.changed_at, mark.is_bookmark) == (EARLY, EARLY, False)
    assert marks.of_learner(ANA, course) == [mark]


def test_asking_twice_makes_one(course):
    first = add(course)
    assert add(course, now=LATE) == first
    assert add(course, note="", now=LATE) == first  # the retry of what was asked before the note was written
    assert count(course) == 1


def test_another_note_under_the_same_key_is_refused_and_both_are_known(course):
    add(course)
    with pytest.raises(MarkChangedError) as refused:
        add(course, note="Another note.")
    assert refused.value.row.note == "My note."
    assert [mark.note for mark in marks.of_learner(ANA, course)] == ["My note."]


def test_a_row_that_appears_in_between_is_returned(course, monkeypatch):
    """Somebody else's insert comes after our look found nothing and before our insert."""
    bulk_create, calls = QuerySet.bulk_create, []

    def late(self, rows, **options):
        if not calls:
            calls.append(1)
            add(course, now=LATE)
        return bulk_create(self, rows, **options)

    monkeypatch.setattr(QuerySet, "bulk_create", late)
    assert add(course, now=EARLY).created_at == LATE
    assert count(course) == 1


def test_bookmarks_are_one_for_each_authority_whatever_key_is_sent(course):
    one = add(course, anchor=None, key="anything at all", note="")
    assert (one.key, one.is_bookmark, one.anchor) == ("bookmark:graham", True, None)
    assert add(course, anchor=None, key="", note="") == one
    assert add(course, anchor=None, slug="monell", note="").key == "bookmark:monell"
    assert [marks.remove_bookmark(ANA, course, "graham"), marks.remove_bookmark(ANA, course, "graham")] == [True, False]
    assert [mark.slug for mark in marks.of_learner(ANA, course)] == ["monell"]


def test_long_names_that_begin_alike_have_bookmarks_of_their_own(course):
    slugs = ["s" * 99 + end for end in "ab"]
    assert len({marks.bookmark_key(slug) for slug in slugs}) == 2
    for slug in slugs:
        add(course, anchor=None, slug=slug, note="")
    assert marks.remove_bookmark(ANA, course, slugs[0])
    assert [mark.slug for mark in marks.of_learner(ANA, course)] == slugs[1:]


def test_marks_of_one_authority_can_be_had_alone_in_the_order_made(course):
    for number, slug in enumerate(("graham", "monell", "graham")):
        add(course, key=f"key-{9 - number}", slug=slug)
    assert [mark.key for mark in marks.of_learner(ANA, course, "graham")] == ["key-9", "key-7"]
    assert [mark.key for mark in marks.of_learner(ANA, course)] == ["key-9", "key-8", "key-7"]


# -- refused -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "code"),
    [
        *[({"key": key}, "key") for key in ("", "k" * 61, "Key", "a b", "a/b", "é", "bookmark:graham", "a\n")],
        *[({"slug": slug}, "place") for slug in ("", "s" * 101)],
        ({"note": "n" * 5001}, "note"),
        ({"anchor": Anchor("", 0, 0, "words")}, "place"),
        ({"anchor": Anchor("rule", 0, 0, "")}, "place"),
        ({"anchor": Anchor("rule", -1, 0, "words")}, "place"),
        ({"anchor": Anchor("rule", 40_000, 0, "words")}, "place"),
        ({"anchor": Anchor("rule", 0, -1, "words")}, "place"),
        ({"anchor": Anchor("rule", 0, 0, "w" * 2001)}, "place"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_code(course, values, code):
    with pytest.raises(MarkRefusedError) as refused:
        add(course, **values)
    assert refused.value.code == code and isinstance(refused.value, ValueError)
    assert count(course) == 0


def test_the_longest_that_may_be_is_kept(course):
    anchor = Anchor("c" * 40, 32767, 20_000, "🚓" * 2000, "🚓" * 32, "🚓" * 32)
    mark = add(course, key="k" * 60, slug="s" * 100, anchor=anchor, note="🚓" * 5000)
    assert (mark.anchor, mark.note) == (anchor, "🚓" * 5000)


def test_notes_are_cleaned(course):
    note = "  One\r\ntwo\tthree \x00\x1b[31m\ud800 \u202efour\u2066 \n\n"
    assert add(course, note=note).note == "One\ntwo three [31m four"


def test_there_is_an_end_to_how_many(course, monkeypatch):
    monkeypatch.setattr(marks, "MOST_MARKS", 2)
    add(course)
    add(course, key="key-2")
    with pytest.raises(MarkRefusedError) as refused:
        add(course, key="key-3")
    assert (refused.value.code, count(course)) == ("marks", 2)
    assert add(course).key == "key-1"  # what is there is still found
    assert add(course, user_id=BEN).key == add(course + "-other").key == "key-1"


# -- changed and removed -------------------------------------------------------------------------------------------------------


def test_a_note_is_changed(course):
    mark = add(course)
    changed = marks.change(ANA, course, mark.id, "Better. ", LATE, mark.changed_at)
    assert (changed.note, changed.created_at, changed.changed_at, changed.anchor) == ("Better.", EARLY, LATE, ANCHOR)
    assert marks.of_learner(ANA, course) == [changed]


def test_a_stale_change_is_refused_and_the_newer_note_kept(course):
    mark = add(course)
    newer = marks.change(ANA, course, mark.id, "From one tab.", LATE, mark.changed_at)
    with pytest.raises(MarkChangedError) as refused:
        marks.change(ANA, course, mark.id, "From another.", LATE, mark.changed_at)
    assert refused.value.row == newer
    assert marks.change(ANA, course, mark.id, "From another.", LATE, newer.changed_at).note == "From another."


def test_the_same_change_twice_is_one(course):
    mark = add(course)
    changed = marks.change(ANA, course, mark.id, "Better.", LATE, mark.changed_at)
    assert marks.change(ANA, course, mark.id, "Better.", LATE + timedelta(1), mark.changed_at) == changed


def test_changes_within_one_tick_of_the_clock_are_told_apart(course):
    mark = add(course)
    changed = marks.change(ANA, course, mark.id, "Better.", EARLY, mark.changed_at)
    assert changed.changed_at > mark.changed_at
    with pytest.raises(MarkChangedError):
        marks.change(ANA, course, mark.id, "Best.", EARLY, mark.changed_at)


@pytest.mark.parametrize(
    "seen",
    [datetime(2026, 11, 1, 8, 0, 0, 123456), datetime.min, datetime.max, datetime(1, 1, 1, tzinfo=UTC), EARLY + timedelta(1)],
)
def test_a_time_that_was_never_seen_is_a_stale_one(course, seen):
    mark = add(course)
    with pytest.raises(MarkChangedError):
        marks.change(ANA, course, mark.id, "Better.", LATE, seen)


def test_a_mark_that_is_gone_cannot_be_changed(course):
    mark = add(course)
    assert marks.remove(ANA, course, mark.id) is True
    assert marks.remove(ANA, course, mark.id) is False
    for mark_id in (mark.id, 0, -1, 10**30):
        with pytest.raises(MarkRefusedError) as refused:
            marks.change(ANA, course, mark_id, "Better.", LATE, EARLY)
        assert refused.value.code == "gone"
        assert marks.remove(ANA, course, mark_id) is False


def test_a_changed_note_has_its_length(course):
    mark = add(course)
    with pytest.raises(MarkRefusedError) as refused:
        marks.change(ANA, course, mark.id, "n" * 5001, LATE, mark.changed_at)
    assert refused.value.code == "note"
    assert marks.of_learner(ANA, course) == [mark]


def test_a_refusal_leaves_the_transaction_around_usable(course):
    mark = add(course)
    with transaction.atomic():
        for refused in (
            lambda: add(course, note="Another."),
            lambda: marks.change(ANA, course, mark.id, "Other.", LATE, LATE),
            lambda: marks.change(ANA, course, mark.id + 1000, "Other.", LATE, LATE),
        ):
            with pytest.raises((MarkChangedError, MarkRefusedError)):
                refused()
        add(course, key="key-2")
    assert count(course) == 2


# -- nobody else's -------------------------------------------------------------------------------------------------------------


def test_no_function_reaches_the_marks_of_another_learner_or_course(course):
    other = course + "-other"
    hers = [add(course), add(course, anchor=None, note="")]
    for user_id, where in ((BEN, course), (ANA, other)):
        assert marks.of_learner(user_id, where) == marks.of_learner(user_id, where, "graham") == []
        for mark in hers:
            with pytest.raises(MarkRefusedError) as refused:
                marks.change(user_id, where, mark.id, "Mine now.", LATE, mark.changed_at)
            assert refused.value.code == "gone"
            assert marks.remove(user_id, where, mark.id) is False
        assert marks.remove_bookmark(user_id, where, "graham") is False
        theirs = add(where, user_id, note="Theirs.")  # the same key
        assert theirs.id not in [mark.id for mark in hers] and theirs.note == "Theirs."
    assert marks.of_learner(ANA, course) == hers


def test_a_mark_does_not_say_what_is_in_it(course):
    """Whatever prints a mark or a row, in a log or in an error report."""
    mark = add(course)
    row = models.ReaderMark.objects.get(id=mark.id)
    for text in (repr(mark), str(mark), str(row), repr(row), str(MarkChangedError(mark)), repr(MarkChangedError(mark))):
        assert not any(words in text for words in ("My note", "wörds", "before", "after"))


@pytest.mark.parametrize("kind", [DataError, OperationalError])
def test_a_fault_of_the_database_is_told_without_values(course, monkeypatch, kind):
    def fault(*_arguments, **_values):
        raise kind("Incorrect string value: 'My note.' for column 'note'")

    monkeypatch.setattr(QuerySet, "bulk_create", fault)
    with pytest.raises(RecordsUnavailableError, match=kind.__name__) as told:
        add(course)
    assert "My note" not in "".join(traceback.format_exception(told.value))


MAY_NAME_THE_MODEL = {
    "records/models/__init__.py",
    "records/models/case_law.py",
    "records/case_law/marks.py",
    "records/pledge/retention.py",
    "records/management/commands/dti_learner_records.py",
}


@pytest.mark.parametrize(("times", "code", "tried"), [(1, 1213, 2), (3, 1213, 4), (9, 1213, 4), (1, 1205, 1)])
def test_who_was_in_the_way_of_another_tries_again(course, monkeypatch, times, code, tried):
    """MySQL ends one of two transactions that wait for each other; it does not matter which, so that one comes once more."""
    insert, calls = marks._insert, []

    def waiting(*values):
        calls.append(values)
        if len(calls) <= times:
            raise OperationalError(code, "Deadlock found when trying to get lock; try restarting transaction")
        insert(*values)

    monkeypatch.setattr(marks, "_insert", waiting)
    if tried > times:
        assert add(course).key == "key-1"
    else:
        with pytest.raises(RecordsUnavailableError):
            add(course)
    assert len(calls) == tried


def test_within_another_transaction_nobody_tries_again(course, monkeypatch):
    """All of it is lost then, and an answer would say that it is kept."""
    calls = []

    def waiting(*values):
        calls.append(values)
        raise OperationalError(1213, "Deadlock found when trying to get lock; try restarting transaction")

    monkeypatch.setattr(marks, "_insert", waiting)
    with pytest.raises(RecordsUnavailableError), transaction.atomic():
        add(course)
    assert len(calls) == 1


def test_only_these_modules_know_the_model():
    """No report, no file of staff and no admin page reads marks: nothing else in the package can."""
    naming = set()
    for path in PACKAGE.rglob("*.py"):
        place = path.relative_to(PACKAGE).as_posix()
        if "ReaderMark" in path.read_text("utf-8") or "readermark" in path.read_text("utf-8"):
            naming.add(place)
    assert {place for place in naming if "/migrations/" not in place} == MAY_NAME_THE_MODEL


def test_only_the_learners_own_pages_read_marks():
    """Who imports `records.case_law.marks`: the part of the case-law block that asks for the learner before it reads."""
    importing = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names = {alias.name for alias in node.names}
                module = node.module or ""
                if module.endswith("records.case_law.marks") or (module.endswith("records.case_law") and "marks" in names):
                    importing.add(path.relative_to(PACKAGE).as_posix())
    assert importing == {"blocks/case_law/notebook.py"}
