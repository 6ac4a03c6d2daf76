"""Who watches, and where they are: in the records where it counts, in the block's own state where an author tries it out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ...platform import clock
from ...platform.learner import Learner, in_studio, is_impersonated
from ...records.access import RecordsUnavailableError
from ...records.video import watches
from ...records.video.watches import Viewer
from ...studio.kit.trial import forget_changes
from ...video.model import Video
from ...video.viewing import Answer, Viewing
from ..base import RefusedError
from .host import VideoHost
from .loading import video_in_use

log = logging.getLogger(__name__)
TIMES = ("seen_at", "tape_at", "still_at")


def viewer_of(block: VideoHost, learner: Learner | None) -> Viewer | None:
    """Under whom things are recorded; None where nothing counts: outside of a course, in Studio, without a learner."""
    where = block.where
    if learner is None or not where.course or in_studio(block):
        return None
    return Viewer(learner.user_id, learner.username, where.course, where.usage)


def viewing_of(block: VideoHost, learner: Learner | None) -> Viewing:
    """Where the learner is, for showing it. Raises `RecordsUnavailableError`."""
    viewer = viewer_of(block, learner)
    return watches.read(viewer) if viewer is not None else _rehearsed(block)


@dataclass
class Turn:
    """One request that holds the learner's viewing: `before` as it was, `after` as it is to be, at `now`."""

    block: VideoHost
    video: Video
    viewer: Viewer | None
    now: datetime
    before: Viewing
    after: Viewing
    finished: bool = False  # whether the end was reached before this request


@contextmanager
def turn(block: VideoHost, learner: Learner, finishes: Any) -> Iterator[Turn]:
    """The viewing, with nobody else able to change it until the end; what is then `after` is kept.

    `finishes(turn)` says whether the film is finished with that.
    """
    if is_impersonated(learner):
        raise RefusedError(_("You are viewing the course as a learner. Nobody can watch or answer for another person."), 403)
    video, now, viewer = video_in_use(block), clock.now(), viewer_of(block, learner)
    if viewer is None:
        before = _rehearsed(block)
        one = Turn(block, video, None, now, before, before)
        yield one
        block.rehearsal = _told(one.after)
        return
    try:
        with watches.held(viewer, now) as held:
            one = Turn(block, video, viewer, now, held.viewing, held.viewing, held.finished)
            yield one
            if one.after is not one.before:
                held.write(one.after, now if finishes(one) else None)
    except RecordsUnavailableError as error:
        log.exception("What was done in %s could not be kept.", block.where.usage)
        forget_changes(block)
        raise RefusedError(_("The site could not save this just now. Nothing was lost. Please try again."), 503) from error


def _rehearsed(block: VideoHost) -> Viewing:
    """What an author has tried out. What cannot be read is as good as nothing."""
    said = block.rehearsal
    try:
        answers = tuple(
            Answer(**{**one, "picked": tuple(one["picked"]), "made_at": datetime.fromisoformat(one["made_at"])})
            for one in said["answers"]
        )
        times = {name: datetime.fromisoformat(said[name]) if said[name] else None for name in TIMES}
        spans = tuple((float(start), float(end)) for start, end in said["spans"])
        return Viewing(**{**said, **times, "spans": spans, "answers": answers})
    except (KeyError, TypeError, ValueError):
        return Viewing()


def _told(viewing: Viewing) -> dict[str, Any]:
    """The same as JSON."""
    told = asdict(viewing)
    for name in TIMES:
        told[name] = told[name].isoformat() if told[name] else ""
    told["spans"] = [list(span) for span in viewing.spans]
    told["answers"] = [{**asdict(one), "picked": list(one.picked), "made_at": one.made_at.isoformat()} for one in viewing.answers]
    return told
