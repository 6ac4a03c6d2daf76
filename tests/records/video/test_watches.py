"""What was watched and answered, in the database."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from dti_xblocks.records import models
from dti_xblocks.records.video import watches
from dti_xblocks.records.video.watches import Viewer
from dti_xblocks.video.viewing import Answer, Viewing

NOW = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
numbers = itertools.count()


@pytest.fixture
def viewer():
    return Viewer(5, "u5", "course", f"film-{next(numbers)}")


def an_answer(moment="heard", attempt=1, at=None):
    return Answer(moment, attempt, ("a", "b"), "right", 1.0, 2.0, "film", NOW, at)


def keep(viewer, viewing, finished_at=None):
    with watches.held(viewer, NOW) as held:
        held.write(viewing, finished_at)


def test_a_viewing_comes_back_as_it_was_kept(viewer):
    assert watches.read(viewer) == Viewing()
    viewing = Viewing(
        spans=((0.0, 4.5), (6.0, 7.2)),
        position=7.2,
        credit=1.5,
        seen_at=NOW,
        tape="knee",
        tape_at=NOW,
        reached=7.2,
        still=2,
        still_at=NOW,
        answers=(an_answer(), an_answer("knee", at=6.5), an_answer(attempt=2)),
    )
    keep(viewer, viewing)
    assert watches.read(viewer) == viewing
    with watches.held(viewer, NOW) as held:
        assert held.viewing == viewing and not held.finished
    row = models.VideoWatch.objects.get(usage_key=viewer.usage_key)
    assert (row.username, row.course_key, row.watched, row.entries, row.began_at) == ("u5", "course", 5.7, 3, NOW)


def test_the_end_is_kept_once(viewer):
    keep(viewer, Viewing(), NOW)
    keep(viewer, Viewing(position=1.0), NOW + timedelta(days=1))
    assert models.VideoWatch.objects.get(usage_key=viewer.usage_key).finished_at == NOW


def test_of_a_request_that_fails_nothing_remains(viewer):
    with pytest.raises(ZeroDivisionError), watches.held(viewer, NOW) as held:
        held.write(Viewing(answers=(an_answer(),)))
        1 / 0  # noqa: B018 - what went wrong
    assert watches.read(viewer) == Viewing()
    assert not models.VideoWatch.objects.filter(usage_key=viewer.usage_key).exists()


def test_people_and_blocks_are_kept_apart(viewer):
    keep(viewer, Viewing(position=3.0))
    assert watches.read(Viewer(6, "u6", "course", viewer.usage_key)) == Viewing()
    assert watches.read(Viewer(5, "u5", "course", viewer.usage_key + "-other")) == Viewing()


def test_the_database_keeps_a_first_answer_single(viewer):
    keep(viewer, Viewing(answers=(an_answer(),)))
    row = models.VideoWatch.objects.get(usage_key=viewer.usage_key)
    same = {"watch": row, "picked": [], "result": "wrong", "points": 0, "possible": 1, "how": "film", "made_at": NOW}
    for serial, attempt in ((1, 1), (0, 2)):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.VideoAnswer.objects.create(serial=serial, moment="heard", attempt=attempt, **same)


def test_reports_read_everybody_in_order(viewer):
    for number in range(3):
        someone = Viewer(number, f"u{number}", "course", viewer.usage_key)
        keep(someone, Viewing(answers=(an_answer(), an_answer(attempt=2))))
    assert [row.username for row in watches.every(viewer.usage_key)] == ["u0", "u1", "u2"]
    assert [(row.watch.username, row.attempt) for row in watches.first_answers(viewer.usage_key)] == [
        ("u0", 1), ("u1", 1), ("u2", 1),
    ]  # fmt: skip
    assert len(list(watches.all_answers(viewer.usage_key))) == 6
