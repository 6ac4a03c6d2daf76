"""A learner sends a review, or changes an earlier one."""

from __future__ import annotations

import logging

from django.utils.translation import gettext as _
from webob.multidict import MultiDict

from ...platform import clock
from ...platform.learner import Learner, is_impersonated, keeps_records
from ...platform.progress import emit
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
    except model.UnacceptableError as error:
        sentences = {
            "stars": _("Choose from 1 to 5 stars. Nothing was saved."),
            "too-long": _("The text is too long: at most {limit} characters. Nothing was saved."),
        }
        raise RefusedError(sentences[error.reason].format(limit=model.LONGEST_TEXT)) from error
    if not keeps_records(block):
        raise RefusedError(_("Your review would be saved now. This is a preview for authors: nothing is kept here."))
    try:
        reviews.save(
            user_id=learner.user_id,
            username=learner.username,
            course_key=block.where.course,
            usage_key=block.where.usage,
            stars=stars,
            text=text,
            now=clock.now(),
        )
    except RecordsUnavailableError as error:
        log.exception("A review could not be recorded")
        raise RefusedError(
            _("The records cannot be reached. Your review was not saved. Please try again in a while."), 503
        ) from error
    emit(block, "dti.review.submitted", {"stars": stars})
