"""How far learners have come with the authorities of a block: steps, each recorded once and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.db import IntegrityError, transaction
from django.db.models import Count

from ...case_law.library import LONGEST_SLUG
from ...case_law.progress import STEPS
from ..access import records


class Reader(Protocol):
    """Who reads: `platform.learner.Learner`, or anybody with these."""

    @property
    def user_id(self) -> int:
        """The platform's id of the user."""

    @property
    def username(self) -> str:
        """The username at present."""


def note(learner: Reader, course_key: str, usage_key: str, slug: str, step: str, now: datetime) -> bool:
    """Record that `learner` has taken `step` with the authority `slug`. False where that is on record already.

    The database decides: of any number of simultaneous calls one is new. Raises `ValueError` for a step or slug that cannot be.
    """
    if step not in STEPS or not 0 < len(slug) <= LONGEST_SLUG:
        raise ValueError(f"There is no step {step!r} with {slug[:LONGEST_SLUG]!r}.")
    what = {"user_id": learner.user_id, "usage_key": usage_key, "slug": slug, "step": step}
    with records() as models:
        rows = models.AuthorityProgress.objects
        if rows.filter(**what).exists():  # nearly always: each look at the page asks again
            return False
        try:
            with transaction.atomic():
                rows.create(**what, username=learner.username, course_key=course_key, at=now)
        except IntegrityError:
            return False
        return True


def of_learner(user_id: int, usage_key: str) -> dict[str, set[str]]:
    """The steps that this learner has taken in this block, by the slug of the authority."""
    with records() as models:
        taken = models.AuthorityProgress.objects.filter(user_id=user_id, usage_key=usage_key).values_list("slug", "step")
        steps: dict[str, set[str]] = {}
        for slug, step in taken.order_by():
            steps.setdefault(slug, set()).add(step)
    return steps


def counts(usage_key: str) -> dict[str, dict[str, int]]:
    """For staff: by slug, how many people have taken each of `STEPS`. An authority that nobody has opened is not in it."""
    with records() as models:
        taken = models.AuthorityProgress.objects.filter(usage_key=usage_key).order_by().values_list("slug", "step")
        counted: dict[str, dict[str, int]] = {}
        for slug, step, people_there in taken.annotate(Count("id")):
            counted.setdefault(slug, dict.fromkeys(STEPS, 0))[step] = people_there
    return counted


def people(usage_key: str) -> int:
    """For staff: how many people have opened any authority of this block."""
    with records() as models:
        rows = models.AuthorityProgress.objects.filter(usage_key=usage_key)
        return int(rows.aggregate(n=Count("user_id", distinct=True))["n"])


def read_by(usage_keys: Sequence[str], user_ids: Sequence[int]) -> dict[int, int]:
    """For staff: how many authorities each of these people has opened in any of these blocks, if any."""
    with records() as models:
        rows = models.AuthorityProgress.objects.filter(usage_key__in=list(usage_keys), user_id__in=list(user_ids)).order_by()
        return dict(rows.values_list("user_id").annotate(number=Count("slug", distinct=True)))
