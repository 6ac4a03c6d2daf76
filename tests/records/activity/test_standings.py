"""How learners stand in activities, in the database."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dti_xblocks.activity.play import Standing
from dti_xblocks.records import models
from dti_xblocks.records.activity import standings

EARLY = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
LATE = EARLY + timedelta(days=1)
numbers = itertools.count()


@pytest.fixture
def block():
    return f"activity-block-{next(numbers)}"


def change(block, step, user_id=1, now=EARLY):
    return standings.change(
        user_id=user_id, username=f"u{user_id}", course_key="c", usage_key=block, kind="sort", step=step, now=now
    )


def tried(answer, done=False):
    return lambda standing: replace(
        standing, first=standing.first or answer, answer=answer, tries=standing.tries + 1, done=standing.done or done
    )


def test_a_first_try_is_kept_and_a_second_changes_the_answer_alone(block):
    assert standings.of_learner(1, block, "sort") == Standing()
    assert change(block, tried({"a": 1})) == (Standing(), Standing({"a": 1}, {"a": 1}, 1))
    change(block, tried({"a": 2}, done=True), now=LATE)
    assert standings.of_learner(1, block, "sort") == Standing({"a": 1}, {"a": 2}, 2, False, True)
    [row] = standings.every(block)
    assert (row.started_at, row.changed_at, row.done_at, row.username, row.kind) == (EARLY, LATE, LATE, "u1", "sort")


def test_done_stays_done_since_the_first_time(block):
    change(block, tried({"a": 1}, done=True))
    change(block, lambda standing: replace(standing, answer={}), now=LATE)
    [row] = standings.every(block)
    assert row.done_at == EARLY and row.answer == {} and row.first == {"a": 1}


def test_the_first_try_is_kept_whatever_a_step_says(block):
    change(block, tried({"a": 1}))
    change(block, lambda standing: replace(standing, first={"b": 2}, tries=2))
    assert standings.of_learner(1, block, "sort").first == {"a": 1}


def test_what_a_step_raises_changes_nothing(block):
    change(block, tried({"a": 1}))

    def refuse(standing):
        raise ValueError

    with pytest.raises(ValueError):
        change(block, refuse)
    assert standings.of_learner(1, block, "sort").tries == 1


def test_a_step_that_changes_nothing_writes_nothing(block):
    change(block, tried({"a": 1}))
    change(block, lambda standing: standing, now=LATE)
    [row] = standings.every(block)
    assert row.changed_at == EARLY


def test_people_and_blocks_are_kept_apart(block):
    change(block, tried({"a": 1}, done=True))
    assert (
        standings.of_learner(2, block, "sort") == Standing() and standings.of_learner(1, block + "-other", "sort") == Standing()
    )
    change(block + "-other", tried({"a": 1}, done=True))
    change(block, tried({"a": 1}), user_id=2)
    assert standings.done_by([block, block + "-other"], [1, 2, 3]) == {1: 2}
    assert models.ActivityStanding.objects.filter(usage_key=block).count() == 2


def test_an_answer_of_another_kind_is_none_any_more_and_the_first_try_stays(block):
    change(block, tried({"a": 1}, done=True))
    assert standings.of_learner(1, block, "flip") == Standing({"a": 1}, {}, 1, False, True)
    assert standings.of_learner(1, block, "sort").answer == {"a": 1}
