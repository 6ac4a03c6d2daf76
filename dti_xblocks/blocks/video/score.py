"""What a film counts in the grade, and when it is complete. Scores are shares of the points of all moments, 0.0 to 1.0.

The platform calls the functions without a learner as methods of the block, `ScorableXBlockMixin`'s.
"""

from __future__ import annotations

import logging

from xblock.scorable import Score

from ...platform import progress
from ...platform.learner import current_learner
from ...records.access import RecordsUnavailableError
from ...video import viewing as views
from .host import VideoHost
from .loading import video_of
from .sitting import viewing_of

log = logging.getLogger(__name__)
MAX_SCORE = 1.0


def max_score(block: VideoHost) -> float:
    """The raw points of who answers everything right at the first try."""
    return MAX_SCORE


def has_submitted_answer(block: VideoHost) -> bool:
    """True when the learner has answered something."""
    return bool(_viewing(block).answers)


def get_score(block: VideoHost) -> Score:
    """The score that counts: what staff gave, else that of the first answers."""
    return Score(block.given, MAX_SCORE) if block.given is not None else calculate_score(block)


def set_score(block: VideoHost, score: Score) -> None:
    """Staff give a score. `score` may be in any points; its share counts. What the platform only hands back changes nothing."""
    if progress.is_reporting(block):
        return
    block.given = min(1.0, max(0.0, score.raw_earned / score.raw_possible)) if score.raw_possible else 0.0


def calculate_score(block: VideoHost) -> Score:
    """The score of the first answers as the film is now. Forgets what staff gave."""
    video = video_of(block)
    earned, possible = views.score(_viewing(block), video) if video else (0.0, 0.0)
    return Score(min(1.0, earned / possible) if possible else 0.0, MAX_SCORE)


def publish_grade(block: VideoHost, score: Score | None = None, only_if_higher: bool | None = None) -> None:
    """Report `score`, or the one that counts. The platform calls this after an override."""
    score = score or get_score(block)
    progress.publish_grade(block, score.raw_earned, score.raw_possible, only_if_higher)


def report_grade(block: VideoHost) -> None:
    """Report the score that counts, of an answer that was given just now."""
    score = get_score(block)
    progress.report_grade(block, score.raw_earned, score.raw_possible, only_if_higher=True)


def report_completion(block: VideoHost) -> None:
    """Report completion, unless done: also when staff have reset the learner's state."""
    if not block.reported:
        progress.report_completion(block)
        block.reported = True


def _viewing(block: VideoHost) -> views.Viewing:
    try:
        return viewing_of(block, current_learner(block))
    except RecordsUnavailableError:
        log.exception("What was watched in %s cannot be read.", block.where.usage)
        return views.Viewing()
