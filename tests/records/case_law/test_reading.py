"""Reading progress in the database."""

import itertools
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.db.models.query import QuerySet

from dti_xblocks.records import models
from dti_xblocks.records.case_law import reading
from dti_xblocks.records.scenario import runs

NOW = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
numbers = itertools.count()


@pytest.fixture
def block():
    return f"reading-block-{next(numbers)}"


def person(user_id: int) -> runs.Player:
    return runs.Player(user_id, f"u{user_id}", "c", "")


def note(block, user_id=1, slug="graham", step="opened") -> bool:
    return reading.note(person(user_id), "c", block, slug, step, NOW)


def test_a_step_is_recorded_once(block):
    assert [note(block), note(block)] == [True, False]
    (row,) = models.AuthorityProgress.objects.filter(usage_key=block)
    assert (row.user_id, row.username, row.course_key, row.slug, row.step, row.at) == (1, "u1", "c", "graham", "opened", NOW)


def test_a_step_that_another_request_took_in_between_is_not_new(block, monkeypatch):
    """The database refuses the second row, and the transaction around goes on."""
    note(block)
    monkeypatch.setattr(QuerySet, "exists", lambda rows: False)
    with transaction.atomic():
        assert note(block) is False
        assert models.AuthorityProgress.objects.filter(usage_key=block).count() == 1


def test_learners_blocks_authorities_and_steps_are_kept_apart(block):
    for user_id, slug, step in (
        (1, "graham", "opened"),
        (1, "graham", "ended"),
        (1, "monell", "opened"),
        (2, "graham", "checked"),
    ):
        assert note(block, user_id, slug, step)
    assert note(block + "-other")
    assert reading.of_learner(1, block) == {"graham": {"opened", "ended"}, "monell": {"opened"}}
    assert reading.of_learner(2, block) == {"graham": {"checked"}}
    assert reading.of_learner(3, block) == {}


def test_staff_see_numbers_of_people(block):
    for user_id in (1, 2, 3):
        note(block, user_id)
    note(block, 1, "graham", "ended")
    note(block, 3, "graham", "checked")
    note(block, 4, "monell", "opened")
    note(block + "-other", 5)
    assert reading.counts(block) == {
        "graham": {"opened": 3, "ended": 1, "checked": 1},
        "monell": {"opened": 1, "ended": 0, "checked": 0},
    }
    assert reading.people(block) == 4


def test_nobody_has_read_anything(block):
    assert (reading.counts(block), reading.people(block)) == ({}, 0)


@pytest.mark.parametrize(("slug", "step"), [("graham", "skimmed"), ("graham", ""), ("", "opened"), ("g" * 101, "opened")])
def test_what_is_no_step_is_refused(block, slug, step):
    with pytest.raises(ValueError):
        note(block, slug=slug, step=step)
    assert reading.of_learner(1, block) == {}
