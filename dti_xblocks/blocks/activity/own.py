"""What a learner has written in an activity, as its page needs it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ...activity.model import PLAN
from ...platform.learner import Learner, is_impersonated, keeps_records
from ...records import own_words
from .host import ActivityHost

TYPE = "dti_activity"


@dataclass(frozen=True)
class Written:
    """What is written, by field, and its version; `earlier` is the plan of another activity that this one goes back to."""

    words: dict[str, str] = field(repr=False)
    version: int = 0
    earlier: dict[str, str] | None = field(default=None, repr=False)


def written(block: ActivityHost, learner: Learner | None) -> Written:
    """What this person has written here. Nothing, where somebody else looks on. Raises `RecordsUnavailableError`."""
    if learner is None or not keeps_records(block) or is_impersonated(learner):
        return Written({})
    found = own_words.of_learner(learner.user_id, block.where.usage)
    earlier = _earlier(block, learner)
    return Written(found.words, found.version, earlier) if found else Written({}, 0, earlier)


def _earlier(block: ActivityHost, learner: Learner) -> dict[str, str] | None:
    """The plan made in the activity that this one names; None where there is none."""
    if block.activity != PLAN or not block.earlier:
        return None
    key: Any = block.scope_ids.usage_id.course_key.make_usage_key(TYPE, block.earlier)
    found = own_words.of_learner(learner.user_id, str(key))
    return found.words if found and found.kind == PLAN else None
