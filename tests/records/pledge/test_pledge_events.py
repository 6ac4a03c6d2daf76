"""Events around pledges: each once, with its place in the chain."""

import itertools
from datetime import UTC, datetime

import pytest

from dti_xblocks.pledge import seal
from dti_xblocks.records import models
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import events as pledge_events
from dti_xblocks.records.pledge.events import Happening

WHEN = datetime(2026, 11, 23, 11, 26, 1, 999, tzinfo=UTC)
numbers = itertools.count()


@pytest.fixture
def block():
    return f"event-block-{next(numbers)}"


def happening(block, kind=pledge_events.OPENED, key="t1/opened/abc", user_id=1, **more):
    values = {"username": f"u{user_id}", "course_key": "course-of-the-events", "usage_key": block, "at": WHEN, "details": {}}
    return Happening(kind=kind, key=key, user_id=user_id, **{**values, **more})


def test_an_event_is_recorded_whole_and_linked(block):
    row, added = pledge_events.note(happening(block, details={"wording": "ü"}, pledge=7))
    assert added
    assert seal.intact(row.document, row.document_hash)
    told = {name: value for name, value in row.document.items() if name != "mark"}
    assert told == {
        "format": "dti-pledge-event/1", "kind": "opened", "key": "t1/opened/abc", "pledge": 7, "at": "2026-11-23T11:26:01Z",
        "user": {"user_id": 1, "username": "u1"}, "place": {"course": "course-of-the-events", "block": block},
        "details": {"wording": "ü"},
    }  # fmt: skip
    assert row.at == WHEN.replace(microsecond=0)
    assert pledge_chain.link_of(pledge_chain.EVENT, row.id).entry == row.document_hash


def test_what_happened_once_is_recorded_once(block):
    first, _added = pledge_events.note(happening(block, details={"n": 1}))
    second, added = pledge_events.note(happening(block, details={"n": 2}))
    assert (added, second.pk, second.document["details"]) == (False, first.pk, {"n": 1})
    assert models.PledgeLink.objects.filter(kind="event", entry_id=first.pk).count() == 1


def test_the_same_event_recorded_twice_by_mistake_cannot_pass_for_one(block):
    first, _added = pledge_events.note(happening(block))
    second, _added = pledge_events.note(happening(block, user_id=2, username="u1"))
    assert first.document_hash != second.document_hash


def test_events_of_one_learner_in_one_block_come_in_order(block):
    for key, kind in (("a", "opened"), ("b", "ended"), ("c", "consented")):
        pledge_events.note(happening(block, kind, key))
    pledge_events.note(happening(block, key="a", user_id=2))
    pledge_events.note(happening(block + "-other", key="a"))
    assert [row.kind for row in pledge_events.of_learner(1, block)] == ["opened", "ended", "consented"]
    assert [row.kind for row in pledge_events.of_learner(1, block, ("ended", "opened"))] == ["opened", "ended"]


def test_details_that_have_no_canonical_text_are_refused_and_nothing_is_written(block):
    with pytest.raises(TypeError):
        pledge_events.note(happening(block, details={"seconds": 1.5}))
    assert pledge_events.of_learner(1, block) == []
