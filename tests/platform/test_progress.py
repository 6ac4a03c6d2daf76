"""What a block tells the platform of grades, where there is an LMS that keeps them."""

import sys
from types import ModuleType, SimpleNamespace

import pytest
from django.db import DatabaseError, transaction

from dti_xblocks.platform.progress import emit, publish_grade
from dti_xblocks.video_block import VideoBlock
from tests.runtime import again, make_block, page, post
from tests.video.samples import FILM

NAMES = ("lms", "lms.djangoapps", "lms.djangoapps.courseware", "lms.djangoapps.courseware.model_data")


@pytest.fixture
def lms(monkeypatch):
    """An LMS with `kept`, its row of the learner and the block: none, one that has a state alone, one with a grade."""
    kept = SimpleNamespace(row=None, asked=[])

    def get_score(user_id, usage_key):
        kept.asked.append((user_id, usage_key))
        return kept.row

    for name in NAMES:
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    sys.modules[NAMES[-1]].get_score = get_score
    return kept


def row(grade, largest):
    return SimpleNamespace(grade=grade, max_grade=largest)


@pytest.mark.parametrize(
    ("kept", "compared"),
    [(None, True), (row(None, None), False), (row(0.0, 1.0), True), (row(1.0, 1.0), True), (row(0.0, 0.0), False)],
    ids=["no row", "a state alone", "nothing of one", "all", "of none"],
)
def test_the_higher_grade_is_asked_for_where_the_platform_can_compare(lms, kept, compared):
    """The platform takes the grade of a row for a number: with None it fails, and the grade is lost."""
    lms.row = kept
    block = make_block(VideoBlock, FILM)
    publish_grade(block, 0.5, 1.0, only_if_higher=True)
    assert block.runtime.place.events("grade") == [{"value": 0.5, "max_value": 1.0, "only_if_higher": compared}]
    assert lms.asked == [(block.scope_ids.user_id, block.scope_ids.usage_id)]


def test_who_asks_for_no_comparison_asks_the_platform_nothing(lms):
    block = make_block(VideoBlock, FILM)
    publish_grade(block, 0.5, 1.0)
    publish_grade(block, 0.5, 1.0, only_if_higher=False)
    assert [event.get("only_if_higher") for event in block.runtime.place.events("grade")] == [None, False] and lms.asked == []


def test_who_reads_still_by_still_gets_the_grade_of_the_first_answer(lms):
    """Choosing the stills keeps a state before there is any score."""
    lms.row = row(None, None)
    block = make_block(VideoBlock, FILM, weight=4)
    post(again(block), "change_mode", {"mode": "stills", "at": "0"})
    answer = post(again(block), "answer", {"moment": "heard", "choice": "breath", "attempt": "0", "how": "stills"})
    assert answer.status_code == 200 and "is-answered" in page(again(block))
    assert block.runtime.place.events("grade")[-1]["only_if_higher"] is False


def test_an_event_that_cannot_be_written_is_lost_alone(monkeypatch, caplog):
    block = make_block(VideoBlock, FILM)

    def refuse(*_what):
        raise failure

    monkeypatch.setattr(type(block.runtime), "publish", refuse)
    failure = ConnectionError("the log is away")
    emit(block, "dti.video.started", {})
    with transaction.atomic():
        emit(block, "dti.video.started", {})
    assert caplog.text.count("the event dti.video.started could not be written") == 2


def test_an_event_that_may_have_cost_the_transaction_is_no_secret(monkeypatch):
    """PostgreSQL undoes a transaction in which a statement failed, and Django takes that for a commit."""
    block = make_block(VideoBlock, FILM)

    def refuse(*_what):
        raise DatabaseError("the table of events is locked")

    monkeypatch.setattr(type(block.runtime), "publish", refuse)
    with pytest.raises(DatabaseError), transaction.atomic():
        emit(block, "dti.video.started", {})
