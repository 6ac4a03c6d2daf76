"""Reviews in the database."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from dti_xblocks.records import models
from dti_xblocks.records.review import reviews

EARLY = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
LATE = EARLY + timedelta(days=1)
numbers = itertools.count()


@pytest.fixture
def block():
    return f"review-block-{next(numbers)}"


def save(block, user_id=1, stars=4, text="Good.", now=EARLY):
    reviews.save(
        user_id=user_id,
        username=f"u{user_id}",
        shown_as=f"u{user_id}",
        course_key="c",
        usage_key=block,
        stars=stars,
        text=text,
        now=now,
    )


def test_a_review_is_recorded(block):
    save(block)
    row = reviews.of_learner(1, block)
    assert (row.stars, row.text, row.username, row.course_key, row.created_at, row.changed_at) == (
        4, "Good.", "u1", "c", EARLY, EARLY,
    )  # fmt: skip


def test_a_second_one_changes_the_first(block):
    save(block)
    save(block, stars=2, text="Less good.", now=LATE)
    rows = models.CourseReview.objects.filter(usage_key=block)
    assert [(row.stars, row.text, row.created_at, row.changed_at) for row in rows] == [(2, "Less good.", EARLY, LATE)]


def test_people_and_blocks_are_kept_apart(block):
    save(block, user_id=1)
    assert reviews.of_learner(2, block) is None
    assert reviews.of_learner(1, block + "-other") is None


def test_the_summary_counts_by_sql(block):
    for user_id, stars in enumerate((5, 5, 4, 1), start=1):
        save(block, user_id=user_id, stars=stars)
    assert reviews.summary(block) == {"count": 4, "average": 3.75, "per_star": {5: 2, 4: 1, 3: 0, 2: 0, 1: 1}, "hidden": 0}


def test_the_summary_of_nothing(block):
    assert reviews.summary(block) == {"count": 0, "average": None, "per_star": dict.fromkeys(range(5, 0, -1), 0), "hidden": 0}


def test_the_latest_come_first_and_are_limited(block):
    for user_id in range(1, 5):
        save(block, user_id=user_id, now=EARLY + timedelta(minutes=user_id))
    save(block, user_id=1, now=LATE)
    assert [row.user_id for row in reviews.latest(block, 3)] == [1, 4, 3]
    assert [row.user_id for row in reviews.every(block)] == [1, 2, 3, 4]
