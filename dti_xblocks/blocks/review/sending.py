"""A learner sends a review, or changes an earlier one."""

from __future__ import annotations

import logging

from django.utils.translation import gettext as _
from webob.multidict import MultiDict

from ...platform import clock
from ...platform.learner import Learner, is_impersonated, keeps_records
from ...platform.progress import emit
from ...platform.share_done import share_done
from ...records.access import RecordsUnavailableError
from ...records.review import reviews
from ...review import model
from ..base import RefusedError
from .host import ReviewHost

log = logging.getLogger(__name__)


def submit(block: ReviewHost, learner: Learner, form: MultiDict) -> None:
    """Record or change the learner's review. The answer is the new screen."""
    if is_impersonated(learner):
        raise RefusedError(_("You are viewing the course as a learner. Nobody can write another person's review."), 403)
    try:
        stars = model.read_stars(form.get("stars"))
        text = model.read_text(form.get("text"))
        shown_as = model.read_signed(form.get("signed"), learner.username, learner.full_name)
    except model.UnacceptableError as error:
        sentences = {
            "stars": _("Choose from 1 to 5 stars. Nothing was saved."),
            "signed": _("Choose the name that staff read with your review. Nothing was saved."),
            "too-long": _("The text is too long: at most {limit} characters. Nothing was saved."),
        }
        raise RefusedError(sentences[error.reason].format(limit=model.LONGEST_TEXT)) from error
    if not keeps_records(block):
        raise RefusedError(_("Your review would be saved now. This is a preview for authors: nothing is kept here."))
    now = clock.now()
    try:
        mine = reviews.of_learner(learner.user_id, block.where.usage)
        if mine is not None and model.is_closed(mine.created_at, block.edit_days, now):
            raise RefusedError(_("The time in which you could change your review is over. Nothing was changed."))
        if mine is None and not model.may_review(_share(block, learner), block.after_share):
            raise RefusedError(
                _("You can review the course when you have completed {percent}% of it. Nothing was saved.").format(
                    percent=block.after_share
                )
            )
        reviews.save(
            user_id=learner.user_id,
            username=learner.username,
            shown_as=shown_as,
            course_key=block.where.course,
            usage_key=block.where.usage,
            stars=stars,
            text=text,
            now=now,
        )
    except RecordsUnavailableError as error:
        log.exception("A review could not be recorded")
        raise RefusedError(
            _("The records cannot be reached. Your review was not saved. Please try again in a while."), 503
        ) from error
    emit(block, "dti.review.submitted", {"stars": stars})


def _share(block: ReviewHost, learner: Learner) -> float | None:
    return share_done(block, learner) if block.after_share > 0 else None
