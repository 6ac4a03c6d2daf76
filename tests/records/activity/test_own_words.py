"""What learners write for themselves, in the database."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DataError

from dti_xblocks.records import models, own_words
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.own_words import WordsChangedError

EARLY = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
LATE = EARLY + timedelta(days=1)
numbers = itertools.count()


@pytest.fixture
def block():
    return f"words-block-{next(numbers)}"


def write(block, text, seen=0, user_id=1, now=EARLY):
    return own_words.write(
        user_id=user_id,
        course_key=f"course of {block}",
        usage_key=block,
        kind="reflect",
        title="A note",
        words={"text": text},
        seen=seen,
        now=now,
    )


def test_words_are_kept_and_changed_by_who_has_seen_them(block):
    assert own_words.of_learner(1, block) is None
    first = write(block, "One.")
    assert (first.words, first.version, first.created_at) == ({"text": "One."}, 1, EARLY)
    second = write(block, "Two.", seen=first.version, now=LATE)
    assert (second.words, second.version, second.created_at, second.changed_at) == ({"text": "Two."}, 2, EARLY, LATE)
    assert own_words.of_learner(1, block) == second and own_words.of_learner(2, block) is None


def test_words_that_their_writer_has_not_seen_are_not_overwritten(block):
    write(block, "One.")
    for seen in (0, 2, 9):
        with pytest.raises(WordsChangedError):
            write(block, "Other.", seen=seen)
    assert own_words.of_learner(1, block).words == {"text": "One."}
    assert write(block, "One.", seen=0).version == 1, "a double press"


def test_what_is_removed_is_gone_and_the_next_words_find_their_row(block):
    write(block, "One.")
    own_words.forget(1, block)
    assert own_words.of_learner(1, block) is None and own_words.in_course(1, f"course of {block}") == []
    assert write(block, "New.", seen=0).words == {"text": "New."}


def test_a_course_has_all_of_one_learner_and_nobody_elses(block):
    write(block, "One.")
    write(block, "Not mine.", user_id=2)
    assert [one.words["text"] for one in own_words.in_course(1, f"course of {block}")] == ["One."]


def test_all_words_are_read_however_many_there_are(block, monkeypatch):
    monkeypatch.setattr(own_words, "PORTION", 3)
    course = f"course of {block}"
    for number in range(7):
        kind, at = "plan" if number in (1, 5) else "reflect", EARLY + timedelta(hours=number)
        where = {"user_id": 1, "course_key": course, "usage_key": f"{block}-{number}", "title": "A note"}
        own_words.write(**where, kind=kind, words={"text": str(number)}, seen=0, now=at)
    own_words.forget(1, f"{block}-0")  # rows that were emptied take no place of others
    assert [one.words["text"] for one in own_words.in_course(1, course)] == ["1", "2", "3", "4", "5", "6"]
    assert own_words.plan_of(1, course).words == {"text": "5"}
    assert own_words.plan_of(2, course) is None


def test_nothing_of_the_words_is_in_a_log_or_an_error(block, monkeypatch):
    row = write(block, "My secret.")
    assert "secret" not in repr(row) and "A note" not in repr(row)

    def fail(self, **_options):
        raise DataError(f"cannot take {self.words}")

    monkeypatch.setattr(models.OwnWords, "save", fail)
    with pytest.raises(RecordsUnavailableError) as caught:
        write(block, "My secret too.", seen=1)
    assert str(caught.value) == "own words: DataError"
